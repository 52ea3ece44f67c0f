#pragma once
// A log that is known by heart.

#include "events/log/log.hpp"
#include "tests/support/log_batch.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <stdexcept>
#include <vector>

namespace testing {

/// A log of several generations: five channels, many tasks.
class model {
public:
    void grow(events::log& log, std::uint64_t events) {
        for (std::uint64_t end = count_ + events; count_ < end;) {
            batch b(log);
            for (int i = 0; i < 1000 && count_ < end; ++i) {
                ++count_;
                const auto stream = count_ % 2 ? channel_no(1 + count_ / 2 % 5) : task_no(1 + count_ / 6);
                b.add(stream, count_, {1 + count_ % 7}, count_);
                streams_[stream].push_back(count_);
            }
            if (!log.append(b.entries)) throw std::logic_error("refused");
        }
    }

    void check(const events::log& log) const {
        REQUIRE(log.head() == events::position{count_});
        REQUIRE(log.wait_indexed({count_}, std::chrono::seconds(10)));
        std::mt19937_64 random(7);
        for (std::uint64_t n = 1; n <= count_; n += 1 + random() % 97)
            if (log.find_command({{1 + n % 7}, command_id(n)}) != events::outcome{{n}, 1, n}) FAIL("command " << n);
        CHECK_FALSE(log.find_command({{1}, command_id(1)}));  // another member's
        for (const auto& [stream, expected] : streams_) {
            if (stream.kind == events::category::task && random() % 50 != 0) continue;
            REQUIRE(log.version_of(stream).value == expected.size());
            REQUIRE(positions(log, stream) == expected);
            const auto from = 1 + random() % expected.size();
            REQUIRE(positions(log, stream, from) == std::vector(expected.begin() + static_cast<std::ptrdiff_t>(from - 1), expected.end()));
            const std::vector back(expected.rend() - static_cast<std::ptrdiff_t>(from), expected.rend());
            REQUIRE(positions(log, stream, from, events::direction::backwards) == back);
        }
        CHECK(log.highest(events::category::channel) == 5);
        CHECK(log.highest(events::category::task) == 1 + count_ / 6);
        CHECK(log.tree_size() == count_);
    }

    std::uint64_t count() const { return count_; }

private:
    std::uint64_t count_ = 0;
    std::map<events::stream_id, std::vector<std::uint64_t>> streams_;
};

}  // namespace testing
