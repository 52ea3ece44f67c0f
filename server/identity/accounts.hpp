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

/// A secret is shown once, to whom it belongs, and is never logged.
struct new_session {
    principal who;
    std::string secret;  ///< the cookie's value: 43 characters, base64url
};

struct token {
    std::uint64_t id = 0;
    member_id member;
    std::string label;
    instant created;
    instant expires;

    bool operator==(const token&) const = default;
};

struct new_token {
    token about;
    std::string secret;  ///< "opsroom_pat_" and 43 characters, base64url
};

struct options {
    std::chrono::days session_lifetime{14};  ///< without use; each use makes it whole again
    std::size_t password_bytes_min = 8;
    std::size_t password_bytes_max = 256;
    std::uint64_t hash_passes = 2;          ///< Argon2id's t
    std::size_t hash_memory_kib = 65'536;   ///< Argon2id's m
    unsigned hashes_at_once = 2;            ///< so that signing in costs at most this × hash_memory_kib of memory
    unsigned hashes_waiting_max = 32;       ///< more are told error::busy
    unsigned sessions_per_member_max = 32;  ///< one more ends the one that was used the longest time ago
    unsigned tokens_per_member_max = 32;
    int token_days_max = 365;
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
    /// the one with the id `keep`; tokens stay.
    /// bad_login, login_taken, bad_password, busy.
    boost::system::result<void, error> set_password(member_id who, std::string_view login, std::string_view password,
                                                    std::uint64_t keep = 0);

    /// SLOW. `address` is the peer's IP address in text. Upper and lower case ASCII letters of a login are the same.
    /// Takes as long for a login that does not exist as for a wrong password.
    boost::system::result<member_id, login_refusal> verify(std::string_view login, std::string_view password, std::string_view address);

    /// SLOW. As verify, for somebody who is already in and is asked for the password again.
    boost::system::result<void, login_refusal> verify(member_id who, std::string_view password, std::string_view address);

    /// The login, or nothing where there is no account.
    std::string login_of(member_id who) const;

    /// Everyone who has an account, so that a start can remove those who left while the process was dying.
    std::vector<member_id> members() const;

    /// SLOW. Ends everything of theirs and wipes login and password from the file. For who left or was erased.
    void remove(member_id who);

    // Sessions.

    /// SLOW. no_account.
    boost::system::result<new_session, error> start_session(member_id who);

    /// unknown, expired. A use makes the lifetime whole again.
    boost::system::result<principal, error> find_session(std::string_view secret);

    /// SLOW. Nothing happens where `who` has no such session.
    void end_session(member_id who, std::uint64_t id);

    // Personal access tokens.

    /// SLOW. no_account, bad_label (1 to 100 bytes of UTF-8), bad_lifetime (1 to token_days_max), too_many_tokens.
    boost::system::result<new_token, error> issue_token(member_id who, std::string_view label, int days);

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

    /// SLOW where there is something to do. To be called once a second: tells of what has expired since, keeps how
    /// long used sessions now last, forgets what expired 30 days ago.
    void tick();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace server::identity
