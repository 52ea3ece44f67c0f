#pragma once
// Every event there is. A new aggregate adds its header, its category and one entry here; codec, golden
// samples, schema and documentation follow from the descriptions.

#include "events/catalog/analysis.hpp"
#include "events/catalog/appraisal.hpp"
#include "events/catalog/calendar.hpp"
#include "events/catalog/channel.hpp"
#include "events/catalog/cycle.hpp"
#include "events/catalog/definitions.hpp"
#include "events/catalog/desk.hpp"
#include "events/catalog/election.hpp"
#include "events/catalog/envelope.hpp"
#include "events/catalog/incentive.hpp"
#include "events/catalog/indicators.hpp"
#include "events/catalog/member.hpp"
#include "events/catalog/org.hpp"
#include "events/catalog/project.hpp"
#include "events/catalog/proposal.hpp"
#include "events/catalog/request.hpp"
#include "events/catalog/strategy.hpp"
#include "events/catalog/task.hpp"

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace events {

/// What each aggregate's events are.
using groups = boost::mp11::mp_list<member::any, channel::any, task::any, request::any, project::any, org::any, calendar::any, definitions::any,
                                    indicators::any, cycle::any, appraisal::any, incentive::any, election::any, desk::any, analysis::any,
                                    strategy::any, proposal::any>;

/// An event of any aggregate, visited as the variant that it is. It is a class so that its copies, moves and
/// comparisons are compiled once: in every file that has an event at hand they would cost seconds.
class any : public boost::mp11::mp_rename<groups, std::variant> {
public:
    any();
    template <class Group>
        requires boost::mp11::mp_contains<groups, std::remove_cvref_t<Group>>::value
    // NOLINTNEXTLINE(bugprone-forwarding-reference-overload): a group only, as is required
    any(Group&& group) : variant(std::in_place_type<std::remove_cvref_t<Group>>, std::forward<Group>(group)) {}
    any(const any&);
    any(any&&) noexcept;
    any& operator=(const any&);
    any& operator=(any&&) noexcept;
    ~any();
    bool operator==(const any&) const;
};

/// An event with what is known of it.
struct recorded {
    events::envelope envelope;
    any event;

    bool operator==(const recorded&) const = default;
};

/// The type name of whatever `event` holds.
std::string_view type_of(const any& event);

/// The clause that an event carries out: one for its type, or by what it says (`clause_now`).
template <class Event>
constexpr std::string_view clause_of_one(const Event& e) {
    if constexpr (requires { e.clause_now(); }) return e.clause_now();
    else return Event::clause;
}

/// The clause of the handbook that whatever `event` holds carries out.
std::string_view clause_of(const any& event);

}  // namespace events
