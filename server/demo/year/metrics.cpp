// The metric system: a small tree, from sales down to what it is made of, and members beside it. In every status at the end.
//
// It rests on the sets `orders` {order_day; amount 元; buyer; channel, region, status}, `visits` {visit_day; visitor; channel} and
// `members` {day; members, joined, left 人; tier}, whose plans are in force by the day on which the first metric is published.

#include "core/metric/metric.hpp"
#include "core/views/views.hpp"
#include "server/demo/year/stories.hpp"

#include <array>

namespace server::demo::year {

using core::metric;

namespace {

using direction = metric::direction;
using period = events::metric::period;

enum class ending { draft, submitted, published, amended, retired, discarded };

struct described {
    unsigned begins_on;  ///< the working day
    const char* by;
    const char* owner;
    int parent;          ///< the place of it; -1: it is at the top
    const char* code;
    events::bilingual name;
    const char* unit;
    std::uint32_t digits;
    metric::direction direction;
    const char* definition;
    const char* formula;
    period every;
    std::array<const char*, 2> goals;  ///< for the first half of the year and the second; of a range the least and the most
    ending until;
};

// Each stands behind its parent and what it names, and is published in that order.
const described all[] = {
    {12, "zhao.lei", "li.na", -1, "sales", {"销售额", "Sales"}, "元", 2, direction::up, "已付款订单的金额，含运费，不含退款。", "sum(orders.amount) where status in (\"paid\")", period::month,
     {"30000", "33000"}, ending::published},
    {12, "zhao.lei", "chen.wei", 0, "orders_paid", {"订单数", "Orders"}, "单", 0, direction::up, "已付款的订单，一单算一次。", "count(orders.amount) where status in (\"paid\")", period::month,
     {"100", "110"}, ending::published},
    {13, "zhao.lei", "wang.fang", 0, "buyers", {"买家数", "Buyers"}, "人", 0, direction::up, "下过已付款订单的人，一期内一人算一次。", "count_distinct(orders.buyer) where status in (\"paid\")",
     period::month, {"95", "105"}, ending::published},
    {13, "zhao.lei", "chen.wei", 0, "average_order", {"客单价", "Average order value"}, "元/单", 2, direction::within, "销售额 ÷ 订单数。过低是折扣过深，过高是小单流失。", "销售额 / 订单数",
     period::month, {"290", "330"}, ending::published},
    {14, "zhao.lei", "emma", 0, "visitors", {"访客数", "Visitors"}, "人", 0, direction::up, "到访的人，一期内一人算一次。", "count_distinct(visits.visitor)", period::week, {"38", "42"},
     ending::published},
    {15, "zhao.lei", "emma", 0, "conversion", {"转化率", "Conversion rate"}, "%", 2, direction::up, "买家数 ÷ 访客数。", "买家数 / 访客数", period::week, {"58", "62"}, ending::published},
    {16, "zhao.lei", "chen.wei", -1, "members_now", {"会员数", "Members"}, "人", 0, direction::up, "期末在册的会员。", "last(members.members)", period::month, {"85000", "92000"},
     ending::published},
    {16, "zhao.lei", "chen.wei", 6, "churn", {"会员流失率", "Churn"}, "%", 2, direction::down, "一期内离开的会员 ÷ 上期末的会员数。", "sum(members.left) / previous(会员数)", period::month,
     {"1.8", "1.5"}, ending::published},
    {40, "zhao.lei", "emma", 4, "visits_per_visitor", {"人均访问次数", "Visits per visitor"}, "次/人", 2, direction::up, "访问次数 ÷ 访客数。", "count(visits.visitor) / 访客数", period::month, {nullptr, nullptr}, ending::retired},
    {90, "zhao.lei", "wang.fang", 0, "orders_app", {"应用内订单数", "Orders in the app"}, "单", 0, direction::up, "应用内下的已付款订单。",
     "count(orders.amount) where status in (\"paid\") and channel in (\"app\")", period::month, {nullptr, nullptr}, ending::amended},
    {140, "zhao.lei", "wang.fang", 0, "sales_total", {"销售总额", "Total sales"}, "元", 2, direction::up, "与销售额相同。", "销售额", period::month, {nullptr, nullptr}, ending::discarded},
    {262, "zhao.lei", "emma", 6, "joined", {"新会员数", "New members"}, "人", 0, direction::up, "一期内加入的会员。", "sum(members.joined)", period::week, {nullptr, nullptr}, ending::submitted},
    {266, "zhao.lei", "zhao.lei", 0, "refund_rate", {"退款率", "Refund rate"}, "%", 2, direction::down, "退款订单的金额 ÷ 全部订单的金额；口径待与财务核对。",
     "sum(orders.amount) where status in (\"refunded\") / sum(orders.amount)", period::month, {nullptr, nullptr}, ending::draft},
};

class metric_story : public std::enable_shared_from_this<metric_story> {
public:
    metric_story(world& w, const described& d, std::shared_ptr<metric_story> parent) : w_(w), d_(d), parent_(std::move(parent)) {}

    void begin() {
        ticket_ = w_.on.run<core::metric>(w_.who(d_.by), std::nullopt, metric::draft{form()});
        if (d_.until == ending::draft) return;
        if (d_.until == ending::discarded) return later(2, 10h, [](auto& me) { me.as(me.d_.by, metric::discard{"与销售额重复。"}); });
        w_.on.at(w_.on.now() + 20min, [me = shared_from_this()] { me->as(me->d_.by, metric::submit{}); });
        if (d_.until != ending::submitted) w_.on.at(w_.on.now() + 3h, [me = shared_from_this()] { me->publish(); });
    }

private:
    stream_id at() { return {events::category::metric, w_.on.number(ticket_)}; }
    void as(const char* login, metric::command what) { w_.on.run<core::metric>(w_.who(login), at(), std::move(what)); }
    template <class F>
    void later(unsigned days, std::chrono::minutes of_day, F what) {
        w_.on.at(w_.on.in(days, of_day), [me = shared_from_this(), what] { what(*me); });
    }

    metric::form form() {
        metric::form f{d_.code, d_.name, d_.unit, d_.digits, d_.direction, w_.who(d_.owner), {}, d_.definition, d_.formula, false, {}, {}};
        if (parent_) f.parent = events::metric_id{w_.on.number(parent_->ticket_)};
        if (d_.direction == direction::within) f.targets = {{d_.every, w_.on.today(), {}, {}, std::string(d_.goals[0]), std::string(d_.goals[1])}};
        else if (d_.goals[0]) f.targets = {{d_.every, w_.on.today(), {}, std::string(d_.goals[0]), {}, {}}};
        return f;
    }

    void publish() {
        as("li.na", metric::publish{read()});
        if (d_.until == ending::retired) return later(120, 14h, [](auto& me) { me.as("li.na", metric::retire{"一直无人使用，由访客数代替。"}); });
        if (d_.until == ending::amended) return later(170, 11h, [](auto& me) { me.amend("count(orders.amount) where channel in (\"app\")", "未付款的也计入，便于看催付效果。"); });
        if (d_.code == std::string_view("sales")) later(60, 10h, [](auto& me) {
            me.amend("sum(orders.amount) where status in (\"paid\", \"shipped\")", "发货后状态改为 shipped，此前漏计。");
            me.w_.on.at(me.w_.on.now() + 4h, [story = me.shared_from_this()] { story->as("li.na", metric::publish{story->read()}); });
        });
        if (d_.goals[1] && d_.direction != direction::within) later(120, 16h, [](auto& me) {
            me.as("li.na", metric::set_targets{{{me.d_.every, me.w_.on.today(), {}, std::string(me.d_.goals[1]), {}, {}}}, "半年回顾后上调 / raised after the half-year review"});
        });
    }

    void amend(const char* formula, const char* reason) {
        auto f = form();
        f.formula = formula;
        as(d_.by, metric::amend{std::move(f), reason, {}});
    }

    /// The hash of what waits.
    std::string read() {
        const auto number = w_.on.number(ticket_);
        return w_.on.look([&](const core::views::views& v) { return v.of<core::metric>().row(number)->state.sha256; });
    }

    world& w_;
    const described& d_;
    std::shared_ptr<metric_story> parent_;
    ticket ticket_;
};

}  // namespace

void put_metrics(world& w, date first_day) {
    std::vector<std::shared_ptr<metric_story>> stories;
    for (const auto& d : all) {
        auto story = std::make_shared<metric_story>(w, d, d.parent < 0 ? nullptr : stories[static_cast<std::size_t>(d.parent)]);
        // One after the other: those of a day begin in their order.
        const auto at = 9h + 30min + std::chrono::minutes(stories.size());
        stories.push_back(story);
        w.on.at(w.on.moment(working_day(w, first_day, d.begins_on), at), [story] { story->begin(); });
    }
}

}  // namespace server::demo::year
