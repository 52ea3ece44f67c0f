// Regular analyses with what they find, strategies and plans with their versions, proposals: each in every status at the end.

#include "core/analysis/analysis.hpp"
#include "core/proposal/proposal.hpp"
#include "core/strategy/strategy.hpp"
#include "core/task/task.hpp"
#include "core/views/views.hpp"
#include "server/demo/year/stories.hpp"

namespace server::demo::year {

using core::analysis;
using core::proposal;
using core::strategy;

namespace {

using kind = events::analysis::kind;
using outcome = events::analysis::outcome;

struct wording {
    const char* zh;
    const char* en;
};

// ---- what is looked at, and what is found -----------------------------------------------------------------------------

struct finding {
    unsigned look;  ///< which look of the analysis, from 1
    analysis::outcome outcome;
    events::analysis::kind kind;
    const char* observed;
    const char* figure;
    const char* before;
    const char* now;
    const char* unit;
    const char* cause;
    const char* suggestion;
    const char* handled;
};

struct subject {
    const char* title;
    const char* what;
    const char* sources;
    const char* method;
    std::uint16_t every;
    std::vector<const char*> concerned;
    unsigned ends_after;  ///< looks; 0: it goes on
    std::vector<finding> findings;
};

const subject subjects[] = {
    {"积分兑换 / points redemption", "每周积分兑换率与兑换结构有无变化", "会员库、积分流水", "与前四周均值比较，分渠道、分等级", 5, {"chen.wei", "wang.fang"}, 0,
     {{4, outcome::adjust, kind::problem, "兑换率连续三周下降，低等级会员几乎不兑换。", "兑换率", "12.6", "9.8", "%", "500 积分的门槛对低等级会员过高", "降低门槛或增加小额权益",
       "调整兑换策略，见新版本。"},
      {18, outcome::adjust, kind::change, "门槛降低后兑换率回升，但小额权益库存不足。", "缺货率", "1.5", "8.2", "%", "采购按旧门槛备货", "按新门槛重新备货并设安全库存", "策略中加入库存要求。"},
      {37, outcome::watch, kind::change, "国庆期间兑换集中在两天，客服量随之上升。", "单日兑换", "3200", "9100", "次", {}, "大促前发放分时券", "下次大促前再看。"},
      {50, outcome::none, kind::change, "年末兑换率高于均值。", "兑换率", "12.9", "15.1", "%", "年底积分到期", {}, "属季节变化，无需处理。"}}},
    {"渠道转化 / channel conversion", "各渠道从访问到下单的转化", "站内埋点、广告平台报表", "漏斗对比，按周", 5, {"emma", "wang.fang"}, 0,
     {{9, outcome::task, kind::problem, "渠道二的落地页转化明显低于其他渠道。", "转化率", "3.4", "1.9", "%", "页面加载超过四秒", "压缩图片并预加载", "已安排任务优化落地页。"},
      {30, outcome::none, kind::change, "新广告素材点击率上升，转化不变。", "点击率", "2.1", "2.9", "%", {}, {}, "素材继续使用。"},
      {53, outcome::watch, kind::problem, "渠道一春节前流量下滑。", "访问量", "81200", "64900", "次", "同行加大投放", "提前上线春节素材", {}}}},
    {"客服问题 / service questions", "客服问题的数量与类型", "客服系统", "按类型计数，与上月比较", 20, {"wang.fang"}, 0,
     {{3, outcome::task, kind::problem, "物流类问题比上月多一倍。", "物流类问题", "410", "835", "件", "一家承运商停运", "在订单页提示", "已请技术部处理。"}}},
    {"春季活动余量 / spring campaign", "活动期间的参与与预算余量", "活动后台、财务台账", "每日累计与计划比较", 3, {"chen.wei", "emma"}, 12,
     {{5, outcome::watch, kind::change, "参与人数超出计划，预算消耗快于进度。", "预算消耗", "40", "55", "%", "老用户重复参与", "限制每人次数", "每日查看，超过 80% 即暂停。"}}},
};

class analysis_story : public std::enable_shared_from_this<analysis_story> {
public:
    analysis_story(world& w, const subject& s, bool left_open) : w_(w), subject_(s), left_open_(left_open) {}

    void begin() {
        analysis::form f{subject_.title, subject_.what, subject_.sources, subject_.method, analyst(), subject_.every, w_.on.today(), {}, {}};
        for (const char* login : subject_.concerned) f.concerned.push_back(w_.who(login));
        ticket_ = w_.on.run<core::analysis>(w_.who("li.na"), std::nullopt, analysis::plan{std::move(f)});
        look();
    }

private:
    member_id analyst() const { return w_.who("zhao.lei"); }
    stream_id at() { return {events::category::analysis, w_.on.number(ticket_)}; }
    date back(int days) const { return std::chrono::sys_days(w_.on.today()) - std::chrono::days(days); }

    void look() {
        ++looks_;
        const auto from = back(subject_.every * 7 / 5), until = back(1);
        const auto found = std::find_if(subject_.findings.begin(), subject_.findings.end(), [&](const auto& f) { return f.look == looks_; });
        if (found == subject_.findings.end()) {
            w_.on.run<core::analysis>(analyst(), at(), analysis::find_steady{from, until, "各项指标在正常范围内。"});
        } else {
            report(*found, from, until);
        }
        if (subject_.ends_after && looks_ == subject_.ends_after) {
            w_.on.at(w_.on.in(1, 17h), [me = shared_from_this()] { me->w_.on.run<core::analysis>(me->w_.who("li.na"), me->at(), analysis::end{"活动已结束，转入复盘。"}); });
            return;
        }
        w_.on.at(w_.on.in(subject_.every, 10h + 20min), [me = shared_from_this()] { me->look(); });
    }

    void report(const finding& f, date from, date until) {
        events::analysis::finding told{f.kind, f.kind == kind::problem ? events::priority::high : events::priority::normal, from, until, f.observed,
                                       {{f.figure, std::string(f.before), f.now, f.unit}}, {}, {}, {}};
        if (f.cause) told.cause = f.cause;
        if (f.suggestion) told.suggestion = f.suggestion;
        w_.on.run<core::analysis>(analyst(), at(), analysis::report{std::move(told)});
        const bool last = left_open_ && &f == &subject_.findings.back();
        for (std::size_t i = 0; i < subject_.concerned.size(); ++i) {
            if (last && i > 0) break;
            w_.on.at(w_.on.in(static_cast<unsigned>(i), 15h + std::chrono::minutes(11 * i)), [me = shared_from_this(), login = subject_.concerned[i]] {
                me->w_.on.run<core::analysis>(me->w_.who(login), me->at(), analysis::acknowledge{});
            });
        }
        if (last) return;
        w_.on.at(w_.on.in(2, 9h + 50min), [me = shared_from_this(), &f] { me->w_.on.run<core::analysis>(me->w_.who("li.na"), me->at(), analysis::handle{f.outcome, f.handled}); });
    }

    world& w_;
    const subject& subject_;
    bool left_open_;  ///< its last finding is
    unsigned looks_ = 0;
    ticket ticket_;
};

// ---- strategies and plans, version by version -------------------------------------------------------------------------

enum class left { draft, submitted, published, ended, discarded };

struct version {
    unsigned begins_on;  ///< the working day
    const char* author;
    int replaces;        ///< the place of the one before; -1: none
    events::strategy::kind kind;
    const char* title;
    const char* fact;
    unsigned look;       ///< of the first analysis; 0: the fact has another source
    const char* adjustment;
    const char* content;
    const char* expected;
    std::vector<const char*> concerned;
    left until;
};

using strategy_kind = events::strategy::kind;
const version versions[] = {
    {4, "li.na", -1, strategy_kind::plan, "年度运营计划 / annual operations plan", "上年复购率 31%，低于目标 35%。", 0, "重心由拉新转为复购",
     "全年四个重点：会员、渠道、服务、数据。每季度检查一次。", "复购率达到 35%，每季度看一次", {"chen.wei", "wang.fang", "emma", "zhao.lei"}, left::published},
    {8, "chen.wei", -1, strategy_kind::strategy, "积分兑换策略 / points redemption", "会员调研：四成会员不知道积分能做什么。", 0, "首次成文", "满 500 积分可兑换；每月一个主题。",
     "兑换率 13%", {"wang.fang", "zhao.lei", "noah"}, left::published},
    {30, "chen.wei", 1, strategy_kind::strategy, "积分兑换策略 / points redemption", "兑换率连续三周下降，低等级会员几乎不兑换。", 4, "兑换门槛由 500 降到 200，增加小额权益",
     "满 200 积分可兑换小额权益；满 500 可兑换全部。", "六周内兑换率回到 12%", {"wang.fang", "zhao.lei", "noah"}, left::published},
    {102, "li.na", 2, strategy_kind::strategy, "积分兑换策略 / points redemption", "门槛降低后兑换率回升，但小额权益缺货率到 8%。", 18, "加入安全库存与每周补货",
     "满 200 积分可兑换；小额权益保持两周库存，低于即补。", "缺货率低于 2%，兑换率保持", {"chen.wei", "wang.fang", "zhao.lei", "noah"}, left::published},
    {60, "emma", -1, strategy_kind::plan, "Referral pilot / 老带新试点", "Referred customers stay 20% longer (survey, March).", 0, "A pilot in two cities",
     "Both sides get a voucher after the first order; two cities, eight weeks.", "500 new customers at half the usual cost", {"noah", "liu.yang"}, left::ended},
    {140, "wang.fang", -1, strategy_kind::strategy, "夜间客服外包 / night service", "夜间问题占 6%。", 0, "夜间客服外包", "22 点后由外包团队答复。", "答复时间低于十分钟",
     {"huang.min"}, left::discarded},
    {262, "emma", -1, strategy_kind::strategy, "Spring channel mix / 春季渠道组合", "Channel one lost a fifth of its visits before the holiday.", 0, "Move a tenth of the budget to channel three",
     "Ten per cent of the spending moves to channel three from March on.", "The same orders at 5% less", {"noah", "zhao.lei"}, left::submitted},
    {266, "chen.wei", 3, strategy_kind::strategy, "积分兑换策略 / points redemption", "年底积分集中到期，年末兑换高于均值。", 50, "改为按季度到期", "积分按季度分批到期，到期前两周提醒。",
     "全年兑换更均匀", {"wang.fang", "zhao.lei"}, left::draft},
};

constexpr wording step_titles[] = {{"配置规则与页面", "Set up rules and pages"}, {"通知会员并答疑", "Tell the members and answer questions"}};
using standing = events::strategy::standing;
struct checked {
    strategy::standing standing;
    const char* found;
    const char* measures;
};
constexpr checked checks[] = {{standing::behind, "两项任务完成一项，通知晚于计划。", "补发通知，下周再看。"},
                              {standing::on_track, "任务均已完成，指标按预期变化。", nullptr},
                              {standing::achieved, "达到预期效果。", nullptr}};

class strategy_story : public std::enable_shared_from_this<strategy_story> {
public:
    using told = std::map<int, ticket>;  ///< the versions that were drafted, by place
    strategy_story(world& w, int place, std::shared_ptr<told> others)
        : w_(w), v_(versions[place]), place_(place), others_(std::move(others)) {}

    void begin() {
        // The first analysis that was planned has the number 1.
        strategy::form f{v_.title, v_.kind, {{v_.fact, {v_.look ? 1u : 0u}, v_.look}}, v_.adjustment, v_.content, v_.expected, w_.on.day_in(8),
                         w_.on.day_in(10), w_.on.day_in(18), {}, {}, {}, {}};
        for (const char* login : v_.concerned) f.concerned.push_back(w_.who(login));
        if (v_.replaces >= 0) f.replaces = events::strategy_id{w_.on.number(others_->at(v_.replaces))};
        ticket_ = (*others_)[place_] = w_.on.run<core::strategy>(author(), std::nullopt, strategy::draft{std::move(f)});
        if (v_.until == left::draft) return;
        w_.on.at(w_.on.in(1, 11h + 10min), [me = shared_from_this()] { me->hand_in(); });
    }

private:
    member_id author() const { return w_.who(v_.author); }
    member_id manager() const { return w_.who("li.na"); }
    stream_id at() { return {events::category::strategy, w_.on.number(ticket_)}; }

    void hand_in() {
        if (author() != manager()) w_.on.run<core::strategy>(author(), at(), strategy::submit{});
        if (v_.until == left::submitted) return;
        w_.on.at(w_.on.in(2, 16h + 5min), [me = shared_from_this()] { me->decide(); });
    }

    void decide() {
        if (v_.until == left::discarded) {
            w_.on.run<core::strategy>(manager(), at(), strategy::send_back{"外包费用没有测算，先看自动答复的效果。"});
            w_.on.at(w_.on.in(3, 10h + 45min), [me = shared_from_this()] { me->w_.on.run<core::strategy>(me->author(), me->at(), strategy::discard{"自动答复上线后夜间问题减半，不再需要。"}); });
            return;
        }
        const auto read = w_.on.look([&](const core::views::views& v) { return v.of<core::strategy>().row(ticket_->number)->state.sha256; });
        w_.on.run<core::strategy>(manager(), at(), strategy::publish{read});
        for (std::size_t i = 0; i < v_.concerned.size(); ++i)
            w_.on.at(w_.on.in(static_cast<unsigned>(i % 3), 17h + std::chrono::minutes(9 * i)), [me = shared_from_this(), login = v_.concerned[i]] {
                me->w_.on.run<core::strategy>(me->w_.who(login), me->at(), strategy::acknowledge{});
            });
        w_.on.at(w_.on.in(1, 14h), [me = shared_from_this()] { me->order(); });
        w_.on.at(w_.on.in(18, 15h + 30min), [me = shared_from_this()] { me->check(0); });
    }

    // Two tasks carry it out, by a specialist.
    void order() {
        for (const auto& title : step_titles) {
            const auto who = author() == manager() ? w_.who("chen.wei") : author();
            core::task::assign order{w_.says(who, title.zh, title.en), std::string(v_.title), w_.says(who, "与发布的版本一致", "As the published version says"), w_.on.day_in(12),
                                     who, {}, {}, {}};
            order.strategy = events::strategy_id{w_.on.number(ticket_)};
            const auto task = w_.on.run<core::task>(manager(), std::nullopt, std::move(order));
            const auto of = [task, me = shared_from_this()] { return stream_id{events::category::task, me->w_.on.number(task)}; };
            w_.on.at(w_.on.in(2, 9h + 25min), [me = shared_from_this(), of, who] { me->w_.on.run<core::task>(who, of(), core::task::start{}); });
            w_.on.at(w_.on.in(9, 16h + 25min), [me = shared_from_this(), of, who] {
                me->w_.on.run<core::task>(who, of(), core::task::submit{me->w_.says(who, "已完成并自查。", "Done and checked.")});
            });
            w_.on.at(w_.on.in(11, 10h + 35min), [me = shared_from_this(), of] { me->w_.on.run<core::task>(me->manager(), of(), core::task::accept{}); });
        }
    }

    void check(std::size_t n) {
        // One that has been replaced meanwhile is checked no more.
        const bool holds = w_.on.look([&](const core::views::views& v) { return core::is_in_force(v.of<core::strategy>().row(ticket_->number)->state); });
        if (!holds) return;
        const auto& c = checks[std::min(n, std::size(checks) - 1)];
        const unsigned next = n < 2 ? 15 : 60;
        events::strategy::check f19a{c.standing, c.found, {}, w_.on.day_in(next), {}};
        if (c.measures) f19a.measures = c.measures;
        w_.on.run<core::strategy>(manager(), at(), strategy::check{std::move(f19a)});
        if (v_.until == left::ended && n == 1) {
            w_.on.at(w_.on.in(5, 11h), [me = shared_from_this()] {
                me->w_.on.run<core::strategy>(me->manager(), me->at(), strategy::end{"The pilot is over: 460 new customers. It goes on as part of the annual plan."});
            });
            return;
        }
        w_.on.at(w_.on.in(next, 15h + 30min), [me = shared_from_this(), n] { me->check(n + 1); });
    }

    world& w_;
    const version& v_;
    int place_;
    std::shared_ptr<told> others_;
    ticket ticket_;
};

// ---- proposals ----------------------------------------------------------------------------------------------------------

using ending = core::proposal_status;
struct thought {
    unsigned filed_on;  ///< the working day
    const char* by;
    const char* with;   ///< whose idea it is as well; null: nobody's
    proposal::kind kind;
    const char* title;
    const char* situation;
    const char* idea;
    const char* benefit;
    bool asks;          ///< OM asks something first
    ending until;
};
using about = events::proposal::kind;
constexpr thought thoughts[] = {
    {6, "wang.fang", "zhao.lei", about::process, "客服高频问题自动答复", "每天人工答复三百次相同问题。", "整理知识库，常见问题自动答复。", "每天节省两个工时", true, ending::carried_out},
    {21, "huang.min", nullptr, about::technology, "订单页预加载", "订单页打开需要四秒。", "首屏图片压缩并预加载。", "打开时间减半", false, ending::carried_out},
    {35, "noah", nullptr, about::campaign, "Birthday vouchers", "We send nothing on a member's birthday.", "A voucher a week before the birthday.", "2% more repeat orders", false, ending::adopted},
    {58, "zhou.jie", nullptr, about::cost, "合并印刷供应商", "三家供应商，价格不一。", "统一招标，一家供应。", "每年节省八万元", true, ending::carried_out},
    {77, "chen.wei", "wang.fang", about::product, "积分换公益", "小额积分没有去处。", "允许捐赠积分。", "激活低等级会员", false, ending::dropped},
    {96, "liu.yang", nullptr, about::other, "周五不开会", "周五会议占用半天。", "周五下午不安排会议。", "每周多半天完整时间", false, ending::rejected},
    {121, "emma", nullptr, about::process, "One glossary for both languages", "Every report translates its terms anew.", "A glossary that all reports use.", "Fewer questions about terms", true, ending::carried_out},
    {150, "li.na", nullptr, about::process, "例会改为看板先行", "例会一半时间在念进度。", "会前各自更新看板，会上只谈问题。", "例会缩短一半", false, ending::adopted},
    {188, "qian.lin", nullptr, about::other, "新人导师", "新人两周内没有固定的人可问。", "每位新人有一名导师。", "一个月内独立工作", false, ending::withdrawn},
    {240, "zhao.lei", nullptr, about::technology, "指标口径在线查询", "口径散落在文档里。", "在看板上点击指标即可看到口径。", "减少一半口径问题", false, ending::adopted},
    {264, "wang.fang", nullptr, about::campaign, "春节值班红包", "春节值班意愿低。", "值班当天发放红包。", "值班排满", true, ending::clarifying},
    {266, "huang.min", nullptr, about::cost, "夜间关闭测试环境", "测试环境整夜运行。", "22 点后自动关闭。", "每月节省三千元", false, ending::returned},
    {268, "noah", "emma", about::product, "Gift points to friends", "Points can't be given away.", "Members give points to friends.", "More reasons to come back", false, ending::filed},
};

class proposal_story : public std::enable_shared_from_this<proposal_story> {
public:
    proposal_story(world& w, const thought& t) : w_(w), t_(t) {}

    void begin() {
        proposal::form f{t_.title, t_.kind, t_.situation, t_.idea, t_.benefit, {}, {}, {}};
        if (t_.with) f.with = {w_.who(t_.with)};
        ticket_ = w_.on.run<core::proposal>(who(), std::nullopt, proposal::file{std::move(f)});
        if (t_.until == ending::filed) return;
        w_.on.at(w_.on.in(2, 16h + 40min), [me = shared_from_this()] { me->t_.asks ? me->ask() : me->decide(); });
    }

private:
    member_id who() const { return w_.who(t_.by); }
    /// Nobody decides on their own: it goes to who is above them.
    member_id judge() const { return w_.who(who() == w_.who("li.na") ? "sun.yue" : "li.na"); }
    stream_id at() { return {events::category::proposal, w_.on.number(ticket_)}; }
    std::string says(const char* zh, const char* en) const { return w_.says(who(), zh, en); }

    void ask() {
        w_.on.run<core::proposal>(judge(), at(), proposal::clarify{says("需要多少投入？由谁来做？", "What does it take, and who would do it?")});
        if (t_.until == ending::clarifying) return;
        w_.on.at(w_.on.in(1, 11h + 50min), [me = shared_from_this()] {
            me->w_.on.run<core::proposal>(me->who(), me->at(), proposal::answer{me->says("两个人一周，由我们自己完成。", "Two people for a week; we do it ourselves.")});
            me->w_.on.at(me->w_.on.in(1, 16h + 40min), [me] { me->decide(); });
        });
    }

    void decide() {
        switch (t_.until) {
            case ending::rejected: w_.on.run<core::proposal>(judge(), at(), proposal::reject{says("周五是发布日，下午需要碰头。", "Friday is when we release.")}); return;
            case ending::returned: w_.on.run<core::proposal>(judge(), at(), proposal::send_back{says("请补充关闭对夜间任务的影响。", "Please add what it does to the jobs at night.")}); return;
            case ending::withdrawn: w_.on.run<core::proposal>(who(), at(), proposal::withdraw{says("已并入培训计划。", "It is part of the training plan now.")}); return;
            default: break;
        }
        w_.on.run<core::proposal>(judge(), at(), proposal::adopt{says("问题真实，投入小，先做。", "The problem is real and it costs little: go ahead.")});
        if (t_.until == ending::adopted) return;
        w_.on.at(w_.on.in(25, 15h + 20min), [me = shared_from_this()] {
            if (me->t_.until == ending::dropped) me->w_.on.run<core::proposal>(me->judge(), me->at(), proposal::drop{me->says("积分系统本年不再改动。", "The points system does not change this year.")});
            else me->w_.on.run<core::proposal>(me->judge(), me->at(), proposal::carry_out{me->says("已上线，效果与预期一致。", "It is live, and does what was expected.")});
        });
    }

    world& w_;
    const thought& t_;
    ticket ticket_;
};

}  // namespace

void put_strategies(world& w, date first_day) {
    for (std::size_t i = 0; i < std::size(subjects); ++i) {
        auto story = std::make_shared<analysis_story>(w, subjects[i], i == 1);
        const auto begins = i == 3 ? 40u : 2u + static_cast<unsigned>(i);
        w.on.at(w.on.moment(working_day(w, first_day, begins), 10h + 5min), [story] { story->begin(); });
    }
    const auto drafted = std::make_shared<strategy_story::told>();
    for (int i = 0; i < static_cast<int>(std::size(versions)); ++i)
        w.on.at(w.on.moment(working_day(w, first_day, versions[i].begins_on), 13h + 40min), [&w, i, drafted] {
            std::make_shared<strategy_story>(w, i, drafted)->begin();
        });
    for (const auto& t : thoughts) {
        auto story = std::make_shared<proposal_story>(w, t);
        w.on.at(w.on.moment(working_day(w, first_day, t.filed_on), 14h + 50min), [story] { story->begin(); });
    }
}

}  // namespace server::demo::year
