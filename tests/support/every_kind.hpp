#pragma once
// Every aggregate there is, for tests that try them all. What deals with any of them asks core/kind.hpp.

#include "core/alert/alert.hpp"
#include "core/alert_rule/alert_rule.hpp"
#include "core/analysis/analysis.hpp"
#include "core/any_command.hpp"
#include "core/appraisal/appraisal.hpp"
#include "core/calendar/calendar.hpp"
#include "core/channel/channel.hpp"
#include "core/collection/collection.hpp"
#include "core/cycle/cycle.hpp"
#include "core/definitions/definitions.hpp"
#include "core/delivery/delivery.hpp"
#include "core/desk/desk.hpp"
#include "core/election/election.hpp"
#include "core/incentive/incentive.hpp"
#include "core/indicators/indicators.hpp"
#include "core/member/member.hpp"
#include "core/metric/metric.hpp"
#include "core/org/org.hpp"
#include "core/project/project.hpp"
#include "core/proposal/proposal.hpp"
#include "core/query/query.hpp"
#include "core/recommendation/recommendation.hpp"
#include "core/report/report.hpp"
#include "core/request/request.hpp"
#include "core/source/source.hpp"
#include "core/strategy/strategy.hpp"
#include "core/task/task.hpp"

#include <boost/mp11/list.hpp>

namespace core {

/// Every aggregate there is, in the order of events::any.
using aggregate_list = boost::mp11::mp_list<member, channel, task, request, project, org, calendar, definitions,
                                          indicators, cycle, appraisal, incentive, election, desk, analysis, strategy, proposal,
                                          source, collection, delivery, metric, query, alert_rule, alert, report, recommendation>;

/// What each aggregate's commands are.
using command_groups = boost::mp11::mp_list<member::command, channel::command, task::command, request::command, project::command, org::command,
                                            calendar::command, definitions::command, indicators::command, cycle::command,
                                            appraisal::command, incentive::command, election::command, desk::command, analysis::command,
                                            strategy::command, proposal::command, source::command, collection::command, delivery::command, metric::command,
                                            query::command, alert_rule::command, alert::command, report::command, recommendation::command>;

}  // namespace core
