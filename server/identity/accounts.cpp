#include "server/identity/accounts.hpp"

#include "server/identity/database.hpp"
#include "server/identity/passes.hpp"
#include "server/identity/password.hpp"
#include "server/identity/throttle.hpp"

#include <boost/system/system_error.hpp>

#include <algorithm>
#include <mutex>

namespace server::identity {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t login_bytes_max = 64;
constexpr std::size_t label_bytes_max = 100;
constexpr auto busy_retry = 1s;

// A person mistypes; a program that guesses gets five tries, and then one in five minutes.
constexpr throttle::rule per_login{5, 1s, 5min, 1h, 10'000};
// Many people may share an office's address.
constexpr throttle::rule per_address{30, 1s, 5min, 1h, 10'000};

std::int64_t number(instant t) { return t.time_since_epoch().count(); }
instant moment(std::int64_t us) { return instant(std::chrono::microseconds(us)); }
std::int64_t number(member_id m) { return static_cast<std::int64_t>(m.value); }

std::string folded(std::string_view login) {
    std::string low(login);
    for (char& c : low) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return low;
}

bool good_login(std::string_view login) {
    return !login.empty() && login.size() <= login_bytes_max && is_clean_utf8(login) && login.find(' ') == login.npos;
}

}  // namespace

// Order of locks: file_ before those inside of passes and hasher; throttles_ alone. Nothing is locked while telling.
struct accounts::impl {
    impl(const std::filesystem::path& file, time_source c, const options& o)
        : how(o),
          now(std::move(c)),
          db(file),
          passwords(o.hash_passes, o.hash_memory_kib, o.hashes_at_once, o.hashes_waiting_max) {
        load(credential::session, "SELECT id, member, fingerprint, created, expires, '' FROM session");
        load(credential::token, "SELECT id, member, fingerprint, created, expires, label FROM token");
    }

    void load(credential by, const char* sql) {
        const auto at = now();
        statement rows(db, sql);
        while (rows.step()) {
            const auto bytes = rows.bytes(2);
            fingerprint of{};
            if (bytes.size() != of.size()) {
                throw boost::system::system_error(make_error_code(error::damaged), "a fingerprint of the wrong length");
            }
            std::copy(bytes.begin(), bytes.end(), of.begin());
            const auto expires = moment(rows.number(4));
            all.add(of, by, static_cast<std::uint64_t>(rows.number(0)), member_id{static_cast<std::uint64_t>(rows.number(1))}, rows.text(5),
                    moment(rows.number(3)), expires, expires <= at);
        }
    }

    struct row {
        member_id member;
        std::string login;
        std::string password;
        bool operator==(const row&) const = default;
    };

    // With `file` locked, both.
    std::optional<row> find(std::string_view login) {
        statement s(db, "SELECT member, login, password FROM account WHERE login = ?");
        return first(s.bind(login));
    }
    std::optional<row> find(member_id who) {
        statement s(db, "SELECT member, login, password FROM account WHERE member = ?");
        return first(s.bind(number(who)));
    }
    static std::optional<row> first(statement& s) {
        if (!s.step()) return std::nullopt;
        return row{member_id{static_cast<std::uint64_t>(s.number(0))}, s.text(1), s.text(2)};
    }

    template <class Key>
    boost::system::result<member_id, login_refusal> verify(const Key& whom, const std::string& login_key, std::string_view password,
                                                           std::string_view address);
    void rehash(const row& of, std::string_view password);

    void erase_row(credential by, std::uint64_t id) {
        statement s(db, by == credential::session ? "DELETE FROM session WHERE id = ?" : "DELETE FROM token WHERE id = ?");
        s.bind(static_cast<std::int64_t>(id)).done();
    }

    // Deletes from the file and then from memory what `which` picks among `who`'s, together with what `first` does;
    // `file` is locked.
    template <class Which, class First = void (*)()>
    std::vector<principal> end(
        member_id who, const Which& which, const First& first = [] {}) {
        transaction change(db);
        first();
        all.each(who, [&](const pass& p) {
            if (which(p)) erase_row(p.by, p.id);
        });
        change.commit();
        return all.remove(who, now(), which);
    }

    void keep(const std::vector<principal>& moved) {
        for (const auto& p : moved) {
            statement s(db, "UPDATE session SET expires = ? WHERE id = ?");
            s.bind(number(p.expires)).bind(static_cast<std::int64_t>(p.id)).done();
        }
    }

    void tell_of(const std::vector<principal>& ended) const {
        if (!tell) return;
        for (const auto& p : ended) tell(p);
    }

    const options how;
    const time_source now;
    std::mutex file;
    database db;
    passes all;
    hasher passwords;
    std::mutex throttles;
    throttle logins{per_login};
    throttle addresses{per_address};
    std::function<void(const principal&)> tell;
};

accounts::accounts(const std::filesystem::path& file, time_source now, options how)
    : impl_(std::make_unique<impl>(file, std::move(now), how)) {}

accounts::~accounts() {
    try {
        const auto rest = impl_->all.sweep(impl_->now(), true);
        if (rest.moved.empty()) return;
        transaction change(impl_->db);
        impl_->keep(rest.moved);
        change.commit();
    } catch (const boost::system::system_error&) {
        // What is lost is at most an hour of each session's life.
    }
}

void accounts::on_ended(std::function<void(const principal&)> tell) { impl_->tell = std::move(tell); }

boost::system::result<void, error> accounts::set_password(member_id who, std::string_view login, std::string_view password,
                                                          std::uint64_t keep) {
    if (!good_login(login)) return error::bad_login;
    if (password.size() < impl_->how.password_bytes_min || password.size() > impl_->how.password_bytes_max || !is_clean_utf8(password)) {
        return error::bad_password;
    }
    const auto hash = impl_->passwords.hash(password);
    if (!hash) return error::busy;
    const auto name = folded(login);
    std::vector<principal> ended;
    {
        std::lock_guard lock(impl_->file);
        const auto other = impl_->find(std::string_view(name));
        if (other && other->member != who) return error::login_taken;
        const auto write = [&] {
            statement s(impl_->db,
                        "INSERT INTO account(member, login, password, changed) VALUES(?, ?, ?, ?) ON CONFLICT(member) "
                        "DO UPDATE SET login = excluded.login, password = excluded.password, changed = excluded.changed");
            s.bind(number(who)).bind(std::string_view(name)).bind(std::string_view(*hash)).bind(number(impl_->now())).done();
        };
        ended = impl_->end(
            who, [&](const pass& p) { return p.by == credential::session && p.id != keep; }, write);
    }
    impl_->tell_of(ended);
    return {};
}

template <class Key>
boost::system::result<member_id, login_refusal> accounts::impl::verify(const Key& whom, const std::string& login_key,
                                                                       std::string_view password, std::string_view address) {
    const auto from = throttle_key(address);
    {
        // Counted as failed beforehand, so that guesses side by side don't slip through.
        const auto at = now();
        std::lock_guard lock(throttles);
        const auto pause = std::max(logins.wait(login_key, at), addresses.wait(from, at));
        if (pause > 0s) return login_refusal{error::throttled, pause};
        logins.failed(login_key, at);
        addresses.failed(from, at);
    }
    const auto look = [&] {
        std::lock_guard lock(file);
        return find(whom);
    };
    const auto before = look();
    // A longer one was never set. It is checked against nobody, so that this takes as long.
    const bool possible = before && password.size() <= how.password_bytes_max;
    const auto verdict =
        passwords.check(possible ? std::optional(before->password) : std::nullopt, password.substr(0, how.password_bytes_max));
    if (verdict == hasher::verdict::wrong) return login_refusal{error::bad_credentials};
    {
        std::lock_guard lock(throttles);
        // Not clear(): with one account of their own somebody could go on guessing at others' for ever.
        addresses.forgive(from);
        if (verdict == hasher::verdict::busy) {
            logins.forgive(login_key);
            return login_refusal{error::busy, busy_retry};
        }
        logins.clear(login_key);
    }
    // The account may have been changed or removed while this took its time.
    if (look() != before) return login_refusal{error::bad_credentials};
    if (passwords.outdated(before->password)) rehash(*before, password);
    return before->member;
}

// The cost was changed since; this is the one moment at which the password is known.
void accounts::impl::rehash(const row& of, std::string_view password) {
    const auto fresh = passwords.hash(password);
    if (!fresh) return;  // busy: another time
    std::lock_guard lock(file);
    statement s(db, "UPDATE account SET password = ? WHERE member = ? AND password = ?");
    s.bind(std::string_view(*fresh)).bind(number(of.member)).bind(std::string_view(of.password)).done();
}

boost::system::result<member_id, login_refusal> accounts::verify(std::string_view login, std::string_view password,
                                                                 std::string_view address) {
    const auto name = folded(login);
    return impl_->verify(std::string_view(name), name, password, address);
}

boost::system::result<void, login_refusal> accounts::verify(member_id who, std::string_view password, std::string_view address) {
    // No login holds a space.
    const auto done = impl_->verify(who, "member " + std::to_string(who.value), password, address);
    if (!done) return done.error();
    return {};
}

std::string accounts::login_of(member_id who) const {
    std::lock_guard lock(impl_->file);
    const auto found = impl_->find(who);
    return found ? found->login : std::string();
}

std::vector<member_id> accounts::members() const {
    std::lock_guard lock(impl_->file);
    std::vector<member_id> list;
    statement s(impl_->db, "SELECT member FROM account ORDER BY member");
    while (s.step()) list.push_back(member_id{static_cast<std::uint64_t>(s.number(0))});
    return list;
}

void accounts::remove(member_id who) {
    std::vector<principal> ended;
    {
        std::lock_guard lock(impl_->file);
        const auto wipe = [&] {
            statement s(impl_->db, "DELETE FROM account WHERE member = ?");
            s.bind(number(who)).done();
        };
        ended = impl_->end(
            who, [](const pass&) { return true; }, wipe);
        impl_->db.wipe_deleted();
    }
    impl_->tell_of(ended);
}

boost::system::result<new_session, error> accounts::start_session(member_id who) {
    const auto secret = make_secret();
    const auto of = fingerprint_of(secret);
    std::vector<principal> ended;
    principal fresh{who, credential::session, 0, {}};
    {
        std::lock_guard lock(impl_->file);
        if (!impl_->find(who)) return error::no_account;
        const auto now = impl_->now();
        fresh.expires = now + impl_->how.session_lifetime;
        std::vector<principal> present;
        impl_->all.each(who, [&](const pass& p) {
            if (p.by == credential::session) present.push_back(p.who());
        });
        if (present.size() >= impl_->how.sessions_per_member_max) {
            const auto oldest =
                std::min_element(present.begin(), present.end(), [](const auto& a, const auto& b) { return a.expires < b.expires; });
            ended = impl_->end(who, [id = oldest->id](const pass& p) { return p.by == credential::session && p.id == id; });
        }
        statement s(impl_->db, "INSERT INTO session(member, fingerprint, created, expires) VALUES(?, ?, ?, ?)");
        s.bind(number(who)).bind(std::span<const std::uint8_t>(of)).bind(number(now)).bind(number(fresh.expires)).done();
        fresh.id = static_cast<std::uint64_t>(impl_->db.last_id());
        impl_->all.add(of, credential::session, fresh.id, who, {}, now, fresh.expires);
    }
    impl_->tell_of(ended);
    return new_session{fresh, secret};
}

boost::system::result<principal, error> accounts::find_session(std::string_view secret) {
    if (secret.size() != secret_length) return error::unknown;
    return impl_->all.find(fingerprint_of(secret), credential::session, impl_->now(), impl_->how.session_lifetime);
}

void accounts::end_session(member_id who, std::uint64_t id) {
    std::vector<principal> ended;
    {
        std::lock_guard lock(impl_->file);
        ended = impl_->end(who, [&](const pass& p) { return p.by == credential::session && p.id == id; });
    }
    impl_->tell_of(ended);
}

boost::system::result<new_token, error> accounts::issue_token(member_id who, std::string_view label, int days) {
    if (label.empty() || label.size() > label_bytes_max || !is_clean_utf8(label)) return error::bad_label;
    if (days < 1 || days > impl_->how.token_days_max) return error::bad_lifetime;
    auto secret = make_secret(token_prefix);
    const auto of = fingerprint_of(secret);
    std::lock_guard lock(impl_->file);
    if (!impl_->find(who)) return error::no_account;
    const auto now = impl_->now();
    unsigned present = 0;
    impl_->all.each(who, [&](const pass& p) { present += p.by == credential::token && now < p.who().expires; });
    if (present >= impl_->how.tokens_per_member_max) return error::too_many_tokens;
    token about{0, who, std::string(label), now, now + std::chrono::days{days}};
    statement s(impl_->db, "INSERT INTO token(member, fingerprint, label, created, expires) VALUES(?, ?, ?, ?, ?)");
    s.bind(number(who)).bind(std::span<const std::uint8_t>(of)).bind(label).bind(number(now)).bind(number(about.expires)).done();
    about.id = static_cast<std::uint64_t>(impl_->db.last_id());
    impl_->all.add(of, credential::token, about.id, who, about.label, now, about.expires);
    return new_token{std::move(about), std::move(secret)};
}

std::vector<token> accounts::tokens_of(member_id who) const {
    std::vector<token> list;
    impl_->all.each(who, [&](const pass& p) {
        if (p.by == credential::token) list.push_back({p.id, p.member, p.label, p.created, p.who().expires});
    });
    std::sort(list.begin(), list.end(), [](const token& a, const token& b) { return a.id < b.id; });
    return list;
}

boost::system::result<void, error> accounts::revoke_token(member_id who, std::uint64_t id) {
    std::vector<principal> ended;
    {
        std::lock_guard lock(impl_->file);
        bool found = false;
        const auto this_one = [&](const pass& p) { return p.by == credential::token && p.id == id; };
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
    impl_->all.each(who.member, [&](const pass& p) { found = found || (p.by == who.by && p.id == who.id && now < p.who().expires); });
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
