#pragma once
// A kind of document: what can be asked of all kinds alike, made from what each aggregate says of its own (core/kernel/decider.hpp lists
// it). The build makes one of each folder of core that has an aggregate (one_kind.cpp.in). Thread-safe, as is all that is asked of a
// state.

#include "core/any_command.hpp"
#include "core/follow_up.hpp"
#include "core/kernel/concerned.hpp"
#include "core/kernel/context.hpp"
#include "core/kernel/flow.hpp"
#include "core/kernel/sight_change.hpp"
#include "events/catalog/any.hpp"
#include "events/catalog/describe.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace events {
struct sealed_attachment;
}

namespace core {

class evidence_ledger;
class lost_time;
class wrong_clock;
namespace views {
class any_list;
}
namespace written {
struct written_flow;
}

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
    /// Whether what its events say is only for those whom it is for: no audit reads it (D5).
    virtual bool is_confidential() const = 0;
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

    /// Its flow and its forms, as they are written.
    virtual const written::written_flow& flow_as_written() const = 0;
    virtual std::span<const events::form_words> forms() const = 0;
    /// Of each command that makes one and is not the system's alone, whether `by.actor` may give it (core/creating.hpp).
    virtual void add_creating(std::vector<flow::action>& all, const context& by, project_id within) const = 0;
    /// Whether a row of its flow itself refuses with this code: to who may not take it, or of a status that it is not for.
    virtual bool row_says(std::string_view command, std::string_view code) const = 0;
    /// An empty list of them; null where they have a read model of their own.
    virtual std::unique_ptr<views::any_list> make_list() const = 0;
    /// A state, folded event by event.
    virtual std::shared_ptr<void> make_state() const = 0;
    virtual void evolve(void* state, const events::any& what, const events::envelope& about) const = 0;
    /// Takes out of a command's texts what no text may have (core/kernel/texts.hpp).
    virtual void mend(any_command& one) const = 0;

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
    /// Of an event whose texts can be searched: which of them it is the newest of, empty where it stands beside the others; and
    /// whether nothing of the entity is to be found from it on.
    virtual std::string text_of(const events::any& what) const = 0;
    virtual bool is_kept_from_search(const events::any& what) const = 0;
    /// Calls `open` and `sealed` with the files that an event carries.
    virtual void each_attachment(const events::any& what, const std::function<void(const events::attachment&)>& open,
                                 const std::function<void(const events::sealed_attachment&)>& sealed) const = 0;
    virtual sight_change changes_sight(const events::any& what) const = 0;
    virtual concerned concerned_by(const void* state, const events::any& what, const events::envelope& about, const context& by) const = 0;

    // What follows by itself, as commands of the system. Appended.
    /// From something that has happened, to one of them or to another kind.
    virtual void follow(const events::recorded& happened, const context& by, follow_ups& all) const = 0;
    /// From the day. What has been done is not due any more, so it may be asked at any time and as often as one likes.
    virtual void due(const context& by, follow_ups& all) const = 0;
    /// From a time in which the room was not there: what people could not do is open to them longer.
    virtual void make_up(const lost_time& lost, const context& by, follow_ups& all) const = 0;
    /// From a clock that was wrong, and was set back.
    virtual void set_right(const wrong_clock& wrong, const context& by, follow_ups& all) const = 0;

    /// What speaks for or against somebody's indicators in one of its events, `on` that day; `after` are the entities just after it.
    virtual void find_evidence(const events::recorded& happened, const entities& after, date on, evidence_ledger& to) const = 0;
    /// Where what was found belongs, as commands of the system. Appended.
    virtual void suggest(const evidence_ledger& from, const context& by, follow_ups& all) const = 0;

protected:
    kind() = default;
};

/// Null for a category that there is not.
const kind* kind_of(events::category which);
/// Calls `visit(kind)` with each, in the order of their categories' numbers.
template <class Visit>
void each_kind(Visit visit) {
    events::each_category([&](events::category c) {
        if (const auto* one = kind_of(c)) visit(*one);
    });
}

}  // namespace core
