#pragma once
// The state of every entity, as the rules see it. Belongs to the engine's deciding thread alone.

#include "core/channel/channel.hpp"
#include "core/commands.hpp"
#include "core/member/member.hpp"
#include "core/policies/reminders.hpp"
#include "core/task/task.hpp"
#include "events/catalog/catalog.hpp"

#include <boost/mp11.hpp>

#include <deque>
#include <string>
#include <tuple>

namespace server::engine {

using core::aggregate_list;

template <class Command>
struct has_command {
    template <class A>
    using fn = std::is_same<typename A::command, Command>;
};
template <class Event>
struct has_event {
    template <class A>
    using fn = std::is_same<typename A::event, Event>;
};
template <class Command>
using aggregate_of_command = boost::mp11::mp_at<aggregate_list, boost::mp11::mp_find_if_q<aggregate_list, has_command<Command>>>;
template <class Event>
using aggregate_of_event = boost::mp11::mp_at<aggregate_list, boost::mp11::mp_find_if_q<aggregate_list, has_event<Event>>>;

template <core::decider A>
struct slot {
    typename A::state state;
    events::version version;
    events::position position;  ///< of its last event
    events::position entered;   ///< the event that brought it into the status that it is in
    events::instant since{};    ///< and when that was

    /// Folds one event of it, its `version` and `position` too.
    void evolve(const typename A::event& happened, const events::envelope& about) {
        const auto before = A::status_of(state);
        core::flow::evolve<A>(state, happened, about);
        if (version.value == 0 || A::status_of(state) != before) {
            entered = about.position;
            since = about.time;
        }
        version = about.version;
        position = about.position;
    }
};

/// Numbers are dense and start at 1. A deque, so that a growing table moves nothing.
template <core::decider A>
class table {
public:
    slot<A>* find(std::uint64_t number) { return number == 0 || number > slots_.size() ? nullptr : &slots_[number - 1]; }
    const slot<A>* find(std::uint64_t number) const { return const_cast<table*>(this)->find(number); }

    slot<A>& grow_to(std::uint64_t number) {
        if (number > slots_.size()) slots_.resize(number);
        return slots_[number - 1];
    }

    void not_after(events::instant t) {
        for (auto& one : slots_) one.since = std::min(one.since, t);
    }

    void shrink_to(std::uint64_t number) { slots_.resize(number); }

    std::uint64_t highest() const { return slots_.size(); }
    const std::deque<slot<A>>& all() const { return slots_; }

private:
    std::deque<slot<A>> slots_;
};

class aggregates final : public core::entities, public core::policies::standings {
public:
    template <core::decider A>
    table<A>& of() { return std::get<boost::mp11::mp_find<aggregate_list, A>::value>(tables_); }
    template <core::decider A>
    const table<A>& of() const { return const_cast<aggregates*>(this)->of<A>(); }

    std::uint64_t highest(events::category kind) const override {
        std::uint64_t found = 0;
        with_table(kind, [&](const auto& t) { found = t.highest(); });
        return found;
    }

    /// 0 where there is none.
    events::version version_of(events::stream_id which) const {
        events::version found;
        with_table(which.kind, [&](const auto& t) {
            if (const auto* at = t.find(which.number)) found = at->version;
        });
        return found;
    }

    bool has_open_tasks(events::project_id of_it) const override {
        const auto& tasks = of<core::task>().all();
        return std::any_of(tasks.begin(), tasks.end(), [&](const auto& t) { return t.state.project == of_it && core::is_open(t.state.is); });
    }

    core::policies::standing standing_of(events::stream_id which) const override {
        core::policies::standing found;
        with_table(which.kind, [&](const auto& t) {
            if (const auto* at = t.find(which.number)) found = {at->since, at->entered};
        });
        return found;
    }

    /// Nothing came into its status later than that: a wrong clock had dated it.
    void not_after(events::instant t) {
        std::apply([&](auto&... each) { (each.not_after(t), ...); }, tables_);
    }

    /// Folds what happened.
    void apply(const events::recorded& happened) {
        std::visit([&](const auto& group) {
            using A = aggregate_of_event<std::decay_t<decltype(group)>>;
            of<A>().grow_to(happened.envelope.stream.number).evolve(group, happened.envelope);
        }, happened.event);
    }

private:
    template <class F>
    void with_table(events::category kind, F f) const {
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, aggregate_list>>([&](auto a) {
            using A = typename decltype(a)::type;
            if (A::category == kind) f(of<A>());
        });
    }
    const void* state_of(events::stream_id which) const override {
        const void* found = nullptr;
        with_table(which.kind, [&](const auto& t) {
            if (const auto* at = t.find(which.number); at && at->version.value > 0) found = &at->state;
        });
        return found;
    }

    boost::mp11::mp_rename<boost::mp11::mp_transform<table, aggregate_list>, std::tuple> tables_;
};

}  // namespace server::engine
