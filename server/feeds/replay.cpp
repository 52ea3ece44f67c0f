#include "server/feeds/replay.hpp"

namespace server::feeds {

replay::page& replay::next(const feed& f, events::position after, events::position goal) {
    const place where{f, after};
    if (const auto found = by_place_.find(where); found != by_place_.end()) {
        all_.splice(all_.begin(), all_, found->second);
        auto& known = all_.front();
        known.used = now_;
        // One that found nothing may have been read when there was less.
        if (known.what.what.to > after) return known.what;
        by_place_.erase(found);
        bytes_ -= known.bytes;
        all_.pop_front();
    }
    ++reads_;
    auto& made = all_.emplace_front(kept{where, {}, 0, now_});
    by_place_[where] = all_.begin();
    made.what.what = read_chunk(read_, f, after, goal, {how_.page_events_max, how_.page_bytes_max, how_.scan_events_max});
    made.what.frames = std::make_unique<batch_frames>(made.what.what.events, read_, [&](const feed& wanted) { return wanted == f; });
    // Events in memory and the frames of them: some times as much as what is shown.
    for (const auto& e : made.what.what.events) made.bytes += 512 + 4 * e.bytes.shown().size();
    bytes_ += made.bytes;
    while (bytes_ > how_.kept_bytes_max && all_.size() > 1) let_go_of_last();
    return made.what;
}

void replay::let_go_of_last() {
    bytes_ -= all_.back().bytes;
    by_place_.erase(all_.back().where);
    all_.pop_back();
}

void replay::forget() {
    all_.clear();
    by_place_.clear();
    bytes_ = 0;
}

void replay::tick() {
    ++now_;
    while (!all_.empty() && now_ - all_.back().used > how_.kept_ticks) let_go_of_last();
}

}  // namespace server::feeds
