#pragma once
// What is looked at before, and said once, people can sign in.

#include "core/kernel/sign_ins.hpp"
#include "server/identity/accounts.hpp"
#include "server/ops/config.hpp"
#include "server/wire/documents.hpp"

namespace server {

identity::options identity_options(const ops::config& c);

/// Throws events::cannot_go_on where accounts that have the demo's published password would be served beyond this machine as if
/// they had none; on the machine itself it is said.
void refuse_published_passwords(const ops::config& config, identity::accounts& accounts);

/// Says what to do where there are members and none of them has an account.
void say_who_can_sign_in(const ops::config& config, const identity::accounts& accounts, const wire::documents& read);

/// To the terminal: who can sign in to a demo, and how.
void print_demo_logins(const identity::accounts& accounts, const wire::documents& read);

/// Who can sign in, as rules ask it. Any thread.
class by_password final : public core::sign_ins {
public:
    explicit by_password(const identity::accounts& in) : in_(in) {}
    bool can_sign_in(events::member_id who) const override { return in_.has_password(who); }

private:
    const identity::accounts& in_;
};

}  // namespace server
