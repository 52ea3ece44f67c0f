#pragma once
// Which periods reports are of, and when they are due (S4.3.1): the first working day after the period, which of weeks is Monday and of
// months the 1st unless that is a day off (D6).

#include "core/formula/period.hpp"
#include "core/kernel/calendar.hpp"
#include "events/catalog/report_forms.hpp"

#include <string>

namespace core::reporting {

formula::period period_of(events::report::kind of, events::date day);

/// The day on which the report of such a period begins.
events::date begins_on(const formula::period& of, const working_calendar& days);

/// The day by which it is to be published: a working day later, of longer periods up to ten.
events::date publish_by(events::report::kind kind, const formula::period& of, const working_calendar& days);

/// "周报 2026-W31 / Weekly report 2026-W31"
std::string title_of(events::report::kind kind, const formula::period& of);

}  // namespace core::reporting
