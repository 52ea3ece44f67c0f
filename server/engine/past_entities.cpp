#include "server/engine/past_entities.hpp"

#include "core/calendar/calendar.hpp"
#include "core/kind.hpp"
#include "core/org/org.hpp"
#include "events/codec/codec.hpp"
#include "server/engine/member_events.hpp"

namespace server::engine {
namespace {

/// Null where nothing had happened to it by then.
std::shared_ptr<const void> fold(const core::kind& of, const events::log& log, events::stream_id which, events::position until) {
    std::shared_ptr<void> made;
    events::decoder decode;
    log.read_stream(which, {1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
        if (p > until) return false;
        const auto event = decode.decode(bytes);
        if (!event || event->event.category() != which.kind) return true;  // of a newer version's type: nothing that this one can show
        if (!made) made = of.make_state();
        of.evolve(made.get(), event->event, event->envelope);
        return true;
    });
    return made;
}

}  // namespace

const void* past_entities::state_of(events::stream_id which) const {
    const std::pair key{which.kind, which.number};
    if (const auto known = states_.find(key); known != states_.end()) return known->second.get();
    std::shared_ptr<const void> made;
    if (const auto* of = core::kind_of(which.kind)) made = fold(*of, log_, which, which_);
    return states_.emplace(key, std::move(made)).first->second.get();
}

bool past_entities::was_there(events::stream_id which) const {
    bool found = false;
    log_.read_stream(which, {1}, events::direction::forwards, [&](events::position p, std::string_view) {
        found = p <= which_;
        return false;
    });
    return found;
}

// Numbers are given out in the order of the log: the first that was not there yet is looked for by halves.
std::uint64_t past_entities::highest(events::category kind) const {
    if (const auto known = highest_.find(kind); known != highest_.end()) return known->second;
    std::uint64_t there = 0, not_there = log_.highest(kind) + 1;
    while (there + 1 < not_there) {
        const auto middle = there + (not_there - there) / 2;
        (was_there({kind, middle}) ? there : not_there) = middle;
    }
    return highest_[kind] = there;
}

const core::views::directory& past_entities::people() const {
    if (people_) return *people_;
    auto& made = people_.emplace();
    events::decoder decode;
    each_member_event(log_, which_, [&](events::position, std::string_view bytes) {
        auto event = decode.decode(bytes);
        if (!event) return;
        events::open_personal(*event, keys_);
        made.apply(*event);
    });
    return made;
}

core::working_calendar past_entities::calendar() const {
    const auto* c = find<core::calendar>(1);
    return c ? c->days() : core::working_calendar();
}

events::org::settings past_entities::settings() const {
    const auto* o = find<core::org>(1);
    return o ? o->settings : events::org::settings();
}

}  // namespace server::engine
