#include "server/engine/decider.hpp"

#include "core/access/access.hpp"
#include "core/kernel/seen.hpp"
#include "core/cited.hpp"
#include "core/kernel/field_fault.hpp"
#include "core/kernel/fields.hpp"
#include "core/kernel/verify.hpp"
#include "core/org/org.hpp"
#include "core/policies/policies.hpp"
#include "core/views/set_backs.hpp"
#include "events/codec/describe.hpp"
#include "events/keys/cipher.hpp"
#include "server/engine/refusals.hpp"

#include <cstring>

namespace server::engine {

using core::verify;

namespace {

const core::definitions_of_flows::state nothing_amended{};

/// What there is, for who named a department or a role that there is not.
std::string choices_of(events::category kind, const core::refusal& why, const core::context& by) {
    const bool department = why.code == "unknown_department" || why.code == "bad_electorate" ||
                            (kind == events::category::task && why.code == "bad_department");
    if (department) return core::known_departments(by);
    const bool role = why.code == "unknown_role" || (kind == events::category::indicators && why.code == "bad_role");
    return role ? core::known_roles(by) : std::string();
}

/// What somebody may not even know of. Members refuse by their rules instead, as the directory is everybody's.
template <class A, class Command>
bool is_hidden(const core::context& by, const typename A::state& s, const Command& what) {
    // An administrator appoints the keeper of a channel that they can't look into.
    if constexpr (std::is_same_v<Command, core::channel::appoint_keeper>)
        return by.actor && !core::access::may_see_channel(s, *by.actor) && !(by.actor->active && by.actor->has("AD"));
    else if constexpr (std::is_same_v<A, core::channel>)
        return by.actor && !core::access::may_see_channel(s, *by.actor);
    else if constexpr (requires { may_see(s, by); })
        return core::access::is_hidden_from<A>(s, what, by);
    else
        return false;
}

/// Where it is to happen; without a target, in what there is one of.
events::stream_id aimed_at(const client_command& asked) {
    if (asked.target) return *asked.target;
    return std::visit([](const auto& group) { return events::stream_id{aggregate_of_command<std::decay_t<decltype(group)>>::category, 1}; }, asked.what);
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
    const auto* d = entities_.find<core::definitions_of_flows>(1);
    book_ = core::amended_book(d ? *d : nothing_amended);
}

void decider::refresh(const events::recorded& happened) {
    if (std::holds_alternative<events::member::any>(happened.event)) {
        if (undo_) undo_->keep(people_);
        people_.apply(happened);
    }
    if (const auto to = core::views::set_back_by(happened)) {
        entities_.not_after(*to);
        evidence_.not_after(core::date_in(*to, utc_offset_));
        last_time_ = *to;
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
    return std::visit([&](const auto& group) {
        return run<aggregate_of_command<std::decay_t<decltype(group)>>>(asked, group, by, open);
    }, asked.what);
}

template <core::decider A>
bool decider::is_hidden_from(const client_command& asked, const typename A::state& s, const typename A::command& what, const core::context& by) const {
    if (!std::visit([&](const auto& c) { return is_hidden<A>(by, s, c); }, what)) return false;
    // Who assigned a task sees it, which its state does not tell.
    if constexpr (std::is_same_v<A, core::task>) return s.improvement || !was_made_by(*asked.target, asked.actor);
    return true;
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
    try {
        if (!singleton && !creating && (!known || is_hidden_from<A>(asked, known->state, what, by))) return refused{not_found, {}};
    } catch (const std::runtime_error& e) {  // whom it was made by can't be read
        return refused{refusal_of(e), {}};
    }
    const slot<A>& before = known ? *known : nothing;
    if (asked.expect && *asked.expect != before.version) return refused{stale_version, before.version};

    if (asked.actor != events::the_system)
        if (auto place = core::far_day(what, core::last_day_known(by.today))) return refused{core::day_too_far, {}, std::move(*place)};

    if (auto fault = core::field_at_fault<A>(what, before.state, by)) {
        auto why = *fault->why;
        if (why.clause.empty()) why.clause = core::flow::clause_of<A>(A::flow[what.index()], before.state);
        return refused{why, {}, std::move(fault->place)};
    }

    const events::stream_id stream{A::category, number};
    // Nothing has changed yet: what can't be read, or kept, is refused to who asks and to nobody else.
    std::optional<decltype(A::decide(before.state, what, by))> tried;
    try {
        tried.emplace(A::decide(before.state, what, by));
        if (*tried)
            if (auto no = unsealable(**tried, stream)) return *no;
    } catch (const std::runtime_error& e) {
        return refused{refusal_of(e), {}};
    }
    auto& decision = *tried;
    if (!decision) {
        const auto& row = A::flow[what.index()];
        const auto why = core::cited(core::flow::explained<A>(decision.error(), row, before.state, by), row.command, core::flow::clause_of<A>(row, before.state));
        return refused{why, {}, std::visit([&]<class C>(const C&) { return why.field.empty() ? std::string() : core::place_of<C>(why.field); }, what),
                       choices_of(A::category, why, by)};
    }
    if (decision->empty()) return done{before.position, stream, before.version, 0};
    const auto in_place_of = core::flow::stands_in_for<A>(what, before.state, by);

    if (undo_) undo_->keep(entities, number);
    slot<A>& after = entities.grow_to(number);
    done told{events::next(head_), stream, after.version, 0};
    const auto from = open.made->events.size();
    for (auto& happened : *decision) {
        events::envelope about{events::next(head_), stream, events::next(after.version), by.now, asked.actor, asked.id, asked.id};
        if (told.count == 0) about.digest = mac_of({asked.actor, asked.id}, asked.digest);
        about.keyed = about.digest != 0;
        about.in_place_of = in_place_of;
        after.evolve(happened, about);
        record(about, events::any(std::move(happened)), open);
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

void decider::record(const events::envelope& about_it, events::any&& happened, batch& open) {
    head_ = about_it.position;
    committed_event made;
    made.what.envelope = about_it;
    // A keyed digest is as good as a salt.
    if (!about_it.keyed && may_be_hidden(about_it.stream)) made.what.envelope.salt = events::make_salt();
    made.what.event = std::move(happened);
    const auto* about = std::get_if<events::member::any>(&made.what.event);
    if (about && std::holds_alternative<events::member::erased>(*about)) open.erased.push_back({about_it.stream.number});
    refresh(made.what);
    evidence_.apply(made.what, entities_, utc_offset_);
    if (!undo_) encode(made);
    open.made->events.push_back(std::move(made));
}

template <class Events>
std::optional<refused> decider::unsealable(const Events& happened, events::stream_id stream) {
    std::optional<refused> no;
    for (const auto& group : happened)
        std::visit(
            [&](const auto& e) {
                using type = std::decay_t<decltype(e)>;
                if constexpr (std::is_same_v<type, events::member::joined>) {
                    // A transaction's are made once all of it stands.
                    if (!undo_) keys_.create({stream.number});
                } else if constexpr (events::codec::holds_personal<type>()) {
                    events::codec::for_each_personal(e, [&](const events::personal& p) {
                        if (p.is == events::personal::form::clear && !(undo_ ? !keys_.lost(p.of) : keys_.has(p.of))) no = refused{key_lost, {}};
                    });
                }
            },
            group);
    return no;
}

bool decider::may_be_hidden(events::stream_id stream) const {
    using enum events::category;
    if (stream.kind == task) {
        const auto* t = entities_.of<core::task>().find(stream.number);
        return t && t->state.improvement;
    }
    return stream.kind == channel || stream.kind == appraisal || stream.kind == incentive || stream.kind == desk;
}

std::optional<refused> decider::unsealable(const batch& open, std::size_t from) {
    const auto& all = open.made->events;
    for (auto i = from; i < all.size(); ++i)
        if (const auto* about = std::get_if<events::member::any>(&all[i].what.event); about && std::holds_alternative<events::member::joined>(*about))
            keys_.create({all[i].what.envelope.stream.number});
    std::optional<refused> no;
    for (auto i = from; i < all.size(); ++i)
        std::visit([&](const auto& group) {
            std::visit([&](const auto& e) {
                if constexpr (events::codec::holds_personal<std::decay_t<decltype(e)>>())
                    events::codec::for_each_personal(e, [&](const events::personal& p) {
                        if (p.is == events::personal::form::clear && !keys_.has(p.of)) no = refused{key_lost, {}};
                    });
            }, group);
        }, all[i].what.event);
    return no;
}

void decider::encode(committed_event& made) { made.bytes = events::encode(made.what.envelope, made.what.event, keys_); }

}  // namespace server::engine
