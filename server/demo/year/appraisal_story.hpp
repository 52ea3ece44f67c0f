#pragma once
// One appraisal, from the opening of its cycle as far as its fate says; and what is made of its result.

#include "core/appraisal/appraisal.hpp"
#include "core/incentive/incentive.hpp"
#include "server/demo/year/world.hpp"

#include <memory>

namespace server::demo::year {

class appraisal_story : public std::enable_shared_from_this<appraisal_story> {
public:
    /// Where it ends, or still is when the year is over.
    enum class fate : char {
        applied = 'A',
        applied_after_return = 'B',  ///< F6 went back once
        applied_after_appeal = 'U',  ///< upheld: evaluated anew
        applied_as_it_was = 'J',     ///< the appeal was rejected
        finalised = 'F',
        cancelled = 'x',
        opened = 'o',
        self_draft = 'd',
        self_submitted = 's',
        evaluated = 'e',
        talk_recorded = 't',
        talk_held = 'h',
        appealed = 'p',
        reopened = 'r',
    };
    /// What is proposed from it.
    enum class reward : char {
        none = '-',
        effective = 'E',
        revised = 'v',  ///< returned, revised, approved
        asked = 'k',    ///< clarified, approved
        rejected = 'x',
        withdrawn = 'w',
        stays_proposed = 'p',
        stays_returned = 'r',
        stays_clarifying = 'c',
        stays_approved = 'a',  ///< its day has not come
    };

    appraisal_story(world& w, std::uint64_t number, fate how, reward then) : w_(w), number_(number), fate_(how), reward_(then) {}

    void begin();

private:
    bool ends_at(fate f) const { return fate_ == f; }
    bool is_annual() const { return annual_; }
    stream_id at() const { return {events::category::appraisal, number_}; }
    core::appraisal::state look();

    void draft();
    void submit_self();
    void return_self();
    void evaluate();
    void record_talk();
    void confirm();
    void work_on_plan();
    void calibrate();
    void finalise();
    void appeal();
    void judge_appeal();
    void apply();

    // Incentives.
    core::incentive::form proposal(std::uint64_t cents);
    void propose();
    void judge_proposal();
    void approve();

    core::appraisal::self_form self_form(const core::appraisal::state& of);
    core::appraisal::evaluation evaluation(const core::appraisal::state& of);
    std::vector<core::appraisal::evidence> evidence_for(const core::appraisal::state& of, std::size_t indicator, member_id who);
    std::uint8_t score(int about);
    stream_id proposal_at() { return {events::category::incentive, w_.on.number(proposal_)}; }
    void then(unsigned days, std::chrono::minutes time, void (appraisal_story::*what)());

    world& w_;
    std::uint64_t number_;
    fate fate_;
    reward reward_;
    member_id employee_;
    member_id evaluator_;
    member_id reviewer_;
    member_id arbiter_;
    bool annual_ = false;
    bool returned_ = false;
    bool anew_ = false;
    bool talk_returned_ = false;
    int merit_ = 85;
    ticket proposal_;
};

}  // namespace server::demo::year
