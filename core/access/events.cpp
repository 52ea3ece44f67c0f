#include "core/access/events.hpp"

#include "core/access/access.hpp"
#include "core/kind.hpp"
#include "core/views/views.hpp"

#include <algorithm>

namespace core::access {

namespace {

/// Deleted is gone, for everybody. What stood before an edit is its author's and the audit's (D14).
struct words_of {
    const views::message_log& in;
    events::position at;
    const person& reader;

    sight said(events::message_no n, member_id author) const {
        const auto m = in.find(n);
        if (!m || m->deleted) return sight::gone;
        return m->text == at || author == reader.id || reader.has("AU") ? sight::whole : sight::wordless;
    }
    sight operator()(const events::channel::posted& e) const { return said(e.message, e.text.of); }
    sight operator()(const events::channel::imported& e) const { return said(e.message, e.author); }
    sight operator()(const events::channel::edited& e) const { return said(e.message, e.text.of); }
    sight operator()(const events::channel::topic_set& e) const {
        const auto m = in.find(e.message);
        return !m || m->deleted ? sight::gone : sight::whole;
    }
    sight operator()(const auto&) const { return sight::whole; }
};

}  // namespace

sight in_channel(const events::recorded& what, const views::channel_row& now, const person& reader) {
    const auto& said = events::get<events::channel::any>(what.event);
    if (!may_be_pushed(said, reader)) return sight::nothing;
    return std::visit(words_of{now.messages, what.envelope.position, reader}, said);
}

sight in_audit(const events::recorded& what, const views::views& now, const context& by) {
    const auto stream = what.envelope.stream;
    // Who sets people up sees none of their work (D11): of that, only that it happened.
    const auto is_set_up = [](events::category k) {
        return k == events::category::member || k == events::category::org || k == events::category::calendar || k == events::category::definitions;
    };
    if (!by.actor->has("AU") && !is_set_up(stream.kind)) return sight::bare;
    switch (stream.kind) {
        case events::category::channel: {
            const auto* row = now.channels.row({stream.number});
            const bool seen = row && may_see_channel(*row, *by.actor);
            return seen ? std::max(in_channel(what, *row, *by.actor), sight::bare) : sight::bare;
        }
        case events::category::task: {
            // Whom an appraisal, or what is made of it, is for reads it there: no audit does.
            const auto* row = now.board.row({stream.number});
            return row && !row->improvement ? sight::whole : sight::bare;
        }
        default: return kind_of(stream.kind)->is_confidential() ? sight::bare : sight::whole;
    }
}

sight elsewhere(const events::recorded& what, const views::views& now, const context& by) {
    const auto stream = what.envelope.stream;
    const auto if_seen = [](bool seen) { return seen ? sight::whole : sight::nothing; };
    switch (stream.kind) {
        case events::category::task: {
            const auto* row = now.board.row({stream.number});
            return if_seen(row && may_see_task(*row, by));
        }
        case events::category::channel: {
            const auto* row = now.channels.row({stream.number});
            return row && may_see_channel(*row, *by.actor) ? in_channel(what, *row, *by.actor) : sight::nothing;
        }
        case events::category::member:
        case events::category::org:
        case events::category::calendar:
        case events::category::definitions: return if_seen(by.actor->active);
        default: break;
    }
    const auto* list = now.lists.find(stream.kind);
    const auto of = list ? list->at(stream.number) : entity();
    return if_seen(of && of.may_see(by) && of.may_read(what.event, by));
}

}  // namespace core::access
