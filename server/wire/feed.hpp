#pragma once
// A feed is a named, access-checked view on the log.

#include "events/catalog/stream.hpp"

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace server::wire {

/// Besides those that are named here there are, of each kind of entity that is listed, that of its list and that of one of them.
enum class feed_kind : std::uint8_t {
    directory, board, channels, inbox, presence, audit, waiting, org, calendar, flows, forms,
    channel = 128 + static_cast<std::uint8_t>(events::category::channel),
    task = 128 + static_cast<std::uint8_t>(events::category::task),
};
constexpr feed_kind list_feed(events::category of) { return static_cast<feed_kind>(64 + static_cast<std::uint8_t>(of)); }
constexpr feed_kind one_feed(events::category of) { return static_cast<feed_kind>(128 + static_cast<std::uint8_t>(of)); }

struct feed {
    feed_kind kind{};
    std::uint64_t number = 0;  ///< of the entity, where the feed is about one

    constexpr auto operator<=>(const feed&) const = default;
};

/// Whether it shows how things are, and not each event that led there: what changed within a tick is told once.
bool is_latest_wins(feed_kind k);

/// "task/17", "board"
std::string to_string(const feed& f);
std::optional<feed> parse_feed(std::string_view name);
/// The names of all feeds; those about one entity without its number.
struct feed_names {
    std::vector<std::string_view> plain, numbered;
};
const feed_names& all_feeds();

/// The stream of the entity that a feed is about, where it is about one; and the feed about an entity.
std::optional<events::stream_id> stream_of(const feed& f);
std::optional<feed> feed_of(events::stream_id stream);

/// The feed that lists a kind's entities, and which entities such a feed lists.
std::optional<feed_kind> list_feed_of(events::category kind);
std::optional<events::category> listed_by(feed_kind kind);

/// The feeds whose whole document has to be looked at again after an event of this stream.
std::span<const feed_kind> documents_of(events::category kind);

}  // namespace server::wire

template <>
struct std::hash<server::wire::feed> {
    std::size_t operator()(const server::wire::feed& f) const noexcept {
        return std::hash<std::uint64_t>{}(f.number * 256 + static_cast<std::uint64_t>(f.kind));
    }
};
