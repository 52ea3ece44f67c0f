#pragma once
// What of a kind a person would rather look at than read. All else of it is made of what the schema describes; a file here hangs into that.

#include "clients/cli/commands/commands.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/schema/schema.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {

using shown_facts = std::vector<std::pair<std::string, cell>>;

struct special_view {
    std::string_view kind;
    /// Of its list, after those of its fields.
    std::vector<shown_column> (*columns)(context& about) = nullptr;
    /// Of its dossier, after those of its fields.
    std::vector<shown_fact> (*facts)(context& about, const json& dossier) = nullptr;
    /// A field of its forms; false where it is shown as described.
    bool (*part)(context& about, const described_field& f, const json& value, const json& dossier, shown_facts& out) = nullptr;
    /// A section in which what somebody says takes the place of what they said before.
    std::string_view newest_of_each = {};
    /// A form to fill in for one that is there; false where that is what the form says now.
    bool (*form)(const described_command& command, const json& dossier, json& form) = nullptr;
    /// Verbs of its own.
    void (*add)(tree& t, CLI::App* noun) = nullptr;
    bool has_template = false;  ///< one of those is `template`
};

extern const special_view special_appraisal, special_election, special_indicators, special_project, special_strategy, special_analysis, special_request;

/// One that has nothing special where the kind has none.
const special_view& special_of(std::string_view kind);

}  // namespace cli
