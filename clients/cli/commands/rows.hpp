#pragma once
// The commands that change something, as rows of a table: what is typed, and what it becomes on the wire.

#include "clients/cli/language.hpp"
#include "clients/cli/range.hpp"
#include "clients/cli/schema/schema.hpp"

#include <string>
#include <vector>

namespace cli {

enum class target {
    none,
    me,
    member,
    channel,
    entity,  ///< one of what the noun names, which is known by its number alone
    desk
};

enum class value {
    text,
    person,
    day,
    number,
    money,      ///< "1234.56": hundredths
    choice,
    yes_no,     ///< "yes", "no": a boolean
    words,      ///< codes with commas between
    people,     ///< persons with commas between
    numbers,    ///< numbers with commas between
    items,      ///< given many times: a list
    each,       ///< given once for each of its keys, which stand with "|" between; once: for all of them
    pairs,      ///< NAME=TEXT, many times: [{"name","text"}]
    counts,     ///< NAME=N, many times: a list of parts of these two fields, `in_file`
    results,    ///< RESULT[:NOTE] in order: [{"objective","result","note"}]
    figures,    ///< NAME=BEFORE..NOW UNIT, many times: [{"name","before","now","unit"}]
    files,      ///< paths, many times: uploaded, then [{"sha256","name","media_type","bytes"}]
    json_file,  ///< a path or "-": its JSON. People may be named in it, and days written, as they are on the command line
    words_or_file,  ///< a text; the path of a JSON file instead: the whole of what the text is a part of
};

struct field {
    std::string name;   ///< "--due", or an argument: "TITLE"
    std::string key;    ///< in the command's data; "form/title" lies deeper, "*" is all of it
    value is = value::text;
    text about;
    bool required = false;
    std::vector<std::string> choices = {};
    range within = {0, 0};  ///< of numbers, and of those within counts
    const std::vector<described_field>* in_file = nullptr;  ///< what the schema says that it, or a file given for it, holds
};

/// Examples may say what a person would write.
struct examples_text {
    std::string zh;
    std::string en;

    examples_text() = default;
    examples_text(std::string same) : zh(same), en(std::move(same)) {}
    examples_text(const char* same) : examples_text(std::string(same)) {}
    examples_text(std::string zh, std::string en) : zh(std::move(zh)), en(std::move(en)) {}
};

struct write_row {
    std::string noun;
    std::string verb;
    std::string type;
    cli::target target = target::none;  ///< `me`: a member, and yourself where --member is left out; `desk`: your own
    text about;
    examples_text examples;
    std::vector<field> fields = {};
    text question = {};  ///< asked before it is done, unless --yes; empty: done at once
};

// Those whose targets, questions or nouns are not their kind's.
const std::vector<write_row>& member_rows();
const std::vector<write_row>& org_rows();
const std::vector<write_row>& election_rows();

/// What people give of what the schema describes.
std::vector<write_row> described_rows(const schema& of);

/// Whether this command is not made of the schema: its row is written here, or people give it some other way.
bool is_by_hand(std::string_view command);

/// All of them.
std::vector<const write_row*> every_row();

}  // namespace cli
