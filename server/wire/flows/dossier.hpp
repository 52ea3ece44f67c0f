#pragma once
// A dossier: everything about one entity of a flow, as of now or of any moment before. Its row, its forms as the events
// that carry them, its steps with the working time of each, on whom it waits, what the reader may do, and its history.
//
// It is always folded from the entity's own stream, so the past and the present are read the same way.

#include "core/access/access.hpp"
#include "core/kernel/flow.hpp"
#include "core/views/step_log.hpp"
#include "core/views/views.hpp"
#include "events/codec/codec.hpp"
#include "server/wire/documents.hpp"
#include "server/wire/flows/moment.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace server::wire {

/// An event of the entity, as it is shown to who may read it.
template <class A>
struct told {
    core::section in;
    typename A::event what;
    std::string shown;
};

/// A dossier's parts, of the aggregate A, without what depends on who reads.
template <class A>
struct folded {
    typename A::state state;
    core::views::step_log steps;
    events::version version;
    events::instant created_at{};
    events::instant changed_at{};
    events::member_id created_by;
    std::deque<told<A>> history;  ///< the newest, and each form that only the newest counts of
};

/// Forms and history, of those events that a reader may read.
struct sorted_history {
    std::map<std::string_view, std::vector<std::string_view>> single, many;  ///< forms, as shown events
    std::vector<std::string_view> history;
};

// What every dossier and row has, written the same way.

/// Nobody is watched while they vote: of those who have not, a reader is told of themselves alone (D7).
std::vector<events::member_id> shown_turn(std::string_view command, std::vector<events::member_id> on, events::member_id reader);

void write_turn(std::string& out, const core::flow::turn& t);
void write_actions(std::string& out, const std::vector<core::flow::action>& actions, events::language reader);
void write_waits(std::string& out, const std::vector<core::flow::wait>& waits);

/// A step's name, when it began and ended, its working time in minutes, its limit and whether that is exceeded.
struct step_shown {
    std::string_view status;
    events::instant since;
    std::optional<events::instant> until;
    events::member_id by;
    std::uint64_t working_minutes;
    unsigned limit_days;  ///< 0: none
    std::optional<events::date> due;
    bool late;
};
void write_steps(std::string& out, const std::vector<step_shown>& steps);

/// `last_open`: the last step goes on. Times are those of `by`.
std::vector<step_shown> show_steps(events::category of, const core::views::step_log& log, std::uint32_t flow_version, bool last_open, const core::context& by);

/// Reads the entity's stream up to `until`, or as far as the views are.
template <class A>
folded<A> fold_stream(const documents& from, std::uint64_t number, events::position until) {
    constexpr std::size_t told_max = 5'000;
    folded<A> f;
    events::decoder decode;
    const auto clock = from.set_backs();
    from.log().read_stream({A::category, number}, {1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
        if (p > until) return false;
        auto event = decode.decode(bytes);
        if (!event) return true;  // of a newer version's type: nothing that this one can show
        auto* happened = events::get_if<typename A::event>(&event->event);
        if (!happened) return true;
        auto& about = event->envelope;
        about.time = clock.when(p, about.time);
        if (f.version.value == 0) {
            f.created_at = about.time;
            f.created_by = about.actor;
        }
        core::flow::evolve<A>(f.state, *happened, about);
        f.version = about.version;
        f.changed_at = about.time;
        f.steps.enter(static_cast<std::uint8_t>(A::status_of(f.state)), about);
        if (f.history.size() == told_max) {
            const auto out = std::find_if(f.history.begin(), f.history.end(), [](const auto& t) { return t.in.name.empty() || t.in.many; });
            f.history.erase(out == f.history.end() ? f.history.begin() : out);
        }
        const auto in = A::section_of(*happened);
        f.history.push_back({in, std::move(*happened), events::show(bytes, from.keys())});
        return true;
    });
    return f;
}

/// `may_read(event)` says which events the reader may read. The result is valid as long as `f`.
template <class A, class MayRead>
sorted_history sort_history(const folded<A>& f, MayRead may_read) {
    constexpr std::size_t many_max = 500;
    constexpr std::size_t history_max = 1'000;
    sorted_history sorted;
    for (const auto& one : f.history) {
        if (!may_read(one.what)) continue;
        if (!one.in.name.empty()) {
            auto& list = (one.in.many ? sorted.many : sorted.single)[one.in.name];
            if (!one.in.many) list.assign(1, one.shown);
            else if (list.size() < many_max) list.push_back(one.shown);
        }
        sorted.history.push_back(one.shown);
    }
    if (sorted.history.size() > history_max) sorted.history.erase(sorted.history.begin(), sorted.history.end() - history_max);
    return sorted;
}

void write_forms(std::string& out, const sorted_history& of);
void write_list(std::string& out, const std::vector<std::string_view>& values);

}  // namespace server::wire
