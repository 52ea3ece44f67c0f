#pragma once
// Every entity of one kind as its rules see it, with when it came and went through its steps. The read model of whatever
// has no need of a special one.
//
// Not synchronised: one thread applies, and readers are kept off meanwhile. Pointers to rows hold until the next event.

#include "core/commands.hpp"
#include "core/kernel/archive.hpp"
#include "core/kernel/hands.hpp"
#include "core/kernel/verify.hpp"
#include "core/views/step_log.hpp"
#include "events/catalog/catalog.hpp"

#include <vector>

namespace core::views {

template <class A>
struct entity_row {
    std::uint64_t number = 0;
    typename A::state state;
    step_log steps;
    member_id created_by;
    instant created_at{};
    instant changed_at{};
    events::version version;
    events::position changed;  ///< the event that changed it last; 0: there is none

    auto status() const { return A::status_of(state); }
    bool operator==(const entity_row&) const = default;
};

template <class A>
class entity_list {
public:
    using aggregate = A;
    using row_type = entity_row<A>;
    static constexpr auto category = A::category;

    /// Events of other categories are passed over.
    void apply(const events::recorded& event) {
        const auto* happened = std::get_if<typename A::event>(&event.event);
        if (!happened) return;
        const auto& about = event.envelope;
        const auto number = about.stream.number;
        verify(number != 0 && number <= rows_.size() + 1, "entities are numbered without gaps");
        if (number > rows_.size()) {
            auto& fresh = rows_.emplace_back();
            fresh.number = number;
            fresh.created_by = about.actor;
            fresh.created_at = about.time;
        }
        auto& row = rows_[number - 1];
        flow::evolve<A>(row.state, *happened, about);
        row.version = about.version;
        row.changed = about.position;
        row.changed_at = about.time;
        row.steps.enter(static_cast<std::uint8_t>(row.status()), about);
    }

    /// None of it was later than that: a wrong clock had dated it.
    void not_after(instant t) {
        for (auto& row : rows_) {
            row.created_at = std::min(row.created_at, t);
            row.changed_at = std::min(row.changed_at, t);
            row.steps.not_after(t);
        }
    }

    /// Null where there is none. Whether the asker may see it is for access to say.
    const row_type* row(std::uint64_t number) const { return number == 0 || number > rows_.size() ? nullptr : &rows_[number - 1]; }
    const std::vector<row_type>& rows() const { return rows_; }

    void save(archive::writer& to) const {
        to.number(rows_.size());
        for (const auto& row : rows_) {
            write(to, row.state);
            write(to, row.steps);
            write(to, row.created_by);
            write(to, row.created_at);
            write(to, row.changed_at);
            write(to, row.version);
            write(to, row.changed);
        }
    }
    /// False, and empty, where the bytes are no good.
    bool load(archive::reader& from) {
        rows_.clear();
        const auto size = from.count();
        for (std::uint64_t n = 1; n <= size && from.ok(); ++n) {
            auto& row = rows_.emplace_back();
            row.number = n;
            read(from, row.state);
            read(from, row.steps);
            read(from, row.created_by);
            read(from, row.created_at);
            read(from, row.changed_at);
            read(from, row.version);
            read(from, row.changed);
            if (row.steps.all().empty()) from.fail();
        }
        if (!from.ok()) rows_.clear();
        return from.ok();
    }

    bool operator==(const entity_list&) const = default;

private:
    std::vector<row_type> rows_;  // entity n is at n - 1
};

}  // namespace core::views
