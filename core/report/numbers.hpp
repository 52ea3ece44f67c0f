#pragma once
// What a report says of numbers beside one another: exact until it is shown, rounded once, half away from 0 (D17). Numbers are as the data
// worker gives them: "12.50" as it is shown, "1/8" exactly.

#include "core/metric/metric.hpp"
#include "events/catalog/report_forms.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace core::reporting {

/// From one to the other, in % of the first, to one place; nothing where that is 0, or one of them is no number.
std::optional<std::string> change_in_percent(std::string_view before, std::string_view after);

/// The second less the first, with so many places; a missing one counts as 0.
std::string less(const std::optional<std::string>& before, const std::optional<std::string>& after, unsigned places);

/// Whether they are the same number, however they are written; two that are missing are.
bool is_same_number(const std::optional<std::string>& a, const std::optional<std::string>& b);

/// How much of the whole a part is, for putting parts of different wholes in order: in millionths, whatever its sign, at most 10^12.
std::int64_t weight_of(std::string_view part, std::string_view whole);

/// What the metric is to reach over such a period that begins then; null where nobody has said.
const metric::target* target_of(const metric::state& metric, events::report::kind kind, events::date first);
/// "1200000"; of a range "290 – 330".
std::string shown(const metric::target& target);
/// Of a value against it.
events::report::attainment attained(metric::direction direction, const std::optional<std::string>& value, const metric::target* target);

}  // namespace core::reporting
