#pragma once
// Lists and dossiers, of whichever kind.

#include "clients/cli/schema/schema.hpp"
#include "clients/cli/tree.hpp"

#include <string>

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

void add_list(tree& t, CLI::App* noun, const described_kind& kind);
void add_show(tree& t, CLI::App* noun, const described_kind& kind);

}  // namespace cli
