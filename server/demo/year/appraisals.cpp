// Appraisal cycles, and everyone's appraisals: self form, evaluation, talk, result.

#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/task/task.hpp"
#include "core/views/views.hpp"
#include "server/demo/year/appraisal_story.hpp"
#include "server/demo/year/stories.hpp"

#include <algorithm>

namespace server::demo::year {

using core::appraisal;
using core::cycle;
using fate = appraisal_story::fate;
using reward = appraisal_story::reward;

namespace {

struct employee {
    const char* login;
    int merit;
    const char* fates;    ///< of the four quarters and the year
    const char* rewards;
};
constexpr employee employees[] = {
    {"li.na", 90, "AAAAh", "EEEE-"},    {"chen.wei", 88, "ABJFt", "EEEp-"}, {"wang.fang", 82, "xUAdo", "-EE--"},
    {"emma", 91, "AAAre", "EEE--"},     {"zhao.lei", 86, "AAAps", "EEE--"}, {"liu.yang", 84, "AAAAA", "vEEEa"},
    {"noah", 79, "AAAAF", "kEEEc"},     {"huang.min", 93, "AAAAA", "xEEEE"}, {"zhou.jie", 89, "AAFAA", "EwrEE"},
};

struct wording {
    const char* zh;
    const char* en;
};
constexpr wording own_words[] = {{"按计划完成，关键数据达到目标。", "Done as planned; the key figures reached the target."},
                                 {"主要工作如期交付，协作顺畅。", "The main work was delivered in time, and working together went well."},
                                 {"有两项延期，已说明原因并补上。", "Two items were late; I said why, and made up for it."}};
constexpr wording comments[] = {{"交付稳定，数据口径把握准确。", "Delivers reliably and knows the definitions."},
                                {"主动推动跨部门问题解决。", "Drives problems across departments to a solution."},
                                {"计划性需要加强，返工偏多。", "Planning needs work: too much was done twice."}};
constexpr wording improvements[] = {{"学习数据分析课程并完成一次分享", "Take the data analysis course and share it once"},
                                    {"建立个人周计划并在例会同步", "Keep a weekly plan and share it in the meeting"},
                                    {"整理一份常见返工原因清单", "List the usual causes of rework"}};

void open_stories(world& w, std::uint64_t number, std::size_t place) {
    struct found {
        std::uint64_t appraisal;
        member_id employee;
    };
    const auto all = w.on.look([&](const core::views::views& v) {
        std::vector<found> list;
        for (const auto& row : v.of<core::appraisal>().rows())
            if (row.state.cycle.value == number) list.push_back({row.number, row.state.employee});
        return list;
    });
    for (const auto& e : employees)
        for (const auto& one : all)
            if (one.employee == w.who(e.login)) {
                auto story = std::make_shared<appraisal_story>(w, one.appraisal, static_cast<fate>(e.fates[place]), static_cast<reward>(e.rewards[place]));
                story->begin();
            }
}

}  // namespace

void put_appraisals(world& w, int year) {
    const auto qian = w.who("qian.lin");
    const auto y = static_cast<std::uint16_t>(year);
    for (std::uint8_t place = 0; place < 5; ++place) {
        const bool annual = place == 4;
        const auto made = w.on.run<core::cycle>(qian, std::nullopt,
                                   cycle::plan{annual ? cycle::kind::annual : cycle::kind::quarter, y, annual ? std::nullopt : std::optional<std::uint8_t>(place + 1), {}});
        const auto number = w.on.number(made);
        const auto opens = w.on.look([&](const core::views::views& v) { return v.of<core::cycle>().row(number)->state.schedule.opens; });
        w.on.at(w.on.moment(opens, 9h + 10min), [&w, number, place] { open_stories(w, number, place); });
    }
    const auto wrong = w.on.run<core::cycle>(qian, std::nullopt, cycle::plan{cycle::kind::annual, static_cast<std::uint16_t>(year + 1), {}, {}});
    w.on.run<core::cycle>(qian, stream_id{events::category::cycle, w.on.number(wrong)}, cycle::cancel{"年度填错，待次年再计划 / the wrong year"});
}

appraisal::state appraisal_story::look() {
    return w_.on.look([&](const core::views::views& v) { return v.of<core::appraisal>().row(number_)->state; });
}

void appraisal_story::then(unsigned days, std::chrono::minutes time, void (appraisal_story::*what)()) {
    w_.on.at(w_.on.in(days, time + std::chrono::minutes(w_.on.luck.between(0, 40))), [me = shared_from_this(), what] { (me.get()->*what)(); });
}

void appraisal_story::begin() {
    const auto s = look();
    employee_ = s.employee;
    evaluator_ = s.evaluator;
    annual_ = s.kind == events::cycle::kind::annual;
    const bool below_manager = evaluator_ == w_.who("li.na");
    reviewer_ = w_.who(below_manager ? "sun.yue" : "qian.lin");
    arbiter_ = w_.who("qian.lin");  // who finalised it does not hear the appeal
    for (const auto& e : employees)
        if (employee_ == w_.who(e.login)) merit_ = e.merit;
    if (ends_at(fate::opened)) return;
    if (ends_at(fate::cancelled)) {
        w_.on.at(w_.on.in(1, 11h), [me = shared_from_this()] {
            me->w_.on.run<core::appraisal>(me->reviewer_, me->at(), appraisal::cancel{"本季度请假超过两个月，不参加考核。"});
        });
        return;
    }
    if (w_.on.luck.percent(50) || ends_at(fate::self_draft)) then(0, 15h, &appraisal_story::draft);
    if (ends_at(fate::self_draft)) {
        w_.on.at(w_.on.in(2, 10h), [me = shared_from_this()] {
            me->w_.on.run<core::appraisal>(me->reviewer_, me->at(), appraisal::extend{me->w_.on.day_in(30), "本人外出培训，延长填报时间。"});
        });
        return;
    }
    then(static_cast<unsigned>(w_.on.luck.between(1, 3)), 10h, &appraisal_story::submit_self);
}

std::vector<appraisal::evidence> appraisal_story::evidence_for(const appraisal::state& of, std::size_t indicator, member_id who) {
    std::vector<appraisal::evidence> all;
    // Tasks and projects of their own they may see in any case; a request that they assessed not for ever.
    const auto is_seen = [&](events::position at) {
        const auto stream = w_.on.stream_at(at);
        return stream && (stream->kind == events::category::task || stream->kind == events::category::project);
    };
    for (const auto& piece : of.evidence)
        if (piece.indicator == indicator && !piece.removed && all.size() < 2 && w_.on.luck.percent(30) && is_seen(piece.at))
            all.push_back({piece.at, w_.says(who, "按期完成，记录可查。", "Done in time, on record.")});
    return all;
}

std::uint8_t appraisal_story::score(int about) { return static_cast<std::uint8_t>(std::clamp(about + w_.on.luck.between(-6, 6), 40, 100)); }

appraisal::self_form appraisal_story::self_form(const appraisal::state& of) {
    appraisal::self_form f;
    for (std::size_t i = 0; i < of.indicators.size(); ++i) {
        const auto& words = w_.on.luck.pick(own_words);
        const auto points = score(merit_ + 2);
        f.lines.push_back({of.indicators[i].code, points, w_.says(employee_, words.zh, words.en), evidence_for(of, i, employee_)});
    }
    return f;
}

appraisal::evaluation appraisal_story::evaluation(const appraisal::state& of) {
    appraisal::evaluation f;
    for (std::size_t i = 0; i < of.indicators.size(); ++i) {
        const auto& words = w_.on.luck.pick(comments);
        const auto points = score(merit_ + (anew_ ? 3 : 0));
        f.lines.push_back({of.indicators[i].code, points, w_.says(evaluator_, words.zh, words.en), {}});
    }
    f.comment = w_.says(evaluator_, "整体符合岗位要求，继续保持。", "Meets what the post asks for; keep it up.");
    return f;
}

void appraisal_story::draft() {
    auto f = self_form(look());
    f.lines.pop_back();
    w_.on.run<core::appraisal>(employee_, at(), appraisal::draft_self{std::move(f)});
}

void appraisal_story::submit_self() {
    w_.on.run<core::appraisal>(employee_, at(), appraisal::submit_self{self_form(look())});
    if (ends_at(fate::self_submitted)) return;
    if (ends_at(fate::applied_after_return) && !returned_) then(0, 16h, &appraisal_story::return_self);
    else then(static_cast<unsigned>(w_.on.luck.between(3, 5)), 14h, &appraisal_story::evaluate);
}

void appraisal_story::return_self() {
    returned_ = true;
    w_.on.run<core::appraisal>(evaluator_, at(), appraisal::return_self{w_.says(evaluator_, "“执行效率”一项请补充数据。", "Please add figures to execution.")});
    then(1, 11h, &appraisal_story::submit_self);
}

void appraisal_story::evaluate() {
    const auto s = look();
    if (!s.evidence.empty() && w_.on.luck.percent(15) && !s.evidence.front().removed)
        w_.on.run<core::appraisal>(evaluator_, at(), appraisal::remove_evidence{s.indicators[s.evidence.front().indicator].code, s.evidence.front().at,
                                                              w_.says(evaluator_, "与该指标无关。", "It says nothing about this indicator.")});
    if (w_.on.luck.percent(30)) w_.on.run<core::appraisal>(evaluator_, at(), appraisal::draft_evaluation{evaluation(s)});
    w_.on.run<core::appraisal>(evaluator_, at(), appraisal::evaluate{evaluation(s)});
    if (ends_at(fate::evaluated)) return;
    then(1, 15h, &appraisal_story::record_talk);
}

void appraisal_story::record_talk() {
    appraisal::talk t;
    t.result = w_.says(evaluator_, "双方对结果无异议。", "Both agree on the result.");
    t.strengths = w_.says(evaluator_, "责任心强，响应及时。", "Takes responsibility, answers quickly.");
    t.shortcomings = w_.says(evaluator_, "文档沉淀不足。", "Too little is written down.");
    if (!anew_) {
        const auto& plan = w_.on.luck.pick(improvements);
        t.actions.push_back({w_.says(employee_, plan.zh, plan.en), employee_, w_.says(employee_, "有记录，上级确认。", "On record, confirmed by the superior."), w_.on.day_in(25)});
    }
    w_.on.run<core::appraisal>(evaluator_, at(), appraisal::record_talk{std::move(t)});
    if (ends_at(fate::talk_recorded)) return;
    if (!talk_returned_ && !anew_ && w_.on.luck.percent(10)) {
        talk_returned_ = true;
        w_.on.at(w_.on.in(0, 17h), [me = shared_from_this()] {
            me->w_.on.run<core::appraisal>(me->employee_, me->at(), appraisal::return_talk{me->w_.says(me->employee_, "改进计划的时间请再商量。", "Let's talk about the dates of the plan again.")});
        });
        return then(1, 10h, &appraisal_story::record_talk);
    }
    then(1, 9h + 30min, &appraisal_story::confirm);
}

void appraisal_story::confirm() {
    w_.on.run<core::appraisal>(employee_, at(), appraisal::confirm_talk{});
    w_.on.run<core::appraisal>(evaluator_, at(), appraisal::confirm_talk{});
    then(3, 9h + 40min, &appraisal_story::work_on_plan);
    if (ends_at(fate::talk_held)) return;
    if (anew_) return then(2, 16h, &appraisal_story::finalise);
    // Calibration begins on the cycle's day; a year is final after its quarters.
    const auto s = look();
    const auto calibrates = w_.on.look([&](const core::views::views& v) { return v.of<core::cycle>().row(s.cycle.value)->state.schedule.calibrates; });
    const auto from = w_.on.days().after(std::max(calibrates, w_.on.today()), is_annual() ? 4 : 1);
    auto me = shared_from_this();
    if (w_.on.luck.percent(20)) w_.on.at(w_.on.moment(std::max(calibrates, w_.on.today()), 14h), [me] { me->calibrate(); });
    w_.on.at(w_.on.moment(from, 16h), [me] { me->finalise(); });
}

// The plan's actions became tasks by themselves.
void appraisal_story::work_on_plan() {
    const auto mine = w_.on.look([&](const core::views::views& v) {
        std::vector<std::uint64_t> tasks;
        v.board.for_open_of(employee_, [&](const core::views::task_row& t) {
            if (t.status == core::task_status::assigned && t.improvement.value == number_) tasks.push_back(t.id.value);
            return true;
        });
        return tasks;
    });
    for (const auto number : mine) {
        const stream_id task{events::category::task, number};
        w_.on.run<core::task>(employee_, task, core::task::start{});
        auto me = shared_from_this();
        w_.on.at(w_.on.in(static_cast<unsigned>(w_.on.luck.between(8, 15)), 16h), [me, task] {
            me->w_.on.run<core::task>(me->employee_, task, core::task::submit{me->w_.says(me->employee_, "已完成，记录见附件。", "Done; see the record.")});
            me->w_.on.at(me->w_.on.in(1, 11h), [me, task] { me->w_.on.run<core::task>(me->w_.who("sun.yue"), task, core::task::accept{std::nullopt}); });
        });
    }
}

void appraisal_story::calibrate() {
    const auto s = look();
    const auto& code = s.indicators.front().code;
    const auto before = s.superior.front().value_or(80);
    w_.on.run<core::appraisal>(w_.who("qian.lin"), at(),
              appraisal::calibrate{{{code, static_cast<std::uint8_t>(before > 3 ? before - 2 : before + 2)}}, "同岗位横向校准 / levelled with the same posts"});
}

}  // namespace server::demo::year
