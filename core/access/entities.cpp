#include "core/access/entities.hpp"

#include "core/access/access.hpp"
#include "core/appraisal/visibility.hpp"

namespace core::access {
namespace {

/// What can be left to somebody can be seen by them while they stand in. Appraisals and elections can't be.
template <class F>
bool self_or_stood_in_for(const context& by, F may) {
    return may(*by.actor) || (by.actor->active && flow::any_principal(by, may));
}

template <class A>
bool may_see_one(events::stream_id which, const context& by) {
    const auto* found = by.others->find<A>(which.number);
    return found && may_see(*found, by);
}

/// What is of a project is shared by all who share that (S1.3.4).
bool shares_project(project_id in, const person& reader, const context& by) {
    const auto* p = in ? by.others->find<project>(in.value) : nullptr;
    return p && may_see_project(*p, reader, *by.others);
}

}  // namespace

bool may_see(const request::state& of, const context& by) {
    return self_or_stood_in_for(by, [&](const person& p) { return may_see_request(of, p); });
}
bool may_see(const project::state& of, const context& by) {
    return self_or_stood_in_for(by, [&](const person& p) { return may_see_project(of, p, *by.others); });
}
bool may_see(const indicators::state& of, const context& by) { return may_see_directory(*by.actor) && of.is != indicators_status::absent; }
bool may_see(const cycle::state& of, const context& by) { return may_see_directory(*by.actor) && of.is != cycle_status::absent; }
bool may_see(const appraisal::state& of, const context& by) { return may_see_appraisal(of, *by.actor, by); }
bool may_see(const incentive::state& of, const context& by) {
    // Not before it is released what is for themselves, whomever they stand in for.
    if (of.member == by.actor->id) return may_see_incentive(of, *by.actor);
    return self_or_stood_in_for(by, [&](const person& p) { return p.id != of.member && may_see_incentive(of, p); });
}
bool may_see(const election::state& of, const context& by) { return may_see_election(of, *by.actor); }
bool may_see(const analysis::state& of, const context& by) {
    return self_or_stood_in_for(by, [&](const person& p) { return may_see_analysis(of, p) || shares_project(of.project, p, by); });
}
bool may_see(const strategy::state& of, const context& by) {
    return self_or_stood_in_for(
        by, [&](const person& p) { return may_see_strategy(of, p, by) || (of.number && shares_project(of.project, p, by)); });
}
bool may_see(const proposal::state& of, const context& by) { return may_see_proposal(of, *by.actor); }
bool may_see(const desk::state& of, const context& by) { return may_see_desk(of, *by.actor); }

bool may_see(const task::state& of, const context& by) {
    return of.is != task_status::absent && may_see_task({of.department, of.to, {}, of.improvement}, by);
}

bool may_read(const events::request::any&, const request::state& of, const context& by) { return may_see(of, by); }
bool may_read(const events::project::any&, const project::state& of, const context& by) { return may_see(of, by); }
bool may_read(const events::indicators::any&, const indicators::state& of, const context& by) { return may_see(of, by); }
bool may_read(const events::cycle::any&, const cycle::state& of, const context& by) { return may_see(of, by); }
bool may_read(const events::appraisal::any& what, const appraisal::state& of, const context& by) {
    return core::may_read(what, of, *by.actor, by);
}
bool may_read(const events::incentive::any& what, const incentive::state& of, const context& by) {
    if (of.member == by.actor->id) return core::may_read(what, of, *by.actor);
    return may_see(of, by);
}
bool may_read(const events::election::any& what, const election::state& of, const context& by) { return core::may_read(what, of, *by.actor); }
bool may_read(const events::analysis::any&, const analysis::state& of, const context& by) { return may_see(of, by); }
bool may_read(const events::strategy::any&, const strategy::state& of, const context& by) { return may_see(of, by); }
bool may_read(const events::proposal::any&, const proposal::state& of, const context& by) { return may_see(of, by); }
bool may_read(const events::desk::any&, const desk::state& of, const context& by) { return may_see(of, by); }

bool may_see(events::stream_id which, const context& by) {
    switch (which.kind) {
        case events::category::task: {
            const auto* t = by.others->find<task>(which.number);
            return t && may_see(*t, by);
        }
        case events::category::channel: {
            const auto* c = by.others->find<channel>(which.number);
            return c && may_see_channel(*c, *by.actor);
        }
        case events::category::request: return may_see_one<request>(which, by);
        case events::category::project: return may_see_one<project>(which, by);
        case events::category::indicators: return may_see_one<indicators>(which, by);
        case events::category::cycle: return may_see_one<cycle>(which, by);
        case events::category::appraisal: return may_see_one<appraisal>(which, by);
        case events::category::incentive: return may_see_one<incentive>(which, by);
        case events::category::election: return may_see_one<election>(which, by);
        case events::category::desk: return may_see_one<desk>(which, by);
        case events::category::analysis: return may_see_one<analysis>(which, by);
        case events::category::strategy: return may_see_one<strategy>(which, by);
        case events::category::proposal: return may_see_one<proposal>(which, by);
        case events::category::member:
        case events::category::org:
        case events::category::calendar:
        case events::category::definitions: return by.actor->active;
        default: return false;
    }
}

}  // namespace core::access
