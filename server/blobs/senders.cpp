#include "server/blobs/senders.hpp"

#include "server/blobs/files.hpp"

#include <algorithm>
#include <charconv>

namespace server::blobs {

std::string to_text(const std::set<events::member_id>& senders) {
    std::string text;
    for (const auto who : senders) text += std::to_string(who.value) + '\n';
    return with_check(std::move(text));
}

std::optional<std::set<events::member_id>> parse_senders(std::string_view text) {
    const auto whole = checked(text);
    std::set<events::member_id> all;
    for (auto rest = whole.value_or(text); !rest.empty();) {
        const auto end = rest.find('\n');
        std::uint64_t who = 0;
        const auto [stopped, error] = std::from_chars(rest.data(), rest.data() + std::min(end, rest.size()), who);
        // A number without its line's end may be half of one.
        if (end == rest.npos || error != std::errc{} || stopped != rest.data() + end) return std::nullopt;
        all.insert(events::member_id{who});
        rest.remove_prefix(end + 1);
    }
    return all;
}

}  // namespace server::blobs
