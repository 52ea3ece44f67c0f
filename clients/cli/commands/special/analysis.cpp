// Figures before and now, and what has come to rest on what was found.

#include "clients/cli/commands/special/special.hpp"
#include "clients/cli/labels.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

/// "redemption  12.5 → 9.8 %"
bool show_figures(context& about, const described_field& f, const json& value, const json&, shown_facts& out) {
    if (f.name != "figures" || !value.is_array()) return false;
    std::string lines;
    for (const auto& one : value) {
        lines += (lines.empty() ? "" : "\n") + text_at(one, "name") + "  ";
        if (const auto before = text_at(one, "before"); !before.empty()) lines += before + " → ";
        lines += text_at(one, "now");
        if (const auto unit = text_at(one, "unit"); !unit.empty()) lines += " " + unit;
    }
    if (!lines.empty()) out.emplace_back(f.label.in(about.with.language), cell{lines});
    return true;
}

std::vector<shown_fact> rests_on_it(context& about, const json& dossier) {
    std::string out;
    for (const auto& c : list_at(dossier, "cited_by"))
        out += fmt::format("{}strategy/{}  {}  {}", out.empty() ? "" : "\n", raw(at_or_null(c, "strategy")), text_at(c, "title"),
                           label(about.with.language, "strategy", text_at(c, "status")));
    return {{{"依此调整", "adjusted since"}, {out}}};
}

}  // namespace

const special_view special_analysis{.kind = "analysis", .facts = rests_on_it, .part = show_figures};

}  // namespace cli
