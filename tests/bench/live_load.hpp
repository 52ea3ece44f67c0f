#pragma once
// A cheap closed loop over many live connections: one thread, non-blocking sockets, lines made before the clock runs,
// as many commands in one message as there is room for. Every answer is checked: its id is the one that is due next on
// its connection, and it is an ack that made an event.

#include "tests/bench/department.hpp"
#include "tests/bench/figure.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bench {

/// What was seen between two moments.
struct load_result {
    double seconds = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t rejected = 0;
    std::string first_rejection;
    std::vector<double> latencies_ms;  ///< one an answer
    double own_cpu_seconds = 0;
};

class live_load {
public:
    /// One connection a desk, each with `outstanding` commands on the way: chat posts and task moves in turn.
    live_load(std::uint16_t port, const std::vector<desk>& desks, std::size_t outstanding);
    ~live_load();
    live_load(const live_load&) = delete;
    live_load& operator=(const live_load&) = delete;

    /// Keeps them busy for so long. Throws std::runtime_error where a connection ends or an answer is not the one due.
    load_result run(double seconds);
    /// Sends nothing more and waits for what is on the way.
    void finish();

private:
    class connection;
    void pump(clock_type::time_point until, bool refill, load_result& into);

    std::vector<std::unique_ptr<connection>> connections_;
    int epoll_ = -1;
};

}  // namespace bench
