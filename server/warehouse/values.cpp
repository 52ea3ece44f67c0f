#include "server/warehouse/values.hpp"

#include "core/collection/collection.hpp"
#include "core/metric/catalogue.hpp"
#include "core/metric/metric.hpp"
#include "server/warehouse/asks.hpp"
#include "server/warehouse/day_text.hpp"
#include "server/warehouse/settling.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>
#include <set>

namespace server::warehouse {

using core::collection;
using core::metric;
using core::formula::period;
using nlohmann::json;

namespace problems {
const core::refusal not_published{"not_published", "S2.3.2", "指标尚未发布。发布后再查看数值。", "The metric is not published yet. It has figures once it is.", core::obstacle::status};
const core::refusal formula_broken{"formula_broken", "S2.3.2", "公式现在算不出来：它引用的数据或指标已变动。请修订公式。",
                                   "The formula does not work out any more, as data or metrics that it names have changed. Amend it.", core::obstacle::status};
const core::refusal too_many_periods{"too_many_periods", "S2.3.2", "一次最多 400 期。请缩短时间范围，或改用更大的周期。", "At most 400 periods at once. Ask for a shorter time, or for longer periods.", core::obstacle::field, "from"};
const core::refusal worker_gone{"data_worker_gone", "S4.1.3", "数据仓库暂不可用，正在重新启动。请稍后再试；若持续如此，请管理员查看服务器日志。",
                                "The data warehouse can't be asked just now, and is being started again. Try again in a moment; where it stays so, the server's log says why.", core::obstacle::status};
}  // namespace problems

std::variant<values_question, wire::problem> question_of(const wire::documents& read, events::member_id who, const values_query& asked) {
    values_question q;
    const auto read_it = read.with_reader(who, [&](const core::views::views& v, events::position at, const core::context& by) -> wire::reading {
        const auto* row = v.of<metric>().row(asked.of.value);
        if (!row || !may_see(row->state, by)) return wire::make(404, wire::problems::not_found);
        const auto& m = row->state;
        if (m.versions.empty()) return wire::make(409, problems::not_published);
        // In whole periods, whatever days were asked for.
        const auto last = period::of(asked.grain, asked.until.value_or(by.today));
        const auto first = asked.from ? period::of(asked.grain, *asked.from) : last.moved(1 - periods_usual);
        if (first > last) return wire::make(422, wire::problems::bad_query);
        if (first.moved(periods_most) <= last) return wire::make(422, problems::too_many_periods);
        figures_of which{first, last, json::array(), asked.by};
        for (const auto& [dimension, values] : asked.only) which.only.push_back({{"dimension", dimension}, {"values", values}});
        auto found = asks_of(m, which, core::catalogue_in(by), core::row_sets_in(by));
        if (!found) return wire::make(409, problems::formula_broken);
        q.asks = std::move(found->asks);
        q.periods = json::object();
        for (auto p = first; p <= last; p = p.moved(1)) {
            const auto version = found->versions.find(p.label());
            if (version == found->versions.end()) continue;
            const auto settled = settled_on(found->sets, p.last(), by);
            q.periods[p.label()] = {{"from", day_text(p.first())}, {"until", day_text(p.last())}, {"version", version->second},
                                    {"state", by.today <= p.last() ? "open" : settled && by.today < *settled ? "settling" : "closed"}};
        }
        const auto& dimensions = found->dimensions;
        if (asked.by && !dimensions.contains(*asked.by)) return wire::make(422, wire::problems::bad_query);
        q.answer["position"] = at.value;
        q.answer["metric"] = {{"id", asked.of.value},   {"code", m.code},     {"name", {{"zh", m.name.zh}, {"en", m.name.en}}},
                              {"unit", m.unit},         {"digits", m.digits}, {"direction", boost::describe::enum_to_string(m.direction, "?")},
                              {"version", m.versions.back().number}};
        q.answer["grain"] = name_of(asked.grain);
        q.answer["from"] = day_text(first.first());
        q.answer["until"] = day_text(last.last());
        if (asked.by) q.answer["by"] = *asked.by;
        q.answer["dimensions"] = dimensions;
        auto& targets = q.answer["targets"] = nlohmann::ordered_json::array();
        for (const auto& t : m.targets) {
            nlohmann::ordered_json one{{"period", boost::describe::enum_to_string(t.period, "?")}, {"from", day_text(t.from)}};
            if (t.until) one["until"] = day_text(*t.until);
            if (t.value) one["value"] = *t.value;
            if (t.least) one["least"] = *t.least;
            if (t.most) one["most"] = *t.most;
            targets.push_back(std::move(one));
        }
        return wire::document{{}, at};
    });
    if (const auto* no = std::get_if<wire::problem>(&read_it)) return *no;
    return q;
}

std::string answer_of(values_question asked, const std::vector<json>& said, std::uint64_t behind) {
    auto& all = asked.answer;
    all["behind"] = behind;
    auto& items = all["items"] = nlohmann::ordered_json::array();
    bool none = true;
    for (const auto& some : said) none = none && some.at("values").empty();
    if (none && !all.contains("by"))
        for (const auto& [label, known] : asked.periods.items())
            items.push_back({{"period", label}, {"from", known.at("from")}, {"until", known.at("until")}, {"state", known.at("state")}, {"version", known.at("version")}, {"value", nullptr}, {"why", "no_data"}});
    for (const auto& some : said)
        for (const auto& one : some.at("values")) {
            const auto known = asked.periods.find(one.at("period").get<std::string>());
            if (known == asked.periods.end()) continue;
            nlohmann::ordered_json item{{"period", one.at("period")}, {"from", known->at("from")}, {"until", known->at("until")}, {"state", known->at("state")}, {"version", known->at("version")}};
            if (const auto member = one.find("member"); member != one.end()) item["member"] = *member;
            item["value"] = one.at("shown");
            if (const auto why = one.find("why"); why != one.end()) item["why"] = *why;
            items.push_back(std::move(item));
        }
    return all.dump();
}

}  // namespace server::warehouse
