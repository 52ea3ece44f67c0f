// One-time links: how somebody who has no password comes by one that nobody else knows.

#include "server/identity/accounts_impl.hpp"
#include "server/identity/secret.hpp"

namespace server::identity {

boost::system::result<one_time_link, error> accounts::reset(member_id who, std::string_view login) {
    if (!good_login(login)) return error::bad_login;
    const auto name = folded(login);
    one_time_link made{make_secret(), {}};
    const auto of = fingerprint_of(made.secret);
    std::vector<principal> ended;
    {
        std::lock_guard lock(impl_->file);
        if (const auto other = impl_->find(std::string_view(name)); other && other->member != who) return error::login_taken;
        const auto now = impl_->now();
        made.expires = now + impl_->how.link_lifetime;
        const auto write = [&] {
            (void)impl_->write_account(who, name, "", false);
            // Whoever had their password may have signed in as them: no place is theirs any more.
            statement places(impl_->db, "DELETE FROM known WHERE member = ?");
            places.bind(number(who)).done();
            statement s(impl_->db, "INSERT INTO link(member, fingerprint, created, expires) VALUES(?, ?, ?, ?)");
            s.bind(number(who)).bind(std::span<const std::uint8_t>(of)).bind(number(now)).bind(number(made.expires)).done();
        };
        ended = impl_->end(
            who, [](const pass&) { return true; }, write);
    }
    impl_->tell_of(ended);
    return made;
}

boost::system::result<member_id, error> accounts::owner_of_link(std::string_view secret) const {
    if (secret.size() != secret_length) return error::bad_link;
    const auto of = fingerprint_of(secret);
    std::lock_guard lock(impl_->file);
    // One that was made by a clock that is set back since would last for as long as that was ahead.
    statement s(impl_->db, "SELECT member FROM link WHERE fingerprint = ? AND expires > ? AND expires <= ?");
    const auto now = impl_->now();
    const auto latest = now + impl_->how.link_lifetime + std::chrono::hours(24);
    if (!s.bind(std::span<const std::uint8_t>(of)).bind(number(now)).bind(number(latest)).step()) return error::bad_link;
    return member_id{static_cast<std::uint64_t>(s.number(0))};
}

boost::system::result<member_id, error> accounts::redeem(std::string_view secret, std::string_view password, std::string_view name) {
    const auto who = owner_of_link(secret);
    if (!who) return who.error();
    const auto login = login_of(*who);
    if (const auto no = impl_->at_fault(password, login, {.name = name})) return *no;
    const auto hash = impl_->passwords.hash(normalised(password));
    if (!hash) return error::busy;
    const auto of = fingerprint_of(secret);
    std::lock_guard lock(impl_->file);
    transaction change(impl_->db);
    // It may have been used or replaced while this took its time.
    {
        statement still(impl_->db, "SELECT 1 FROM link WHERE member = ? AND fingerprint = ?");
        if (!still.bind(number(*who)).bind(std::span<const std::uint8_t>(of)).step()) return error::bad_link;
    }
    if (const auto written = impl_->write_account(*who, login, *hash, false); !written) return written.error();
    change.commit();
    return *who;
}

}  // namespace server::identity
