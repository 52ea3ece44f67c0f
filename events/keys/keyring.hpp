#pragma once
// The keys that seal personal data, one a person, kept beside the log and never in it. Destroying a
// person's key erases them: what the log holds of theirs can't be read again, and its hashes stay whole.
//
// Cipher: AES-256-GCM (NIST SP 800-38D), 96-bit random nonce, 128-bit tag. Sealed text is the base64
// (RFC 4648 §4) of nonce ‖ ciphertext ‖ tag.

#include "events/catalog/id.hpp"
#include "events/catalog/uuid.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace events {

/// Every member function may be called from any thread.
class keyring {
public:
    virtual ~keyring() = default;

    /// Makes a key for `who` unless they have one. It is durable when this returns: an event may then be
    /// sealed with it. Throws boost::system::system_error where it can't be kept.
    virtual void create(member_id who) = 0;

    virtual bool has(member_id who) const = 0;

    /// Nobody destroyed `who`'s key, and yet it can't be had: its file is damaged, or gone (see miss()). What is sealed with it
    /// can't be read, and is not erased; nothing new can be sealed.
    virtual bool lost(member_id) const { return false; }

    /// From whoever knows that `who` is not erased. Where there is no key it is lost from now on; says whether it is.
    virtual bool miss(member_id) { return false; }

    /// Destroys `who`'s key, durably. True if there was one.
    virtual bool destroy(member_id who) = 0;

    /// `bound_to` is authenticated with the text, so that it can't be moved elsewhere: it has to be the same
    /// when opening. Nothing where `who` has no key.
    virtual std::optional<std::string> seal(member_id who, std::string_view text, std::string_view bound_to) const = 0;

    /// Nothing where the key is gone or the text is not what was sealed.
    virtual std::optional<std::string> open(member_id who, std::string_view sealed, std::string_view bound_to) const = 0;

    /// A command's digest under the installation's own key: the same for the same command of the same person, and no help to
    /// who would guess what it said. Never 0.
    virtual std::uint64_t mac(member_id actor, const uuid& command, std::uint64_t digest) const = 0;
};

}  // namespace events
