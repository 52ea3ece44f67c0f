#pragma once
// What steps of a case keep for later ones: feeds that are followed, commands under way, outboxes.

#include "opsroom/room.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace clients_test {

using namespace std::chrono_literals;
using opsroom::json;

constexpr auto within = 20s;

inline void check(bool holds, const std::string& what) {
    if (!holds) throw std::runtime_error(what);
}

inline void until(const std::function<bool()>& holds, const std::string& what) {
    const auto end = std::chrono::steady_clock::now() + within;
    while (!holds()) {
        check(std::chrono::steady_clock::now() < end, what + ": not in time");
        std::this_thread::sleep_for(50ms);
    }
}

/// All that one feed said, in its order; held: nothing is taken until it is let go.
class followed {
public:
    followed(opsroom::feed feed, bool held) : feed(std::move(feed)), held_(held), thread_([this] { read(); }) {}
    ~followed() {
        feed.close();
        release();
        thread_.join();
    }

    const opsroom::feed feed;

    std::vector<opsroom::change> changes() {
        const std::lock_guard lock(mutex_);
        if (failed_) throw opsroom::problem(*failed_);
        return changes_;
    }
    void release() {
        held_ = false;
        held_.notify_all();
    }

private:
    void read() {
        try {
            for (const auto& change : opsroom::reader(feed)) {
                {
                    const std::lock_guard lock(mutex_);
                    changes_.push_back(change);
                }
                held_.wait(true);
            }
        } catch (const opsroom::problem& why) {
            const std::lock_guard lock(mutex_);
            failed_ = why;
        }
    }

    std::mutex mutex_;
    std::vector<opsroom::change> changes_;
    std::optional<opsroom::problem> failed_;
    std::atomic<bool> held_;
    std::thread thread_;
};

/// The same command, given again and again by several threads at once.
class load {
public:
    load(opsroom::room& room, opsroom::command each, std::size_t times, std::size_t at_once, bool until_stopped) : stopped_(!until_stopped), times_(times) {
        for (std::size_t n = 0; n < at_once; ++n) threads_.emplace_back([this, &room, each] { give(room, each); });
    }
    explicit load(std::uint64_t position) : position_(position) {}
    ~load() { join(); }

    void stop() { stopped_ = true; }
    /// Until all are acknowledged.
    void finish() {
        join();
        check(failed_.empty(), failed_);
        check(acks_.size() == count_, "acknowledged are " + std::to_string(acks_.size()) + " of " + std::to_string(count_));
    }
    json told() {
        const std::lock_guard lock(mutex_);
        return {{"count", count_}, {"position", position_}};
    }

private:
    bool begin_one() {
        const std::lock_guard lock(mutex_);
        if (!failed_.empty() || (count_ >= times_ && stopped_)) return false;
        ++count_;
        return true;
    }

    void give(opsroom::room& room, const opsroom::command& each) {
        while (begin_one()) {
            try {
                const auto ack = room.give(each);
                const std::lock_guard lock(mutex_);
                acks_[opsroom::text_at(ack, "id")] = ack;
                position_ = std::max(position_, opsroom::number_at(ack, "position").value_or(0) + opsroom::number_at(ack, "events").value_or(1) - 1);
            } catch (const std::exception& why) {
                const std::lock_guard lock(mutex_);
                failed_ = why.what();
            }
        }
    }

    void join() {
        stopped_ = true;
        for (auto& each : threads_)
            if (each.joinable()) each.join();
    }

    std::mutex mutex_;
    std::atomic<bool> stopped_ = true;
    std::size_t times_ = 0;
    std::size_t count_ = 0;
    std::uint64_t position_ = 0;
    std::map<std::string, json> acks_;
    std::string failed_;
    std::vector<std::thread> threads_;
};

/// As of a program that begins while the server is away: no more than a token.
struct box {
    opsroom::room room;
    opsroom::outbox outbox;

    box(opsroom::connect_options how, const std::string& file) : room(std::move(how)), outbox(room.outbox(file)) {}
};

}  // namespace clients_test
