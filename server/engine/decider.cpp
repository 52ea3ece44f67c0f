#include "server/engine/decider.hpp"

#include "core/calendar/calendar.hpp"
#include "core/kernel/verify.hpp"
#include "core/kind.hpp"
#include "core/org/org.hpp"
#include "core/task/task.hpp"
#include "core/policies/policies.hpp"
#include "core/views/set_backs.hpp"
#include "events/codec/group_codec.hpp"
#include "events/keys/cipher.hpp"
#include "server/engine/deciding.hpp"
#include "server/engine/refusals.hpp"

#include <cstring>

namespace server::engine {

using core::verify;

namespace {

const core::definitions::state nothing_amended{};

/// Where it is to happen; without a target, in what there is one of.
events::stream_id aimed_at(const client_command& asked) {
    if (asked.target) return *asked.target;
    return {asked.what.category(), 1};
}

}  // namespace

std::size_t decider::key_hash::operator()(const events::command_key& k) const noexcept {
    // A UUID's last eight bytes are random, or at least differ.
    std::uint64_t tail;
    std::memcpy(&tail, k.id.bytes.data() + 8, sizeof tail);
    std::uint64_t lead;
    std::memcpy(&lead, k.id.bytes.data(), sizeof lead);
    return tail ^ lead * 0x9E3779B97F4A7C15ull ^ k.actor.value;
}

decider::decider(events::log& log, events::keyring& keys, std::chrono::minutes utc_offset, const core::files* files, const core::sign_ins* accounts)
    : log_(log), keys_(keys), utc_offset_(utc_offset), files_(files), accounts_(accounts), past_(log), book_(nothing_amended) {}

core::context decider::at(events::instant now) const {
    core::context by{};
    by.now = now;
    by.today = core::date_in(now, utc_offset_);
    by.people = &people_;
    by.others = &entities_;
    by.calendar = &calendar_;
    if (const auto* o = entities_.find<core::org>(1)) by.how = &o->settings;
    by.flows = &book_;
    by.prints = &prints_;
    by.files = files_;
    by.accounts = accounts_;
    by.past = &past_;
    by.zone_offset = utc_offset_;
    return by;
}

void decider::settle() {
    const auto* c = entities_.find<core::calendar>(1);
    calendar_ = c ? c->days() : core::working_calendar();
    const auto* d = entities_.find<core::definitions>(1);
    book_ = core::amended_flows(d ? *d : nothing_amended);
}

void decider::refresh(const events::recorded& happened) {
    if (events::holds_alternative<events::member::any>(happened.event)) {
        if (undo_) undo_->keep(people_);
        people_.apply(happened);
    }
    if (const auto to = core::views::set_back_by(happened)) {
        entities_.not_after(*to);
        evidence_.not_after(core::date_in(*to, utc_offset_));
        last_time_ = *to;
    }
    if (events::holds_alternative<events::calendar::any>(happened.event)) calendar_ = entities_.find<core::calendar>(1)->days();
    if (events::holds_alternative<events::definitions::any>(happened.event))
        book_ = core::amended_flows(*entities_.find<core::definitions>(1));
}

void decider::replay(const events::recorded& happened) {
    entities_.apply(happened);
    refresh(happened);
    evidence_.apply(happened, entities_, utc_offset_);
    head_ = happened.envelope.position;
    last_time_ = std::max(last_time_, happened.envelope.time);
}

void decider::forget(const std::vector<events::command_key>& durable) {
    for (const auto& key : durable) pending_.erase(key);
}

void decider::decide(request&& asked, events::instant now, batch& open) {
    if (asked.together) return decide_together(std::move(asked), now, open);
    // A clock that is set back must not make the log go back, but by an event that says so (set_clock_back).
    last_time_ = std::max(last_time_, now);
    auto what = asked.command.left ? try_out(asked.command, last_time_, open) : std::optional(settle(asked.command, last_time_, open));
    if (what) open.add(asked.shard, {std::move(asked.from), asked.command.id, std::move(*what)});
    else open.unmade.push_back(std::move(asked));
}

std::optional<answer> decider::try_out(const client_command& asked, events::instant now, batch& open) {
    try {
        if (asked.digest != 0)
            if (auto known = seen_before({asked.actor, asked.id}, asked.digest, &decider::read_done)) return known;
    } catch (const std::runtime_error& e) {  // the log or its index can't be read just there
        return refused{refusal_of(e), {}};
    }
    if (full_) return refused{disk_full, {}};
    transaction alone{asked.id, asked.actor, {}, 1, true};
    alone.parts.push_back({asked.target, {}, asked.expect, asked.what});
    const auto what = settle_together(alone, now, open);
    if (const auto* no = std::get_if<refused_together>(&what)) return no->parts.front().why;
    return std::nullopt;
}

answer decider::settle(const client_command& asked, events::instant now, batch& open) {
    const events::command_key key{asked.actor, asked.id};
    try {
        if (auto known = seen_before(key, asked.digest, &decider::read_done)) {
            // Where nothing had ever happened no event says where that was.
            if (auto* yes = std::get_if<done>(&*known); yes && !yes->position) yes->stream = aimed_at(asked);
            return *known;
        }
    } catch (const std::runtime_error& e) {  // the log or its index can't be read just there
        return refused{refusal_of(e), {}};
    }
    if (full_) return refused{disk_full, {}};
    auto told = apply(asked, now, open);
    if (const auto* yes = std::get_if<done>(&told)) {
        // What somebody sent may come again; what the clock brings is asked anew, as there may be something to it by then.
        const bool may_come_again = asked.digest != 0 && asked.actor != events::the_system;
        if (yes->count > 0 || may_come_again) remember(key, {yes->position, yes->count, mac_of(key, asked.digest)}, told, open);
    }
    return told;
}

void decider::remember(const events::command_key& key, const events::outcome& what, const answer& told, batch& open) {
    pending_.emplace(key, pending{what, told});
    open.commands.push_back(key);
    if (what.count == 0) open.idle.push_back({key, what.first, what.digest});
}

std::optional<answer> decider::seen_before(const events::command_key& key, std::uint64_t digest,
                                           answer (decider::*read)(const events::outcome&) const) const {
    // Before digests were keyed they were recorded as they are.
    const auto is_same = [&](std::uint64_t recorded) { return recorded == digest || recorded == mac_of(key, digest); };
    if (const auto found = pending_.find(key); found != pending_.end()) {
        if (!is_same(found->second.outcome.digest)) return refused{command_id_reused, {}};
        return found->second.told;
    }
    const auto outcome = log_.find_command(key);
    if (!outcome) return std::nullopt;
    if (!is_same(outcome->digest)) return refused{command_id_reused, {}};
    return (this->*read)(*outcome);
}

std::uint64_t decider::mac_of(const events::command_key& key, std::uint64_t digest) const {
    return digest == 0 ? 0 : keys_.mac(key.actor, key.id, digest);
}

// What was told then: where the command's own events left the stream, or the last one had left it. They come before what
// followed by itself.
answer decider::read_done(const events::outcome& what) const {
    done told{what.first, {}, {}, what.count};
    if (!what.first) return told;
    std::optional<events::member_id> actor;
    events::decoder read;
    log_.read_all(what.first, events::direction::forwards, [&](events::position p, std::string_view bytes) {
        const auto about = read.decode_envelope(bytes);
        if (!about) return false;
        if (!actor) {
            actor = about->actor;
            told.stream = about->stream;
        } else if (about->stream != told.stream || about->actor != *actor) {
            return false;
        }
        told.version = about->version;
        return p.value + 1 < what.first.value + what.count;
    });
    return told;
}

answer decider::apply(const client_command& asked, events::instant now, batch& open) {
    auto by = at(now);
    if (asked.actor != events::the_system) {
        by.actor = people_.find(asked.actor);
        if (!by.actor) return refused{not_found, {}};
    }
    return deciding_of(asked.what.category()).run(*this, asked, by, open);
}

bool decider::was_made_by(events::stream_id which, events::member_id who) const {
    bool made = false;
    events::decoder read;
    log_.read_stream(which, {1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        const auto about = read.decode_envelope(bytes);
        made = about && about->actor == who;
        return false;
    });
    return made;
}

std::uint32_t decider::follow(const client_command& asked, events::instant now, std::size_t from, batch& open) {
    // What follows may have followers of its own; none of them goes round in a circle, and this is where one would end.
    constexpr std::size_t follow_ups_max = 100'000;
    std::uint32_t count = 0;
    for (auto i = from; i < open.made->events.size(); ++i) {
        verify(i - from < follow_ups_max, "policies come to an end");
        for (auto& one : core::policies::follow(open.made->events[i].what, at(now))) {
            client_command c{asked.id, events::the_system, one.target, {}, std::move(one.what), 0, true};
            const auto what = apply(c, now, open);
            if (const auto* done_so = std::get_if<done>(&what)) count += done_so->count;
        }
    }
    return count;
}

void decider::record(const events::envelope& about_it, events::any&& happened, batch& open) {
    head_ = about_it.position;
    committed_event made;
    made.what.envelope = about_it;
    // A keyed digest is as good as a salt.
    if (!about_it.keyed && may_be_hidden(about_it.stream)) made.what.envelope.salt = events::make_salt();
    made.what.event = std::move(happened);
    const auto* about = events::get_if<events::member::any>(&made.what.event);
    if (about && std::holds_alternative<events::member::erased>(*about)) open.erased.push_back({about_it.stream.number});
    refresh(made.what);
    evidence_.apply(made.what, entities_, utc_offset_);
    if (!undo_) encode(made);
    open.made->events.push_back(std::move(made));
}

bool decider::may_be_hidden(events::stream_id stream) const {
    using enum events::category;
    if (stream.kind == task) {
        const auto* t = entities_.of<core::task>().find(stream.number);
        return t && t->state.improvement;
    }
    return stream.kind == channel || core::kind_of(stream.kind)->is_confidential();
}

std::optional<refused> decider::unsealable(const batch& open, std::size_t from) {
    const auto& all = open.made->events;
    for (auto i = from; i < all.size(); ++i)
        if (const auto* about = events::get_if<events::member::any>(&all[i].what.event); about && std::holds_alternative<events::member::joined>(*about))
            keys_.create({all[i].what.envelope.stream.number});
    std::optional<refused> no;
    for (auto i = from; i < all.size(); ++i)
        events::codec::codec_of(all[i].what.event).each_personal(std::as_const(all[i].what.event), [&](const events::personal& p) {
            if (p.is == events::personal::form::clear && !keys_.has(p.of)) no = refused{key_lost, {}};
        });
    return no;
}

void decider::encode(committed_event& made) { made.bytes = events::encode(made.what.envelope, made.what.event, keys_); }

}  // namespace server::engine
