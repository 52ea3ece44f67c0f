#pragma once
// The shape that every aggregate has.
//
// decide is pure: no clock, no randomness, no I/O. A command that has already taken effect decides no event
// and succeeds. evolve never fails: what happened, happened.
//
// Whatever deals with entities of every kind alike (lists, feeds, search, the inbox, reminders, hand-over) finds by its state what
// an aggregate says of them, in functions of this namespace beside it. Those that a kind has no need of it leaves out:
//   may_see(state, context)                      who may see it; where there is none: everyone who is here
//   is_listed(state, context)                    to whom a list shows it; else to who may see it
//   may_read(event, state, context)              of who may see it, who may read that event; else each of them
//   name_of(state)                               what it is called, without people's names, which are not in states
//   about(state)                                 whom it is about
//   is_work_of(state, member)                    whether it is open and somebody's part in it has to be handed over when they leave
//   handed_over(state, from, to, context)        the command that does so; else A::hand_over{from, to}
//   said_due(state, command, context)            the day by which a step is to be taken, where somebody has said it
//   concerned_by(event, state, envelope, context)  who is told of an event
//   due_commands(state, context)                 the steps whose day has come, in their order
//   made_up(state, lost_time)                    what gives people back the time in which the room was not there
//   set_right(state, wrong_clock, context)       what takes back days that a wrong clock had set
//   is_own(state, member)                        whether it is among those that somebody asks for as their own
//   due_of(state)                                the day that a list can be ordered by
//   seal_as_now(then, now, member)               takes out of what was what the present seals from that reader
// and, as members of its own, of what its events say,
//   follow(recorded, context, follow_ups)        what follows by itself in this kind from what happened to any kind
//   find_evidence(event, envelope, entities, day, evidence_ledger)  what in it speaks for or against somebody's indicators
//   suggest(evidence_ledger, context, follow_ups)  what of that is suggested, and where
//   open_due(context, follow_ups)                the new entities whose day has come
//   section_of(event)                            where the form in it belongs in a dossier
//   text_of(event)                               where its texts can be searched: which of them it is the newest of; empty: it stands
//                                                beside the others
//   is_kept_from_search(event)                   that nothing of the entity is to be found
//   is_hidden(state, command, context)           whether a command about it is refused as one about nothing; else access::is_hidden_from
//   is_seen_by_its_maker(state)                  whether who made it sees it, which its state does not tell
//   about_to_be(context, project)                states that a new one may begin in, as far as it decides on who may make one
//   particulars_of(rejection, state, command, context)  what its refusal says of this very case (core/kernel/refusal.hpp); of what
//                                                may be done next there is no command (null)
//   own_read_model                               that it is in no list of entities, but in a read model of its own (core/views)
//   changes_sight(event)                         whether somebody may see the entity, or what is seen through it, no longer
//   confidential                                 that what its events say is only for those whom it is for: no audit reads it (D5)
//   seen_through                                 kinds: who may see one of their entities depends on another of these
//   tells_of                                     kinds: its dossiers say something of them, and change with them
// How its rows look is in core/KIND/shown.hpp (core/kernel/shown.hpp).

#include "core/kernel/concerned.hpp"
#include "core/kernel/context.hpp"
#include "core/kernel/refusal.hpp"
#include "core/kernel/sight_change.hpp"
#include "events/catalog/envelope.hpp"
#include "events/catalog/stream.hpp"

#include <boost/container/small_vector.hpp>
#include <boost/system/result.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace events {
struct recorded;
}

namespace core {

class evidence_ledger;  // core/evidence.hpp
class lost_time;
class wrong_clock;
struct follow_up;  // core/follow_up.hpp
using follow_ups = std::vector<follow_up>;

/// Where an event's form belongs: "F1" for one of which the newest counts, "F1a" for one of many.
struct section {
    std::string_view name;  ///< empty: in the history alone
    bool many = false;
};

template <class Event>
using decided = boost::container::small_vector<Event, 1>;

template <class Aggregate>
using decision = boost::system::result<decided<typename Aggregate::event>, typename Aggregate::rejection>;

template <class A>
concept decider = requires(const typename A::state& now, typename A::state moved, const typename A::command& asked,
                           const typename A::event& happened, const context& by, typename A::rejection no) {
    { A::category } -> std::convertible_to<events::category>;
    { A::decide(now, asked, by) } -> std::same_as<decision<A>>;
    // In place, as a channel's state is large.
    { A::evolve(moved, happened) } -> std::same_as<void>;
    { A::explain(no) } -> std::same_as<refusal>;
};

}  // namespace core
