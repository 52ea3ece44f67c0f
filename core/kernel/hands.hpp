#pragma once
// Who had a hand in what is decided on (D1, D13): who did something that is somebody's part (submitted it, wrote it), for
// themselves or in another's place, in whose place that was, and who held the part before it went to somebody else. Whoever
// has it now is not in here: that is for relations_of to say.
//
// An aggregate whose rows bar people gives
//   state::hands                    these
//   holders(state)                  who holds such a part now
//   hand_in(event)                  the parts that whoever did it has a hand in from then on
//   settled_by(event)               the parts of which all that was done is decided with it, and forgotten

#include "core/kernel/amendments.hpp"
#include "events/catalog/envelope.hpp"

#include <boost/container/small_vector.hpp>
#include <boost/describe/class.hpp>

#include <algorithm>
#include <vector>

namespace core::flow {

struct hand {
    events::member_id who;
    relations parts = 0;
    bool operator==(const hand&) const = default;
};
BOOST_DESCRIBE_STRUCT(hand, (), (who, parts))

using holders = boost::container::small_vector<hand, 4>;

struct hands {
    std::vector<hand> all;  ///< in the order in which they came

    relations of(events::member_id who) const {
        const auto at = std::find_if(all.begin(), all.end(), [&](const hand& h) { return h.who == who; });
        return at == all.end() ? 0 : at->parts;
    }
    void add(events::member_id who, relations parts) {
        if (!who || !parts) return;
        const auto at = std::find_if(all.begin(), all.end(), [&](const hand& h) { return h.who == who; });
        if (at == all.end()) all.push_back({who, parts});
        else at->parts |= parts;
    }
    void forget(relations parts) {
        for (auto& h : all) h.parts &= ~parts;
        std::erase_if(all, [](const hand& h) { return h.parts == 0; });
    }
    bool operator==(const hands&) const = default;
};
BOOST_DESCRIBE_STRUCT(hands, (), (all))

template <class State>
concept keeps_hands = requires(const State& s) { { s.hands } -> std::convertible_to<const hands&>; };

/// What somebody had a hand in, of this entity.
template <class State>
relations hands_of(const State& now, events::member_id who) {
    if constexpr (keeps_hands<State>) return now.hands.of(who);
    else return 0;
}

/// What becomes of the hands in an entity, whose holders were, and are.
template <class A>
void note(hands& in, const holders& before, const holders& after, const typename A::event& happened, const events::envelope& about) {
    const auto held = [](const holders& all, const hand& one) {
        return std::any_of(all.begin(), all.end(), [&](const hand& h) { return h.who == one.who && (h.parts & one.parts) == one.parts; });
    };
    const relations settled = A::settled_by(happened);
    if (settled) in.forget(settled);
    for (const auto& one : before)
        if (!held(after, one)) in.add(one.who, one.parts & ~settled);
    const relations taken = A::hand_in(happened);
    for (const auto who : {about.actor, about.in_place_of})
        if (taken && !held(after, {who, taken})) in.add(who, taken);
}

/// Folds what happened, and who did it. A state that knows which one it is (`id`) is told.
template <class A>
void evolve(typename A::state& now, const typename A::event& happened, const events::envelope& about) {
    if constexpr (keeps_hands<typename A::state>) {
        const holders before = A::holders(now);
        A::evolve(now, happened);
        note<A>(now.hands, before, A::holders(now), happened, about);
    } else {
        A::evolve(now, happened);
    }
    if constexpr (requires { now.id.value; })
        if (about.stream.number) now.id = {about.stream.number};
}

}  // namespace core::flow
