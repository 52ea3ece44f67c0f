// A project from its charter to the sealed archive.

#include "core/project/project.hpp"
#include "core/task/task.hpp"
#include "core/views/views.hpp"
#include "server/demo/year/project_story.hpp"
#include "server/demo/year/stories.hpp"

#include <algorithm>

namespace server::demo::year {

using core::project;
using fate = project_story::fate;
namespace facts = events::project;

namespace {

constexpr const char* operations_people[] = {"chen.wei", "wang.fang", "emma", "zhao.lei"};
constexpr const char* phases_zh[] = {"方案确认", "开发与物料完成", "试运行", "全量上线"};
constexpr const char* phases_en[] = {"Plan agreed", "Material ready", "Trial run", "Live for all"};

// Of the projects that are open at the end in acceptance or after it: when they come there.
constexpr unsigned last_acceptance_day = 248;
constexpr unsigned longest_run = 300;

}  // namespace

void project_story::draft_charter() {
    lead_ = w_.who(w_.on.luck.pick(operations_people));
    team_ = {lead_};
    for (const char* login : operations_people)
        if (w_.who(login) != lead_ && w_.on.luck.percent(45)) team_.push_back(w_.who(login));
    if (w_.on.luck.percent(60) && requester_ != w_.who("huang.min")) team_.push_back(w_.who("huang.min"));
    team_.push_back(requester_);

    const auto left = [&](unsigned day) { return w_.on.days().working_days(w_.on.today(), working_day(w_, first_day_, day)); };
    unsigned run = static_cast<unsigned>(w_.on.luck.between(22, 45));
    if (ends_at(fate::active)) run = left(longest_run);
    if (ends_at(fate::acceptance_requested) || ends_at(fate::in_acceptance)) run = left(last_acceptance_day + 14);
    if (ends_at(fate::accepted) || ends_at(fate::summarised) || ends_at(fate::archive_pending)) run = left(last_acceptance_day);
    ends_ = w_.on.day_in(std::max(run, 20u));
    w_.on.run<core::project>(w_.who("li.na"), project_, project::draft_charter{charter()});
    if (ends_at(fate::initiating)) return;
    w_.on.at(w_.on.in(2, 15h + 10min), [me = shared_from_this()] { me->submit_charter(); });
}

facts::charter project_story::charter() const {
    const bool zh = w_.is_chinese(requester_);
    const auto say = [&](const char* a, const char* b) { return std::string(zh ? a : b); };
    facts::charter c{};
    c.name = subject_.title;
    c.lead = lead_;
    c.team = team_;
    c.starts = w_.on.day_in(3);
    c.ends = ends_;
    const auto length = w_.on.days().working_days(c.starts, c.ends);
    for (unsigned i = 0; i < 4; ++i)
        c.milestones.push_back({zh ? phases_zh[i] : phases_en[i], i == 3 ? c.ends : w_.on.days().after(c.starts, length * (i + 1) / 5),
                                say("确认记录与结果数据", "a signed record, and the figures")});
    c.budget = {static_cast<std::uint64_t>(3'000'00) * (4 + static_cast<unsigned char>(subject_.title[0]) % 20), "CNY", say("物料、投放与外部服务", "material, media, outside services")};
    c.resources = say("专员 2 名、分析员 0.5 名；技术按排期支持。", "Two specialists, half an analyst; technology as planned.");
    c.expected_results = subject_.result;
    c.objectives = {subject_.objective, say("按期完成，预算不超支。", "On time and within the budget.")};
    c.success_metrics = say("以数据看板口径为准，上线后观察两周。", "By the dashboard's definitions, two weeks after going live.");
    c.risks = {{say("依赖的系统发布延期", "The release that it depends on is late"), facts::level::medium, facts::level::high,
                say("预留一周缓冲，准备手工方案。", "A week's buffer, and a manual way.")},
               {say("外部素材审核不通过", "Outside material is not approved"), facts::level::low, facts::level::medium, say("提前两周送审。", "Sent for approval two weeks earlier.")}};
    const auto zhou = w_.who("zhou.jie"), li_na = w_.who("li.na");
    c.responsibilities = {{say("方案与执行", "Plan and execution"), {lead_}, li_na, {requester_}, {zhou}},
                          {say("数据与复盘", "Figures and review"), {w_.who("zhao.lei")}, lead_, {requester_}, {li_na}}};
    c.compliance = {true, say("已核对个人信息与广告合规要求。", "Checked: personal data and advertising rules.")};
    return c;
}

void project_story::submit_charter() {
    w_.on.run<core::project>(w_.who("li.na"), project_, project::submit_charter{charter()});
    if (ends_at(fate::charter_pending)) return;
    w_.on.at(w_.on.in(1, 10h + 45min), [me = shared_from_this()] { me->judge_charter(); });
}

void project_story::judge_charter() {
    const auto leader = w_.who("sun.yue");
    if (ends_at(fate::charter_rejected)) {
        w_.on.run<core::project>(leader, project_, project::reject_charter{"投入产出不成立，资源转给在做的项目。"});
        return;
    }
    if (!charter_returned_ && w_.on.luck.percent(18)) {
        charter_returned_ = true;
        w_.on.run<core::project>(leader, project_, project::return_charter{"预算请按阶段拆分，并写明停止条件。"});
        w_.on.at(w_.on.in(2, 11h), [me = shared_from_this()] { me->submit_charter(); });
        return;
    }
    if (!charter_asked_ && (ends_at(fate::clarifying) || w_.on.luck.percent(15))) {
        charter_asked_ = true;
        w_.on.run<core::project>(leader, project_, project::clarify{"第二里程碑的人力从哪里来？"});
        if (ends_at(fate::clarifying)) return;
        w_.on.at(w_.on.in(1, 14h), [me = shared_from_this()] {
            me->w_.on.run<core::project>(me->w_.who("li.na"), me->project_, project::answer{"由专员轮换支持，每周 1.5 人天，已与负责人确认。"});
            me->w_.on.at(me->w_.on.in(1, 10h), [me] { me->judge_charter(); });
        });
        return;
    }
    const auto read = w_.on.look([&](const core::views::views& v) { return v.of<core::project>().row(project_.number)->state.charter; });
    w_.on.run<core::project>(leader, project_, project::approve_charter{read, std::string("同意立项 / approved")});
    start();
}

void project_story::start() {
    executing_ = true;
    const auto channel = w_.on.look([&](const core::views::views& v) { return v.of<core::project>().row(project_.number)->state.channel; });
    room_ = std::make_shared<project_room>(project_room{channel.value, subject_.title, team_});
    room_->people.push_back(w_.who("li.na"));
    w_.rooms.push_back(room_);
    const auto& on = w_.on;
    const auto length = on.days().working_days(on.today(), ends_);
    auto me = shared_from_this();
    w_.on.at(on.in(1, 9h + 20min), [me] { me->order_tasks(); });
    for (std::uint16_t m = 1; m <= 4; ++m) {
        const auto late = static_cast<unsigned>(w_.on.luck.between(0, 2));
        const auto day = m == 4 ? length - 1 : length * m / 5 + late;
        w_.on.at(on.in(std::max(1u, day), 16h + 10min), [me, m] { me->reach(m); });
    }
    for (unsigned day = 5; day + 1 < length; day += 5) w_.on.at(on.in(day, 17h + 5min), [me] { me->report(); });
    w_.on.at(on.in(std::max(2u, length / 3), 14h + 30min), [me] { me->file(facts::record_kind::minutes); });
    w_.on.at(on.in(std::max(3u, length / 2), 15h + 30min), [me] { me->file(facts::record_kind::data_report); });
    w_.on.at(on.in(std::max(4u, length * 3 / 4), 15h + 35min), [me] { me->file(facts::record_kind::execution_record); });
    if (ends_at(fate::suspended) || ends_at(fate::cancelled) || (ends_at(fate::archived) && w_.on.luck.percent(12)))
        w_.on.at(on.in(std::max(4u, length / 2 + 1), 11h + 15min), [me] { me->pause(); });
    w_.on.at(w_.on.moment(ends_, 10h), [me] { me->request_acceptance(); });
}

void project_story::order_tasks() {
    const bool zh = w_.is_chinese(requester_);
    for (std::uint16_t m = 1; m <= 4; ++m) {
        const auto to = team_[m % (team_.size() - 1)];
        const auto title = std::string(subject_.title) + (zh ? "：" : ": ") + (zh ? phases_zh[m - 1] : phases_en[m - 1]);
        const auto due = std::max(w_.on.today(), w_.on.days().after(w_.on.today(), w_.on.days().working_days(w_.on.today(), ends_) * m / 5));
        core::task::assign order{title, std::string(subject_.content), zh ? "里程碑验收标准全部满足，数据可核对。" : "All that the milestone asks for; the figures can be checked.",
                                 due, to, std::nullopt, events::priority::high, std::nullopt};
        order.project = events::project_id{project_.number};
        order.milestone = m;
        auto one = std::make_shared<order_of>(order_of{w_.on.run<core::task>(lead_, std::nullopt, std::move(order)), to});
        orders_.push_back(one);
        auto me = shared_from_this();
        w_.on.at(w_.on.in(1, 9h + 30min), [me, one] { me->go_on(*one, core::task::start{}); });
        w_.on.at(w_.on.moment(due, 17h), [me, one] { me->hand_in(one); });
    }
}

template <class Step>
void project_story::go_on(order_of& one, Step&& step) {
    if (!one.over) w_.on.run<core::task>(one.to, task_at(one), std::forward<Step>(step));
}

// What was held up is handed in when the project goes on.
void project_story::hand_in(const std::shared_ptr<order_of>& one) {
    if (one->over) return;
    auto me = shared_from_this();
    if (!executing_) {
        w_.on.at(w_.on.in(2, 17h), [me, one] { me->hand_in(one); });
        return;
    }
    go_on(*one, core::task::submit{w_.says(one->to, "已完成，数据与记录见项目资料。", "Done; figures and records are with the project.")});
    w_.on.at(w_.on.in(1, 10h + 15min), [me, one] {
        if (one->over) return;
        me->w_.on.run<core::task>(me->w_.who("li.na"), me->task_at(*one), core::task::accept{std::string("符合标准 / meets the standard")});
        one->over = true;
    });
}

void project_story::report() {
    if (!executing_) return;
    percent_ = std::min(95, percent_ + w_.on.luck.between(6, 14));
    const int roll = w_.on.luck.between(1, 10);
    const auto health = roll <= 7 ? facts::health::on_track : roll <= 9 ? facts::health::caution : facts::health::off_track;
    const auto note = health == facts::health::on_track ? w_.says(lead_, "按计划推进，本周完成既定事项。", "As planned; this week's items are done.")
                      : health == facts::health::caution ? w_.says(lead_, "素材确认慢于预期，已约周三评审。", "Material is slower than expected; a review is set for Wednesday.")
                                                         : w_.says(lead_, "依赖的发布延后一周，已启用手工方案。", "The release is a week late; the manual way is in use.");
    w_.on.run<core::project>(lead_, project_, project::report_progress{static_cast<std::uint8_t>(percent_), health, note});
}

void project_story::reach(std::uint16_t milestone) {
    if (!executing_) return;
    const auto who = team_[milestone % team_.size()];
    w_.on.run<core::project>(who, project_, project::reach_milestone{milestone, w_.says(who, "评审通过，记录已归入项目资料。", "Reviewed and passed; the record is with the project."), {}});
}

void project_story::file(facts::record_kind kind) {
    if (!executing_) return;
    facts::record r{};
    r.kind = kind;
    switch (kind) {
        case facts::record_kind::minutes:
            r.title = w_.says(lead_, "项目例会纪要", "Minutes of the project meeting");
            r.text = w_.says(lead_, "进度、风险与下一步；待办均有责任人。", "Progress, risks and next steps; every action has an owner.");
            break;
        case facts::record_kind::data_report:
            r.title = w_.says(lead_, "中期数据报告", "Half-way data report");
            r.text = w_.says(lead_, "核心指标较基线提升，口径与看板一致。", "The main metric is above the baseline, by the dashboard's definition.");
            break;
        default:
            r.title = w_.says(lead_, "执行记录", "Record of execution");
            r.text = w_.says(lead_, "按计划执行，变更两次，均经负责人确认。", "Carried out as planned, with two changes that the lead agreed to.");
    }
    w_.on.run<core::project>(lead_, project_, project::file_record{std::move(r)});
}

void project_story::pause() {
    const auto li_na = w_.who("li.na");
    executing_ = false;
    if (ends_at(fate::cancelled)) {
        room_->open = false;
        w_.on.run<core::project>(li_na, project_, project::cancel{"市场条件变化，继续投入不再合理；已完成部分转入知识库。"});
        for (const auto& one : orders_) one->over = true;  // its tasks are cancelled with it
        return;
    }
    w_.on.run<core::project>(li_na, project_, project::suspend{"依赖系统进入封版期，暂停至解冻。"});
    if (ends_at(fate::suspended)) return;
    w_.on.at(w_.on.in(4, 9h + 15min), [me = shared_from_this()] {
        me->w_.on.run<core::project>(me->w_.who("li.na"), me->project_, project::resume{"封版结束，按新排期继续。"});
        me->executing_ = true;
    });
}

}  // namespace server::demo::year
