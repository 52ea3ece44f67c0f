#include "core/alert_rule/watching.hpp"

#include "core/metric/decimals.hpp"

#include <algorithm>

namespace core::alerting {
namespace {

constexpr std::size_t shown_most = 30;
constexpr std::chrono::days quarter{92};
constexpr std::uint32_t hundredths = 100;

}  // namespace

std::vector<episode> episodes_of(std::span<const judgement> judged, std::uint32_t lasts, std::uint32_t over_after) {
    std::vector<episode> all;
    std::uint32_t out_in_a_row = 0, well_in_a_row = 0;
    for (std::size_t i = 0; i < judged.size(); ++i) {
        const auto is = judged[i].is;
        if (is == standing::missing || is == standing::too_short) continue;  // nothing was said of it
        auto* open = !all.empty() && !all.back().over ? &all.back() : nullptr;
        if (is == standing::out) {
            well_in_a_row = 0;
            if (!open) {
                open = &all.emplace_back(episode{i, i, {}, false});
                out_in_a_row = 0;
            }
            open->last = i;
            if (++out_in_a_row >= lasts && !open->fires) open->fires = i;
            continue;
        }
        out_in_a_row = 0;
        ++well_in_a_row;
        if (open && (!open->fires || well_in_a_row >= over_after)) open->over = true;
    }
    return all;
}

events::alert::sighting sighting_of(const figure& of, const judgement& judged, std::uint32_t digits) {
    const auto text = [&](const std::optional<std::int64_t>& units) { return units ? std::optional(metrics::decimal_text(*units, digits)) : std::nullopt; };
    return {of.label, of.from, of.until, text(of.value).value_or(""), text(judged.usual), text(judged.low), text(judged.high), judged.why};
}

alert_rule::backtest backtest_of(const alert_rule::state& rule, const measure& what, const std::vector<series>& all, const std::vector<rated_alert>& known, const working_calendar& calendar,
                                 std::chrono::minutes zone_offset) {
    alert_rule::backtest of{};
    std::optional<date> newest;
    std::int64_t days = 0;  // that could be judged
    for (const auto& one : all)
        for (const auto& f : one.figures)
            if (f.value) newest = std::max(newest.value_or(f.until), f.until);
    if (!newest) return of;
    const date begins = std::chrono::sys_days(*newest) - quarter + std::chrono::days(1);
    for (const auto& one : all) {
        const auto judged = judge(rule.condition, rule.period, what, one.figures, calendar, zone_offset);
        bool any = false;
        std::int64_t own_days = 0;
        for (std::size_t i = 0; i < judged.size(); ++i) {
            if (one.figures[i].until < begins || judged[i].is == standing::missing) continue;
            any = true;
            ++of.periods;
            if (judged[i].is == standing::too_short) ++of.too_short;
            else own_days += (std::chrono::sys_days(one.figures[i].until) - std::chrono::sys_days(one.figures[i].from)).count() + 1;
            of.from = std::min(of.from.value_or(one.figures[i].from), one.figures[i].from);
            of.until = std::max(of.until.value_or(one.figures[i].until), one.figures[i].until);
        }
        of.series += any ? 1 : 0;
        days = std::max(days, own_days);
        for (const auto& e : episodes_of(judged, rule.lasts, rule.over_after)) {
            if (!e.fires || one.figures[*e.fires].until < begins) continue;
            ++of.alerts;
            const auto& first = one.figures[e.first];
            const auto& last = one.figures[e.last];
            for (const auto& k : known) {
                if (k.member != one.member || k.until < first.from || last.until < k.from) continue;
                ++(k.worth == events::alert::worth::useful ? of.useful : of.noise);
                break;
            }
            of.first.push_back({first.from, last.until, one.member, metrics::decimal_text(*first.value, what.digits), judged[e.first].why});
        }
    }
    std::stable_sort(of.first.begin(), of.first.end(), [](const auto& a, const auto& b) { return a.from > b.from; });
    if (of.first.size() > shown_most) of.first.resize(shown_most);
    of.a_week = of.alerts * hundredths * 7 / static_cast<std::uint32_t>(std::max<std::int64_t>(days, 7));
    return of;
}

}  // namespace core::alerting
