#pragma once
// Every command there is. A new aggregate adds its header and one entry here; wire, schema and documentation
// follow from the descriptions. A command whose type has `creates` is given without a target. `system_fields` are the fields
// that nobody outside fills in.

#include "core/analysis/analysis.hpp"
#include "core/appraisal/appraisal.hpp"
#include "core/calendar/calendar.hpp"
#include "core/channel/channel.hpp"
#include "core/cycle/cycle.hpp"
#include "core/definitions/definitions.hpp"
#include "core/desk/desk.hpp"
#include "core/election/election.hpp"
#include "core/incentive/incentive.hpp"
#include "core/indicators/indicators.hpp"
#include "core/member/member.hpp"
#include "core/org/org.hpp"
#include "core/project/project.hpp"
#include "core/proposal/proposal.hpp"
#include "core/request/request.hpp"
#include "core/strategy/strategy.hpp"
#include "core/task/task.hpp"

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace core {

/// Every aggregate there is, in the order of events::any.
using aggregate_list = boost::mp11::mp_list<member, channel, task, request, project, org, calendar, definitions_of_flows,
                                          indicators, cycle, appraisal, incentive, election, desk, analysis, strategy, proposal>;

/// What each aggregate's commands are.
using command_groups = boost::mp11::mp_list<member::command, channel::command, task::command, request::command, project::command, org::command,
                                            calendar::command, definitions_of_flows::command, indicators::command, cycle::command,
                                            appraisal::command, incentive::command, election::command, desk::command, analysis::command,
                                            strategy::command, proposal::command>;

/// A command to any aggregate, visited as the variant that it is. A class for the reason that events::any is one.
class any_command : public boost::mp11::mp_rename<command_groups, std::variant> {
public:
    any_command();
    template <class Group>
        requires boost::mp11::mp_contains<command_groups, std::remove_cvref_t<Group>>::value
    // NOLINTNEXTLINE(bugprone-forwarding-reference-overload): a group only, as is required
    any_command(Group&& group) : variant(std::in_place_type<std::remove_cvref_t<Group>>, std::forward<Group>(group)) {}
    any_command(const any_command&);
    any_command(any_command&&) noexcept;
    any_command& operator=(const any_command&);
    any_command& operator=(any_command&&) noexcept;
    ~any_command();
};

/// "task.start"
std::string_view type_of(const any_command& command);

/// The fields of a command that the system alone fills in: what follows by itself has them, nobody outside gives them.
template <class Command>
constexpr std::span<const std::string_view> system_fields() {
    if constexpr (requires { Command::system_fields; }) return Command::system_fields;
    else return {};
}

/// Whether a command of this type makes the entity that it is for.
template <class Command>
inline constexpr bool creates = requires { requires Command::creates; };

}  // namespace core
