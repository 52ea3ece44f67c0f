#pragma once
// The commands that change something, as rows of a table: what is typed, and what it becomes on the wire.

#include "clients/cli/language.hpp"

#include <string>
#include <vector>

namespace cli {

enum class target { none, me, member, channel, task };

enum class value { text, person, day, number, words, items, choice };

struct field {
    std::string name;   ///< "--due", or an argument: "TITLE"
    std::string key;    ///< in the command's data
    value is = value::text;
    text about;
    bool required = false;
    std::vector<std::string> choices = {};
};

struct write_row {
    std::string noun;
    std::string verb;
    std::string type;
    cli::target target = target::none;  ///< `me`: a member, and yourself where --member is left out
    text about;
    std::string examples;
    std::vector<field> fields = {};
    text question = {};  ///< asked before it is done, unless --yes; empty: done at once
};

const std::vector<write_row>& member_rows();
const std::vector<write_row>& channel_rows();
const std::vector<write_row>& task_rows();

}  // namespace cli
