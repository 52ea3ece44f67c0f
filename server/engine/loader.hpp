#pragma once
// From the log to the state in memory, through a snapshot where there is one; and back to a snapshot.
//
// A snapshot holds nothing personal: members are read from their streams each time, so that an erased person
// is nowhere else.

#include "server/engine/decider.hpp"
#include "server/engine/views.hpp"

#include <functional>
#include <stop_token>

namespace server::engine {

class loader {
public:
    /// Told of what was put right by itself: "kept/state", "of another log: …".
    using mended = std::function<void(std::string_view what, std::string_view why)>;

    loader(events::log& log, events::keyring& keys, decider& into, shared_views& views, mended tell = {})
        : log_(log), keys_(keys), into_(into), views_(views), tell_(std::move(tell)) {}

    /// All of the log. The position of the snapshot that it began with; 0: there was none. Throws events::cannot_go_on where
    /// an event can't be read, and events::index_broken.
    events::position load(const std::function<void(std::uint64_t, std::uint64_t)>& progress);

    /// For a state beside the real one: up to `goal`, while the log goes on. False where it was stopped before that.
    bool load_up_to(events::position goal, std::stop_token stop);

    /// Everything has to be at rest. How many bytes it has; 0 where there is nothing to keep. Throws where it can't be kept.
    std::size_t keep_snapshot();

private:
    events::position begin();
    bool go_on(events::position after, events::position goal, const std::function<bool(events::position)>& at_each);
    events::position load_snapshot();
    void load_members(events::position up_to);
    void look_after_keys();
    void tell(std::string_view what, std::string_view why) const {
        if (tell_) tell_(what, why);
    }

    events::log& log_;
    events::keyring& keys_;
    decider& into_;
    shared_views& views_;
    mended tell_;
};

}  // namespace server::engine
