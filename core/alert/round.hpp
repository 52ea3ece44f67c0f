#pragma once
// What follows from the figures as they are now, for all alert rules at once (S2.3.4): which alerts begin, fire and end, and which rules have
// nothing to judge by. Pure, and nothing of it is kept: asked again it comes to the same, and once its commands have taken effect to nothing.

#include "core/alert/alert.hpp"
#include "core/alert_rule/watching.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace core::alerting {

struct known_alert {
    alert_id id;
    std::uint64_t version = 0;  ///< of its stream
    alert::state state;
};

struct watched_rule {
    alert_rule_id id;
    std::uint64_t version = 0;       ///< of its stream
    alert_rule::state rule;
    measure what;
    std::vector<metric_id> above;    ///< its metric's parent, that one's, and so on
    std::vector<series> figures;     ///< of settled periods
    std::optional<events::bilingual> trouble;  ///< why its metric can't be calculated
};

/// A command that the system gives, about an entity or, where there is none, for a new one. `once`: the same for the same step, however often it
/// is given; no two steps have the same.
struct step {
    std::variant<alert::command, alert_rule::command> what;
    std::optional<events::stream_id> target;
    std::uint64_t once = 0;
};

struct round_steps {
    std::vector<step> all;
    bool again = false;  ///< some wait for what these lead to
};

/// How many alerts of a department are told one by one on a day; what is more is listed in the gravest of them.
inline constexpr std::size_t told_apart_most = 10;

/// `rules`: those that are on. `off`: those that are not any more, whose alerts end. `alerts`: all that there are of them.
round_steps steps_of(const std::vector<watched_rule>& rules, const std::vector<alert_rule_id>& off, const std::vector<known_alert>& alerts, date today, const working_calendar& calendar,
                     std::chrono::minutes zone_offset);

}  // namespace core::alerting
