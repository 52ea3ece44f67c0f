#pragma once
// Who is told of an event that concerns them (S1.3.3): each kind says it of its own events, beside its state.

#include "core/kernel/context.hpp"

#include <algorithm>
#include <optional>
#include <type_traits>
#include <vector>

namespace core {

struct concerned {
    std::vector<member_id> who;  ///< in any order, some of them twice
    std::optional<date> until;   ///< a day that counts for them: to appeal until, to be done by. Nothing: that of the event

    void add(member_id one) { who.push_back(one); }
    void add(const std::vector<member_id>& more) { who.insert(who.end(), more.begin(), more.end()); }
    /// Everyone of whom `is(person)` holds.
    template <class Is>
    void add_all(const context& by, Is is) {
        by.people->each_active([&](const person& p) {
            if (is(p)) who.push_back(p.id);
            return true;
        });
    }
    void add_roles(const context& by, std::initializer_list<std::string_view> codes) {
        add_all(by, [&](const person& p) { return std::any_of(codes.begin(), codes.end(), [&](std::string_view code) { return p.has(code); }); });
    }
};

template <class Event, class... These>
inline constexpr bool is_one_of = (std::is_same_v<Event, These> || ...);

}  // namespace core
