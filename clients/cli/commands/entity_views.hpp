#pragma once
// Lists and dossiers of the entities of a flow, whichever it is.

#include "clients/cli/output.hpp"
#include "clients/cli/schema/schema.hpp"
#include "clients/cli/tree.hpp"

#include <string>
#include <vector>

namespace cli {

/// What narrows a list.
struct list_options {
    std::string status, person, waits_on, department, text, sort, as_of;
    bool late = false;
    std::uint64_t cycle = 0;
    std::uint64_t limit = 0;
    bool watch = false;
};
std::string query_of(context& about, const list_options& only);

/// Names with commas between, of an array of members' numbers.
std::string people_of(context& about, const json& ids);

/// "87.50 A", "≈ 87.50 A" as long as it is not final; empty where there is none.
std::string result_of(const json& row);

/// How a kind of entity is shown.
struct entity_kind {
    const char* noun;    ///< "request", also its feed's name
    const char* plural;  ///< "requests": its path and its list's feed
    const char* name;    ///< the field that it is called by
    std::vector<std::string> statuses;
    std::vector<shown_column> (*more)(context& about) = nullptr;  ///< further columns, before the name
    std::vector<shown_fact> (*facts)(context& about,
                                     const json& dossier) = nullptr;  ///< what it says, instead of its forms as they are kept
    const described_kind* described = nullptr;  ///< what the schema says of it: columns, facts and forms are made of that
};
void add_list(tree& t, CLI::App* noun, const entity_kind& kind, text about_it);
void add_show(tree& t, CLI::App* noun, const entity_kind& kind, text about_it);

}  // namespace cli
