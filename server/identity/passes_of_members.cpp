// Sessions and personal access tokens.

#include "server/identity/accounts_impl.hpp"
#include "server/identity/secret.hpp"

namespace server::identity {
namespace {

constexpr std::size_t label_bytes_max = 100;
constexpr std::size_t agent_bytes_max = 200;

/// As much of what a program calls itself as a person wants to see; nothing where it is no text.
std::string shown(std::string_view agent) { return is_clean_utf8(agent) ? std::string(agent.substr(0, agent_bytes_max)) : std::string(); }

}  // namespace

void accounts::impl::erase_row(credential by, std::uint64_t id) {
    statement s(db, by == credential::session ? "DELETE FROM session WHERE id = ?" : "DELETE FROM token WHERE id = ?");
    s.bind(static_cast<std::int64_t>(id)).done();
}

void accounts::impl::keep(const std::vector<pass_row>& moved) {
    for (const auto& p : moved) {
        const bool session = p.by == credential::session;
        statement s(db, session ? "UPDATE session SET expires = ?, used = ? WHERE id = ?" : "UPDATE token SET expires = ?, used = ? WHERE id = ?");
        s.bind(number(p.expires)).bind(number(p.used)).bind(static_cast<std::int64_t>(p.id)).done();
    }
}

boost::system::result<new_session, error> accounts::start_session(member_id who, const origin& from) {
    auto secret = make_secret();
    const auto of = fingerprint_of(secret);
    std::vector<principal> ended;
    new_session made{{who, credential::session, 0, {}}, std::move(secret), {}};
    {
        std::lock_guard lock(impl_->file);
        const auto account = impl_->find(who);
        if (!account || account->password.empty()) return error::no_account;
        const auto now = impl_->now();
        pass_row row{credential::session, 0, who, shown(from.agent), std::string(from.address), now, now, {}, now + impl_->how.session_limit};
        row.expires = std::min<instant>(now + impl_->how.session_lifetime, row.limit);
        std::vector<pass_row> present;
        impl_->all.each(who, [&](const pass& p) {
            if (p.row.by == credential::session) present.push_back(p.now());
        });
        if (present.size() >= impl_->how.sessions_per_member_max) {
            const auto oldest = std::min_element(present.begin(), present.end(), [](const auto& a, const auto& b) { return a.used < b.used; });
            ended = impl_->end(who, [id = oldest->id](const pass& p) { return p.row.by == credential::session && p.row.id == id; });
        }
        transaction change(impl_->db);
        made.device = impl_->remember(who, from);
        statement s(impl_->db, "INSERT INTO session(member, fingerprint, created, expires, used, address, agent) VALUES(?, ?, ?, ?, ?, ?, ?)");
        s.bind(number(who)).bind(std::span<const std::uint8_t>(of)).bind(number(now)).bind(number(row.expires)).bind(number(now));
        s.bind(std::string_view(row.address)).bind(std::string_view(row.label)).done();
        row.id = static_cast<std::uint64_t>(impl_->db.last_id());
        change.commit();
        made.who.id = row.id;
        made.who.expires = row.expires;
        impl_->all.add(of, row);
    }
    impl_->tell_of(ended);
    return made;
}

boost::system::result<principal, error> accounts::find_session(std::string_view secret) {
    if (secret.size() != secret_length) return error::unknown;
    return impl_->all.find(fingerprint_of(secret), credential::session, impl_->now(), impl_->how.session_lifetime);
}

std::vector<session> accounts::sessions_of(member_id who) const {
    std::vector<session> list;
    const auto now = impl_->now();
    impl_->all.each(who, [&](const pass& p) {
        const auto r = p.now();
        if (r.by == credential::session && p.stands(now))
            list.push_back({r.id, r.member, r.created, r.used, r.expires, r.limit, r.address, r.label});
    });
    std::sort(list.begin(), list.end(), [](const session& a, const session& b) { return std::pair(a.used, a.id) > std::pair(b.used, b.id); });
    return list;
}

bool accounts::end_session(member_id who, std::uint64_t id) {
    std::vector<principal> ended;
    {
        std::lock_guard lock(impl_->file);
        bool found = false;
        const auto this_one = [&](const pass& p) { return p.row.by == credential::session && p.row.id == id; };
        impl_->all.each(who, [&](const pass& p) { found |= this_one(p); });
        if (!found) return false;
        ended = impl_->end(who, this_one);
    }
    impl_->tell_of(ended);
    return true;
}

void accounts::end_other_sessions(member_id who, std::uint64_t keep) {
    std::vector<principal> ended;
    {
        std::lock_guard lock(impl_->file);
        ended = impl_->end(who, [&](const pass& p) { return p.row.by == credential::session && p.row.id != keep; });
    }
    impl_->tell_of(ended);
}

boost::system::result<new_token, error> accounts::issue_token(member_id who, std::string_view label, int days, const origin& from) {
    if (label.empty() || label.size() > label_bytes_max || !is_clean_utf8(label)) return error::bad_label;
    if (days < 1 || days > impl_->how.token_days_max) return error::bad_lifetime;
    auto secret = make_secret(token_prefix);
    const auto of = fingerprint_of(secret);
    std::lock_guard lock(impl_->file);
    const auto account = impl_->find(who);
    if (!account || account->password.empty()) return error::no_account;
    const auto now = impl_->now();
    unsigned present = 0;
    impl_->all.each(who, [&](const pass& p) { present += p.row.by == credential::token && p.stands(now); });
    if (present >= impl_->how.tokens_per_member_max) return error::too_many_tokens;
    token about{0, who, std::string(label), now, now + std::chrono::days{days}, {}};
    transaction change(impl_->db);
    auto device = impl_->remember(who, from);
    statement s(impl_->db, "INSERT INTO token(member, fingerprint, label, created, expires) VALUES(?, ?, ?, ?, ?)");
    s.bind(number(who)).bind(std::span<const std::uint8_t>(of)).bind(label).bind(number(now)).bind(number(about.expires)).done();
    about.id = static_cast<std::uint64_t>(impl_->db.last_id());
    change.commit();
    impl_->all.add(of, {credential::token, about.id, who, about.label, {}, now, {}, about.expires, about.expires});
    return new_token{std::move(about), std::move(secret), std::move(device)};
}

std::vector<token> accounts::tokens_of(member_id who) const {
    std::vector<token> list;
    impl_->all.each(who, [&](const pass& p) {
        const auto r = p.now();
        if (r.by == credential::token) list.push_back({r.id, r.member, r.label, r.created, r.expires, r.used});
    });
    std::sort(list.begin(), list.end(), [](const token& a, const token& b) { return a.id < b.id; });
    return list;
}

boost::system::result<void, error> accounts::revoke_token(member_id who, std::uint64_t id) {
    std::vector<principal> ended;
    {
        std::lock_guard lock(impl_->file);
        bool found = false;
        const auto this_one = [&](const pass& p) { return p.row.by == credential::token && p.row.id == id; };
        impl_->all.each(who, [&](const pass& p) { found |= this_one(p); });
        if (!found) return error::unknown;
        ended = impl_->end(who, this_one);
    }
    impl_->tell_of(ended);
    return {};
}

boost::system::result<principal, error> accounts::find_token(std::string_view secret) const {
    if (secret.size() != token_prefix.size() + secret_length || !secret.starts_with(token_prefix)) return error::unknown;
    return impl_->all.find(fingerprint_of(secret), credential::token, impl_->now(), std::nullopt);
}

bool accounts::stands(const principal& who) const {
    bool found = false;
    const auto now = impl_->now();
    impl_->all.each(who.member, [&](const pass& p) { found = found || (p.row.by == who.by && p.row.id == who.id && p.stands(now)); });
    return found;
}

void accounts::end_all(member_id who) {
    std::vector<principal> ended;
    {
        std::lock_guard lock(impl_->file);
        ended = impl_->end(who, [](const pass&) { return true; });
    }
    impl_->tell_of(ended);
}

void accounts::tick() {
    const auto found = impl_->all.sweep(impl_->now());
    // First, as somebody may be looking on with what has just expired.
    impl_->tell_of(found.expired);
    if (found.moved.empty() && found.forgotten.empty()) return;
    std::lock_guard lock(impl_->file);
    transaction change(impl_->db);
    impl_->keep(found.moved);
    for (const auto& p : found.forgotten) impl_->erase_row(p.by, p.id);
    change.commit();
}

}  // namespace server::identity
