#pragma once
// Who may come in: passwords, browser sessions and personal access tokens, in one small SQLite file.
//
// Passwords are kept as Argon2id hashes; of sessions and tokens only the SHA-256 is kept, so a stolen file opens
// nothing. Logins are personal: remove() wipes them from the file.
//
// Threads: everything may be called from any thread. find_session and find_token look into memory and never wait
// for the disk. Functions marked SLOW hash a password (tens of milliseconds and hash_memory_kib of memory by design)
// or wait for an fsync: call them on a worker thread, never on an I/O thread.
//
// Errors: refusals are results. A file that can't be written throws boost::system::system_error (error::io_failed)
// and nothing has changed.

#include "events/catalog/value.hpp"
#include "server/identity/error.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace server::identity {

using events::instant;
using events::member_id;

enum class credential : std::uint8_t { session, token };

/// Who a session or a token speaks for.
struct principal {
    member_id member;
    credential by = credential::session;
    std::uint64_t id = 0;  ///< of that session or token; never given out twice within its kind
    instant expires;

    bool operator==(const principal&) const = default;
};

/// Where a request comes from.
struct origin {
    std::string_view address;  ///< the peer's IP address in text
    std::string_view device;   ///< the secret that this browser was given when somebody signed in on it; empty: none
    std::string_view agent;    ///< the program, as it calls itself

    origin(std::string_view from = {}, std::string_view on = {}, std::string_view with = {}) : address(from), device(on), agent(with) {}
    origin(const char* from) : address(from) {}
    origin(const std::string& from) : address(from) {}
};

/// A secret is shown once, to whom it belongs, and is never logged.
struct new_session {
    principal who;
    std::string secret;  ///< the cookie's value: 43 characters, base64url
    std::string device;  ///< where the browser is a new one: what it is to be known by
};

struct session {
    std::uint64_t id = 0;
    member_id member;
    instant created;
    instant used;     ///< to the minute
    instant expires;  ///< without further use
    instant limit;    ///< whatever its use
    std::string address;
    std::string agent;

    bool operator==(const session&) const = default;
};

struct token {
    std::uint64_t id = 0;
    member_id member;
    std::string label;
    instant created;
    instant expires;
    instant used;  ///< to the minute; the epoch: never

    bool operator==(const token&) const = default;
};

struct new_token {
    token about;
    std::string secret;  ///< "opsroom_pat_" and 43 characters, base64url
    std::string device;  ///< where the program is a new one: what it is to be known by
};

/// What its owner chooses a password with, once, who has none or has lost it.
struct one_time_link {
    std::string secret;  ///< 43 characters, base64url
    instant expires;
};

struct password_change {
    std::uint64_t keep = 0;      ///< the session that goes on
    std::string_view name = {};  ///< the member's: no part of their password
    bool published = false;      ///< it is one that everybody may read (the demo's), and may be weak
};

struct options {
    std::chrono::days session_lifetime{14};  ///< without use; each use makes it whole again
    std::chrono::days session_limit{90};     ///< whatever its use
    std::chrono::hours link_lifetime{72};
    std::size_t password_bytes_min = 8;
    std::size_t password_bytes_max = 256;
    std::uint64_t hash_passes = 2;          ///< Argon2id's t
    std::size_t hash_memory_kib = 65'536;   ///< Argon2id's m
    unsigned hashes_at_once = 2;            ///< so that signing in costs at most this × hash_memory_kib of memory
    unsigned hashes_waiting_max = 32;       ///< more are told error::busy
    unsigned sessions_per_member_max = 32;  ///< one more ends the one that was used the longest time ago
    unsigned tokens_per_member_max = 32;
    int token_days_max = 90;
};

/// The time, UTC. Called from any thread.
using time_source = std::function<instant()>;

class accounts {
public:
    /// Opens the file, or makes it (mode 0600; its folder has to exist). It is this object's alone while it lives.
    /// Throws boost::system::system_error: error::locked, damaged, not_ours, newer_version, io_failed. Its what() names
    /// the file; explain() says what to do.
    accounts(const std::filesystem::path& file, time_source now, options how = {});
    ~accounts();
    accounts(const accounts&) = delete;
    accounts& operator=(const accounts&) = delete;

    /// Told of each session and token that has ended, however it did, after find_… refuses it. On the thread that
    /// ended it; with nothing locked. To be set before anyone else uses this object.
    void on_ended(std::function<void(const principal&)> tell);

    // Passwords.

    /// SLOW. Gives `who` an account, or changes its login and password. A change ends the member's sessions, except
    /// `how.keep`, and all their tokens; a one-time link of theirs is good no more.
    /// bad_login, login_taken, bad_password, common_password, busy.
    boost::system::result<void, error> set_password(member_id who, std::string_view login, std::string_view password,
                                                    const password_change& how = {});

    /// SLOW. Failures are counted for a login at an address, for an address, and for a login wherever it is tried from. None
    /// of these hold up anybody on a device that they have signed in on before, nor the last at an address that they have
    /// signed in from: strangers can't lock anyone out there.
    /// Upper and lower case ASCII letters of a login are the same; so is what differs in nothing but its Unicode form.
    /// Takes as long for a login that does not exist as for a wrong password.
    boost::system::result<member_id, login_refusal> verify(std::string_view login, std::string_view password, const origin& from);

    /// SLOW. As verify, for somebody who is already in and is asked for the password again.
    boost::system::result<void, login_refusal> verify(member_id who, std::string_view password, const origin& from);

    /// SLOW. Who still has this password, which is published, and was given it before such were marked or as such.
    std::vector<member_id> with_published(std::string_view password);

    // One-time links.

    /// SLOW. Ends every session and token of `who`, and their password; gives them an account where they have none. Whoever
    /// has the link chooses the next password. A newer one replaces it.
    /// bad_login, login_taken.
    boost::system::result<one_time_link, error> reset(member_id who, std::string_view login);

    /// bad_link.
    boost::system::result<member_id, error> owner_of_link(std::string_view secret) const;

    /// SLOW. Uses the link up, where the password is taken. bad_link, bad_password, common_password, busy.
    boost::system::result<member_id, error> redeem(std::string_view secret, std::string_view password, std::string_view name = {});

    /// The login, or nothing where there is no account.
    std::string login_of(member_id who) const;

    /// False where there is no account, or none but a link to choose a password with.
    bool has_password(member_id who) const;

    /// Everyone who has an account, so that a start can remove those who left while the process was dying.
    std::vector<member_id> members() const;

    /// SLOW. Ends everything of theirs and wipes login and password from the file. For who left or was erased.
    void remove(member_id who);

    // Sessions.

    /// SLOW. From here on the device and the address are known as theirs. no_account.
    boost::system::result<new_session, error> start_session(member_id who, const origin& from = {});

    /// Those that go on. The one used last first.
    std::vector<session> sessions_of(member_id who) const;

    /// unknown, expired. A use makes the lifetime whole again.
    boost::system::result<principal, error> find_session(std::string_view secret);

    /// SLOW. False where `who` has no such session.
    bool end_session(member_id who, std::uint64_t id);

    /// SLOW. All of theirs but `keep`.
    void end_other_sessions(member_id who, std::uint64_t keep);

    // Personal access tokens.

    /// SLOW. no_account, bad_label (1 to 100 bytes of UTF-8), bad_lifetime (1 to token_days_max), too_many_tokens.
    /// The device and the address are known as theirs from here on.
    boost::system::result<new_token, error> issue_token(member_id who, std::string_view label, int days, const origin& from = {});

    /// Also the expired ones, for 30 days. Oldest first.
    std::vector<token> tokens_of(member_id who) const;

    /// SLOW. unknown, also where it is somebody else's.
    boost::system::result<void, error> revoke_token(member_id who, std::uint64_t id);

    /// unknown, expired.
    boost::system::result<principal, error> find_token(std::string_view secret) const;

    // All of it.

    /// Whether that session or token has not ended. For whoever let somebody in and can end it only from now on: what
    /// on_ended told before that has missed them.
    bool stands(const principal& who) const;

    /// SLOW. Ends every session and token of theirs; they may sign in again.
    void end_all(member_id who);

    /// SLOW. A copy of all of it in `file`, which may be opened as accounts. Throws boost::system::system_error.
    void copy_to(const std::filesystem::path& file) const;

    /// SLOW where there is something to do. To be called once a second: tells of what has expired since, keeps how
    /// long used sessions now last, forgets what expired 30 days ago.
    void tick();

    /// Reads all of the file: empty where it is whole, else what is wrong with it. Slow.
    std::string check() const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace server::identity
