#pragma once
// What identity answers when it says no, and what it throws when its file can't be used.

#include "core/kernel/refusal.hpp"

#include <boost/system/error_code.hpp>

#include <chrono>

namespace server::identity {

enum class error {
    // About who asks.
    bad_credentials = 1,  ///< no such login, or not its password: which of the two is never told
    throttled,            ///< too many failures from here or for this login
    busy,                 ///< as many passwords are being checked, and waiting for it, as are allowed
    expired,              ///< was a session or a token
    unknown,              ///< never was one, or was ended
    // About what was asked for.
    bad_login,
    login_taken,
    bad_password,     ///< too short, too long or not UTF-8
    common_password,  ///< one that is guessed first: on everybody's list, blank, or made of one's own name or login
    bad_link,         ///< was used, replaced by a newer one, or has expired
    bad_label,
    bad_lifetime,
    too_many_tokens,
    no_account,  ///< the member has no password, and so nothing that could be signed in to
    // About the file. Thrown by accounts' constructor (locked … newer_version) or by any change (io_failed, no_room).
    locked,
    damaged,
    not_ours,
    newer_version,
    io_failed,
    no_room,  ///< the disk is full
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(error e) { return {static_cast<int>(e), category()}; }

/// For a person, in both languages. The code is what programs see: "bad_credentials", "token_expired", …
core::refusal explain(error e);

/// Why a sign-in failed.
struct login_refusal {
    error why;
    std::chrono::seconds retry_after{0};  ///< with throttled and busy: ask again after this long

    bool operator==(const login_refusal&) const = default;
};

}  // namespace server::identity

template <>
struct boost::system::is_error_code_enum<server::identity::error> : std::true_type {};
