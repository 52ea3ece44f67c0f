#pragma once
// Every command there is. A new aggregate adds its header and one entry here; wire, schema and documentation
// follow from the descriptions. A command whose type has `creates` is given without a target.

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
#include "core/request/request.hpp"
#include "core/task/task.hpp"

#include <boost/mp11/list.hpp>

#include <string_view>
#include <type_traits>
#include <variant>

namespace core {

/// Every aggregate there is, in the order of events::any.
using aggregate_list = boost::mp11::mp_list<member, channel, task, request, project, org, calendar, definitions_of_flows,
                                          indicators, cycle, appraisal, incentive, election, desk>;

using any_command = std::variant<member::command, channel::command, task::command, request::command, project::command, org::command,
                                 calendar::command, definitions_of_flows::command, indicators::command, cycle::command, appraisal::command,
                                 incentive::command, election::command, desk::command>;

/// "task.start"
inline std::string_view type_of(const any_command& command) {
    return std::visit([](const auto& group) {
        return std::visit([](const auto& c) { return std::decay_t<decltype(c)>::type; }, group);
    }, command);
}

/// Whether a command of this type makes the entity that it is for.
template <class Command>
inline constexpr bool creates = requires { requires Command::creates; };

}  // namespace core
