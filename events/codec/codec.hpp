#pragma once
// An event to and from the bytes that the log keeps.
//
// The form is one JSON object, fields in this order:
//   {"position":9,"stream":"task/17","version":3,"type":"task.submitted.v1","time":"2026-11-23T08:00:00.000000Z",
//    "actor":3,"causation":"<uuid>","correlation":"<uuid>","mac":"<16 hex>","salt":"<16 hex>","clause":"S3.2.2","data":{…}}
// `correlation` is left out where it equals `causation`, `mac` and `salt` where they are 0. Before digests were keyed, `mac`
// was called `digest`. Where somebody acted in another's place,
// `"in_place_of":4` comes after `actor`.
//
// A personal field is {"of":3,"sealed":"<base64>"} in the stored form. Readers get the clear form: the
// text itself as a string, or {"of":3,"erased":true} once the key is destroyed, or {"of":3,"unreadable":true} where it is
// lost. Digests and salts are not in it: they are
// nobody's but the log's.
//
// These bytes are what is hashed, replicated and pushed. They are written once and never again.

#include "events/catalog/any.hpp"
#include "events/keys/keyring.hpp"

#include <boost/system/result.hpp>

#include <string>
#include <string_view>

namespace events {

struct encoded {
    std::string stored;
    std::string clear;  ///< empty where it is the same as `stored`

    std::string_view shown() const { return clear.empty() ? std::string_view(stored) : std::string_view(clear); }
};

/// Every person whose data the event carries has to have a key; without one this throws std::logic_error.
encoded encode(const envelope& about, const any& event, const keyring& keys);

enum class codec_error {
    not_json = 1,
    not_an_event,   ///< JSON, but not of the form above
    unknown_type,   ///< written by a newer opsroom
    bad_data,       ///< the data do not fit the type
};

const boost::system::error_category& codec_category();
inline boost::system::error_code make_error_code(codec_error e) { return {static_cast<int>(e), codec_category()}; }

/// Reads one event of any version there ever was; older ones come back in their newest shape. Keeps a
/// parser's memory between calls: one per thread.
class decoder {
public:
    decoder();
    ~decoder();
    decoder(const decoder&) = delete;
    decoder& operator=(const decoder&) = delete;

    /// Personal fields stay sealed.
    boost::system::result<recorded> decode(std::string_view stored);

    /// The envelope alone.
    boost::system::result<envelope> decode_envelope(std::string_view stored);

private:
    struct impl;
    impl* impl_;
};

/// Opens every personal field of `event` in place: to clear, or to erased. It stays sealed where its key is lost.
void open_personal(recorded& event, const keyring& keys);

/// The clear form of stored bytes.
std::string show(std::string_view stored, const keyring& keys);
/// The same, with {"of":3,"gone":true} for every personal field: somebody took it back.
std::string show_without_words(std::string_view stored);
/// And without the topic that they were filed under.
std::string show_taken_back(std::string_view stored);
/// Whether a digest is among the stored bytes that is not keyed: they would confirm what somebody guesses of a command.
bool has_open_digest(std::string_view stored);
/// That it happened, when and by whom: no data, and nothing by which they could be found out from the event's hash.
std::string show_envelope(std::string_view stored);

}  // namespace events

template <>
struct boost::system::is_error_code_enum<events::codec_error> : std::true_type {};
