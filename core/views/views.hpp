#pragma once
// All read models, at one position of the log. They can be dropped and made again from it at any time; a snapshot spares
// the time that this takes.
//
// Not synchronised: one thread applies, and readers are kept off meanwhile. Member events come with their personal
// fields opened; those of others may stay sealed, as no text is kept.

#include "core/calendar/calendar.hpp"
#include "core/definitions/definitions.hpp"
#include "core/org/org.hpp"
#include "core/views/attachment_index.hpp"
#include "core/views/directory.hpp"
#include "core/views/entity_lists.hpp"
#include "core/views/inbox.hpp"
#include "core/views/set_backs.hpp"
#include "core/views/task_board.hpp"
#include "core/views/timeline.hpp"
#include "core/views/waiting.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <set>
#include <string>
#include <string_view>

namespace core::views {

class views {
public:
    core::views::directory directory;
    task_board board;
    timeline channels;
    entity_lists lists;  ///< all other kinds
    attachment_index attachments;
    set_backs clock;

    template <class A>
    const entity_list<A>& of() const {
        return lists.of<A>();
    }
    /// What there is one of; null before its first event.
    template <class A>
        requires flow::is_singleton<A>
    const typename A::state* only() const {
        const auto* row = of<A>().row(1);
        return row ? &row->state : nullptr;
    }

    /// Folds the event after position(). One that is already in is passed over.
    void apply(const events::recorded& event) {
        fold(event);
        settle();
    }
    /// The same, for many one after the other: settle() once they are in.
    void fold(const events::recorded& event);
    void settle();

    /// The last event that is in.
    events::position position() const { return position_; }

    /// Who waits for whom, in every flow but that of tasks (which the board knows).
    const waiting_list& waiting() const { return waiting_; }

    /// What waits on `by.actor` in every flow but that of tasks: at most `limit`, after the first `from`. `by` is of these views.
    flow_waits flow_inbox(const context& by, std::size_t from, std::size_t limit) const;

    /// What `by.actor` was told by itself and has not taken note of, as far as its step still waits; the newest first.
    std::vector<shown_notice> notices(const context& by) const;

    /// Calls f(const context&) with what rules would be given now; `reader` may be null. The context does not outlive it.
    template <class F>
    decltype(auto) with_context(const person* reader, instant now, std::chrono::minutes zone_offset, F&& f) const {
        const as_entities others(*this);
        const auto* amended = only<definitions>();
        const amended_flows flows(amended ? *amended : nothing_amended());
        context by{};
        by.now = now;
        by.today = date_in(now, zone_offset);
        by.actor = reader;
        by.people = &directory;
        by.others = &others;
        by.calendar = &days_;
        by.how = &settings();
        by.flows = &flows;
        by.zone_offset = zone_offset;
        return std::forward<F>(f)(static_cast<const context&>(by));
    }
    const events::org::settings& settings() const;
    const working_calendar& days() const { return days_; }

    /// For a loader that has brought each part to `p` itself, an event of that time.
    void stand_at(events::position p, instant time = {}) {
        position_ = p;
        last_time_ = time;
        everything_moved_ = true;
        settle();
    }

    /// Replaces `out` by a snapshot.
    void save(std::string& out) const;
    /// Takes over a snapshot. False, and empty, where it is damaged or of another format: make the views from the log.
    bool load(std::string_view in);
    /// All but the directory, which a loader reads from the members' own streams.
    void save_impersonal(archive::writer& to) const;
    bool load_impersonal(archive::reader& from);

    // Of a moment of the past, to be read beside the present: a light board, and all else but the directory.
    void save_moment(archive::writer& to) const;
    bool load_moment(archive::reader& from, events::position at);
    /// The board lets go of what is closed: it will be looked up in the present.
    void lighten();

    bool operator==(const views& other) const;

private:
    /// The views as rules see other entities.
    class as_entities final : public entities {
    public:
        explicit as_entities(const views& of) : of_(of) {}
        std::uint64_t highest(events::category kind) const override;
        bool has_open_tasks(project_id of) const override { return of_.board.open_tasks_of(of) > 0; }

    private:
        const void* state_of(events::stream_id which) const override;
        const views& of_;
    };
    static const definitions::state& nothing_amended();
    std::set<std::uint64_t> tasks_told_of() const;
    void not_after(instant t);
    void settle_one(const any_list& list, std::uint64_t number, const context& by);

    events::position position_;
    // What follows is made from the rows.
    working_calendar days_;
    waiting_list waiting_;
    boost::unordered_flat_set<events::stream_id, std::hash<events::stream_id>> moved_;  // whose waiting has to be seen to
    bool everything_moved_ = false;
    instant last_time_{};
};

}  // namespace core::views
