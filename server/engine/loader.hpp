#pragma once
// From the log to the state in memory, through a snapshot where there is one; and back to a snapshot.
//
// A snapshot holds nothing personal: members are read from their streams each time, so that an erased person
// is nowhere else.

#include "server/engine/decider.hpp"
#include "server/engine/views.hpp"

#include <functional>

namespace server::engine {

class loader {
public:
    loader(events::log& log, events::keyring& keys, decider& into, shared_views& views)
        : log_(log), keys_(keys), into_(into), views_(views) {}

    /// Throws std::runtime_error where an event can't be read.
    void load(const std::function<void(std::uint64_t, std::uint64_t)>& progress);

    /// Everything has to be at rest.
    void keep_snapshot();

private:
    events::position load_snapshot();
    void load_members(events::position up_to);
    void destroy_left_over_keys();

    events::log& log_;
    events::keyring& keys_;
    decider& into_;
    shared_views& views_;
};

}  // namespace server::engine
