#pragma once
// What a decision may know besides the state and the command. It all comes in through here, so that the
// same inputs decide the same at any time.

#include "events/catalog/value.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace core {

using events::channel_id;
using events::date;
using events::department;
using events::instant;
using events::member_id;
using events::message_no;
using events::role;
using events::task_id;

/// What rules need to know of a member.
struct person {
    member_id id;
    bool active = false;  ///< has joined, and neither left nor been erased
    events::department department;
    std::vector<role> roles;
    bool erased = false;  ///< their key is gone: nothing of theirs can be sealed any more

    bool has(std::string_view code) const {
        return std::any_of(roles.begin(), roles.end(), [&](const role& r) { return r.code == code; });
    }
    bool operator==(const person&) const = default;
};

/// Everyone, by id.
class roster {
public:
    virtual ~roster() = default;
    /// Null for somebody who never joined. Valid until the next decision.
    virtual const person* find(member_id who) const = 0;
    /// Who signs in with this name, if anyone; erased people are forgotten.
    virtual member_id with_login(std::string_view login) const = 0;
};

struct context {
    instant now;           ///< UTC
    date today;            ///< in the department's time zone
    const person* actor;   ///< who asks; null for the system itself, which may do anything that the state allows
    std::uint64_t fresh;   ///< the number that a newly created entity gets
    const roster* people;  ///< never null

    bool by_system() const { return actor == nullptr; }
    member_id who() const { return actor ? actor->id : events::the_system; }
};

}  // namespace core
