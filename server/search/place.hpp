#pragma once
// What a text that can be searched is of.

#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace server::search {

BOOST_DEFINE_FIXED_ENUM_CLASS(kind, std::uint8_t, none, member, task, request, project, channel, message, analysis, strategy, proposal)

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
