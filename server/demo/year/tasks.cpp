// The department's tasks: what is ordered, and how each goes.

#include "core/task/task.hpp"
#include "server/demo/year/stories.hpp"

namespace server::demo::year {

using core::task;

namespace {

struct kind_of_work {
    const char* who;       ///< whose work it usually is
    const char* zh;        ///< "%" stands for what it is about
    const char* en;
    const char* standard_zh;
    const char* standard_en;
};

constexpr kind_of_work works[] = {
    {"zhao.lei", "渠道周报：%", "Weekly channel report: %", "周一 10:00 前发出；三处来源对账一致。", "Sent by Monday 10:00; all three sources agree."},
    {"zhao.lei", "%转化漏斗分析", "Conversion funnel of %", "附口径说明与样本量；结论可执行。", "With definitions and sample size; conclusions that can be acted on."},
    {"zhao.lei", "%数据异常排查", "Anomaly in the figures of %", "两小时内定位，当日给出修复时间。", "Located in two hours, a date for the fix the same day."},
    {"zhao.lei", "%指标口径核对", "Definitions of the metrics of %", "每个指标有公式、来源、负责人。", "Each metric has a formula, a source and an owner."},
    {"chen.wei", "%活动方案", "Plan for %", "方案含预算表与应急预案。", "With the budget and a fallback."},
    {"chen.wei", "%页面走查", "Page review of %", "问题清单按严重程度分级，附截图。", "Problems listed by weight, with pictures."},
    {"chen.wei", "%复盘", "Review of %", "结论可执行，数据可追溯。", "Conclusions that can be acted on; figures that can be traced."},
    {"chen.wei", "%选品与价格核对", "Selection and prices for %", "价格与系统一致，误差为零。", "Prices are those of the system, without exception."},
    {"wang.fang", "%客服高频问题整理", "Frequent questions about %", "每条有答复与负责人。", "Each has an answer and an owner."},
    {"wang.fang", "%用户访谈", "User interviews on %", "不少于 8 位，纪要当周完成。", "At least eight, written up in the same week."},
    {"wang.fang", "%规则说明更新", "Update of the rules for %", "财务与法务确认后发布。", "Published once finance and legal agree."},
    {"wang.fang", "%触达名单准备", "Contact list for %", "去重，排除退订用户。", "No doubles, nobody who opted out."},
    {"emma", "%双语文案", "Copy in both languages for %", "两种语言一致，无占位文字。", "Both languages agree; no placeholder left."},
    {"emma", "%竞品观察", "Competitor watch: %", "来源可查，变化有标注。", "Sources linked, changes marked."},
    {"emma", "%合作伙伴沟通", "Partner call about %", "纪要当日发出，待办有责任人。", "Minutes the same day; each action has an owner."},
    {"emma", "%素材审核", "Material check for %", "按品牌规范逐项核对。", "Checked item by item against the brand rules."},
};

struct matter {
    const char* zh;
    const char* en;
};
constexpr matter matters[] = {{"会员日", "members' day"},         {"新用户引导", "onboarding"},      {"短信渠道", "the text message channel"}, {"小程序", "the mini program"},
                              {"搜索广告", "search advertising"}, {"优惠券", "vouchers"},            {"直播间", "the live shows"},             {"社群", "the community"},
                              {"退款流程", "refunds"},            {"积分商城", "the points shop"},   {"首页推荐", "the front page"},           {"老客户召回", "win-back"},
                              {"应用商店", "the app stores"},     {"季度促销", "the quarter's sale"}, {"华东区", "the east region"},            {"推送消息", "push messages"},
                              {"评价晒单", "reviews"},            {"配送时效", "delivery times"},    {"客服满意度", "service satisfaction"},   {"合作门店", "partner shops"}};

constexpr matter blocks[] = {{"等待财务确认预算。", "Waiting for finance to confirm the budget."},
                             {"接口联调未完成。", "The interface is not ready yet."},
                             {"素材版权待确认。", "The rights to the material are not clear."}};
constexpr matter faults[] = {{"缺少财务确认记录，请补充。", "Finance's confirmation is missing."},
                             {"数据与看板相差 3%，请核对口径。", "The figures are 3 % off the dashboard: check the definitions."},
                             {"未写明负责人与时间。", "It names neither owner nor time."}};
constexpr matter notes[] = {{"已完成初步整理。", "First pass done."}, {"数据已取齐，正在核对。", "The figures are there and being checked."}, {"初稿已发相关人确认。", "The draft is with those concerned."}};
constexpr matter results[] = {{"已完成，结果与数据来源见说明。", "Done; result and sources as described."},
                              {"已发出，相关人均已确认。", "Sent; everyone concerned has confirmed."},
                              {"已更新并发布，旧版本归档。", "Updated and published; the old version is filed."}};

/// Where a task stays until the end; done: wherever it gets to by itself.
using rest = core::task_status;

std::string filled(const char* pattern, const char* with) {
    std::string text(pattern);
    return text.replace(text.find('%'), 1, with);
}

class task_story : public std::enable_shared_from_this<task_story> {
public:
    task_story(world& w, rest until) : w_(w), until_(until) {}

    void assign() {
        auto& luck = w_.on.luck;
        const auto& work = luck.pick(works);
        const auto& about = luck.pick(matters);
        to_ = w_.who(work.who);
        const bool zh = w_.is_chinese(to_);
        const auto days = luck.between(2, 10);
        due_ = w_.on.day_in(static_cast<unsigned>(days));
        const auto title = filled(zh ? work.zh : work.en, zh ? about.zh : about.en);
        w_.talked_about.push_back(title);
        task_ = w_.on.run<core::task>(w_.who("li.na"), std::nullopt,
                          task::assign{title, luck.percent(40) ? std::optional(std::string(zh ? "背景见上次例会纪要。" : "Background: see the last meeting's minutes.")) : std::nullopt,
                                       zh ? work.standard_zh : work.standard_en, due_, to_, std::nullopt, priority(), checklist(zh)});
        if (until_ == rest::assigned) return;
        if (until_ == rest::cancelled || luck.percent(2)) return then(static_cast<unsigned>(luck.between(1, 3)), 14h + 20min, &task_story::cancel);
        if (luck.percent(3)) then(1, 9h + 10min, &task_story::hand_on);
        else then(static_cast<unsigned>(luck.between(0, 1)), 13h + 30min, &task_story::start);
    }

private:
    void then(unsigned days, std::chrono::minutes time, void (task_story::*what)()) {
        w_.on.at(w_.on.in(days, time + std::chrono::minutes(w_.on.luck.between(0, 50))), [me = shared_from_this(), what] { (me.get()->*what)(); });
    }
    stream_id at() { return {events::category::task, w_.on.number(task_)}; }
    std::string say(const matter& m) const { return w_.says(to_, m.zh, m.en); }

    std::optional<events::priority> priority() {
        const int roll = w_.on.luck.between(1, 20);
        return roll == 1 ? events::priority::urgent : roll <= 5 ? events::priority::high : roll <= 16 ? events::priority::normal : events::priority::low;
    }
    std::optional<std::vector<std::string>> checklist(bool zh) {
        if (!w_.on.luck.percent(25)) return {};
        return zh ? std::vector<std::string>{"核对数据来源", "相关人确认", "归档"} : std::vector<std::string>{"Check the sources", "Confirmed by those concerned", "Filed"};
    }

    void hand_on() {
        constexpr const char* all[] = {"chen.wei", "wang.fang", "emma", "zhao.lei"};
        const auto next = w_.who(w_.on.luck.pick(all));
        if (next != to_) {
            w_.on.run<core::task>(w_.who("li.na"), at(), task::reassign{next, "工作量平衡 / to balance the load"});
            to_ = next;
        }
        then(1, 10h, &task_story::start);
    }

    void start() {
        w_.on.run<core::task>(to_, at(), task::start{});
        if (w_.on.luck.percent(55)) w_.on.run<core::task>(to_, at(), task::report_progress{static_cast<std::uint8_t>(w_.on.luck.between(2, 7) * 10), say(w_.on.luck.pick(notes))});
        if (until_ == rest::in_progress) return;
        if (until_ == rest::blocked || w_.on.luck.percent(6)) return then(1, 11h, &task_story::block);
        if (w_.on.luck.percent(4)) then(1, 9h + 20min, &task_story::put_off);
        then_submit();
    }

    // Nine of ten in time.
    void then_submit() {
        const auto left = w_.on.days().working_days(w_.on.today(), due_);
        const auto when = w_.on.luck.percent(10) ? left + static_cast<unsigned>(w_.on.luck.between(1, 3)) : left > 1 ? left - static_cast<unsigned>(w_.on.luck.between(0, 1)) : left;
        then(std::max(1u, when), 15h, &task_story::submit);
    }

    void put_off() {
        if (until_ != rest::done) return;
        due_ = w_.on.days().after(std::max(due_, w_.on.today()), 3);
        w_.on.run<core::task>(w_.who("li.na"), at(), task::reschedule{due_, "依赖的数据晚到 / the figures that it needs come late"});
    }

    void block() {
        const auto on = to_ == w_.who("zhao.lei") ? w_.who("huang.min") : w_.who("zhou.jie");
        w_.on.run<core::task>(to_, at(), task::block{say(w_.on.luck.pick(blocks)), on});
        if (until_ == rest::blocked) return;
        w_.on.at(w_.on.in(static_cast<unsigned>(w_.on.luck.between(1, 3)), 16h), [me = shared_from_this()] {
            me->w_.on.run<core::task>(me->to_, me->at(), task::unblock{me->w_.says(me->to_, "已确认，继续。", "Confirmed, going on.")});
            me->then_submit();
        });
    }

    void submit() {
        w_.on.run<core::task>(to_, at(), task::submit{say(w_.on.luck.pick(results))});
        if (until_ == rest::submitted) return;
        const bool back = until_ == rest::returned || (!returned_ && w_.on.luck.percent(8));
        then(1, back ? 11h : 9h + 45min, back ? &task_story::send_back : &task_story::accept);
    }

    void send_back() {
        returned_ = true;
        w_.on.run<core::task>(w_.who("li.na"), at(), task::return_work{say(w_.on.luck.pick(faults))});
        if (until_ == rest::returned) return;
        w_.on.at(w_.on.in(1, 9h + 5min), [me = shared_from_this()] {
            me->w_.on.run<core::task>(me->to_, me->at(), task::start{});
            me->then(1, 15h, &task_story::submit);
        });
    }

    void accept() {
        w_.on.run<core::task>(w_.who("li.na"), at(), task::accept{w_.on.luck.percent(50) ? std::optional<std::string>("符合标准 / meets the standard") : std::nullopt});
    }

    void cancel() { w_.on.run<core::task>(w_.who("li.na"), at(), task::cancel{"计划调整，不再需要 / the plan has changed"}); }

    world& w_;
    rest until_;
    ticket task_;
    member_id to_;
    date due_{};
    bool returned_ = false;
};

}  // namespace

void put_tasks(world& w, date first_day, date last_day, std::size_t count) {
    constexpr rest stay[] = {rest::assigned, rest::in_progress, rest::blocked, rest::submitted, rest::returned, rest::cancelled};
    // Two of each stay where they are, ordered so that they get there in time.
    constexpr std::size_t staying = 2 * std::size(stay);
    constexpr unsigned days_to_get_there = 16;
    const auto days = w.on.days().working_days(first_day, last_day);
    core::verify(count > staying && days > days_to_get_there, "there is time for the tasks");
    for (std::size_t i = 0; i < count; ++i) {
        const bool stays = i >= count - staying;
        const auto day = stays ? days - days_to_get_there : static_cast<unsigned>(i * days / count);
        const auto until = stays ? stay[(count - 1 - i) % std::size(stay)] : rest::done;
        auto story = std::make_shared<task_story>(w, until);
        w.on.at(w.on.moment(working_day(w, first_day, day), 9h + std::chrono::minutes(15 + i % 7 * 9)), [story] { story->assign(); });
    }
}

}  // namespace server::demo::year
