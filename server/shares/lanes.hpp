#pragma once
// Threads for what is slow, in lanes: what is of one kind waits for its own kind alone, and within a lane everybody has a
// share (fair_queue). No lane stands before a shard, the writer or another lane.

#include "server/shares/fair_queue.hpp"

#include <array>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace server::shares {

enum class lane : std::uint8_t {
    sign_in,  ///< passwords, sessions, tokens: never behind what anybody reads
    ballots,  ///< keys of elections, sealed choices
    files,    ///< attachments, keys of newcomers: waits for the disk
    search,   ///< and looking through archives
    past,     ///< the views as they were
    data,     ///< figures of metrics, rows of the warehouse
    exports,  ///< whole sets of it
    queries,  ///< what people write in SQL
    upkeep,   ///< the process's own: what is due each second, sweeps
    audit,    ///< reading the whole log: last of all
};
inline constexpr std::size_t lanes_count = 10;

struct lane_rule {
    std::string_view name;
    unsigned threads;
    std::size_t each_max;  ///< of one person, waiting
    std::size_t all_max;
    int niceness;          ///< how far it stands back for threads that answer people at once: 0 – 19
};

/// In the order of `lane`.
inline constexpr std::array<lane_rule, lanes_count> lane_rules{{
    {"sign_in", 2, 64, 512, 5},
    {"ballots", 1, 64, 1'024, 10},
    {"files", 1, 64, 1'024, 2},
    {"search", 1, 32, 1'024, 5},
    {"past", 1, 32, 1'024, 10},
    {"data", 1, 32, 1'024, 10},
    {"exports", 1, 8, 256, 12},
    {"queries", 2, 1, 8, 12},
    {"upkeep", 1, 4'096, 4'096, 5},
    {"audit", 1, 1, 8, 15},
}};

constexpr const lane_rule& rule_of(lane which) { return lane_rules[static_cast<std::size_t>(which)]; }

/// Whose share it is of what the process does for itself.
inline constexpr std::uint64_t nobodys = 0;
/// Whose share it is of somebody who is not known yet: by the address that they come from.
std::uint64_t share_of_address(std::string_view address);

/// Any thread.
class lanes {
public:
    /// `failed` is told of what got out of work, on the thread that did it.
    explicit lanes(std::function<void(std::string_view lane, const std::exception_ptr&)> failed);
    ~lanes();
    lanes(const lanes&) = delete;
    lanes& operator=(const lanes&) = delete;

    /// `in_any_case`: it goes on with what was let in before, and is bounded by that.
    admission submit(lane which, std::uint64_t whose, std::function<void()> work, bool in_any_case = false);

    /// What runs comes to its end; what waits is dropped, and nothing is taken from here on.
    void stop();

    std::size_t waiting(lane which) const;
    std::uint64_t refused(lane which) const;

private:
    struct one;
    std::function<void(std::string_view, const std::exception_ptr&)> failed_;
    std::vector<std::unique_ptr<one>> all_;
};

}  // namespace server::shares
