#pragma once
// Who may see which entity of a flow, under one name for all of them. The rules are those of access.hpp and of the
// aggregates; here the reader is `by.actor`, who is never null.

#include "core/commands.hpp"
#include "core/kernel/context.hpp"

namespace core::access {

bool may_see(const request::state& of, const context& by);
bool may_see(const project::state& of, const context& by);
/// Duties and what they are measured by are for everyone here (S1.1).
bool may_see(const indicators::state& of, const context& by);
bool may_see(const cycle::state& of, const context& by);
bool may_see(const appraisal::state& of, const context& by);
bool may_see(const incentive::state& of, const context& by);
bool may_see(const election::state& of, const context& by);
/// Who shares its project as well (S1.3.4); of a strategy, once it was published.
bool may_see(const analysis::state& of, const context& by);
bool may_see(const strategy::state& of, const context& by);
bool may_see(const proposal::state& of, const context& by);
/// What somebody is told by itself is for them alone.
bool may_see(const desk::state& of, const context& by);

/// Whether a command about it is refused by its rules rather than as about nothing: whoever may see it, and whoever has
/// a part in it that does not let them read it. A superior leader applies results that they do not read.
template <class State>
    requires requires(const State& of, const context& by) { may_see(of, by); }
bool may_know_of(const State& of, const context& by) {
    return may_see(of, by);
}
bool may_know_of(const appraisal::state& of, const context& by);

/// What one event of a flow says, for who may see the entity.
bool may_read(const events::request::any& what, const request::state& of, const context& by);
bool may_read(const events::project::any& what, const project::state& of, const context& by);
bool may_read(const events::indicators::any& what, const indicators::state& of, const context& by);
bool may_read(const events::cycle::any& what, const cycle::state& of, const context& by);
bool may_read(const events::appraisal::any& what, const appraisal::state& of, const context& by);
bool may_read(const events::incentive::any& what, const incentive::state& of, const context& by);
bool may_read(const events::election::any& what, const election::state& of, const context& by);
bool may_read(const events::analysis::any& what, const analysis::state& of, const context& by);
bool may_read(const events::strategy::any& what, const strategy::state& of, const context& by);
bool may_read(const events::proposal::any& what, const proposal::state& of, const context& by);
bool may_read(const events::desk::any& what, const desk::state& of, const context& by);

/// Whether the reader may see the entity whose stream it is. `by.others` knows it; what it does not know, nobody sees.
/// Of tasks it does not say who assigned them, so that does not count here.
bool may_see(events::stream_id which, const context& by);

}  // namespace core::access
