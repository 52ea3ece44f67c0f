#pragma once
// An entity, whichever kind it is of.

#include "core/kind.hpp"

namespace core {

/// The state of one entity, with its kind. Valid as long as that state.
class entity {
public:
    entity() = default;
    entity(const kind& of, const void* state) : kind_(&of), state_(state) {}

    /// Whether there is one.
    explicit operator bool() const { return state_ != nullptr; }
    const void* state() const { return state_; }
    const core::kind& kind() const { return *kind_; }

    bool may_see(const context& by) const { return kind_->may_see(state_, by); }
    /// An event of its own, for who may see it.
    bool may_read(const events::any& what, const context& by) const { return kind_->may_read(state_, what, by); }
    /// What it is called, without people's names; empty of what there is one of.
    std::string name() const { return kind_->name_of(state_); }
    /// Whom it is about; 0: nobody.
    member_id about() const { return kind_->about(state_); }
    std::string_view status() const { return kind_->status_of(state_); }
    std::uint32_t flow_version() const { return kind_->flow_version(state_); }
    /// Null where it is of none.
    const events::department* department() const { return kind_->department_of(state_); }

    /// The steps that it waits for today, and on whom; and those that it waits for, whatever the day.
    std::vector<flow::wait> waits(const context& by) const { return kind_->waits(state_, by); }
    std::vector<flow::wait> waits_on_any_day(const context& by) const { return kind_->waits_on_any_day(state_, by); }
    /// Whether its status and the day are those that the step is for.
    bool state_allows(std::string_view command, const context& by) const { return kind_->state_allows(state_, command, by); }
    /// What `by.actor` may do with it now.
    std::vector<std::string_view> allowed(const context& by) const { return kind_->allowed(state_, by); }
    /// The day by which a step is to be taken that it has waited for since it came into its status: said by somebody, or the limit
    /// of the status. Nothing: as long as it takes.
    std::optional<date> step_due(std::string_view command, instant since, const context& by) const { return kind_->step_due(state_, command, since, by); }

    /// Whether it is open, and `who` has a part in it that somebody has to take over when they leave; and the command that does so.
    bool is_work_of(member_id who) const { return kind_->is_work_of(state_, who); }
    any_command handed_over(member_id from, member_id to, const context& by) const;
    /// Who is told of an event of its own.
    concerned concerned_by(const events::any& what, const events::envelope& about, const context& by) const {
        return kind_->concerned_by(state_, what, about, by);
    }

private:
    const core::kind* kind_ = nullptr;
    const void* state_ = nullptr;
};

/// Of a state that is known.
template <class A>
entity entity_of(const typename A::state& state) {
    return {*kind_of(A::category), &state};
}

/// Whether the reader may see the entity whose stream it is. `by.others` knows it; what it does not know, nobody sees.
/// Of tasks it does not say who assigned them, so that does not count here.
bool may_see(events::stream_id which, const context& by);

}  // namespace core
