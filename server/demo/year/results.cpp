// What comes of an appraisal: the final result, an appeal, and what is proposed from it.

#include "core/appraisal/appraisal.hpp"
#include "core/incentive/incentive.hpp"
#include "core/views/views.hpp"
#include "server/demo/year/appraisal_story.hpp"

namespace server::demo::year {

using core::appraisal;
using core::incentive;
using fate = appraisal_story::fate;
using reward = appraisal_story::reward;

void appraisal_story::finalise() {
    w_.on.run<core::appraisal>(reviewer_, at(), appraisal::finalise{std::optional<std::string>("结果准确，依据充分 / correct, and well founded")});
    const bool appeals = !anew_ && (ends_at(fate::applied_after_appeal) || ends_at(fate::applied_as_it_was) || ends_at(fate::appealed) || ends_at(fate::reopened));
    if (appeals) return then(2, 11h, &appraisal_story::appeal);
    if (reward_ != reward::none) then(1, 10h, &appraisal_story::propose);
    if (!ends_at(fate::finalised)) then(8, 15h, &appraisal_story::apply);
}

void appraisal_story::appeal() {
    w_.on.run<core::appraisal>(employee_, at(), appraisal::appeal{w_.says(employee_, "“执行”一项未计入三月的两个大促任务，请复核。",
                                                         "Two of the big sale's tasks were not counted; please look again.")});
    if (!ends_at(fate::appealed)) then(2, 14h, &appraisal_story::judge_appeal);
}

void appraisal_story::judge_appeal() {
    if (ends_at(fate::applied_as_it_was)) {
        w_.on.run<core::appraisal>(arbiter_, at(), appraisal::reject_appeal{w_.says(employee_, "所述任务不在本周期内，维持原结果。", "Those tasks are of another period: the result stands.")});
        if (reward_ != reward::none) then(1, 10h, &appraisal_story::propose);
        return then(8, 15h, &appraisal_story::apply);
    }
    anew_ = true;
    w_.on.run<core::appraisal>(arbiter_, at(), appraisal::uphold_appeal{"申诉成立：两项任务应计入，请重新评价。"});
    if (!ends_at(fate::reopened)) then(2, 14h, &appraisal_story::evaluate);
}

void appraisal_story::apply() { w_.on.run<core::appraisal>(w_.who("sun.yue"), at(), appraisal::apply{}); }

incentive::form appraisal_story::proposal(std::uint64_t cents) {
    incentive::form f{};
    f.kind = annual_ ? incentive::kind::salary_adjustment : incentive::kind::bonus;
    f.member = employee_;
    f.appraisal = events::appraisal_id{number_};
    f.amount = incentive::money{cents, "CNY"};
    const date next_quarter{std::chrono::year(w_.on.today().year()) / 3 / 2};
    f.effective = reward_ == reward::stays_approved ? w_.on.days().after(next_quarter, 0) : w_.on.day_in(7);
    f.terms = annual_ ? "按年度结果调整月薪 / monthly salary by the year's result" : "季度绩效奖金 / the quarter's bonus";
    f.reason = "考核结果达到发放条件 / the result qualifies for it";
    return f;
}

void appraisal_story::propose() {
    const auto cents = static_cast<std::uint64_t>(annual_ ? w_.on.luck.between(90, 140) : w_.on.luck.between(15, 45)) * 100'00;
    proposal_ = w_.on.run<core::incentive>(w_.who("qian.lin"), std::nullopt, incentive::propose{proposal(cents)});
    if (reward_ == reward::stays_proposed) return;
    if (reward_ == reward::withdrawn) {
        w_.on.at(w_.on.in(1, 11h), [me = shared_from_this()] {
            me->w_.on.run<core::incentive>(me->w_.who("qian.lin"), me->proposal_at(), incentive::withdraw{"金额测算有误，撤回。"});
        });
        return;
    }
    then(1, 14h, &appraisal_story::judge_proposal);
}

void appraisal_story::judge_proposal() {
    const auto leader = w_.who("sun.yue"), qian = w_.who("qian.lin");
    auto me = shared_from_this();
    switch (reward_) {
        case reward::rejected: w_.on.run<core::incentive>(leader, proposal_at(), incentive::reject{"本季预算已用完，下季度再议。"}); return;
        case reward::revised:
        case reward::stays_returned:
            w_.on.run<core::incentive>(leader, proposal_at(), incentive::send_back{"请按新标准重新计算金额。"});
            if (reward_ == reward::stays_returned) return;
            w_.on.at(w_.on.in(1, 10h), [me, qian] {
                me->w_.on.run<core::incentive>(qian, me->proposal_at(), incentive::revise{me->proposal(2'400'00)});
                me->then(1, 15h, &appraisal_story::approve);
            });
            return;
        case reward::asked:
        case reward::stays_clarifying:
            w_.on.run<core::incentive>(leader, proposal_at(), incentive::clarify{"与同岗位相比是否一致？"});
            if (reward_ == reward::stays_clarifying) return;
            w_.on.at(w_.on.in(1, 10h), [me, qian] {
                me->w_.on.run<core::incentive>(qian, me->proposal_at(), incentive::answer{"一致，附同岗位对比。"});
                me->then(1, 15h, &appraisal_story::approve);
            });
            return;
        default: approve();
    }
}

void appraisal_story::approve() {
    const auto read = w_.on.look([&](const core::views::views& v) { return v.of<core::incentive>().row(proposal_->number)->state.sha256; });
    w_.on.run<core::incentive>(w_.who("sun.yue"), proposal_at(), incentive::approve{read, std::nullopt});
}

}  // namespace server::demo::year
