#pragma once
// Builds batches for a log's tests: real events in their stored form, with right positions and versions.

#include "events/catalog/channel.hpp"
#include "events/codec/codec.hpp"
#include "events/log/log.hpp"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace testing {

/// For events without personal data.
class no_keys final : public events::keyring {
public:
    void create(events::member_id) override {}
    bool has(events::member_id) const override { return false; }
    bool destroy(events::member_id) override { return false; }
    std::optional<std::string> seal(events::member_id, std::string_view, std::string_view) const override { return {}; }
    std::optional<std::string> open(events::member_id, std::string_view, std::string_view) const override { return {}; }
    std::uint64_t mac(events::member_id, const events::uuid&, std::uint64_t digest) const override { return digest; }
};

/// A command id; a higher `n` makes a later one.
inline events::uuid command_id(std::uint64_t n) {
    std::array<std::uint8_t, 10> random{};
    for (int i = 0; i < 8; ++i) random[2 + i] = static_cast<std::uint8_t>(n * 0x9E3779B97F4A7C15ull >> 8 * i);
    return events::make_uuid_v7(1'764'000'000'000 + n, random);
}

inline constexpr events::stream_id channel_no(std::uint64_t n) { return {events::category::channel, n}; }
inline constexpr events::stream_id task_no(std::uint64_t n) { return {events::category::task, n}; }

class batch {
public:
    explicit batch(const events::log& log) : log_(&log), last_(log.head()) {}

    /// One event, of `actor`'s command number `command`; `digest` other than 0 on the command's first.
    batch& add(events::stream_id stream, std::uint64_t command, events::member_id actor = {1}, std::uint64_t digest = 0,
               std::string text = "周报 weekly") {
        auto [at, is_new] = versions_.try_emplace(stream);
        if (is_new) at->second = log_->version_of(stream);
        at->second = events::next(at->second);
        last_ = events::next(last_);
        events::envelope about;
        about.position = last_;
        about.stream = stream;
        about.version = at->second;
        about.time = events::instant{std::chrono::microseconds{1'764'000'000'000'000 + last_.value}};
        about.actor = actor;
        about.causation = about.correlation = command_id(command);
        about.digest = digest;
        bytes_.push_back(events::encode(about, events::channel::any(events::channel::described{std::move(text)}), no_keys{}).stored);
        entries.push_back({about, bytes_.back()});
        return *this;
    }

    std::vector<events::entry> entries;

private:
    const events::log* log_;
    events::position last_;
    std::map<events::stream_id, events::version> versions_;
    std::deque<std::string> bytes_;
};

/// Appends `count` events to `stream`, a command each with numbers from `command` on, in batches of `at_once`.
inline void fill(events::log& log, events::stream_id stream, std::uint64_t count, std::uint64_t command,
                 std::uint64_t at_once = 100) {
    while (count > 0) {
        batch next(log);
        for (std::uint64_t i = 0; i < at_once && count > 0; ++i, --count) next.add(stream, command++);
        if (!log.append(next.entries)) throw std::logic_error("the log refused what it should take");
    }
}

/// What read_all and read_stream give.
using seen = std::vector<std::pair<std::uint64_t, std::string>>;

inline events::visitor into(seen& out, std::size_t at_most = SIZE_MAX) {
    return [&out, at_most](events::position p, std::string_view bytes) {
        out.emplace_back(p.value, std::string(bytes));
        return out.size() < at_most;
    };
}

inline seen all_of(const events::log& log, events::position from = {1}, events::direction way = events::direction::forwards,
                   std::size_t at_most = SIZE_MAX) {
    seen out;
    log.read_all(from, way, into(out, at_most));
    return out;
}

inline std::vector<std::uint64_t> positions(const events::log& log, events::stream_id stream, std::uint64_t from = 1,
                                            events::direction way = events::direction::forwards,
                                            std::size_t at_most = SIZE_MAX) {
    seen out;
    log.read_stream(stream, {from}, way, into(out, at_most));
    std::vector<std::uint64_t> result;
    for (const auto& [p, bytes] : out) result.push_back(p);
    return result;
}

}  // namespace testing
