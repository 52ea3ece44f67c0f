#pragma once
// What somebody finds: each hit held against what they may see before it is shown, and nothing counted that is not.

#include "server/search/follower.hpp"
#include "server/wire/documents.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace server::search {

extern const core::refusal nothing_to_find;

struct query {
    static constexpr std::size_t bytes_max = 400;
    std::string words;
    std::optional<search::kind> only;
    std::uint64_t before = INT64_MAX;  ///< where an earlier page ended
    std::size_t limit = 20;
};


/// {"position","complete","behind","items":[{"kind","id","message"?,"title","author"?,"position","excerpt"}],"next"}; the newest first.
/// `complete` where all that has happened is in the index; `behind`: how many events are not. Not on an I/O thread.
wire::reading find(const wire::documents& from, const index& in, events::position indexed, events::member_id who, const query& q);

}  // namespace server::search
