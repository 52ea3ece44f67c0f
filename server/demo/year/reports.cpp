// Weekly to annual reports: they begin by themselves with figures, every few weeks one is written, published and acknowledged, and what it
// recommends is adopted, declined, carried out and verified. What nobody writes is discarded in time.

#include "core/collection/collection.hpp"
#include "core/delivery/delivery.hpp"
#include "core/delivery/quality.hpp"
#include "core/metric/metric.hpp"
#include "core/recommendation/recommendation.hpp"
#include "core/report/numbers.hpp"
#include "core/report/periods.hpp"
#include "core/report/report.hpp"
#include "core/task/task.hpp"
#include "core/views/views.hpp"
#include "server/demo/year/stories.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace server::demo::year {

using core::metric;
using core::recommendation;
using core::report;
using core::report_status;

namespace {

namespace reporting = core::reporting;
using events::report::figure;
using events::report::finality;
using kind = report::kind;

/// About what a metric comes to, in units of its last place.
struct usual {
    const char* code;
    std::int64_t week, month;
    bool adds_up;  ///< over time
};
const usual usuals[] = {
    {"sales", 760'000, 3'200'000, true}, {"orders_paid", 26, 108, true},       {"buyers", 24, 98, true},           {"average_order", 30'500, 30'500, false},
    {"visitors", 40, 150, true},         {"conversion", 6'000, 6'400, false},  {"members_now", 88'000, 88'000, false}, {"churn", 40, 160, false},
    {"visits_per_visitor", 105, 110, false}, {"orders_app", 9, 38, true},
};

/// What becomes of a recommendation.
enum class fate { seen, declined, none, cancelled, against, left_executed, left_running, left_proposed };

struct idea {
    const char* summary;
    const char* conclusion;
    const char* cites;
    const char* advice;
    const char* expected;
    const char* measure;  ///< taken already
    const char* standard;
    const char* assignee;
    const char* found;    ///< when it was verified
};
const idea ideas[] = {
    {"销售额与上周持平，应用内占比继续上升，门店下降。", "增长来自应用内渠道，门店客流减少。", "sales", "门店收银台增加扫码下单指引", "门店客户中一成转到应用内下单", "已与两家门店沟通。", "五家门店全部上线指引", "wang.fang", "上线后四周应用内销售额高于此前每一周。"},
    {"转化率回落，访客数上升：新来的访客质量偏低。", "新增访客主要来自活动页，下单意愿低。", "conversion", "活动页增加首单券入口", "转化率回到 60%", "活动页已下调投放。", "首单券入口上线并可统计领取", "emma", "领取率高，但转化率没有变化。"},
    {"订单数增加而客单价下降，折扣过深。", "满减门槛过低，拉低了客单价。", "average_order", "把满减门槛从 200 元提高到 260 元", "客单价回到 300 元以上", "本周起停发叠加券。", "新门槛在全部渠道生效", "chen.wei", "客单价回升到 308 元，订单数未减少。"},
    {"会员流失高于目标，集中在低等级会员。", "低等级会员缺少可兑换的权益。", "churn", "为低等级会员增加小额权益", "流失率回到目标以内", "已向将到期的会员发送提醒。", "上线三种小额权益并设库存", "chen.wei", "流失率反而略升，权益被一次兑完。"},
    {"访客数连续四周上升，来自搜索渠道。", "搜索渠道的关键词调整见效。", "visitors", "把搜索预算提高一成", "访客数再增加 5%", "关键词每周复核一次。", "预算调整生效，单次成本不超过 1.2 元", "emma", "访客数增加 6%，成本未超。"},
};
constexpr unsigned one_in = 5;           ///< weekly reports that are written
constexpr unsigned one_month_in = 4;
constexpr long last_days = 42;           ///< before the end each is written, and left at different places

class reporting_story : public std::enable_shared_from_this<reporting_story> {
public:
    reporting_story(world& w, date last_day) : w_(w), last_day_(last_day) {}

    /// Those that began in the night get their figures, and the analyst takes them up.
    void morning() {
        const auto drafts = w_.on.look([](const core::views::views& v) {
            std::vector<report::state> found;
            for (const auto& row : v.of<core::report>().rows())
                if (row.state.is == report_status::draft && !row.state.figures) found.push_back(row.state);
            return found;
        });
        for (const auto& one : drafts) {
            w_.on.run<core::report>(events::the_system, stream_of(one.id), report::fill{figures_of(one)});
            take_up(one);
        }
    }

private:
    template <class A>
    void later(unsigned days, std::chrono::minutes of_day, const char* login, stream_id which, typename A::command what) {
        w_.on.at(w_.on.in(days, of_day), [me = shared_from_this(), login, which, what = std::move(what)] { me->w_.on.run<A>(me->w_.who(login), which, what); });
    }

    void take_up(const report::state& one) {
        const auto left = (std::chrono::sys_days(last_day_) - std::chrono::sys_days(w_.on.today())).count();
        const auto n = begun_[one.kind]++;
        if (one.kind == kind::week && n == 2) return later<core::report>(0, 11h, "zhao.lei", stream_of(one.id), report::discard{"春节前后停业，数据不足一周 / closed around the holiday"});
        const bool weekly = one.kind == kind::week && (left < last_days ? n % 2 == 0 || left < 21 : n % one_in == 4);
        const bool monthly = one.kind == kind::month && n % one_month_in == 1;
        if (!weekly && !monthly) return;
        const auto how = written_++;
        const auto& what = ideas[how % std::size(ideas)];
        w_.on.at(w_.on.moment(w_.on.today(), 10h + 30min), [me = shared_from_this(), id = one.id, &what] { me->write(id, what); });
        // One in six is late.
        const bool late = how % 6 == 3;
        w_.on.at(w_.on.in(late ? 4 : 0, 14h + 20min), [me = shared_from_this(), id = one.id, &what, how] { me->publish(id, what, how); });
    }

    report::state state_of(core::report_id id) {
        return w_.on.look([&](const core::views::views& v) { return v.of<core::report>().row(id.value)->state; });
    }

    void write(core::report_id id, const idea& what) {
        const auto now = state_of(id);
        auto f = now.content;
        const auto cited = metric_in(now, what.cites);
        f.summary = what.summary;
        f.conclusions = {{what.conclusion, {cited}}};
        events::report::advice advice{what.advice, cited, what.expected, {}};
        f.recommendations = {advice};
        f.measures = what.measure;
        f.methods = {"与上期及去年同期比较", "按渠道分解"};
        f.settling_reason = "最后两天的订单仍在核对，不影响结论。";
        w_.on.run<core::report>(w_.who("zhao.lei"), stream_of(id), report::revise{std::move(f)});
    }

    /// The one that it is about, or what there is.
    static core::metric_id metric_in(const report::state& of, std::string_view code) {
        const auto& all = of.figures->figures;
        const auto found = std::find_if(all.begin(), all.end(), [&](const figure& f) { return f.code == code; });
        return found == all.end() ? all.front().metric : found->metric;
    }

    void publish(core::report_id id, const idea& what, unsigned how) {
        const auto now = state_of(id);
        const bool is_last = (std::chrono::sys_days(last_day_) - std::chrono::sys_days(w_.on.today())).count() < 14;
        w_.on.run<core::report>(w_.who("zhao.lei"), stream_of(id), report::publish{now.sha256});
        published_ = id;
        for (std::size_t i = is_last ? 1 : 0; i < now.recipients.size(); ++i)
            w_.on.at(w_.on.in(1, 9h + 20min + std::chrono::minutes(23 * i)), [me = shared_from_this(), id, who = now.recipients[i]] { me->w_.on.run<core::report>(who, stream_of(id), report::acknowledge{}); });
        if (how % 4 == 2) w_.on.at(w_.on.in(6, 6h + 30min), [me = shared_from_this(), id] { me->restate(id); });
        if (how == 1) w_.on.at(w_.on.in(2, 16h), [me = shared_from_this(), id] { me->add_by_hand(id); });
        follow_up(id, what, fate_of(how));
    }
    fate fate_of(unsigned how) const {
        const auto left = (std::chrono::sys_days(last_day_) - std::chrono::sys_days(w_.on.today())).count();
        if (left < 10) return fate::left_proposed;
        if (left < 24) return fate::left_running;
        if (left < last_days) return fate::left_executed;
        constexpr fate all[] = {fate::seen, fate::none, fate::declined, fate::against, fate::seen, fate::cancelled};
        return all[how % std::size(all)];
    }

    /// A delivery came late.
    void restate(core::report_id id) {
        const auto now = state_of(id);
        const auto& f = now.figures->figures.front();
        if (f.value) w_.on.run<core::report>(events::the_system, stream_of(id), report::restate{{{f.metric, f.period, f.value, reporting::less("-180", f.value, 2)}}});
    }

    void add_by_hand(core::report_id id) {
        const auto made = w_.on.run<recommendation>(w_.who("chen.wei"), std::nullopt, recommendation::propose{id, {"为高等级会员开通专属客服", {}, "高等级会员的投诉减少", {}}, {}, {}});
        w_.on.at(w_.on.in(2, 10h), [me = shared_from_this(), made] {
            const stream_id which{events::category::recommendation, me->w_.on.number(made)};
            me->w_.on.run<recommendation>(me->w_.who("li.na"), which, recommendation::decline{"客服本季没有人手，下季预算再议 / no staff for it this quarter"});
        });
    }

    // ---- what becomes of what was recommended -----------------------------------------------------------------------------------------

    void follow_up(core::report_id id, const idea& what, fate until) {
        if (until == fate::left_proposed) return;
        w_.on.at(w_.on.in(1, 11h), [me = shared_from_this(), id, &what, until] {
            const auto which = me->recommendation_of(id);
            if (until == fate::declined) {
                me->w_.on.run<recommendation>(me->w_.who("li.na"), which, recommendation::decline{"与本季重点不一致，先完成现有项目。"});
                return;
            }
            const auto now = me->state_of(id);
            const auto& all = now.figures->figures;
            const auto cited = now.content.conclusions.front().figures.front();
            const auto at = std::find_if(all.begin(), all.end(), [&](const figure& f) { return f.metric == cited; });
            recommendation::adopt c{me->w_.who(what.assignee), me->w_.on.day_in(8), what.standard, at->value, at->target};
            me->w_.on.run<recommendation>(me->w_.who("li.na"), which, std::move(c));
            me->carry_out(which, what, until);
        });
    }
    stream_id recommendation_of(core::report_id id) {
        return w_.on.look([&](const core::views::views& v) {
            stream_id found{events::category::recommendation, 0};
            for (const auto& row : v.of<recommendation>().rows())
                if (row.state.report == id && row.state.number == 1) found.number = row.number;
            return found;
        });
    }

    void carry_out(stream_id which, const idea& what, fate until) {
        const auto task = w_.on.look([&](const core::views::views& v) { return stream_of(v.of<recommendation>().row(which.number)->state.task); });
        later<core::task>(1, 9h + 35min, what.assignee, task, core::task::start{});
        if (until == fate::left_running) return;
        if (until == fate::cancelled) return later<core::task>(3, 10h + 15min, "li.na", task, core::task::cancel{"供应商终止合作 / the supplier has quit"});
        later<core::task>(4, 15h + 5min, what.assignee, task, core::task::submit{std::string(what.standard) + "：已完成 / done"});
        later<core::task>(5, 10h + 5min, "li.na", task, core::task::accept{"符合标准 / meets the standard"});
        if (until == fate::left_executed) return;
        w_.on.at(w_.on.in(15, 16h + 10min), [me = shared_from_this(), which, &what, until] { me->verify(which, what, until); });
    }

    void verify(stream_id which, const idea& what, fate until) {
        using effect = recommendation::effect;
        const auto now = w_.on.look([&](const core::views::views& v) { return v.of<recommendation>().row(which.number)->state; });
        recommendation::finding f{until == fate::seen ? effect::seen : until == fate::none ? effect::none : effect::against, now.target, what.found, {}};
        if (now.advice.metric) f.figures = {*now.advice.metric};
        w_.on.run<recommendation>(w_.who("zhao.lei"), which, recommendation::verify{std::move(f)});
    }

    // ---- figures ----------------------------------------------------------------------------------------------------------------------

    static std::string text_of(std::int64_t units, unsigned places) {
        auto digits = std::to_string(units);
        if (places == 0) return digits;
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        return digits.insert(digits.size() - places, ".");
    }
    std::int64_t units_of(const usual& of, kind k) {
        const auto base = k == kind::week ? of.week : of.month * (!of.adds_up ? 1 : k == kind::quarter ? 3 : k == kind::year ? 12 : 1);
        return base * luck_.between(88, 114) / 100;
    }

    std::optional<figure> figure_of(const metric::state& m, const report::state& of) {
        const auto is_it = std::find_if(std::begin(usuals), std::end(usuals), [&](const usual& u) { return m.code == u.code; });
        if (is_it == std::end(usuals)) return std::nullopt;
        const auto value = text_of(units_of(*is_it, of.kind), m.digits);
        figure f{m.id, m.code, m.name, m.unit, 0, of.period, value, {}, {}, {}, {}, {}, {}, m.code == "sales" ? finality::settling : finality::closed};
        auto& before = before_[{of.kind, m.code}];
        if (!before.empty()) f.previous = before, f.change = reporting::change_in_percent(before, value);
        before = value;
        const auto* target = reporting::target_of(m, of.kind, of.from);
        if (target) f.target = reporting::shown(*target);
        f.attainment = reporting::attained(m.direction, f.value, target);
        return f;
    }

    /// As they would be calculated, but for the sums.
    report::snapshot figures_of(const report::state& of) {
        auto made = w_.on.look([&](const core::views::views& v) {
            report::snapshot s{};
            s.position = v.position().value;
            for (const auto& row : v.of<core::metric>().rows())
                if (metric::in_use & core::flow::from(row.state.is))
                    if (auto f = figure_of(row.state, of)) s.figures.push_back(std::move(*f));
            v.with_context(nullptr, w_.on.now(), core::shanghai, [&](const core::context& by) {
                std::map<std::uint64_t, core::delivering::quality> plans;
                for (const auto& week : core::delivering::quality_by_week(of.from, of.until, by)) plans[week.line.value] += week.quality;
                for (const auto& [number, q] : plans) s.quality.push_back({{number}, v.of<core::collection>().row(number)->state.name, percent(q.completeness), percent(q.timeliness), percent(q.accuracy)});
            });
            for (const auto& row : v.of<core::delivery>().rows())
                s.deliveries += row.state.from <= of.until && row.state.until >= of.from && (core::delivery::loaded & core::flow::from(row.state.is));
            for (const auto& row : v.of<recommendation>().rows()) {
                const auto words = events::label_of(row.state.is);
                if (published_ && row.state.report == published_) s.recommendations.push_back({{row.number}, row.state.advice.text, {std::string(words.zh), std::string(words.en)}});
            }
            return s;
        });
        add_movers(made);
        return made;
    }
    static std::optional<std::string> percent(const core::delivering::share& s) {
        const auto shown = s.shown();
        return shown ? std::optional(text_of(*shown, 2)) : std::nullopt;
    }
    void add_movers(report::snapshot& s) {
        for (const auto& f : s.figures) {
            if (f.code != "sales" || !f.previous || !f.value) continue;
            for (const auto* channel : {"app", "web"}) {
                const auto before = text_of(luck_.between(180'000, 260'000), 2), after = text_of(luck_.between(180'000, 300'000), 2);
                s.movers.push_back({f.metric, "channel", channel, before, after, reporting::less(before, after, 2)});
            }
        }
    }

    world& w_;
    date last_day_;
    core::report_id published_;  ///< the newest
    unsigned written_ = 0;
    std::map<kind, unsigned> begun_;
    std::map<std::pair<kind, std::string>, std::string> before_;
    chance luck_{2031};  // of its own: what the other stories come upon stays as it was
};

}  // namespace

void put_reports(world& w, date first_day, date last_day) {
    auto story = std::make_shared<reporting_story>(w, last_day);
    for (auto day = std::chrono::sys_days(first_day); day <= std::chrono::sys_days(last_day); day += std::chrono::days(1))
        if (w.on.days().is_working_day(day)) w.on.at(w.on.moment(day, 9h + 40min), [story] { story->morning(); });
}

}  // namespace server::demo::year
