#pragma once
// What an event changes of who may see what: each kind says it of its own events, as A::changes_sight(event).

namespace core {

struct sight_change {
    bool own = false;     ///< somebody may have lost sight of the entity that it is about
    bool others = false;  ///< lets people see entities that are seen through it (A::seen_through), or no longer
};

}  // namespace core
