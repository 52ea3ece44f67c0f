#include "server/warehouse/figures.hpp"

#include "core/metric/catalogue.hpp"
#include "core/metric/metric.hpp"
#include "server/warehouse/asks.hpp"

#include <array>

namespace server::warehouse {
namespace {

using core::metric;
using core::formula::grain;
using core::formula::period;
using nlohmann::json;

struct how_far {
    grain of;
    int back;     ///< so many periods before this one
    int split;    ///< and so many by each dimension; 0: not at all
};

// Days of more than a year, so that each has the one of a year ago beside it.
constexpr std::array<how_far, 5> how_far_back{{{grain::day, 400, 92}, {grain::week, 120, 53}, {grain::month, 60, 36}, {grain::quarter, 40, 0}, {grain::year, 10, 0}}};

}  // namespace

published_metrics metrics_in(const core::context& by) {
    published_metrics all{core::catalogue_in(by), core::row_sets_in(by), {}, by.today};
    for (std::uint64_t n = 1; n <= by.others->highest(metric::category); ++n) {
        const auto* m = by.others->find<metric>(n);
        if (m && !m->versions.empty() && m->is != core::metric_status::retired) all.metrics.push_back(*m);
    }
    return all;
}

json figures_wanted(const published_metrics& of) {
    auto figures = json::array();
    for (const auto& m : of.metrics) {
        json one{{"metric", m.code}, {"unit", m.unit}, {"asks", json::array()}};
        std::set<std::string> named;
        const auto ask = [&](grain g, int back, const std::optional<std::string>& dimension) {
            const auto last = period::of(g, of.today);
            auto found = asks_of(m, {last.moved(-back), last, json::array(), dimension}, of.known, of.sets);
            if (!found) return std::set<std::string>();  // its formula does not work out any more: no figures
            for (auto& a : found->asks) {
                a.erase("do");
                a.erase("row_units");  // said once, for all
                one["asks"].push_back(std::move(a));
            }
            named.insert(found->sets.begin(), found->sets.end());
            return found->dimensions;
        };
        for (const auto& far : how_far_back) {
            const auto dimensions = ask(far.of, far.back, {});
            if (far.split > 0)
                for (const auto& d : dimensions) ask(far.of, far.split, d);
        }
        one["sets"] = named;
        figures.push_back(std::move(one));
    }
    return {{"figures", std::move(figures)}, {"row_units", row_units(of.sets)}};
}

}  // namespace server::warehouse
