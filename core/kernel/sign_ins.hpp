#pragma once
// Who can sign in. Passwords are kept beside the log, by the server's accounts.

#include "events/catalog/value.hpp"

namespace core {

class sign_ins {
public:
    virtual ~sign_ins() = default;
    /// Whether they have a password: who was only just set up, or had theirs reset, has none yet.
    virtual bool can_sign_in(events::member_id who) const = 0;
};

}  // namespace core
