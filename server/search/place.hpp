#pragma once
// What a text that can be searched is of.

#include "events/catalog/stream.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace server::search {

/// A kind of entity, by its category's number; or a message.
enum class kind : std::uint8_t {
    none = 0,
    member = static_cast<std::uint8_t>(events::category::member),
    channel = static_cast<std::uint8_t>(events::category::channel),
    task = static_cast<std::uint8_t>(events::category::task),
    message = 255,
};
constexpr kind kind_of(events::category of) { return static_cast<kind>(of); }
/// Of a message that of its channel.
constexpr events::category category_of(kind of) { return of == kind::message ? events::category::channel : static_cast<events::category>(of); }

/// Whether texts of such entities are searched.
bool is_searched(events::category of);
/// The names of all kinds, as parse_kind() takes them: "member, channel, task".
std::string all_names();

/// "task"
std::string_view name_of(kind of);
std::optional<kind> parse_kind(std::string_view name);

struct place {
    search::kind kind{};
    std::uint64_t number = 0;   ///< of the member, task, …; of a message its channel
    std::uint64_t message = 0;  ///< of a message, its number in the channel
    bool operator==(const place&) const = default;
};

/// "task 17": its kind and its number, so that texts are found by both.
std::string words_of(const place& of);

}  // namespace server::search
