#pragma once
// Every event there is. A new aggregate adds its header, its category and one entry here; codec, golden
// samples, schema and documentation follow from the descriptions.

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
#include "events/catalog/request.hpp"
#include "events/catalog/task.hpp"

#include <variant>

namespace events {

using any = std::variant<member::any, channel::any, task::any, request::any, project::any, org::any, calendar::any, definitions::any,
                         indicators::any, cycle::any, appraisal::any, incentive::any, election::any, desk::any>;

/// An event with what is known of it.
struct recorded {
    events::envelope envelope;
    any event;

    bool operator==(const recorded&) const = default;
};

/// The type name of whatever `event` holds.
inline std::string_view type_of(const any& event) {
    return std::visit([](const auto& group) {
        return std::visit([](const auto& e) { return std::decay_t<decltype(e)>::type; }, group);
    }, event);
}

/// The clause of the handbook that whatever `event` holds carries out.
inline std::string_view clause_of(const any& event) {
    return std::visit([](const auto& group) {
        return std::visit([](const auto& e) { return std::decay_t<decltype(e)>::clause; }, group);
    }, event);
}

}  // namespace events
