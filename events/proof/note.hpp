#pragma once
// Signed notes (C2SP signed-note): a text, a blank line, and lines "— name base64(key id ‖ signature)".
// Keys are Ed25519; a key's id is the first 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key).
//
// Signer and verifier are immutable: any thread.

#include <boost/system/result.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace events::proof {

enum class note_error {
    bad_key = 1,      ///< not a key's text, or its id does not match
    malformed_note,   ///< not a text, a blank line and signature lines
    not_signed,       ///< no signature by this key
    bad_signature,    ///< a signature by this key that does not hold: the text was altered
    bad_checkpoint,   ///< a note, but its text is not a checkpoint
};

const boost::system::error_category& note_category();
inline boost::system::error_code make_error_code(note_error e) { return {static_cast<int>(e), note_category()}; }

using key_id = std::array<std::uint8_t, 4>;
using public_key = std::array<std::uint8_t, 32>;
using secret_seed = std::array<std::uint8_t, 32>;
using signature = std::array<std::uint8_t, 64>;

/// A key's name: not empty, UTF-8 without spaces, control characters and '+'.
bool is_key_name(std::string_view name);

class note_verifier {
public:
    note_verifier(std::string name, const public_key& key);

    /// From the form "name+hexkeyid+base64(0x01 ‖ public key)".
    static boost::system::result<note_verifier> parse(std::string_view text);

    const std::string& name() const { return name_; }

    /// "name+hexkeyid": enough to tell keys apart, and in every signature.
    std::string short_text() const;

    /// The form that parse() takes; what is given to whoever checks our notes.
    std::string text() const;

    /// The signed text, if this key signed it.
    boost::system::result<std::string> verify(std::string_view note) const;

private:
    friend class note_signer;
    std::string name_;
    public_key key_;
    key_id id_;
};

/// By which keys a note says that it is signed, "name+hexkeyid" each, in its order; none where it is no signed note. Nothing is proven by it.
std::vector<std::string> signers_of(std::string_view note);

class note_signer {
public:
    /// `name` has to be a key name (std::invalid_argument).
    note_signer(std::string name, const secret_seed& seed);

    /// A new key.
    static note_signer make(std::string name);

    /// From the form "PRIVATE+KEY+name+hexkeyid+base64(0x01 ‖ seed)".
    static boost::system::result<note_signer> parse(std::string_view text);

    /// The form that parse() takes. It is the secret itself.
    std::string secret_text() const;

    const note_verifier& verifier() const { return verifier_; }

    /// `text` has to be UTF-8 lines, each ended, without control characters (std::invalid_argument).
    std::string sign(std::string_view text) const;

private:
    secret_seed seed_;
    note_verifier verifier_;
};

}  // namespace events::proof

template <>
struct boost::system::is_error_code_enum<events::proof::note_error> : std::true_type {};
