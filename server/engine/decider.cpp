#include "server/engine/decider.hpp"

#include "core/access/access.hpp"
#include "core/access/entities.hpp"
#include "core/kernel/fields.hpp"
#include "core/kernel/verify.hpp"
#include "core/policies/policies.hpp"
#include "server/engine/refusals.hpp"

#include <cstring>

namespace server::engine {

using core::verify;

namespace {

constexpr std::uint64_t no_events_digest = 0;
const core::definitions_of_flows::state nothing_amended{};

// What somebody may not even know of. Tasks and members refuse by their rules instead: their numbers are no secret.
bool hidden(const core::context&, const auto&) { return false; }
bool hidden(const core::context& by, const core::channel::state& c) {
    return by.actor && !core::access::may_see_channel(c, *by.actor);
}
template <class State>
    requires requires(const State& s, const core::context& by) { core::access::may_know_of(s, by); }
bool hidden(const core::context& by, const State& s) {
    return by.actor && !core::access::may_know_of(s, by);
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

decider::decider(events::log& log, events::keyring& keys, std::chrono::minutes utc_offset, const core::files* files)
    : log_(log), keys_(keys), utc_offset_(utc_offset), files_(files), past_(log), book_(nothing_amended) {}

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
    by.past = &past_;
    by.zone_offset = utc_offset_;
    return by;
}

void decider::settle() {
    const auto* c = entities_.find<core::calendar>(1);
    calendar_ = c ? c->days() : core::working_calendar();
    const auto* d = entities_.find<core::definitions_of_flows>(1);
    book_ = core::amended_book(d ? *d : nothing_amended);
}

void decider::refresh(const events::recorded& happened) {
    if (std::holds_alternative<events::member::any>(happened.event)) {
        if (undo_) undo_->keep(people_);
        people_.apply(happened);
    }
    if (std::holds_alternative<events::calendar::any>(happened.event)) calendar_ = entities_.find<core::calendar>(1)->days();
    if (std::holds_alternative<events::definitions::any>(happened.event))
        book_ = core::amended_book(*entities_.find<core::definitions_of_flows>(1));
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
    // A clock that is set back must not make the log go back.
    last_time_ = std::max(last_time_, now);
    auto what = settle(asked.command, last_time_, open);
    open.add(asked.shard, {std::move(asked.from), asked.command.id, std::move(what)});
}

answer decider::settle(const client_command& asked, events::instant now, batch& open) {
    const events::command_key key{asked.actor, asked.id};
    if (auto known = seen_before(key, asked.digest, &decider::read_done)) return *known;
    auto told = apply(asked, now, open);
    if (const auto* yes = std::get_if<done>(&told); yes && yes->count > 0) remember(key, {yes->position, yes->count, asked.digest}, told, open);
    return told;
}

void decider::remember(const events::command_key& key, const events::outcome& what, const answer& told, batch& open) {
    pending_.emplace(key, pending{what, told});
    open.commands.push_back(key);
}

std::optional<answer> decider::seen_before(const events::command_key& key, std::uint64_t digest,
                                           answer (decider::*read)(const events::outcome&) const) const {
    if (const auto found = pending_.find(key); found != pending_.end()) {
        if (found->second.outcome.digest != digest) return refused{command_id_reused, {}};
        return found->second.told;
    }
    const auto outcome = log_.find_command(key);
    if (!outcome) return std::nullopt;
    if (outcome->digest != digest) return refused{command_id_reused, {}};
    return (this->*read)(*outcome);
}

// What was told then: where the command's own events left the stream. They come before what followed by itself.
answer decider::read_done(const events::outcome& what) const {
    done told{what.first, {}, {}, what.count};
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
    return std::visit([&](const auto& group) {
        return run<aggregate_of_command<std::decay_t<decltype(group)>>>(asked, group, by, open);
    }, asked.what);
}

template <core::decider A>
answer decider::run(const client_command& asked, const typename A::command& what, const core::context& by_all, batch& open) {
    auto& entities = entities_.of<A>();
    constexpr bool singleton = core::flow::is_singleton<A>;
    const bool creating = std::visit([](const auto& c) { return core::creates<std::decay_t<decltype(c)>>; }, what);
    if (asked.target && (asked.target->kind != A::category || (singleton && asked.target->number != 1))) return refused{wrong_target, {}};
    if (!singleton && creating == asked.target.has_value()) return refused{wrong_target, {}};

    core::context by = by_all;
    by.fresh = entities.highest() + 1;
    const std::uint64_t number = singleton ? 1 : creating ? by.fresh : asked.target->number;
    static const slot<A> nothing{};
    slot<A>* known = entities.find(number);
    if (!singleton && !creating && (!known || hidden(by, known->state))) return refused{not_found, {}};
    const slot<A>& before = known ? *known : nothing;
    if (asked.expect && *asked.expect != before.version) return refused{stale_version, before.version};

    auto decision = A::decide(before.state, what, by);
    if (!decision) {
        const auto why = A::explain(decision.error());
        return refused{why, {}, std::visit([&]<class C>(const C&) { return why.field.empty() ? std::string() : core::place_of<C>(why.field); }, what)};
    }
    const events::stream_id stream{A::category, number};
    if (decision->empty()) return done{before.position, stream, before.version, 0};

    if (undo_) undo_->keep(entities, number);
    slot<A>& after = entities.grow_to(number);
    done told{events::next(head_), stream, after.version, 0};
    const auto from = open.made->events.size();
    for (auto& happened : *decision) {
        after.evolve(happened, {events::next(head_), stream, events::next(after.version), by.now});
        record(asked, stream, after.version, events::any(std::move(happened)), by.now, told.count == 0, open);
        ++told.count;
    }
    told.version = after.version;
    if (asked.follows_from) return told;
    told.count += follow(asked, by.now, from, open);
    return told;
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

void decider::record(const client_command& asked, events::stream_id stream, events::version version, events::any&& happened,
                     events::instant now, bool first, batch& open) {
    head_ = events::next(head_);
    committed_event made;
    made.what.envelope = {head_, stream, version, now, asked.actor, asked.id, asked.id, first ? asked.digest : no_events_digest};
    made.what.event = std::move(happened);
    const auto* about = std::get_if<events::member::any>(&made.what.event);
    if (about && std::holds_alternative<events::member::erased>(*about)) open.erased.push_back({stream.number});
    refresh(made.what);
    evidence_.apply(made.what, entities_, utc_offset_);
    if (!undo_) encode(made);
    open.made->events.push_back(std::move(made));
}

void decider::encode(committed_event& made) {
    const auto* about = std::get_if<events::member::any>(&made.what.event);
    if (about && std::holds_alternative<events::member::joined>(*about)) keys_.create({made.what.envelope.stream.number});
    made.bytes = events::encode(made.what.envelope, made.what.event, keys_);
}

}  // namespace server::engine
