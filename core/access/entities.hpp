#pragma once
// Who may see which entity of a flow, under one name for all of them. The rules are those of access.hpp and of the
// aggregates; here the reader is `by.actor`, who is never null.

#include "core/appraisal/visibility.hpp"
#include "core/commands.hpp"
#include "core/kernel/context.hpp"
#include "core/kernel/flow.hpp"

namespace core::access {

bool may_see(const request::state& of, const context& by);
bool may_see(const project::state& of, const context& by);
/// Duties and what they are measured by are for everyone here who is no guest (S1.1).
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

/// What a command refers to: null where there is none that the asker may see, so that what is not theirs is as if it were not
/// there. The system sees all.
template <class A>
const typename A::state* find_seen(std::uint64_t number, const context& by) {
    const auto* found = by.others->find<A>(number);
    return found && (by.by_system() || may_see(*found, by)) ? found : nullptr;
}

/// A task too: what it is refused by without being seen says that it is there.
bool may_see(const task::state& of, const context& by);

/// Whether a command about an entity that the asker may not see is refused as one about nothing. It is, but where the very
/// command is theirs to give now: a superior leader applies results that they do not read.
template <class A, class Command>
bool is_hidden_from(const typename A::state& of, const Command&, const context& by) {
    if (by.by_system() || may_see(of, by)) return false;
    if constexpr (std::is_same_v<A, appraisal>)
        if (may_see_scores(of, *by.actor, by)) return false;
    if constexpr (requires { A::flow; A::relations_of(of, by); }) {
        const auto& row = A::flow[boost::mp11::mp_find<typename A::command, Command>::value];  // known to be in order where it is written
        return flow::who_refuses<A>(row, of, by) || flow::state_refuses<A>(row, of, by);
    } else {
        return true;
    }
}

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
