// Of an acceptance the result of each objective, by what the charter calls it.

#include "clients/cli/commands/special/special.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/schema/schema.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

/// "1. redemption +20 % · partly met · two channels are left"
bool show_results(context& about, const described_field& f, const json& value, const json& dossier, shown_facts& out) {
    if (f.name != "results" || !value.is_array()) return false;
    const auto& charter = at_or_null(at_or_null(at_or_null(at_or_null(dossier, "forms"), "F2"), "data"), "charter");
    const auto& objectives = list_at(charter, "objectives");
    std::string lines;
    for (const auto& one : value) {
        const auto n = number_at(one, "objective").value_or(0);
        lines += fmt::format("{}{}.", lines.empty() ? "" : "\n", n);
        if (n > 0 && n <= objectives.size()) lines += " " + raw(objectives[n - 1]);
        lines += " · " + within_a_line(choice_cell(about.with.language, "project", "result", text_at(one, "result")).text);
        if (const auto note = text_at(one, "note"); !note.empty()) lines += " · " + note;
    }
    out.emplace_back(f.label.in(about.with.language), cell{lines});
    return true;
}

}  // namespace

const special_view special_project{.kind = "project", .part = show_results};

}  // namespace cli
