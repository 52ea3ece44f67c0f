#pragma once
// Every event there is, for tests that try them all. What deals with any event includes events/catalog/any.hpp.

#include "events/catalog/alert.hpp"
#include "events/catalog/alert_rule.hpp"
#include "events/catalog/analysis.hpp"
#include "events/catalog/any.hpp"
#include "events/catalog/appraisal.hpp"
#include "events/catalog/calendar.hpp"
#include "events/catalog/channel.hpp"
#include "events/catalog/collection.hpp"
#include "events/catalog/cycle.hpp"
#include "events/catalog/definitions.hpp"
#include "events/catalog/delivery.hpp"
#include "events/catalog/desk.hpp"
#include "events/catalog/election.hpp"
#include "events/catalog/envelope.hpp"
#include "events/catalog/incentive.hpp"
#include "events/catalog/indicators.hpp"
#include "events/catalog/member.hpp"
#include "events/catalog/metric.hpp"
#include "events/catalog/org.hpp"
#include "events/catalog/project.hpp"
#include "events/catalog/proposal.hpp"
#include "events/catalog/query.hpp"
#include "events/catalog/recommendation.hpp"
#include "events/catalog/report.hpp"
#include "events/catalog/request.hpp"
#include "events/catalog/source.hpp"
#include "events/catalog/strategy.hpp"
#include "events/catalog/task.hpp"

#include <boost/mp11/list.hpp>

namespace events {

/// What each aggregate's events are.
using groups = boost::mp11::mp_list<member::any, channel::any, task::any, request::any, project::any, org::any, calendar::any, definitions::any,
                                    indicators::any, cycle::any, appraisal::any, incentive::any, election::any, desk::any, analysis::any,
                                    strategy::any, proposal::any, source::any, collection::any, delivery::any, metric::any,
                                    query::any, alert_rule::any, alert::any, report::any, recommendation::any>;

}  // namespace events
