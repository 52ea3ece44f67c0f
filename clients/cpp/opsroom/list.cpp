#include "opsroom/list.hpp"

#include <algorithm>

namespace opsroom {

json list::page(const std::string& cursor, std::uint64_t limit) const {
    auto asked = asked_;
    if (limit != 0) asked.emplace_back("limit", limit);
    if (!cursor.empty()) asked.emplace_back("cursor", cursor);
    return wire_->get(path_, asked);
}

std::vector<json> list::all() const { return first(0).rows; }

list::some list::first(std::uint64_t limit) const {
    some out;
    for (iterator at(*this, limit == 0 ? page_rows_ : std::min(limit, page_rows_)); at != std::default_sentinel; ++at) {
        out.rows.push_back(*at);
        if (limit == 0 || out.rows.size() < limit) continue;
        out.more = at.has_more();
        break;
    }
    return out;
}

list::iterator::iterator(const list& of, std::uint64_t page_rows)
    : of_(&of), page_rows_(page_rows), page_(std::make_shared<const json>(of.page({}, page_rows))) {
    ++*this;
}

bool list::iterator::has_more() const {
    const auto next = text_at(*page_, "next");
    return at_ < list_at(*page_, "items").size() || (!next.empty() && next != cursor_);
}

list::iterator& list::iterator::operator++() {
    for (;;) {
        const auto& items = list_at(*page_, "items");
        while (at_ < items.size()) {
            now_ = &items[at_++];
            // What changes meanwhile moves, and may be met again.
            const auto id = now_->contains("message") || now_->contains("kind") ? std::nullopt : number_at(*now_, "id");
            if (!id || seen_.insert(*id).second) return *this;
        }
        now_ = nullptr;
        const auto next = text_at(*page_, "next");
        // The same cursor again would never end.
        if (next.empty() || next == cursor_) return *this;
        page_ = std::make_shared<const json>(of_->page(next, page_rows_));
        cursor_ = next;
        at_ = 0;
    }
}

}  // namespace opsroom
