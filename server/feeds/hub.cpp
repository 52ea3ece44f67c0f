#include "server/feeds/hub.hpp"

#include "core/access/access.hpp"
#include "core/entity.hpp"
#include "server/engine/refusals.hpp"
#include "server/feeds/subscription.hpp"
#include "server/wire/messages.hpp"

#include <algorithm>

namespace server::feeds {

namespace {

/// What of one member changes what others see: whom they review, and whom they stand in for.
bool moves_others_sight(const events::member::any& what) {
    namespace m = events::member;
    return std::holds_alternative<m::superior_set>(what) || std::holds_alternative<m::delegated>(what) || std::holds_alternative<m::delegation_ended>(what) ||
           std::holds_alternative<m::roles_changed>(what) || std::holds_alternative<m::left>(what);
}

/// Whose own sight it changes; 0: nobody's.
events::member_id turned_by(const events::member::any& what, events::member_id about) {
    namespace m = events::member;
    if (const auto* given = std::get_if<m::delegated>(&what)) return given->to;
    if (const auto* taken = std::get_if<m::delegation_ended>(&what)) return taken->to;
    const bool own = std::holds_alternative<m::roles_changed>(what) || std::holds_alternative<m::department_changed>(what) || std::holds_alternative<m::left>(what);
    return own ? about : events::member_id{};
}

/// The kinds whose entities are seen through those of `which`; and those whose dossiers say something of them.
struct dependants {
    std::vector<events::category> seen, told;
};
const dependants& dependants_of(events::category which) {
    static const auto all = [] {
        std::array<dependants, events::category_count> found;
        events::each_category([&](events::category on) {
            auto& of = found[static_cast<std::size_t>(on)];
            core::each_kind([&](const core::kind& kind) {
                if (kind.is_seen_through(on)) of.seen.push_back(kind.category());
                if (kind.tells_of(on)) of.told.push_back(kind.category());
            });
        });
        return found;
    }();
    return all[static_cast<std::size_t>(which)];
}

core::sight_change sight_changed_by(const events::recorded& e) {
    const auto* kind = core::kind_of(e.envelope.stream.kind);
    return kind ? kind->changes_sight(e.event) : core::sight_change{};
}

/// Lists whose rows depend on who reads, and documents whose content does.
bool is_of_what_one_may_see(feed_kind k) {
    return k == feed_kind::board || k == feed_kind::channels || wire::listed_by(k) || (is_latest_wins(k) && wire::stream_of({k, 1}));
}

/// Whether what was shown before is not to be shown again, or not to everybody: words that are gone, people who are.
bool takes_back(const engine::committed& batch) {
    namespace c = events::channel;
    return std::any_of(batch.events.begin(), batch.events.end(), [](const auto& e) {
        if (const auto* said = events::get_if<c::any>(&e.what.event)) return std::holds_alternative<c::deleted>(*said) || std::holds_alternative<c::edited>(*said);
        return events::holds_alternative<events::member::any>(e.what.event);
    });
}

}  // namespace

hub::hub(const wire::documents& read, std::function<void(std::function<void()>)> later, hub_options how)
    : read_(read), later_(std::move(later)), how_(how), head_(read.views().position()), missed_(read, how.replay) {}

hub::~hub() = default;

hub::subscription* hub::find(subscriber& of, const feed& f) {
    const auto mine = by_subscriber_.find(&of);
    if (mine == by_subscriber_.end()) return nullptr;
    for (const auto& s : mine->second)
        if (s->feed == f) return s.get();
    return nullptr;
}

std::optional<wire::problem> hub::subscribe(subscriber& to, const feed& f, std::optional<events::position> after) {
    if (auto no = read_.may_subscribe(f, to.who())) return no;
    unsubscribe(to, f);
    auto& mine = by_subscriber_[&to];
    if (mine.size() >= how_.subscriptions_max) return wire::make(429, wire::problems::too_many_subscriptions);
    auto& s = *mine.emplace_back(std::make_unique<subscription>());
    s.to = &to;
    s.feed = f;
    by_feed_[f].push_back(&s);
    count_.fetch_add(1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);  // see is_wanted()
    const auto now = read_.views().position();
    // Events say what a reader has lost; not what they have lost or gained by becoming somebody else.
    const bool whole = !after || *after > now || is_latest_wins(f.kind) ||
                       (f.kind == feed_kind::board &&
                        (now.value - after->value > how_.board_replay_max || read_.placed(to.who()) > *after));
    if (whole) {
        send_snapshot(s);
        return std::nullopt;
    }
    s.at = *after;
    s.announce = true;
    catch_up_soon(s);
    return std::nullopt;
}

void hub::unsubscribe(subscriber& to, const feed& f) {
    const auto mine = by_subscriber_.find(&to);
    if (mine == by_subscriber_.end()) return;
    auto& list = mine->second;
    const auto at = std::find_if(list.begin(), list.end(), [&](const auto& s) { return s->feed == f; });
    if (at == list.end()) return;
    auto& others = by_feed_[f];
    std::erase(others, at->get());
    if (others.empty()) by_feed_.erase(f);
    list.erase(at);
    count_.fetch_sub(1, std::memory_order_relaxed);
    if (list.empty()) by_subscriber_.erase(mine);
}

void hub::remove(subscriber& gone) {
    const auto mine = by_subscriber_.find(&gone);
    if (mine == by_subscriber_.end()) return;
    std::vector<feed> feeds;
    for (const auto& s : mine->second) feeds.push_back(s->feed);
    for (const auto& f : feeds) unsubscribe(gone, f);
}

void hub::end(subscription& s, const wire::problem& why) {
    subscriber& to = *s.to;
    const feed f = s.feed;
    unsubscribe(to, f);
    to.send(make_frame(wire::ended_line(f, why, to.reader())));
}

// A place in the log that can't be read ends what wanted it, and nothing else.
void hub::end(subscription& s, const std::exception& why) {
    if (how_.failed) how_.failed(why.what());
    end(s, wire::from_refusal(engine::refusal_of(why)));
}

// What one person is sent of a feed, however many connections they have.
void hub::deliver(subscription& s, batch_frames& frames, events::position to, std::unordered_map<std::uint64_t, personal>& made) {
    if (!s.live || s.at >= to) return;
    if (!s.to->has_room()) {
        s.live = false;
        return;
    }
    const auto [theirs, is_new] = made.try_emplace(s.to->who().value);
    if (is_new) {
        const auto who = read_.person(s.to->who());
        theirs->second.active = who && who->active;
        if (theirs->second.active) theirs->second.one = frames.of(s.feed, *who, to);
    }
    const auto& [active, one] = theirs->second;
    if (!active) return;
    if (one && !s.to->has_room_for(one->size())) {
        s.live = false;
        return;
    }
    s.at = to;
    if (one) s.to->send(one);
}

void hub::publish(const engine::committed_batch& batch) {
    head_ = batch->last();
    if (takes_back(*batch)) missed_.forget();
    if (subscriptions() == 0) return;
    check_rights(*batch);
    mark_dirty(*batch);
    batch_frames frames(batch->events, read_, [&](const feed& f) { return by_feed_.contains(f); });
    for (const auto& [f, which] : frames.touched()) {
        const auto found = by_feed_.find(f);
        if (found == by_feed_.end()) continue;
        const auto all = found->second;  // sending may end one: a receiver past all bounds is closed
        std::unordered_map<std::uint64_t, personal> made;
        for (auto* s : all) deliver(*s, frames, batch->last(), made);
    }
}

void hub::mark_dirty(const engine::committed& batch) {
    for (const auto& e : batch.events) {
        const auto stream = e.what.envelope.stream;
        if (stream.kind == events::category::member) members_dirty_.insert(stream.number);
        if (stream.kind == events::category::channel) channels_dirty_.insert(stream.number);
        if (const auto* said = events::get_if<events::channel::any>(&e.what.event))
            if (const auto* left = std::get_if<events::channel::left>(said)) left_[left->member][stream.number] = e.what.envelope.position;
    }
    inbox_dirty_ = true;
    mark_flows(batch);
}

void hub::mark_flows(const engine::committed& batch) {
    for (const auto& e : batch.events) {
        const auto stream = e.what.envelope.stream;
        if (const auto list = wire::list_feed_of(stream.kind)) lists_dirty_[*list].insert(stream.number);
        if (const auto own = wire::feed_of(stream); own && is_latest_wins(own->kind)) documents_dirty_.insert(*own);
        for (const auto kind : wire::documents_of(stream.kind)) documents_dirty_.insert({kind, 0});
        const auto& depend = dependants_of(stream.kind);
        for (const auto c : depend.told)
            for (const auto& [f, to] : by_feed_)
                if (f.kind == wire::one_feed(c)) documents_dirty_.insert(f);
        if (sight_changed_by(e.what).others)
            for (const auto c : depend.seen)
                if (const auto list = wire::list_feed_of(c)) lists_anew_.insert(*list);
        if (const auto* about = events::get_if<events::member::any>(&e.what.event); about && moves_others_sight(*about))
            events::each_category([&](events::category c) {
                if (const auto list = wire::list_feed_of(c)) lists_anew_.insert(*list);
            });
    }
}

void hub::check_rights(const engine::committed& batch) {
    check_parts(batch);
    check_tasks(batch);
    check_people(batch);
}

// Who may see it no longer; nor what is seen through it.
void hub::check_parts(const engine::committed& batch) {
    std::set<feed> moved;
    std::vector<subscriber*> anew;  // whose board may have lost a task
    for (const auto& e : batch.events) {
        const auto stream = e.what.envelope.stream;
        const auto changes = sight_changed_by(e.what);
        if (!changes.own) continue;
        if (const auto own = wire::feed_of(stream)) moved.insert(*own);
        if (!changes.others) continue;
        for (const auto c : dependants_of(stream.kind).seen) {
            const auto one = wire::feed_of({c, 1});
            for (const auto& [f, to] : by_feed_) {
                if (one && f.kind == one->kind) moved.insert(f);
                if (c == events::category::task && f.kind == feed_kind::board && anew.empty())
                    for (const auto* s : to) anew.push_back(s->to);
            }
        }
    }
    std::vector<std::pair<subscriber*, feed>> revoked;
    for (const auto& f : moved) {
        const auto found = by_feed_.find(f);
        if (found == by_feed_.end()) continue;
        for (const auto* s : found->second)
            if (read_.may_subscribe(s->feed, s->to->who())) revoked.emplace_back(s->to, s->feed);
    }
    for (const auto& [to, f] : revoked)
        if (auto* s = find(*to, f)) end(*s, wire::make(403, wire::problems::forbidden));
    for (auto* to : anew)
        if (auto* s = find(*to, {feed_kind::board, 0})) send_snapshot(*s, only_changed);
}

void hub::check_tasks(const engine::committed& batch) {
    std::vector<std::pair<subscriber*, feed>> revoked;
    std::set<std::uint64_t> moved;  // tasks that went to somebody else
    for (const auto& e : batch.events) {
        const auto* work = events::get_if<events::task::any>(&e.what.event);
        if (work && std::holds_alternative<events::task::reassigned>(*work)) moved.insert(e.what.envelope.stream.number);
    }
    for (const auto number : moved) {
        const auto found = by_feed_.find({feed_kind::task, number});
        if (found == by_feed_.end()) continue;
        for (const auto* s : found->second)
            if (read_.may_subscribe(s->feed, s->to->who())) revoked.emplace_back(s->to, s->feed);
    }
    for (const auto& [to, f] : revoked)
        if (auto* s = find(*to, f)) end(*s, wire::make(403, wire::problems::forbidden));
}

void hub::check_people(const engine::committed& batch) {
    bool anyone = false;
    std::set<events::member_id> turned;
    for (const auto& e : batch.events) {
        const auto* about = events::get_if<events::member::any>(&e.what.event);
        const auto* said = events::get_if<events::channel::any>(&e.what.event);
        anyone = anyone || (about && !std::holds_alternative<events::member::renamed>(*about)) ||
                 (said && std::holds_alternative<events::channel::left>(*said));
        if (const auto who = about ? turned_by(*about, {e.what.envelope.stream.number}) : events::member_id{}) turned.insert(who);
    }
    if (!anyone) return;
    look_anew([&](const core::person& p) {
        // With whom they stand in for it is their sight as well.
        return turned.contains(p.id) || std::any_of(p.acts_for.begin(), p.acts_for.end(), [&](const core::delegation& d) { return turned.contains(d.of); });
    });
}

void hub::look_anew(const std::function<bool(const core::person&)>& turned) {
    std::vector<subscriber*> gone;
    std::vector<std::pair<subscriber*, feed>> revoked, anew;
    for (const auto& [to, mine] : by_subscriber_) {
        const auto who = read_.person(to->who());
        if (!who || !who->active) {
            gone.push_back(to);
            continue;
        }
        const bool looks = turned(*who);
        for (const auto& s : mine) {
            if (read_.may_subscribe(s->feed, to->who())) revoked.emplace_back(to, s->feed);
            else if (looks && is_of_what_one_may_see(s->feed.kind)) anew.emplace_back(to, s->feed);
        }
    }
    for (const auto& [to, f] : revoked)
        if (auto* s = find(*to, f)) end(*s, wire::make(403, wire::problems::forbidden));
    for (const auto& [to, f] : anew)
        if (auto* s = find(*to, f)) send_snapshot(*s, only_changed);
    for (auto* to : gone) to->end_session();
}

// Rows that there is no room for come with the next snapshot.
void hub::send_or_leave_behind(subscription& s, std::string line) {
    if (s.to->has_room_for(line.size())) {
        s.to->send(make_frame(std::move(line)));
        return;
    }
    s.live = false;
    s.stale = true;
}

void hub::tick() {
    missed_.tick();
    const auto send_rows = [&](feed_kind kind, const std::set<std::uint64_t>& which, const wire::leavings& left) {
        const auto found = by_feed_.find({kind, 0});
        if (found == by_feed_.end() || which.empty()) return;
        const auto all = found->second;  // sending may end one
        for (auto* s : all) {
            if (!s->live) continue;
            if (!s->to->has_room()) {
                s->live = false;
                s->stale = true;
                continue;
            }
            if (auto line = read_.rows_line(s->feed, which, left, s->at, s->to->who())) send_or_leave_behind(*s, std::move(*line));
        }
    };
    send_rows(feed_kind::directory, members_dirty_, left_);
    send_rows(feed_kind::channels, channels_dirty_, left_);
    for (auto* dirty : {&members_dirty_, &channels_dirty_}) dirty->clear();
    left_.clear();
    if (const auto today = read_.today(); std::exchange(today_, today) != today) {
        documents_dirty_.insert({feed_kind::calendar, 0});
        // Who stands in for somebody does so from a day, and until one.
        look_anew([](const core::person& p) { return !p.acts_for.empty(); });
    }
    tick_flows();
    if (!std::exchange(inbox_dirty_, false)) return;
    for (const auto kind : {feed_kind::inbox, feed_kind::waiting}) {
        const auto found = by_feed_.find({kind, 0});
        if (found == by_feed_.end()) continue;
        const auto all = found->second;  // sending may end one
        for (auto* s : all)
            if (s->live) send_snapshot(*s, only_changed);
    }
}

void hub::tick_flows() {
    const auto each_live = [&](const feed& f, const auto& send) {
        const auto found = by_feed_.find(f);
        if (found == by_feed_.end()) return;
        const auto all = found->second;  // sending may end one
        for (auto* s : all)
            if (s->live) send(*s);
    };
    for (const auto kind : std::exchange(lists_anew_, {}))
        each_live({kind, 0}, [&](subscription& s) { send_snapshot(s, only_changed); });
    for (const auto& dirty : std::exchange(lists_dirty_, {}))
        each_live({dirty.first, 0}, [&](subscription& s) {
            if (!s.to->has_room()) {
                s.live = false;
                s.stale = true;
            } else if (auto line = read_.flow_rows_line(s.feed, dirty.second, s.shown, s.to->who())) {
                send_or_leave_behind(s, std::move(*line));
            }
        });
    for (const auto& f : std::exchange(documents_dirty_, {}))
        each_live(f, [&](subscription& s) { send_snapshot(s, only_changed); });
}

void hub::presence(const std::vector<events::member_id>& online) {
    const auto found = by_feed_.find({feed_kind::presence, 0});
    if (found == by_feed_.end()) return;
    const auto line = make_frame(wire::presence_line(online));
    for (auto* s : found->second) {
        if (s->to->has_room()) s->to->send(line);
        else s->live = false;
    }
}

void hub::typing(events::channel_id where, events::member_id who) {
    const auto found = by_feed_.find({feed_kind::channel, where.value});
    if (found == by_feed_.end()) return;
    const auto line = make_frame(wire::typing_line(where, who));
    for (auto* s : found->second)
        if (s->to->who() != who && s->to->has_room()) s->to->send(line);
}

}  // namespace server::feeds
