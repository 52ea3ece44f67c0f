#include "server/engine/past_views.hpp"

#include "events/catalog/desk.hpp"
#include "events/codec/codec.hpp"
#include "events/ending/threads.hpp"
#include "server/engine/member_events.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <stdexcept>

namespace server::engine {
namespace {

using core::views::views;

constexpr int niceness = 15;
constexpr std::uint64_t piece_events = 1'024;
constexpr std::chrono::seconds look_every{1};
constexpr std::chrono::seconds after_failure{60};
constexpr std::chrono::seconds present_waited_for{5};
// About as much memory as they take, for each byte that was kept and each event that was read.
constexpr std::size_t bytes_a_byte = 4, bytes_an_event = 400;

events::recorded read_or_throw(events::decoder& decode, events::position p, std::string_view bytes, const events::keyring& keys) {
    auto event = decode.decode(bytes);
    if (!event) throw std::runtime_error("event " + std::to_string(p.value) + ": " + event.error().message());
    // The only personal fields that are needed in memory are members' own.
    if (event->envelope.stream.kind == events::category::member) events::open_personal(*event, keys);
    return std::move(*event);
}

/// Calls `visit(task_id)` with each task that somebody is told of by this event, and that is looked up by its number from then on.
template <class Visit>
void each_task_told_of(const events::recorded& event, Visit visit) {
    const auto* notices = event.event.get_if<events::desk::any>();
    if (!notices) return;
    const auto look_at = [&](const events::desk::notice& one) {
        if (one.what.kind == events::category::task) visit(events::task_id{one.what.number});
    };
    if (const auto* one = std::get_if<events::desk::told>(notices)) look_at(one->notice);
    if (const auto* many = std::get_if<events::desk::reminded>(notices)) std::for_each(many->notices.begin(), many->notices.end(), look_at);
}

}  // namespace

past_views::past_views(events::log& log, const events::keyring& keys, past_options how)
    : log_(log), keys_(keys), how_(std::move(how)), kept_(log, how_.kept, how_.mended) {}

past_views::one past_views::at(events::position which) {
    std::promise<one> made;
    std::shared_ptr<making> mine;
    std::uint64_t begun;
    {
        std::unique_lock hold(guard_);
        for (auto h = held_.begin(); h != held_.end(); ++h) {
            if (h->views->position() != which) continue;
            h->asked = std::chrono::steady_clock::now();
            held_.splice(held_.begin(), held_, h);
            return h->views;
        }
        if (const auto found = under_way_.find(which); found != under_way_.end()) {
            const auto other = *found->second;
            hold.unlock();
            return other.get();
        }
        begun = forgotten_;
        mine = std::make_shared<making>(made.get_future().share());
        under_way_.emplace(which, mine);
    }
    // Once it was forgotten, another one may be under way.
    const auto finish = [&] {
        if (const auto found = under_way_.find(which); found != under_way_.end() && found->second == mine) under_way_.erase(found);
    };
    try {
        const std::lock_guard one_at_a_time(making_);
        auto h = make(which);
        h.asked = std::chrono::steady_clock::now();
        made.set_value(h.views);
        const std::lock_guard hold(guard_);
        finish();
        if (begun == forgotten_) {
            held_.push_front(h);
            std::size_t bytes = 0;
            std::size_t count = 0;
            std::erase_if(held_, [&](const held& other) { return bytes += other.bytes, count++ > 0 && (count > how_.held_max || bytes > how_.held_bytes_max); });
        }
        return h.views;
    } catch (...) {
        made.set_exception(std::current_exception());
        const std::lock_guard hold(guard_);
        finish();
        throw;
    }
}

void past_views::forget() {
    const std::lock_guard hold(guard_);
    ++forgotten_;
    held_.clear();
    under_way_.clear();
}

void past_views::let_go(std::chrono::steady_clock::time_point now) {
    std::list<held> gone;  // what goes, goes without anybody waiting
    const std::lock_guard hold(guard_);
    for (auto h = held_.begin(); h != held_.end();) {
        const auto next = std::next(h);
        if (now - h->asked >= how_.held_for) gone.splice(gone.begin(), held_, h);
        h = next;
    }
}

past_views::held past_views::make(events::position which) {
    // What is light is read beside a present that is no earlier.
    if (how_.present) how_.present->wait_for(which, present_waited_for);
    auto from = nearest(which);
    auto made = std::const_pointer_cast<views>(from.views);
    const auto begun = made->position();
    fold(*made, which);
    put_back_outdated(*made);
    ++made_;
    return {made, from.bytes + (which.value - begun.value) * bytes_an_event};
}

/// Of its own: a copy of what is held, or what is kept.
past_views::held past_views::nearest(events::position which) {
    held best;
    {
        const std::lock_guard hold(guard_);
        for (const auto& h : held_)
            if (h.views->position() <= which && (!best.views || h.views->position() > best.views->position())) best = h;
    }
    if (how_.present && (!best.views || best.views->position() < which)) {
        auto kept = kept_.before(which);
        if (kept && (!best.views || kept->at > best.views->position())) {
            load_members(*kept->views, kept->at);
            return {std::move(kept->views), kept->bytes * bytes_a_byte};
        }
    }
    return {best.views ? std::make_shared<views>(*best.views) : std::make_shared<views>(), best.bytes};
}

void past_views::load_members(views& into, events::position up_to) const {
    events::decoder decode;
    each_member_event(log_, up_to, [&](events::position p, std::string_view bytes) {
        auto event = read_or_throw(decode, p, bytes, keys_);
        event.envelope.time = into.clock.when(p, event.envelope.time);
        into.directory.apply(event);
    });
    events::instant time{};
    log_.read_one(up_to, [&](events::position, std::string_view bytes) {
        if (const auto about = decode.decode_envelope(bytes)) time = about->time;
        return false;
    });
    into.stand_at(up_to, time);
}

void past_views::fold(views& into, events::position up_to, const std::stop_token& stop, shares::throttle* throttle) {
    events::decoder decode;
    while (into.position() < up_to && !stop.stop_requested()) {
        const auto before = into.position();
        // Nothing of the log is held while it rests.
        const events::position until{throttle ? std::min(up_to.value, before.value + piece_events) : up_to.value};
        log_.read_all(events::next(before), events::direction::forwards, [&](events::position p, std::string_view bytes) {
            if (p > until || stop.stop_requested()) return false;
            const auto event = read_or_throw(decode, p, bytes, keys_);
            const auto& stream = event.envelope.stream;
            if (stream.kind == events::category::task && into.board.lacks({stream.number})) into.board.put_back(as_it_was(into, {stream.number}, {p.value - 1}));
            each_task_told_of(event, [&](events::task_id t) {
                if (into.board.lacks(t) && !into.board.row(t)) into.board.know(as_it_was(into, t, {p.value - 1}));
            });
            into.fold(event);
            ++folded_;
            return true;
        });
        if (into.position() == before) break;
        if (throttle) throttle->rest(stop);
    }
    into.settle();
}

/// As it was then, read from its own stream.
core::views::task_row past_views::as_it_was(const views& in, events::task_id which, events::position up_to) const {
    core::views::task_row row;
    events::decoder decode;
    log_.read_stream(stream_of(which), {1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
        if (p > up_to) return false;
        auto event = read_or_throw(decode, p, bytes, keys_);
        event.envelope.time = in.clock.when(p, event.envelope.time);
        core::views::task_board::fold_into(row, events::get<events::task::any>(event.event), event.envelope);
        return true;
    });
    return row;
}

/// What it would look up in the present, and is no longer there as it was. Hardly ever anything, as what is closed stays so.
void past_views::put_back_outdated(views& into) {
    if (!into.board.stands_on()) return;
    std::vector<events::task_id> outdated;
    how_.present->read([&](const views& now, events::position) { into.board.each_outdated(now.board, [&](events::task_id t) { outdated.push_back(t); }); });
    for (const auto t : outdated) into.board.put_back(as_it_was(into, t, into.position()));
}

bool past_views::keep_up(const std::stop_token& stop, shares::throttle* throttle) {
    std::unique_ptr<views> trail;  // for as long as there are moments to keep
    while (how_.present && log_.head().value - kept_.newest().value >= how_.every_events) {
        if (stop.stop_requested()) return false;
        try {
            if (how_.has_room && !how_.has_room()) throw std::runtime_error("the disk is full");
            if (!trail) {
                trail = std::make_unique<views>();
                if (auto kept = kept_.before(kept_.newest())) {
                    load_members(*kept->views, kept->at);
                    *trail = std::move(*kept->views);
                }
            }
            const events::position goal{trail->position().value + how_.every_events};
            if (goal > log_.head()) break;  // those after it were thrown away just now
            fold(*trail, goal, stop, throttle);
            if (stop.stop_requested()) return false;
            if (goal > kept_.newest()) kept_.add(*trail);
            trail->lighten();
            told_ = false;
        } catch (const std::exception& why) {  // nothing is lost: moments are made from what there is
            if (how_.failed && !told_) how_.failed(why.what());
            told_ = true;
            return false;
        }
    }
    return true;
}

void past_views::start() {
    thread_ = events::start_thread("keeping moments of the past", [this](const std::stop_token& stop) {
        // Of this thread alone: it takes what others leave of the cores.
        ::setpriority(PRIO_PROCESS, 0, niceness);
        std::mutex mutex;
        std::condition_variable_any stopped;
        shares::throttle throttle;
        while (!stop.stop_requested()) {
            const bool good = keep_up(stop, &throttle);
            const auto until = std::chrono::steady_clock::now() + (good ? look_every : after_failure);
            do {
                let_go(std::chrono::steady_clock::now());
                std::unique_lock hold(mutex);
                stopped.wait_for(hold, stop, look_every, [] { return false; });
            } while (!stop.stop_requested() && std::chrono::steady_clock::now() < until);
        }
    });
}

}  // namespace server::engine
