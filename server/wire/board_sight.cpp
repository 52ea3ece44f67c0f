#include "server/wire/documents.hpp"

namespace server::wire {
namespace {

constexpr std::size_t rows_at_once = 1'000;

}  // namespace

std::optional<board_sight> documents::sees_of_board(events::member_id who, std::size_t limit) const {
    board_sight seen;
    core::views::task_place from{true, {}};
    std::optional<events::position> begun;
    bool whole = true;
    for (bool more = true; more && whole;) {
        more = views_.read([&](const core::views::views& v, events::position at) {
            const auto* reader = active(v, who);
            // Between two looks it has moved: then there is nothing to share.
            whole = reader && (!begun || *begun == at);
            begun = at;
            if (!whole) return false;
            const auto many = std::min(limit - seen.rows.size(), rows_at_once);
            return v.with_context(reader, now_(), utc_offset_, [&](const core::context& by) {
                const auto part = v.board.open_first({}, by, from, many);
                for (const auto* row : part.rows) seen.rows.push_back(row->id.value);
                if (part.next) from = *part.next;
                return part.next && seen.rows.size() < limit;
            });
        });
    }
    if (!whole) return std::nullopt;
    seen.at = *begun;
    return seen;
}

}  // namespace server::wire
