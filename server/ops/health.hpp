#pragma once
// What /livez and /readyz answer. Any thread.

#include <boost/describe/enum.hpp>

#include <atomic>
#include <cstdint>
#include <string>

namespace server::ops {

BOOST_DEFINE_ENUM_CLASS(phase, starting, ready, draining)

class health {
public:
    struct answer {
        int status = 200;
        std::string body;  ///< application/json
    };

    /// starting → ready → draining; never back.
    void become(ops::phase next);
    ops::phase phase() const { return phase_.load(std::memory_order_acquire); }

    /// How far the start is: events read into the views, of so many.
    void progress(std::uint64_t done, std::uint64_t of);

    /// The machine's clock is not believed (server/clock/guarded.hpp); what is served goes on.
    void hold_clock(bool held) { clock_held_.store(held, std::memory_order_relaxed); }

    /// 200 while the process runs: what can't be survived ends it.
    answer livez() const;

    /// 200 only when ready, so that a balancer sends nobody here before or after.
    answer readyz() const;

    /// The disk is full: it is read, and nothing new is taken.
    void read_only(bool now) { read_only_.store(now, std::memory_order_relaxed); }

private:
    std::atomic<ops::phase> phase_{ops::phase::starting};
    std::atomic<bool> clock_held_{false};
    std::atomic<bool> read_only_{false};
    std::atomic<std::uint64_t> done_{0};
    std::atomic<std::uint64_t> of_{0};
};

}  // namespace server::ops
