#include "server/warehouse/asks.hpp"

#include "core/formula/check.hpp"
#include "core/formula/print.hpp"
#include "server/warehouse/day_text.hpp"

#include <algorithm>
#include <array>

namespace server::warehouse {

using core::metric;
using core::formula::grain;
using core::formula::period;
using nlohmann::json;

namespace {

constexpr std::array<std::pair<std::string_view, grain>, 5> grains{
    {{"day", grain::day}, {"week", grain::week}, {"month", grain::month}, {"quarter", grain::quarter}, {"year", grain::year}}};

/// The version that a period is calculated by: the newest that holds on its first day.
const metric::version* version_for(const metric::state& of, const period& p) {
    for (auto v = of.versions.rbegin(); v != of.versions.rend(); ++v)
        if (!v->from || *v->from <= p.first()) return &*v;
    return nullptr;
}

struct formula_parts {
    json parts = json::array();
    std::set<std::string> sets;
    std::set<std::string> dimensions;  ///< that all sets have
};

/// Nothing where it does not work out.
std::optional<formula_parts> parts_of(const metric::state& of, const metric::version& v, const core::metric_catalogue& known, const std::vector<core::row_set>& sets) {
    // As its formula was then.
    const auto checked = core::formula::check({of.code, v.formula, v.unit, v.missing_is_zero}, known);
    if (checked.has_error()) return std::nullopt;
    formula_parts all;
    for (const auto& part : checked->parts) {
        const auto* named = known.find_metric(part.code);
        const auto unit = &part == &checked->parts.back() ? v.unit : named ? named->unit : std::string();
        all.parts.push_back({{"code", part.code}, {"formula", core::formula::print(part.formula)}, {"unit", unit}, {"missing_is_zero", part.missing_is_zero}});
        core::formula::each(part.formula, [&](const core::formula::expression& e) {
            if (const auto* a = std::get_if<core::formula::aggregate>(&e.is); a && !a->set.empty()) all.sets.insert(a->set);
        });
    }
    bool first = true;
    for (const auto& set : sets) {
        if (!all.sets.contains(set.code)) continue;
        std::set<std::string> own;
        for (const auto& d : set.dimensions)
            if (first || all.dimensions.contains(d.code)) own.insert(d.code);
        all.dimensions = std::move(own);
        first = false;
    }
    return all;
}

}  // namespace

std::optional<grain> grain_named(std::string_view name) {
    for (const auto& [word, g] : grains)
        if (word == name) return g;
    return std::nullopt;
}

std::string_view name_of(grain g) {
    return std::find_if(grains.begin(), grains.end(), [&](const auto& one) { return one.second == g; })->first;
}

json row_units(const std::vector<core::row_set>& sets) {
    auto all = json::object();
    for (const auto& set : sets) all[set.code] = set.unit;
    return all;
}

std::optional<metric_asks> asks_of(const metric::state& of, const figures_of& which, const core::metric_catalogue& known, const std::vector<core::row_set>& sets) {
    metric_asks all;
    const metric::version* before = nullptr;
    for (auto p = which.first; p <= which.last; p = p.moved(1)) {
        const auto* version = version_for(of, p);
        if (!version) continue;
        if (version != before) {
            const auto parts = parts_of(of, *version, known, sets);
            if (!parts) return std::nullopt;
            all.sets.insert(parts->sets.begin(), parts->sets.end());
            all.dimensions = parts->dimensions;
            auto& ask = all.asks.emplace_back(json{{"do", "values"}, {"grain", name_of(p.grain())}, {"from", day_text(p.first())}, {"only", which.only}, {"row_units", row_units(sets)}, {"version", version->number}});
            ask["metric"] = {{"parts", parts->parts}, {"unit", version->unit}, {"digits", version->digits}};
            if (which.by) ask["by"] = *which.by;
            before = version;
        }
        all.asks.back()["until"] = day_text(p.last());
        all.versions[p.label()] = version->number;
    }
    return all;
}

}  // namespace server::warehouse
