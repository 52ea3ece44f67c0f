// Versions: which took the place of which, and the next one to fill in.

#include "clients/cli/commands/special/special.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

std::vector<shown_column> version_of(context&) {
    return {{{"版本", "VERSION"}, "number", [](const json& r) { return cell{raw(at_or_null(r, "number"))}; }, true, false}};
}

/// "strategy/5 ← strategy/3 (this) ← strategy/1": what took its place, and what it took the place of.
std::vector<shown_fact> line_of(context& about, const json& row) {
    const auto reference = [&](const char* key) {
        const auto n = number_at(row, key).value_or(0);
        return n ? fmt::format("strategy/{}", n) : std::string();
    };
    const auto& before = list_at(row, "line");
    const auto after = reference("superseded_by"), replaced = reference("replaces");
    if (after.empty() && before.empty() && replaced.empty()) return {};
    auto out = after.empty() ? std::string() : after + " ← ";
    out += fmt::format("strategy/{}{}", raw(at_or_null(row, "id")), about.say({"（本版）", " (this)"}));
    for (const auto& n : before) out += " ← strategy/" + raw(n);
    // The one before it may be none that the reader may see.
    if (before.empty() && !replaced.empty()) out += " ← " + replaced;
    return {{{"版本沿革", "versions"}, {out}}};
}

/// Of one that holds the next version, that takes its place; a draft is to be revised as it is.
bool next_version(const described_command&, const json& dossier, json& form) {
    if (!number_at(dossier, "number")) return false;
    auto next = at_or_null(at_or_null(at_or_null(at_or_null(dossier, "forms"), "F19"), "data"), "form");
    // What is new in it is left as it is in an empty form.
    for (const char* kept : {"title", "kind", "content", "expected", "project"})
        if (next.contains(kept) && next[kept] != 0) form[kept] = next[kept];
    form["concerned"] = at_or_null(dossier, "concerned");
    form["replaces"] = at_or_null(dossier, "id");
    return true;
}

}  // namespace

const special_view special_strategy{.kind = "strategy", .columns = version_of, .facts = line_of, .form = next_version};

}  // namespace cli
