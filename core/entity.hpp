#pragma once
// An entity, whichever kind it is of: what can be asked of all of them alike, made from what each aggregate says of its own
// (core/kernel/decider.hpp lists it). Thread-safe, as is all that is asked of a state.

#include "core/kernel/concerned.hpp"
#include "core/kernel/context.hpp"
#include "core/kernel/flow.hpp"
#include "core/kernel/sight_change.hpp"
#include "events/catalog/envelope.hpp"
#include "events/catalog/stream.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace events {
class any;
}

namespace core {

class any_command;

/// The operations of one kind. A state that is given to them is one of its own.
class kind {
public:
    kind(const kind&) = delete;
    kind& operator=(const kind&) = delete;
    virtual ~kind() = default;

    virtual events::category category() const = 0;
    /// Whether everyone who is here may see them.
    virtual bool is_everybodys() const = 0;
    /// Whether a step of its flow waits for people.
    virtual bool waits_for_people() const = 0;
    /// Whether of who may see one not each may read each of its events.
    virtual bool is_read_by_event() const = 0;
    /// Whether its texts can be searched.
    virtual bool is_searched() const = 0;
    /// Whether each of its events is told as it happens; of all others is told how they are then, as that depends on who reads and
    /// on what else has happened.
    virtual bool is_told_by_events() const = 0;
    /// Whether who may see one of them depends on an entity of that kind; and whether their dossiers say something of those.
    virtual bool is_seen_through(events::category other) const = 0;
    virtual bool tells_of(events::category other) const = 0;
    virtual bool is_delegable() const = 0;
    /// Whether who leaves hands over what is theirs of it.
    virtual bool is_handed_over() const = 0;

    /// What a status is called, by its number.
    virtual std::string_view status_name(std::uint8_t status) const = 0;

    virtual bool may_see(const void* state, const context& by) const = 0;
    virtual bool may_read(const void* state, const events::any& what, const context& by) const = 0;
    virtual std::string name_of(const void* state) const = 0;
    virtual member_id about(const void* state) const = 0;
    virtual std::string_view status_of(const void* state) const = 0;
    virtual std::uint32_t flow_version(const void* state) const = 0;
    virtual const events::department* department_of(const void* state) const = 0;
    virtual std::vector<flow::wait> waits(const void* state, const context& by) const = 0;
    virtual std::vector<flow::wait> waits_on_any_day(const void* state, const context& by) const = 0;
    virtual bool state_allows(const void* state, std::string_view command, const context& by) const = 0;
    virtual std::vector<std::string_view> allowed(const void* state, const context& by) const = 0;
    virtual std::optional<date> step_due(const void* state, std::string_view command, instant since, const context& by) const = 0;
    virtual bool is_work_of(const void* state, member_id who) const = 0;
    virtual any_command handed_over(const void* state, member_id from, member_id to, const context& by) const = 0;
    virtual sight_change changes_sight(const events::any& what) const = 0;
    virtual concerned concerned_by(const void* state, const events::any& what, const events::envelope& about, const context& by) const = 0;

protected:
    kind() = default;
};

/// Null for a category that there is not.
const kind* kind_of(events::category which);

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
