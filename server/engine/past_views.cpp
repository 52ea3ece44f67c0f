#include "server/engine/past_views.hpp"

#include "events/codec/codec.hpp"

#include <stdexcept>
#include <string>

namespace server::engine {

past_views::one past_views::at(events::position which) {
    const std::lock_guard one_at_a_time(making_);
    std::uint64_t begun;
    one from;
    {
        const std::lock_guard hold(guard_);
        begun = forgotten_;
        from = kept_before(which);
    }
    if (from && from->position() == which) {
        keep(from);
        return from;
    }
    auto made = from ? std::make_shared<core::views::views>(*from) : std::make_shared<core::views::views>();
    events::decoder decode;
    log_.read_all(events::next(made->position()), events::direction::forwards, [&](events::position p, std::string_view bytes) {
        if (p > which) return false;
        auto event = decode.decode(bytes);
        if (!event) throw std::runtime_error("event " + std::to_string(p.value) + ": " + event.error().message());
        // The only personal fields that are needed in memory are members' own.
        if (event->envelope.stream.kind == events::category::member) events::open_personal(*event, keys_);
        made->fold(*event);
        return true;
    });
    made->settle();
    const std::lock_guard hold(guard_);
    if (begun == forgotten_) {
        kept_.push_front(made);
        if (kept_.size() > kept_max_) kept_.pop_back();
    }
    return made;
}

void past_views::forget() {
    const std::lock_guard hold(guard_);
    ++forgotten_;
    kept_.clear();
}

past_views::one past_views::kept_before(events::position which) const {
    one best;
    for (const auto& k : kept_)
        if (k->position() <= which && (!best || k->position() > best->position())) best = k;
    return best;
}

void past_views::keep(one made) {
    const std::lock_guard hold(guard_);
    kept_.remove(made);
    kept_.push_front(std::move(made));
    if (kept_.size() > kept_max_) kept_.pop_back();
}

}  // namespace server::engine
