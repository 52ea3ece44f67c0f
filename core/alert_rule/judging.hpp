#pragma once
// Which figures of a series are out of the ordinary by a rule's condition (S2.3.4), from what, and why, in words. Pure: the same figures always
// say the same, so that an alert can be replayed from the log. What is not settled yet is never judged: it is not given.

#include "core/alert_rule/alert_rule.hpp"
#include "core/kernel/calendar.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace core::alerting {

/// Of a settled period.
struct figure {
    date from{};
    date until{};
    std::string label;                  ///< "2026-11-23", "2026-W48", "2026-11"
    std::optional<std::int64_t> value;  ///< in units of the last place; nothing: there is none
};

/// One after the other, without a gap: a period without a value is one of them.
struct series {
    std::string member;  ///< of the rule's dimension; empty: the total
    std::vector<figure> figures;
};

/// What a rule needs to know of its metric.
struct measure {
    std::uint32_t digits = 0;
    events::metric::direction direction{};
    std::vector<events::metric::target> targets;
};

enum class standing : std::uint8_t {
    missing,    ///< no value: nothing was judged
    too_short,  ///< too little before it to say anything
    ordinary,
    out,        ///< of the ordinary
};

struct judgement {
    alerting::standing is = standing::missing;
    std::optional<std::int64_t> usual, low, high;  ///< what was expected, and what would not have stood out, where the method says
    events::bilingual why;                         ///< of what stands out
};

/// One for each figure, in their order. The department's clock is `zone_offset` ahead of UTC.
std::vector<judgement> judge(const alert_rule::condition& by, alert_rule::period of, const measure& what, std::span<const figure> figures, const working_calendar& calendar,
                             std::chrono::minutes zone_offset);

}  // namespace core::alerting
