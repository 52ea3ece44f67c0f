// Early warning: rules on the metrics of the year, in every status at its end, and what they saw, in every status too. What the system would have
// seen in the figures is given here, as the year is played without a warehouse; once it is served, rules are held against what is loaded.

#include "core/alert/alert.hpp"
#include "core/alert_rule/alert_rule.hpp"
#include "core/metric/metric.hpp"
#include "core/views/views.hpp"
#include "core/formula/period.hpp"
#include "server/demo/year/stories.hpp"


namespace server::demo::year {

using core::alert;
using core::alert_rule;

namespace {

using method = alert_rule::method;
using period = events::metric::period;
using severity = alert_rule::severity;
using worth = alert::worth;

enum class ending { draft, tried, watching, muted, no_data, error, paused, retired, discarded };

struct described {
    unsigned begins_on;  ///< the working day
    const char* by;
    const char* owner;
    const char* told;
    const char* metric;  ///< its code
    const char* name;
    period every;
    alert_rule::condition when;
    std::uint32_t lasts;
    alert_rule::severity how_bad;
    const char* runbook;
    ending until;
};

const described all[] = {
    {45, "zhao.lei", "chen.wei", "wang.fang", "orders_paid", "日订单数异常", period::day, {method::detector, {}, {}, {}, {}, {}, {}, {}}, 1, severity::critical,
     "先看订单数据是否迟到，再按渠道、区域查看；支付渠道的故障电话见值班表。", ending::watching},
    {46, "emma", "emma", "wang.fang", "visitors", "周访客未达目标", period::week, {method::target, {}, {}, {}, {}, {}, 20, {}}, 2, severity::warning, "对照投放计划。", ending::watching},
    {50, "zhao.lei", "chen.wei", "emma", "average_order", "客单价过低", period::day, {method::threshold, "200", {}, {}, {}, {}, {}, {}}, 2, severity::warning, "查看折扣与赠品。", ending::muted},
    {60, "wang.fang", "wang.fang", "chen.wei", "sales", "销售额较上周同日大跌", period::day, {method::change, {}, {}, alert_rule::against::week_before, 60, {}, {}, {}}, 1, severity::critical, nullptr,
     ending::watching},
    {62, "zhao.lei", "chen.wei", "li.na", "churn", "会员流失率上升", period::month, {method::change, {}, {}, alert_rule::against::previous, {}, 30, {}, {}}, 1, severity::warning, nullptr, ending::no_data},
    {70, "emma", "emma", "zhao.lei", "visits_per_visitor", "人均访问次数下降", period::week, {method::change, {}, {}, alert_rule::against::previous, 20, {}, {}, {}}, 1, severity::notice, nullptr,
     ending::error},
    {90, "zhao.lei", "chen.wei", "wang.fang", "buyers", "买家数偏离同类日", period::day, {method::seasonal, {}, {}, {}, {}, {}, {}, 3}, 1, severity::notice, nullptr, ending::paused},
    {100, "zhao.lei", "chen.wei", "emma", "orders_paid", "日订单数低于三单", period::day, {method::threshold, "3", {}, {}, {}, {}, {}, {}}, 1, severity::notice, nullptr, ending::retired},
    {130, "emma", "emma", "zhao.lei", "visitors", "访客数低于一", period::day, {method::threshold, "1", {}, {}, {}, {}, {}, {}}, 1, severity::notice, nullptr, ending::discarded},
    {255, "zhao.lei", "emma", "wang.fang", "conversion", "转化率波动", period::week, {method::change, {}, {}, alert_rule::against::previous, 10, 10, {}, {}}, 1, severity::notice, nullptr, ending::tried},
    {268, "zhao.lei", "chen.wei", "emma", "members_now", "会员数异常", period::day, {method::detector, {}, {}, {}, {}, {}, {}, {}}, 1, severity::warning, nullptr, ending::draft},
};

/// What becomes of an alert.
enum class outcome { pending, passed, firing, acknowledged, resolved, useful, noise, closed };

struct seen {
    std::size_t rule;      ///< the place of it
    unsigned on;           ///< the working day on which it is seen: of the day, or the week, before
    const char* value;
    const char* usual;
    events::bilingual why;
    const char* note;      ///< of who acknowledges or closes it
    outcome until;
};

const seen sights[] = {
    {0, 66, "2", "6", {"与同类日相比偏低", "low for such a day"}, "华东支付渠道凌晨中断，已联系支付方，上午恢复。", outcome::useful},
    {3, 66, "412.00", "1530.20", {"较上周同日下降 73%", "73% down from the week before"}, "与订单数异常同一原因。", outcome::useful},
    {1, 80, "28", "38", {"未达到目标 38", "misses the target 38"}, "本周投放暂停，下周恢复。", outcome::noise},
    {0, 105, "13", "6", {"与同类日相比偏高", "high for such a day"}, "团购活动，属预期。", outcome::closed},
    {6, 118, "2", "5", {"低于 3：前 8 个同类日多为 5", "below 3: the 8 such days before had about 5"}, nullptr, outcome::noise},
    {0, 150, "1", "6", {"与同类日相比偏低", "low for such a day"}, "订单系统升级延迟，数据次日补齐。", outcome::useful},
    {1, 170, "30", "42", {"未达到目标 42", "misses the target 42"}, nullptr, outcome::passed},
    {3, 205, "505.00", "1610.00", {"较上周同日下降 68%", "68% down from the week before"}, "上周为促销日。", outcome::noise},
    {0, 240, "2", "7", {"连续 3 期整体偏低", "low for 3 periods in a row"}, "应用新版本下单按钮失效，技术部已回滚。", outcome::resolved},
    {3, 262, "480.00", "1580.00", {"较上周同日下降 69%", "69% down from the week before"}, "正在核对仓库停发的订单。", outcome::acknowledged},
    {0, 268, "1", "7", {"与同类日相比偏低", "low for such a day"}, nullptr, outcome::firing},
    {1, 268, "31", "42", {"未达到目标 42", "misses the target 42"}, nullptr, outcome::pending},
};

class rule_story : public std::enable_shared_from_this<rule_story> {
public:
    rule_story(world& w, const described& d) : w_(w), d_(d) {}

    void begin() {
        ticket_ = w_.on.run<alert_rule>(w_.who(d_.by), std::nullopt, alert_rule::draft{form()});
        if (d_.until == ending::draft) return;
        w_.on.at(w_.on.now() + 2min, [me = shared_from_this()] { me->by_itself(alert_rule::try_out{me->past()}); });
        if (d_.until == ending::tried) return;
        if (d_.until == ending::discarded) return later(1, 15h, [](auto& me) { me.as(me.d_.by, alert_rule::discard{"从未低于一，没有意义。"}); });
        w_.on.at(w_.on.now() + 2h, [me = shared_from_this()] { me->as(me->d_.by, alert_rule::enable{{}, "回测的几次都查实过 / each of those on the past had a cause"}); });
        switch (d_.until) {
            case ending::muted: return later(205, 10h, [](auto& me) {
                me.as(me.d_.owner, alert_rule::mute{core::date(std::chrono::sys_days(me.w_.on.today()) + std::chrono::days(90)), "清仓期间客单价偏低，已知。"});
            });
            case ending::no_data: return later(200, 8h, [](auto& me) { me.by_itself(alert_rule::miss_data{core::date(me.w_.on.today().year(), me.w_.on.today().month(), std::chrono::day(1))}); });
            case ending::error: return later(93, 8h, [](auto& me) { me.by_itself(alert_rule::fail{{"指标已停用", "the metric was retired"}}); });
            case ending::paused: return later(60, 10h, [](auto& me) { me.as(me.d_.owner, alert_rule::pause{"误报偏多，待调整倍数。"}); });
            case ending::retired: return later(50, 10h, [](auto& me) { me.as(me.d_.owner, alert_rule::retire{"由自动识别代替。"}); });
            default: return;
        }
    }

    events::alert_rule_id number() { return {w_.on.number(ticket_)}; }
    const described& what() const { return d_; }

private:
    stream_id at() { return {events::category::alert_rule, w_.on.number(ticket_)}; }
    void as(const char* login, alert_rule::command what) { w_.on.run<alert_rule>(w_.who(login), at(), std::move(what)); }
    void by_itself(alert_rule::command what) { w_.on.run<alert_rule>(events::the_system, at(), std::move(what)); }
    template <class F>
    void later(unsigned days, std::chrono::minutes of_day, F what) {
        w_.on.at(w_.on.in(days, of_day), [me = shared_from_this(), what] { what(*me); });
    }

    alert_rule::form form() {
        alert_rule::form f{};
        f.name = d_.name;
        f.metric = {w_.on.look([&](const core::views::views& v) -> std::uint64_t {
            for (const auto& row : v.of<core::metric>().rows())
                if (row.state.code == d_.metric) return row.number;
            return 0;
        })};
        f.period = d_.every;
        f.condition = d_.when;
        f.lasts = d_.lasts;
        f.over_after = 2;
        f.severity = d_.how_bad;
        f.owner = w_.who(d_.owner);
        f.concerned = {w_.who(d_.told)};
        if (d_.runbook) f.runbook = d_.runbook;
        return f;
    }
    /// Of the last quarter, or of what there was of it by then.
    alert_rule::backtest past() {
        const std::chrono::sys_days today(w_.on.today());
        alert_rule::backtest of{};
        const int days = std::min(91, static_cast<int>(d_.begins_on));
        of.from = core::date(today - std::chrono::days(days));
        of.until = core::date(today - std::chrono::days(1));
        of.periods = static_cast<std::uint32_t>(d_.every == period::day ? days : d_.every == period::week ? days / 7 : days / 30);
        of.series = 1;
        of.alerts = d_.until == ending::tried ? 40 : 2;
        of.a_week = of.alerts * 700 / static_cast<std::uint32_t>(std::max(days, 7));
        return of;
    }

    world& w_;
    const described& d_;
    ticket ticket_;
};

class alert_story : public std::enable_shared_from_this<alert_story> {
public:
    alert_story(world& w, const seen& s, std::shared_ptr<rule_story> rule) : w_(w), s_(s), rule_(std::move(rule)) {}

    void begin() {
        const bool fires = s_.until != outcome::pending && s_.until != outcome::passed;
        ticket_ = w_.on.run<alert>(events::the_system, std::nullopt, alert::notice{rule_->number(), "", sighting(), fires, {}, {}});
        const auto& r = rule_->what();
        switch (s_.until) {
            case outcome::pending:
            case outcome::firing: return;
            case outcome::passed: return later(5, 8h, [](auto& me) { me.by_itself(alert::pass{}); });
            case outcome::closed: return later(0, 15h, [](auto& me) { me.as(me.rule_->what().owner, alert::close{me.s_.note}); });
            default: break;
        }
        if (s_.note) w_.on.at(w_.on.now() + 90min, [me = shared_from_this(), &r] { me->as(r.owner, alert::acknowledge{me->s_.note, {}}); });
        if (s_.until == outcome::acknowledged) return;
        later(3, 8h, [](auto& me) { me.by_itself(alert::settle{alert::ending::well_again}); });
        if (s_.until == outcome::resolved) return;
        later(3, 11h, [](auto& me) { me.as(me.rule_->what().owner, alert::rate{me.s_.until == outcome::useful ? worth::useful : worth::noise, {}}); });
    }

private:
    stream_id at() { return {events::category::alert, w_.on.number(ticket_)}; }
    void as(const char* login, alert::command what) { w_.on.run<alert>(w_.who(login), at(), std::move(what)); }
    void by_itself(alert::command what) { w_.on.run<alert>(events::the_system, at(), std::move(what)); }
    template <class F>
    void later(unsigned days, std::chrono::minutes of_day, F what) {
        const auto day = days == 0 ? w_.on.today() : w_.on.day_in(days);
        w_.on.at(w_.on.moment(day, of_day), [me = shared_from_this(), what] { what(*me); });
    }
    alert::sighting sighting() {
        const std::chrono::sys_days today(w_.on.today());
        const bool week = rule_->what().every == period::week;
        const auto from = week ? today - std::chrono::days(6 + std::chrono::weekday(today).iso_encoding()) : today - std::chrono::days(1);
        const core::date first(from), last(week ? from + std::chrono::days(6) : from);
        const auto p = core::formula::period::of(week ? core::formula::grain::week : core::formula::grain::day, first);
        return {p.label(), first, last, s_.value, std::string(s_.usual), {}, {}, s_.why};
    }

    world& w_;
    const seen& s_;
    std::shared_ptr<rule_story> rule_;
    ticket ticket_;
};

}  // namespace

void put_alerts(world& w, date first_day) {
    std::vector<std::shared_ptr<rule_story>> rules;
    for (const auto& d : all) {
        rules.push_back(std::make_shared<rule_story>(w, d));
        w.on.at(w.on.moment(working_day(w, first_day, d.begins_on), 14h + std::chrono::minutes(rules.size())), [story = rules.back()] { story->begin(); });
    }
    std::size_t n = 0;
    for (const auto& s : sights) {
        auto story = std::make_shared<alert_story>(w, s, rules[s.rule]);
        w.on.at(w.on.moment(working_day(w, first_day, s.on), 9h + std::chrono::minutes(++n)), [story] { story->begin(); });
    }
}

}  // namespace server::demo::year
