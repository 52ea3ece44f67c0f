#include "server/wire/flows/evidence.hpp"

#include "core/access/events.hpp"
#include "core/appraisal/visibility.hpp"
#include "events/codec/codec.hpp"
#include "server/wire/json_object.hpp"
#include "server/wire/list_json.hpp"
#include "server/wire/shown_event.hpp"

namespace server::wire {

using core::appraisal;
using models = core::views::views;

reading read_evidence(const documents& from, events::member_id who, events::appraisal_id which) {
    struct pointed {
        std::string indicator;
        appraisal::piece piece;
        std::string event;  // empty: not for this reader
    };
    std::vector<pointed> all;
    auto found = from.with_reader(who, [&](const models& v, events::position at, const core::context& by) -> reading {
        const auto* row = v.of<core::appraisal>().row(which.value);
        if (!row || !may_see(row->state, by) || !from.still_lets_see(stream_of(which), who)) return missing();
        for (const auto& p : row->state.evidence)
            if (may_see_piece(p, row->state, who)) all.push_back({row->state.indicators[p.indicator].code, p, {}});
        return document{{}, at};
    });
    auto* d = std::get_if<document>(&found);
    if (!d) return found;
    events::decoder decode;
    for (auto& one : all) {
        std::optional<events::recorded> event;
        std::string stored;
        from.log().read_one(one.piece.at, [&](events::position, std::string_view bytes) {
            if (auto e = decode.decode(bytes)) event = std::move(*e);
            stored = bytes;
            return false;
        });
        if (!event) continue;
        const auto how = from.seen_by(who, *event);
        if (how != core::access::sight::nothing) one.event = shown_event(stored, from.keys(), how);
    }
    d->body = open_list(d->at);
    for (const auto& one : all) {
        comma(d->body);
        json_object o(d->body);
        o.put("indicator", one.indicator).put("at", one.piece.at).put("by", one.piece.by).put("removed", one.piece.removed);
        if (!one.event.empty()) o.name("event") += one.event;
    }
    close_list(d->body, 0);
    return found;
}

}  // namespace server::wire
