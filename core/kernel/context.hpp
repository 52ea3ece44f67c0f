#pragma once
// What a decision may know besides the state and the command. It all comes in through here, so that the
// same inputs decide the same at any time.

#include "core/kernel/calendar.hpp"
#include "events/catalog/org.hpp"
#include "events/catalog/stream.hpp"
#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace core {

using events::alert_id;
using events::alert_rule_id;
using events::analysis_id;
using events::appraisal_id;
using events::channel_id;
using events::collection_id;
using events::cycle_id;
using events::date;
using events::delivery_id;
using events::department;
using events::election_id;
using events::incentive_id;
using events::instant;
using events::member_id;
using events::message_no;
using events::metric_id;
using events::project_id;
using events::proposal_id;
using events::query_id;
using events::recommendation_id;
using events::report_id;
using events::request_id;
using events::role;
using events::source_id;
using events::strategy_id;
using events::task_id;
using events::template_id;

/// For whom somebody may act, and when; both days included. Without an end: a deputy.
struct delegation {
    member_id of;
    date from{};
    std::optional<date> until;

    bool holds(date day) const { return from <= day && (!until || day <= *until); }
    bool operator==(const delegation&) const = default;
};

BOOST_DESCRIBE_STRUCT(delegation, (), (of, from, until))

/// What rules need to know of a member.
struct person {
    member_id id;
    bool active = false;  ///< has joined, and neither left nor been erased
    events::department department;
    std::vector<role> roles;
    bool erased = false;  ///< their key is gone: nothing of theirs can be sealed any more
    member_id superior;   ///< 0: nobody
    std::vector<delegation> acts_for;
    bool without_login = false;  ///< works here, and never signs in

    bool has(std::string_view code) const {
        return std::any_of(roles.begin(), roles.end(), [&](const role& r) { return r.code == code; });
    }
    bool operator==(const person&) const = default;
};

/// Everyone, by id.
class roster {
public:
    virtual ~roster() = default;
    /// Null for somebody who never joined. Valid until the next decision.
    virtual const person* find(member_id who) const = 0;
    /// Who signs in with this name, if anyone; erased people are forgotten.
    virtual member_id with_login(std::string_view login) const = 0;
    /// Calls `visit(person)` with everyone who is active, by id, until false.
    virtual void each_active(const std::function<bool(const person&)>& visit) const = 0;
    /// Calls `visit(person)` with every operations manager who is active, in any order, until false.
    virtual void each_manager(const std::function<bool(const person&)>& visit) const = 0;
    /// Whether a superior leader has ever joined: until then administrators act alone (D11).
    virtual bool has_had_leader() const = 0;

    bool is_active(member_id who) const {
        const auto* p = find(who);
        return p && p->active;
    }
};

class entity;

/// The other entities, as the rules see them.
class entities {
public:
    virtual ~entities() = default;

    /// Null where there is none. Valid until the next decision.
    template <class Aggregate>
    const typename Aggregate::state* find(std::uint64_t number) const {
        return static_cast<const typename Aggregate::state*>(state_of({Aggregate::category, number}));
    }
    /// The highest number that was given out; entities are numbered from 1.
    virtual std::uint64_t highest(events::category kind) const = 0;
    /// Whether a task of the project is neither done nor cancelled.
    virtual bool has_open_tasks(project_id) const { return false; }
    /// Whichever kind it is of; nothing where there is none (core/entity.hpp).
    entity any(events::stream_id which) const;

    /// There are none.
    static const entities& none();

private:
    virtual const void* state_of(events::stream_id which) const = 0;
};

namespace flow {
class amendments;
}
class fingerprints;
class files;
class past;
class sign_ins;

struct context {
    instant now;           ///< UTC
    date today;            ///< in the department's time zone
    const person* actor;   ///< who asks; null for the system itself, which may do anything that the state allows
    std::uint64_t fresh;   ///< the number that a newly created entity gets
    const roster* people;  ///< never null

    const entities* others = &entities::none();           ///< never null
    const working_calendar* calendar = &every_weekday();  ///< never null
    const events::org::settings* how = &defaults();       ///< never null
    const flow::amendments* flows = nullptr;                    ///< null: the handbook's alone
    const fingerprints* prints = nullptr;                 ///< null: nothing can be approved
    const core::files* files = nullptr;                   ///< null: whatever is attached is taken to be there
    const core::sign_ins* accounts = nullptr;             ///< null: whoever has a login can sign in
    const core::past* past = nullptr;                     ///< null: whatever is pointed at is taken to be there
    std::chrono::minutes zone_offset = shanghai;          ///< ahead of UTC

    bool by_system() const { return actor == nullptr; }
    member_id who() const { return actor ? actor->id : events::the_system; }
    /// The same moment, with somebody else asking.
    context as(const person& somebody) const {
        auto by = *this;
        by.actor = &somebody;
        return by;
    }

private:
    static const working_calendar& every_weekday();
    static const events::org::settings& defaults();
};

}  // namespace core
