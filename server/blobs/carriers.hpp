#pragma once
// What carries a content, and so who has to be able to read it.

#include "events/catalog/id.hpp"

#include <functional>
#include <set>
#include <string>

namespace server::blobs {

struct carriers {
    bool any = false;                       ///< something does
    bool open = false;                      ///< something that is not sealed: a request, a project, …
    std::set<events::member_id> people{};   ///< whose sealed forms do, without those who were erased

    /// It belonged to people who were erased, and to nothing else.
    bool erased() const { return any && !open && people.empty(); }
    /// Whoever serves here has to be able to read it by themselves: something open carries it, or nothing does yet.
    bool everybody() const { return open || !any; }
};

/// What carries it as far as is known now. What carries a content once always does, as the log says so.
using carried_by = std::function<carriers(const std::string& sha256)>;

}  // namespace server::blobs
