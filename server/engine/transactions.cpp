// Transactions: parts decided one after another into one batch, and taken back where any of them is refused.

#include "core/calendar/calendar.hpp"
#include "core/definitions/definitions.hpp"
#include "server/engine/decider.hpp"
#include "server/engine/deciding.hpp"
#include "server/engine/refusals.hpp"

namespace server::engine {
namespace {

/// Of one transaction. It is in memory as a whole until it is durable.
constexpr std::size_t events_max = 50'000;

// The same can be said of a transaction that is read back from the log. What there is one of was always there.
bool is_created(const events::envelope& about, events::member_id by) {
    using enum events::category;
    const auto kind = about.stream.kind;
    return about.version.value == 1 && about.actor == by && kind != org && kind != calendar && kind != definitions;
}

}  // namespace

void decider::decide_together(request&& asked, events::instant now, batch& open) {
    last_time_ = std::max(last_time_, now);
    auto what = settle_together(*asked.together, last_time_, open);
    open.add(asked.shard, {std::move(asked.from), asked.together->id, std::move(what)});
}

answer decider::settle_together(transaction& asked, events::instant now, batch& open) {
    const events::command_key key{asked.actor, asked.id};
    if (!asked.dry_run) {
        try {
            if (auto known = seen_before(key, asked.digest, &decider::read_done_together)) return *known;
        } catch (const std::runtime_error& e) {  // the log or its index can't be read just there
            return refused{refusal_of(e), {}};
        }
        if (full_) return refused{disk_full, {}};
    }
    const auto head = head_;
    const auto from = open.made->events.size();
    const auto erased = open.erased.size();
    done_together told{head, 0, {}, asked.dry_run};
    undo_.emplace();
    undo_->keep(evidence_);
    auto no = try_together(asked, now, open, told);
    std::optional<refused> unkept;
    if (!asked.dry_run && no.parts.empty()) {
        try {
            unkept = unsealable(open, from);
        } catch (const std::runtime_error& e) {
            unkept = refused{refusal_of(e), {}};
        }
    }
    if (asked.dry_run || unkept || !no.parts.empty()) take_back(head, from, erased, open);
    undo_.reset();
    entities_.let_go();
    if (unkept) return *unkept;
    if (!no.parts.empty()) return no;
    if (asked.dry_run) return told;
    if (told.count > 0) told.position = events::next(head);
    for (auto i = from; i < open.made->events.size(); ++i) {
        auto& one = open.made->events[i];
        encode(one);
        if (is_created(one.what.envelope, asked.actor)) told.created.push_back(one.what.envelope.stream);
    }
    remember(key, {told.position, told.count, mac_of(key, asked.digest)}, told, open);
    return told;
}

refused_together decider::try_together(transaction& asked, events::instant now, batch& open, done_together& told) {
    refused_together no{{}, asked.dry_run};
    const auto from = open.made->events.size();
    std::vector<std::optional<events::stream_id>> made(asked.parts.size());
    for (std::uint32_t i = 0; i < asked.parts.size(); ++i) {
        auto& part = asked.parts[i];
        const auto refuse = [&](const core::refusal& why) { no.parts.push_back({i, {why, {}}}); };
        if (part.skipped) {
            refuse(unreadable_part);
            continue;
        }
        if (part.target_made_by) part.target = *part.target_made_by < i ? made[*part.target_made_by] : std::nullopt;
        if ((part.target_made_by && !part.target) || (part.refers && !deciding_of(part.what.category()).resolve(part.what, made))) {
            refuse(bad_reference);
            continue;
        }
        if (open.made->events.size() - from >= events_max) {
            refuse(transaction_too_large);
            break;
        }
        const bool creates = part.what.makes_something();
        client_command one{asked.id,    asked.actor,          part.target,
                           part.expect, std::move(part.what), open.made->events.size() == from ? asked.digest : 0};
        const auto what = apply(one, now, open);
        if (const auto* why = std::get_if<refused>(&what)) {
            no.parts.push_back({i, *why});
            continue;
        }
        const auto& yes = std::get<done>(what);
        told.count += yes.count;
        if (creates) made[i] = yes.stream;
    }
    return no;
}

void decider::take_back(events::position head, std::size_t events, std::size_t erased, batch& open) {
    undo_->restore(people_, evidence_);
    const bool rules_changed = entities_.of<core::calendar>().has_kept() || entities_.of<core::definitions>().has_kept();
    entities_.put_back();
    if (rules_changed) settle();
    head_ = head;
    open.made->events.resize(events);
    open.erased.resize(erased);
}

answer decider::read_done_together(const events::outcome& what) const {
    done_together told{what.first, what.count, {}, false};
    if (what.count == 0) return told;
    events::decoder read;
    std::optional<events::member_id> actor;
    log_.read_all(what.first, events::direction::forwards, [&](events::position p, std::string_view bytes) {
        const auto about = read.decode_envelope(bytes);
        if (!about) return false;
        if (!actor) actor = about->actor;
        if (is_created(*about, *actor)) told.created.push_back(about->stream);
        return p.value + 1 < what.first.value + what.count;
    });
    return told;
}

}  // namespace server::engine
