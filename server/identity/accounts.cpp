#include "server/identity/accounts.hpp"

#include "server/identity/accounts_impl.hpp"
#include "server/identity/secret.hpp"
#include "server/identity/weak_password.hpp"

#include <boost/system/system_error.hpp>

namespace server::identity {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t login_bytes_max = 64;
constexpr auto busy_retry = 1s;

// A person mistypes; a program that guesses gets five tries, and then one in five minutes.
constexpr throttle::rule per_login_and_address{5, 1s, 5min, 1h, 20'000};
constexpr throttle::rule per_device{10, 1s, 5min, 1h, 10'000};
// However many addresses somebody guesses from.
constexpr throttle::rule per_login{50, 1s, 5min, 1h, 10'000};
// Many people may share an office's address, or that of a proxy that is not told of: who has not failed there is held up by
// those who have only where there are hundreds of them, and never for long.
constexpr throttle::rule per_address{30, 1s, 5min, 1h, 10'000};
constexpr throttle::rule flood{300, 1s, 2s, 1h, 10'000};

constexpr int known_max = 16;
constexpr auto known_for = std::chrono::days{180};

fingerprint fingerprint_of_address(member_id who, std::string_view address) {
    return fingerprint_of("address " + std::to_string(who.value) + ' ' + throttle_key(address));
}

}  // namespace

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

accounts::impl::impl(const std::filesystem::path& file, time_source c, const options& o)
    : how(o),
      now(std::move(c)),
      db(file),
      passwords(o.hash_passes, o.hash_memory_kib, o.hashes_at_once, o.hashes_waiting_max),
      pairs(per_login_and_address),
      logins(per_login),
      addresses(per_address),
      floods(flood),
      devices(per_device) {
    load(credential::session, "SELECT id, member, fingerprint, created, expires, agent, used, address FROM session");
    load(credential::token, "SELECT id, member, fingerprint, created, expires, label, used, '' FROM token");
}

void accounts::impl::load(credential by, const char* sql) {
    const auto at = now();
    statement rows(db, sql);
    while (rows.step()) {
        const auto bytes = rows.bytes(2);
        fingerprint of{};
        if (bytes.size() != of.size())
            throw boost::system::system_error(make_error_code(error::damaged), "a fingerprint of the wrong length");
        std::copy(bytes.begin(), bytes.end(), of.begin());
        pass_row row{by, static_cast<std::uint64_t>(rows.number(0)), member_id{static_cast<std::uint64_t>(rows.number(1))}, rows.text(5), rows.text(7),
                     moment(rows.number(3)), moment(rows.number(6)), moment(rows.number(4)), {}};
        // What was given when longer lives were allowed ends when it would now.
        row.limit = row.created + (by == credential::session ? how.session_limit : std::chrono::days{how.token_days_max});
        row.expires = std::min(row.expires, row.limit);
        all.add(of, row, row.expires <= at);
    }
}

std::optional<accounts::impl::row> accounts::impl::find(std::string_view login) {
    statement s(db, "SELECT member, login, password FROM account WHERE login = ?");
    if (!s.bind(login).step()) return std::nullopt;
    return row{member_id{static_cast<std::uint64_t>(s.number(0))}, s.text(1), s.text(2)};
}

std::optional<accounts::impl::row> accounts::impl::find(member_id who) {
    statement s(db, "SELECT member, login, password FROM account WHERE member = ?");
    if (!s.bind(number(who)).step()) return std::nullopt;
    return row{member_id{static_cast<std::uint64_t>(s.number(0))}, s.text(1), s.text(2)};
}

bool accounts::impl::is_known(member_id who, const fingerprint& what) {
    statement s(db, "SELECT 1 FROM known WHERE member = ? AND fingerprint = ? AND used > ?");
    return s.bind(number(who)).bind(std::span<const std::uint8_t>(what)).bind(number(now() - known_for)).step();
}

void accounts::impl::remember(member_id who, const fingerprint& what) {
    statement s(db, "INSERT INTO known(member, fingerprint, used) VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET used = excluded.used");
    s.bind(number(who)).bind(std::span<const std::uint8_t>(what)).bind(number(now())).done();
    statement old(db, "DELETE FROM known WHERE member = ? AND rowid NOT IN (SELECT rowid FROM known WHERE member = ? ORDER BY used DESC LIMIT ?)");
    old.bind(number(who)).bind(number(who)).bind(std::int64_t{known_max}).done();
}

std::string accounts::impl::remember(member_id who, const origin& from) {
    if (!from.address.empty()) remember(who, fingerprint_of_address(who, from.address));
    const auto present = fingerprint_of(from.device);
    statement anybodys(db, "SELECT 1 FROM known WHERE fingerprint = ?");
    // A browser that several people use is known by one secret; one that nobody gave out is not taken.
    if (from.device.size() == secret_length && anybodys.bind(std::span<const std::uint8_t>(present)).step()) {
        remember(who, present);
        return {};
    }
    auto secret = make_secret();
    remember(who, fingerprint_of(secret));
    return secret;
}

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

std::optional<error> accounts::impl::at_fault(std::string_view password, std::string_view login, const password_change& change) const {
    if (password.size() > how.password_bytes_max || !is_clean_utf8(password)) return error::bad_password;
    if (normalised(password).size() < how.password_bytes_min) return error::bad_password;
    if (!change.published && is_weak(normalised(password), {normalised(login), normalised(change.name)})) return error::common_password;
    return std::nullopt;
}

boost::system::result<void, error> accounts::impl::write_account(member_id who, std::string_view name, std::string_view hash,
                                                                 std::optional<bool> published) {
    const auto other = find(name);
    if (other && other->member != who) return error::login_taken;
    statement s(db,
                "INSERT INTO account(member, login, password, changed, published) VALUES(?, ?, ?, ?, ?) ON CONFLICT(member) DO UPDATE SET "
                "login = excluded.login, password = excluded.password, changed = excluded.changed, published = excluded.published");
    s.bind(number(who)).bind(name).bind(hash).bind(number(now())).bind(std::int64_t{published.value_or(false)}).done();
    statement used_up(db, "DELETE FROM link WHERE member = ?");
    used_up.bind(number(who)).done();
    return {};
}

boost::system::result<void, error> accounts::set_password(member_id who, std::string_view login, std::string_view password,
                                                          const password_change& how) {
    if (!good_login(login)) return error::bad_login;
    if (const auto no = impl_->at_fault(password, login, how)) return *no;
    const auto hash = impl_->passwords.hash(normalised(password));
    if (!hash) return error::busy;
    const auto name = folded(login);
    std::vector<principal> ended;
    {
        std::lock_guard lock(impl_->file);
        if (const auto other = impl_->find(std::string_view(name)); other && other->member != who) return error::login_taken;
        ended = impl_->end(
            who, [&](const pass& p) { return p.row.by == credential::token || p.row.id != how.keep; },
            [&] { (void)impl_->write_account(who, name, *hash, how.published); });
    }
    impl_->tell_of(ended);
    return {};
}

std::pair<accounts::impl::counted, std::chrono::seconds> accounts::impl::count(const std::string& login_key, std::optional<member_id> who,
                                                                              const origin& from, bool inside) {
    const auto address = throttle_key(from.address);
    bool device_known = false, address_known = inside;
    if (who) {
        std::lock_guard lock(file);
        device_known = from.device.size() == secret_length && is_known(*who, fingerprint_of(from.device));
        address_known = address_known || is_known(*who, fingerprint_of_address(*who, from.address));
    }
    counted c;
    const auto at = now();
    std::lock_guard lock(throttles);
    auto pause = 0s;
    const auto add = [&](throttle& in, std::string key, bool clears) {
        pause = std::max(pause, in.wait(key, at));
        c.all.push_back({&in, std::move(key), clears});
    };
    if (device_known) {
        add(devices, login_key + ' ' + std::string(from.device), true);
    } else {
        const auto pair = login_key + '\n' + address;
        // Who has not failed here is not held up by those who have, unless there is no end of them.
        if (pairs.failures(pair, at) > 0) pause = std::max(pause, addresses.wait(address, at));
        c.all.push_back({&addresses, address, false});
        add(floods, address, false);
        add(pairs, pair, true);
        if (!address_known) add(logins, login_key, false);
    }
    // Counted as failed beforehand, so that guesses side by side don't slip through.
    if (pause == 0s)
        for (const auto& one : c.all) one.in->failed(one.key, at);
    return {std::move(c), pause};
}

hasher::verdict accounts::impl::check(const std::optional<row>& account, std::string_view password) {
    // A longer one was never set. It is checked against nobody, so that this takes as long.
    const bool possible = account && !account->password.empty() && password.size() <= how.password_bytes_max && is_clean_utf8(password);
    const auto stored = possible ? std::optional(account->password) : std::nullopt;
    const auto given = possible ? normalised(password) : std::string(password.substr(0, how.password_bytes_max));
    const auto verdict = passwords.check(stored, given);
    // One that was set before passwords were brought to one form.
    return verdict == hasher::verdict::wrong && possible && given != password ? passwords.check(stored, password) : verdict;
}

template <class Key>
boost::system::result<member_id, login_refusal> accounts::impl::verify(const Key& whom, const std::string& login_key,
                                                                       std::string_view password, const origin& from, bool inside) {
    const auto look = [&] {
        std::lock_guard lock(file);
        return find(whom);
    };
    const auto before = look();
    const auto [held, pause] = count(login_key, before ? std::optional(before->member) : std::nullopt, from, inside);
    if (pause > 0s) return login_refusal{error::throttled, pause};
    const auto verdict = check(before, password);
    if (verdict == hasher::verdict::wrong) return login_refusal{error::bad_credentials};
    {
        std::lock_guard lock(throttles);
        // All but the one for this very person at this place are not cleared: with one account of their own somebody could go on
        // guessing at others' for ever.
        for (const auto& one : held.all) {
            if (one.clears && verdict == hasher::verdict::right) one.in->clear(one.key);
            else one.in->forgive(one.key);
        }
    }
    if (verdict == hasher::verdict::busy) return login_refusal{error::busy, busy_retry};
    // The account may have been changed or removed while this took its time.
    if (look() != before) return login_refusal{error::bad_credentials};
    try {
        if (passwords.outdated(before->password) || normalised(password) != password) rehash(*before, password);
    } catch (const std::exception&) {
        // The disk is full, or memory is short: another time.
    }
    return before->member;
}

// The cost was changed since; this is the one moment at which the password is known.
void accounts::impl::rehash(const row& of, std::string_view password) {
    const auto fresh = passwords.hash(normalised(password));
    if (!fresh) return;  // busy: another time
    std::lock_guard lock(file);
    statement s(db, "UPDATE account SET password = ? WHERE member = ? AND password = ?");
    s.bind(std::string_view(*fresh)).bind(number(of.member)).bind(std::string_view(of.password)).done();
}

boost::system::result<member_id, login_refusal> accounts::verify(std::string_view login, std::string_view password, const origin& from) {
    const auto name = folded(login);
    return impl_->verify(std::string_view(name), name, password, from, false);
}

boost::system::result<void, login_refusal> accounts::verify(member_id who, std::string_view password, const origin& from) {
    // No login holds a space.
    const auto done = impl_->verify(who, "member " + std::to_string(who.value), password, from, true);
    if (!done) return done.error();
    return {};
}

std::vector<member_id> accounts::with_published(std::string_view password) {
    std::vector<impl::row> unknown;
    std::vector<member_id> list;
    {
        std::lock_guard lock(impl_->file);
        statement s(impl_->db, "SELECT member, login, password, published IS NULL FROM account WHERE published IS NOT 0 ORDER BY member");
        while (s.step()) {
            const member_id who{static_cast<std::uint64_t>(s.number(0))};
            if (s.number(3)) unknown.push_back({who, s.text(1), s.text(2)});
            else list.push_back(who);
        }
    }
    for (const auto& row : unknown) {
        const auto verdict = impl_->check(row, password);
        if (verdict == hasher::verdict::busy) continue;
        const bool is = verdict == hasher::verdict::right;
        if (is) list.push_back(row.member);
        std::lock_guard lock(impl_->file);
        statement s(impl_->db, "UPDATE account SET published = ? WHERE member = ? AND password = ?");
        s.bind(std::int64_t{is}).bind(number(row.member)).bind(std::string_view(row.password)).done();
    }
    return list;
}

std::string accounts::login_of(member_id who) const {
    std::lock_guard lock(impl_->file);
    const auto found = impl_->find(who);
    return found ? found->login : std::string();
}

bool accounts::has_password(member_id who) const {
    std::lock_guard lock(impl_->file);
    const auto found = impl_->find(who);
    return found && !found->password.empty();
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

void accounts::copy_to(const std::filesystem::path& file) const {
    std::lock_guard lock(impl_->file);
    impl_->db.copy_to(file);
}

std::string accounts::check() const {
    std::lock_guard lock(impl_->file);
    try {
        statement verdict(impl_->db, "PRAGMA integrity_check(1)");
        const auto said = verdict.step() ? verdict.text(0) : std::string("no answer");
        return said == "ok" ? std::string() : said;
    } catch (const boost::system::system_error& e) {
        return e.what();
    }
}

}  // namespace server::identity
