#pragma once
// The day by which a step is to be taken: said by somebody (said_due() of the kind), or the limit of the status that waits for it.

#include "core/kernel/amendments.hpp"
#include "core/kernel/context.hpp"
#include "core/kernel/flow.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <optional>
#include <string_view>

namespace core {

/// Of a step that `of` has waited for since it came into its status. Nothing: as long as it takes.
template <class A>
std::optional<date> step_due(const typename A::state& of, std::string_view command, instant since, const context& by) {
    if constexpr (requires { said_due(of, command, by); })
        if (const auto said = said_due(of, command, by)) return said;
    if (!by.flows) return std::nullopt;
    const auto days = by.flows->limit(events::name_of(A::category), flow::version_of<A>(of), boost::describe::enum_to_string(A::status_of(of), "?"));
    return days ? std::optional(by.calendar->after(date_in(since, by.zone_offset), days)) : std::nullopt;
}

}  // namespace core
