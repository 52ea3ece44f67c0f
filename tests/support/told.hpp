#pragma once
// Tells views what happened, one event after the other, with the envelopes made up.

#include "core/views/views.hpp"
#include "events/catalog/any.hpp"

#include <unordered_map>
#include <vector>

namespace opsroom_test {

/// Somebody who looks at views, with nobody and nothing else known: of improvement plans they see their own tasks. Within the
/// expression that asks.
inline core::context looks(const core::person& who) {
    core::context by{};
    by.actor = &who;
    return by;
}

/// The same, on a day when they may stand in for one of these.
inline core::context looks(const core::person& who, const core::roster& people, core::date today) {
    auto by = looks(who);
    by.people = &people;
    by.today = today;
    return by;
}

/// What waits on them, at a moment.
inline std::vector<core::views::inbox_item> inbox_of(const core::views::views& v, const core::person& reader, core::instant at, std::size_t limit = 200) {
    return v.with_context(&reader, at, {}, [&](const core::context& by) { return core::views::inbox_of(by, v.directory, v.board, v.channels, limit); });
}

class told {
public:
    core::views::views views;
    std::vector<events::recorded> happened;

    events::position member(std::uint64_t number, events::member::any e, core::member_id by = {}) {
        return tell({events::category::member, number}, std::move(e), by);
    }
    events::position channel(std::uint64_t number, events::channel::any e, core::member_id by = {}) {
        return tell({events::category::channel, number}, std::move(e), by);
    }
    events::position task(std::uint64_t number, events::task::any e, core::member_id by = {}) {
        return tell({events::category::task, number}, std::move(e), by);
    }
    /// Somebody joins: their number and login are given out in turn.
    core::member_id joins(std::string login, std::string department, std::vector<core::role> roles) {
        const core::member_id id{views.directory.rows().size() + 1};
        member(id.value, events::member::joined{{id, "name of " + login}, events::personal{id, login}, {}, {std::move(department)},
                                                std::move(roles), events::language::zh});
        return id;
    }
    const core::person& person(core::member_id who) const { return *views.directory.find(who); }
    core::instant time() const { return core::instant(std::chrono::seconds(position_)); }

private:
    events::position tell(events::stream_id stream, events::any e, core::member_id by) {
        const events::position at{++position_};
        happened.push_back({{at, stream, {++versions_[stream]}, time(), by, {}, {}}, std::move(e)});
        views.apply(happened.back());
        return at;
    }
    std::uint64_t position_ = 0;
    std::unordered_map<events::stream_id, std::uint64_t> versions_;
};

}  // namespace opsroom_test
