#include "server/search/follower.hpp"

#include "events/codec/group_codec.hpp"
#include "events/ending/threads.hpp"
#include "events/proof/tree.hpp"
#include "server/search/taking.hpp"
#include "server/shares/throttle.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <utf8proc.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <sstream>
#include <utility>

namespace server::search {
namespace {

constexpr std::size_t batch_events = 2'048;
constexpr std::size_t batch_bytes = 2u << 20;
constexpr std::size_t sync_events = 16'384;  // so that the disk has little to do at once
constexpr std::chrono::milliseconds look_every{100};  // many events at once cost less than one by one
constexpr int niceness = 10;
constexpr std::chrono::milliseconds pause_least{1'000};
constexpr std::chrono::milliseconds pause_most{60'000};
constexpr std::chrono::milliseconds tree_waited_for{1'000};
constexpr int failures_most = 3;
// Raised whenever the same events would be held otherwise: words, forms, what is looked at.
constexpr int index_format = 1;

std::string hex(const events::proof::hash& h) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const auto byte : h) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::string thrown_away(const std::string& why) { return why + ": thrown away, and made anew from the log"; }

/// Of what else the same log would be held otherwise by.
std::string made_by() {
    std::string types = std::to_string(index_format) + ' ' + utf8proc_unicode_version();
    events::codec::each_shape([&](const events::codec::shape& one) {
        if (!one.is_retired) (types += ' ') += one.type;
    });
    return hex(events::proof::leaf_hash(types));
}

}  // namespace

std::uint64_t follower::behind() const {
    const auto head = log_.head().value, at = position().value;
    return head > at ? head - at : 0;
}

void follower::erased(events::position at) {
    auto known = erased_at_.load();
    while (known < at.value && !erased_at_.compare_exchange_weak(known, at.value)) {
    }
}

void follower::start() {
    thread_ = events::start_thread("searching", [this](const std::stop_token& stop) { run(stop); });
}

void follower::run(const std::stop_token& stop) {
    // Of this thread alone: it takes what others leave of the cores.
    ::setpriority(PRIO_PROCESS, 0, niceness);
    ::pthread_setname_np(::pthread_self(), "search");  // so that it can be told what it costs
    std::mutex mutex;
    std::condition_variable_any stopped;
    auto pause = pause_least;
    shares::throttle throttle;
    while (!stop.stop_requested()) {
        std::chrono::milliseconds wait{};
        try {
            wait = step(stop);
            if (failures_ == 0) pause = pause_least;
        } catch (const std::exception& why) {
            begin_again(why, dynamic_cast<const sealed_pages::damaged*>(&why) != nullptr);
            wait = pause;
            pause = std::min(2 * pause, pause_most);
        }
        throttle.rest(stop);
        if (wait.count() == 0) continue;
        // The log is looked at rather than waited on: a waiter would be woken by every append, before its answer.
        std::unique_lock hold(mutex);
        stopped.wait_for(hold, stop, wait, [] { return false; });
    }
}

/// How long there is nothing to do.
std::chrono::milliseconds follower::step(const std::stop_token& stop) {
    begin();
    if (into_.is_broken()) throw sealed_pages::damaged("a page is damaged");
    if (erased_at_.load(std::memory_order_relaxed) > position().value) destroy_kept();
    const bool has_room = !how_.has_room || how_.has_room();
    const bool took = has_room && some(stop);
    const bool caught_up = has_room && behind() == 0;
    if (has_room && caught_up && forgot_) renew(stop);
    if (has_room && std::chrono::steady_clock::now() >= keep_next_ && position().value != kept_at_) keep_now();
    if ((took && behind() >= batch_events / 2) || (caught_up && into_.verify_some())) return {};
    return look_every;
}

void follower::stop() {
    thread_.request_stop();
    if (!thread_.joinable()) return;
    thread_.join();
    try {
        if (begun_ && !into_.is_broken() && position().value != kept_at_) keep_now();
    } catch (const std::exception& why) {  // the next start has more to do
        if (how_.failed) how_.failed(why.what());
    }
}

void follower::catch_up() {
    begin();
    while (some({})) {
    }
    if (forgot_) renew({});
    while (into_.verify_some()) {
    }
}

void follower::keep() { keep_now(); }

// ---- from one start to the next -------------------------------------------------------------------------------------

void follower::begin() {
    if (begun_) return;
    std::string why;
    std::uint64_t at = 0;
    try {
        if (into_.open()) why = misfit(into_.note(), at);
    } catch (const std::exception& e) {
        why = e.what();
    }
    if (!why.empty()) {
        at = 0;
        if (how_.mended) how_.mended("search", thrown_away(why));
        into_.throw_away();
        try {
            into_.open();
        } catch (const std::exception& e) {
            if (how_.failed) how_.failed(std::string(e.what()) + ": the index is held in memory alone until the next start");
            into_.give_up_folder();
            into_.open();
        }
    }
    kept_at_ = at;
    forgot_ = false;
    hole_ = 0;
    unsynced_ = 0;
    keep_next_ = std::chrono::steady_clock::now() + how_.keep_every;
    at_.store(at, std::memory_order_release);
    begun_ = true;
}

/// "position root made_by": why what was kept is of no use here; nothing where it is.
std::string follower::misfit(const std::string& note, std::uint64_t& at) {
    std::istringstream words(note);
    std::string root, made;
    words >> at >> root >> made;
    if (made != made_by()) return "of another version";
    if (at == 0 || at > log_.head().value || at > log_.tree_size() || root != hex(log_.root(at))) return "of another log, or of more than this one has";
    for (const auto who : into_.look([](holdings& holds) { return holds.could_not_be_read(); })) {
        if (!who) return "of a log with an event that could not be read";
        if (keys_.has(who)) return "without the words of somebody whose key was lost, and is back";
    }
    return {};
}

/// Half of a batch may be in it, so it goes back to what was kept.
void follower::begin_again(const std::exception& why, bool damaged) {
    hard_ = std::max(hard_, position().value + batch_events);
    begun_ = false;
    at_.store(0, std::memory_order_release);
    into_.close();
    if (damaged) {
        if (how_.mended) how_.mended("search", thrown_away(why.what()));
        into_.throw_away();
    } else if (how_.failed) {
        how_.failed(why.what());
    }
    // A disk that does not do it is left alone until the next start.
    if (++failures_ >= failures_most) into_.give_up_folder();
}

/// Whether it is kept. Where only the last step fails, the state before it stands and this goes on.
bool follower::keep_now() {
    keep_next_ = std::chrono::steady_clock::now() + how_.keep_every;
    if (forgot_ || !into_.can_be_kept() || erased_at_.load() > position().value) return false;
    const auto at = position();
    if (!log_.wait_indexed(at, tree_waited_for)) return false;
    try {
        into_.keep(std::to_string(at.value) + ' ' + hex(log_.root(at.value)) + ' ' + made_by());
    } catch (const sealed_pages::not_kept& why) {
        if (how_.failed) how_.failed(why.what());
        return false;
    }
    kept_at_ = at.value;
    failures_ = 0;
    return true;
}

/// Who was erased can't be read in what lies on the disk, from now on.
void follower::destroy_kept() {
    if (forgot_) return;
    forgot_ = true;
    kept_at_ = 0;
    into_.forget_kept();
}

void follower::renew(const std::stop_token& stop) {
    into_.renew(stop);
    if (stop.stop_requested()) return;
    forgot_ = false;
    keep_now();
}

// ---- events ---------------------------------------------------------------------------------------------------------

std::uint64_t follower::read_singly(std::uint64_t last, std::vector<events::recorded>& into) {
    const auto end = std::min({last + batch_events, hard_, log_.head().value});
    for (auto p = last + 1; p <= end; ++p) {
        bool is_read = false;
        try {
            log_.read_one({p}, [&](events::position, std::string_view bytes) {
                if (auto read = decode_.decode(bytes)) {
                    into.push_back(std::move(*read));
                    is_read = true;
                }
                return false;
            });
        } catch (const std::exception&) {  // said when it was met first; it can't be found, and the rest can
        }
        if (!is_read) hole_ = p;
    }
    return end;
}

/// False where there was nothing.
bool follower::some(const std::stop_token& stop) {
    auto last = position().value;
    if (log_.head().value <= last) return false;
    std::vector<events::recorded> all;
    if (last < hard_) {
        last = read_singly(last, all);
    } else {
        std::size_t bytes = 0;
        log_.read_all({last + 1}, events::direction::forwards, [&](events::position p, std::string_view stored) {
            last = p.value;
            bytes += stored.size();
            if (auto e = decode_.decode(stored)) all.push_back(std::move(*e));
            else hole_ = p.value;
            return all.size() < batch_events && bytes < batch_bytes && !stop.stop_requested();
        });
    }
    for (auto& e : all) events::open_personal(e, keys_);
    bool forgot = false;
    into_.change([&](holdings& holds) {
        for (auto& e : all) {
            forgot = take(holds, e) || forgot;
        }
        if (std::exchange(hole_, 0) != 0) holds.could_not_read({});
    });
    if (forgot) destroy_kept();
    at_.store(last, std::memory_order_release);
    unsynced_ += all.size();
    if (unsynced_ >= sync_events) {
        unsynced_ = 0;
        into_.sync();
    }
    return true;
}

}  // namespace server::search
