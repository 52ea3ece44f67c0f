#include "core/access/events.hpp"

#include "core/access/access.hpp"
#include "core/access/entities.hpp"
#include "core/views/views.hpp"

namespace core::access {

bool may_read_event(const events::envelope& about, const person& reader, const views::views& all) {
    if (about.stream.kind == events::category::channel) {
        const auto* row = all.channels.row({about.stream.number});
        return row && may_see_channel(*row, reader);
    }
    // Whom an appraisal, or what is made of it, is for reads it there (D5): no audit does.
    return about.stream.kind != events::category::appraisal && about.stream.kind != events::category::incentive &&
           about.stream.kind != events::category::desk;
}

namespace {

template <class A>
bool may_see_of(const views::entity_list<A>& list, const events::recorded& what, const context& by) {
    const auto* row = list.row(what.envelope.stream.number);
    return row && may_see(row->state, by) && may_read(std::get<typename A::event>(what.event), row->state, by);
}

}  // namespace

bool may_see_event(const events::recorded& what, const views::views& all, const context& by) {
    const auto stream = what.envelope.stream;
    switch (stream.kind) {
        case events::category::task: {
            const auto* row = all.board.row({stream.number});
            return row && may_see_task(*row, *by.actor);
        }
        case events::category::channel: {
            const auto* row = all.channels.row({stream.number});
            return row && may_see_channel(*row, *by.actor) && may_be_pushed(std::get<events::channel::any>(what.event), *by.actor);
        }
        case events::category::member:
        case events::category::org:
        case events::category::calendar:
        case events::category::definitions: return by.actor->active;
        case events::category::indicators: return may_see_of(all.templates, what, by);
        case events::category::desk: return false;
        default: break;
    }
    bool seen = false;
    all.each_flow([&](const auto& list) { seen = seen || (list.category == stream.kind && may_see_of(list, what, by)); });
    return seen;
}

}  // namespace core::access
