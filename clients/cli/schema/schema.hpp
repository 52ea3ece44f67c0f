#pragma once
// Kinds of documents as the server describes them (GET /api/v1/schema): what a person reads of them, and what their commands take. What there
// was when this program was built is part of it, so that help and completion need no server.

#include "clients/cli/client.hpp"
#include "clients/cli/language.hpp"
#include "clients/cli/table.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Words in both languages, kept.
struct wording {
    std::string zh;
    std::string en;

    bool empty() const { return zh.empty() && en.empty(); }
    const std::string& in(language l) const { return l == language::zh ? zh : en; }
    /// Looks into this one.
    text view() const { return {zh, en}; }
};

/// Made words that have to live as long as those of the schema: what help and tables show looks into them.
text kept(wording words);

/// "File a request" as it stands within a line: "file a request". What is an abbreviation stays ("OM").
std::string within_a_line(std::string english);

enum class shape {
    line, lines, prose, remarks, code, codes, bilingual, hash, day, moment, number, numbers, percent,
    hundredths,  ///< a number: 8750 is 87.50
    money,       ///< hundredths of a currency
    yes_no, choice, choices, person, people, department, departments, role, roles, reference, references,
    event,  ///< by its position in the log
    group, list, files, extras
};

/// A name on the wire and what it is called: a status, an option of a choice.
struct described_name {
    std::string name;
    wording label;
    paint as = paint::plain;
};

struct described_field {
    std::string name;
    shape is = shape::line;
    wording label;
    bool required = false;
    wording hint;
    wording example;
    wording needs;  ///< what it has to hold
    bool may_be_empty = false;  ///< has to be there, and may say nothing
    std::uint64_t least = 0;
    std::uint64_t most = 0;  ///< 0: no bound
    std::string of;          ///< kind of what is referred to
    wording unit;            ///< of a number
    std::vector<described_name> options;
    std::vector<described_field> fields;

    /// What it is called; the code itself where there is no such option.
    std::string option(language l, const std::string& code) const;

    /// Whether it is an array on the wire.
    bool is_many() const;
};

struct described_command {
    std::string type;
    std::string clause;
    wording label;
    wording hint;
    wording grave;
    bool creates = false;
    bool by_system = false;
    bool decides = false;  ///< one of several verdicts
    std::string short_verb;  ///< where it is not its name
    std::vector<described_field> fields;

    std::string verb() const;  ///< "carry-out"
};

struct described_event {
    std::string type;
    std::string section;  ///< of the dossier; empty where it is in none
    wording label;
    wording detail;  ///< with {field} in it
    std::vector<described_field> fields;
};

struct described_section {
    std::string name;
    wording label;
    bool many = false;
};

struct described_kind {
    std::string name;
    std::string path;  ///< of its list; empty where it has none of the common shape
    bool searched = false;
    wording label;
    wording plural;
    wording hint;
    std::vector<described_name> statuses;
    std::vector<described_section> sections;
    std::vector<std::string> forms;
    std::vector<std::string> usual_commands;  ///< those that lead through it where all goes well
    std::vector<described_field> fields;
    std::vector<described_command> commands;
    std::vector<described_event> events;

    std::string list_feed() const;  ///< "requests"
    const described_name* status(std::string_view name) const;
    const described_field* field(std::string_view name) const;
};

class schema {
public:
    explicit schema(const json& document);
    schema(const schema&) = delete;  // texts look into it

    /// What there was when this program was built.
    static const schema& built_in();

    const std::vector<described_kind>& kinds() const { return kinds_; }

    // Null where it is not described.
    const described_kind* kind(std::string_view name) const;
    const described_command* command(std::string_view type) const;
    /// Also one of an older shape, which is called the same.
    const described_event* event(std::string_view type) const;
    /// What this code is called in a field of the kind: of its rows, or of what is said of it.
    const described_name* choice(std::string_view kind, std::string_view field, std::string_view code) const;

private:
    std::vector<described_kind> kinds_;
};

const described_field* field_of(const std::vector<described_field>& fields, std::string_view name);

/// 123450 as "1,234.50".
std::string amount(std::uint64_t hundredths);

/// 8750 as "87.50".
std::string two_places(std::uint64_t hundredths);

/// Of "request.drafted.v1" or "request/17" the first part.
std::string_view kind_in(std::string_view name);

}  // namespace cli
