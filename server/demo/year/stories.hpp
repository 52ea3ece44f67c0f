#pragma once
// What happens in the year, put on the stage: each story schedules its own next steps.

#include "server/demo/year/world.hpp"

namespace server::demo::year {

/// Requests, and the projects that come of them: 54 and 40.
void put_projects(world& w, date first_day);

/// So many tasks, from the first working day to the last.
void put_tasks(world& w, date first_day, date last_day, std::size_t count);

/// So many messages, over the working days.
void put_messages(world& w, date first_day, date last_day, std::size_t count);

/// Quarterly cycles, the annual one, and everyone's appraisals in them, with what is made of the results.
void put_appraisals(world& w, int year);

/// Of outstanding employees.
void put_elections(world& w, int year);

/// Regular analyses, strategies and plans, proposals.
void put_strategies(world& w, date first_day);

/// Where data comes from.
void put_sources(world& w, date first_day);

/// What is collected from them, and comes by the day.
void put_collections(world& w, date first_day, date last_day);

/// The metric system. What it is calculated from is collected by then.
void put_metrics(world& w, date first_day);

/// Periodic reports, and what is made of their recommendations.
void put_reports(world& w, date first_day, date last_day);

/// Rules of early warning, and what they saw.
void put_alerts(world& w, date first_day);

/// A working day `n` after `from`; `from` is 0.
inline date working_day(const world& w, date from, unsigned n) { return w.on.days().after(w.on.days().after(from, 0), n); }

}  // namespace server::demo::year
