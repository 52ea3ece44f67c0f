// The operation values: a metric over periods, each exactly what core/formula comes to over the same rows.

#include "server/data_worker/aggregates.hpp"
#include "server/data_worker/days.hpp"
#include "server/data_worker/worker.hpp"

#include <fmt/format.h>

#include <array>

namespace data_worker {
namespace {

namespace formula = core::formula;

constexpr std::size_t periods_max = 5000, members_max = 1000, answers_max = 200'000;
constexpr std::array grains{"day", "week", "month", "quarter", "year"};
constexpr std::array reasons{"zero_denominator", "no_data", "partial", "not_yet"};

formula::grain grain_of(const request& r) {
    const auto given = r.text("grain");
    for (std::size_t i = 0; i < grains.size(); ++i)
        if (given == grains[i]) return static_cast<formula::grain>(i);
    request::wrong("grain", "应为 day、week、month、quarter 或 year", "day, week, month, quarter or year is expected");
}

struct defined {
    formula::checked formula;
    unsigned digits = 2;
};

defined defined_by(const request& r, loaded_catalogue& names) {
    const auto& given = r.needs("metric");
    if (!given.is_object()) request::wrong("metric", "应为对象", "an object is expected");
    const request m(given);
    const auto& parts = m.needs("parts");
    if (!parts.is_array() || parts.empty() || parts.size() > 64) request::wrong("metric.parts", "应有 1–64 项", "1–64 are expected");
    formula::metric last;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!parts[i].is_object()) request::wrong("metric.parts", "应为对象的列表", "a list of objects is expected");
        const request p(parts[i]);
        const bool is_last = i + 1 == parts.size();
        last = {p.text_or("code", ""), p.text("formula"), is_last ? m.text_or("unit", p.text_or("unit", "")) : p.text_or("unit", ""), p.flag("missing_is_zero")};
        if (!is_last) names.add(last);
    }
    auto made = formula::check(last, names);
    if (!made.has_value()) {
        const auto why = made.error().front();
        throw trouble("bad_formula", "指标" + (last.code.empty() ? "" : "「" + last.code + "」") + "的公式：" + why.zh, "the formula of the metric " + last.code + ": " + why.en);
    }
    const auto digits = m.number_if("digits").value_or(2);
    if (digits < 0 || digits > 9) request::wrong("metric.digits", "应为 0–9", "0–9 is expected");
    return {std::move(*made), static_cast<unsigned>(digits)};
}

std::vector<formula::test> only_of(const request& r, const loaded_catalogue& names) {
    std::vector<formula::test> all;
    const auto* only = r.find("only");
    if (!only) return all;
    if (!only->is_array() || only->size() > 20) request::wrong("only", "应为列表，最多 20 项", "a list is expected, of 20 at most");
    for (const auto& one : *only) {
        if (!one.is_object()) request::wrong("only", "应为 {dimension, values} 的列表", "a list of {dimension, values} is expected");
        const request o(one);
        const auto name = o.text("dimension");
        const auto* dimension = names.find_dimension(name);
        if (!dimension) throw trouble("not_found", "没有维度 " + name, "there is no dimension " + name);
        formula::test t{dimension->code, formula::relation::in, {}, {}, {}};
        const auto& values = o.needs("values");
        if (!values.is_array() || values.empty() || values.size() > 1000) request::wrong("only.values", "应有 1–1000 个值", "1–1000 values are expected");
        if (values.size() == 1 && values[0].is_null()) t.relation = formula::relation::missing;
        else
            for (const auto& v : values) {
                if (!v.is_string()) request::wrong("only.values", "应为文字；null 只能单独出现", "texts are expected; null stands alone");
                t.values.push_back(v.get<std::string>());
            }
        all.push_back(std::move(t));
    }
    return all;
}

void add(json& to, const formula::period& p, const formula::answer& a, const json* member) {
    const auto day = [](const formula::date& d) { return day_text(static_cast<std::int32_t>(std::chrono::sys_days(d).time_since_epoch().count())); };
    json one{{"period", p.label()}, {"from", day(p.first())}, {"until", day(p.last())}, {"shown", a.shown ? json(*a.shown) : json()}};
    if (member) one["member"] = *member;
    if (a.exact) one["exact"] = *a.exact;
    if (a.why) one["why"] = reasons[static_cast<std::size_t>(*a.why)];
    to.push_back(std::move(one));
}

}  // namespace

json values_of(database& in, store& known, const request& r) {
    loaded_catalogue names(known.sets());
    if (const auto* units = r.find("row_units"); units && units->is_object())
        for (const auto& [set, unit] : units->items())
            if (unit.is_string()) names.count_in(set, unit.get<std::string>());
    const auto metric = defined_by(r, names);
    const auto grain = grain_of(r);
    const auto date_at = [&](const char* key) { return formula::date(std::chrono::sys_days(std::chrono::days(r.day(key)))); };
    const auto first = formula::period::of(grain, date_at("from")), end = formula::period::of(grain, date_at("until"));
    std::vector<formula::period> periods;
    for (auto p = first; p.first() <= end.first(); p = p.moved(1)) {
        if (periods.size() == periods_max) request::wrong("until", fmt::format("最多 {} 个时期", periods_max), fmt::format("at most {} periods", periods_max));
        periods.push_back(p);
        if (p.moved(1) == p) break;
    }
    asked_aggregates how{only_of(r, names), {}, r.number_if("as_of")};
    if (r.find("by")) {
        const auto* by = names.find_dimension(r.text("by"));
        if (!by) throw trouble("not_found", "没有维度 " + r.text("by"), "there is no dimension " + r.text("by"));
        how.by = by->code;
    }
    const auto by = how.by;
    formula::question asked{first, how.only, r.flag("to_date")};
    wanted_aggregates wanted;
    for (const auto& p : periods) {
        asked.period = p;
        formula::evaluate(metric.formula, wanted, asked, metric.digits);
    }
    database_aggregates from(in, known, names, std::move(how));
    from.find(wanted);
    json all = json::array();
    const auto answer_for = [&](const json* member) {
        for (const auto& p : periods) {
            asked.period = p;
            add(all, p, formula::evaluate(metric.formula, from, asked, metric.digits), member);
        }
    };
    if (by.empty()) {
        answer_for(nullptr);
    } else {
        // Sets that do not have the dimension have nothing to say of its members.
        asked.only.push_back({by, formula::relation::missing, {}, {}, {}});
        const auto members = from.members();
        if (members.size() > members_max || members.size() * periods.size() > answers_max)
            throw trouble("limit", fmt::format("维度 {} 有 {} 个成员：请缩短期间，或用 only 限定", by, members.size()), fmt::format("the dimension {} has {} members: ask for a shorter time, or narrow it with only", by, members.size()));
        for (const auto& m : members) {
            from.choose(m);
            const json member = m ? json(*m) : json();
            answer_for(&member);
        }
    }
    return {{"values", std::move(all)}, {"position", r.number_if("as_of").value_or(known.position())}};
}

}  // namespace data_worker
