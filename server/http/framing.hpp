#pragma once
// What the head of a request has to be before anything else of it is believed (RFC 9110, 9112): where two readers could see
// different requests in the same bytes, it is refused and the connection ends.

#include "server/wire/problem.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace server::http {

struct head {
    unsigned version = 11;  ///< 10 or 11
    std::string_view method;
    std::string_view target;
    std::vector<std::pair<std::string_view, std::string_view>> fields;  ///< as they came

    /// How many there are of that name, in capitals or not.
    std::size_t count(std::string_view name) const;
    /// The first; empty where there is none.
    std::string_view operator[](std::string_view name) const;
};

/// Nothing where the request can be read on: one length, one host, one of whatever is there once.
std::optional<wire::problem> fault_in(const head& h);

/// Whether the client holds its content back until it is asked for.
bool waits_to_continue(const head& h);

/// The parts of a request's target.
struct address {
    std::string host;   ///< of the absolute form; empty: the Host field says it
    std::string path;   ///< "/a/b?c", or "*"
};
/// Of "/a?b", "http://host/a?b" or "*"; nothing for anything else.
std::optional<address> read_target(std::string_view target);

/// Whether a header is the media type, whatever its capitals and parameters: "Application/JSON; charset=utf-8".
bool is_media_type(std::string_view header, std::string_view type);

/// Without the blanks around it (OWS of RFC 9110).
std::string_view trimmed(std::string_view s);

/// What "Bearer" goes with; nothing where it is another scheme.
std::optional<std::string_view> bearer_of(std::string_view authorization);

/// The user and the password of HTTP Basic (RFC 7617).
std::optional<std::pair<std::string, std::string>> basic_of(std::string_view authorization);

/// Whether the content coding is taken ("gzip", "gzip;q=0.5", "*"), and not refused ("gzip;q=0").
bool takes_coding(std::string_view accept_encoding, std::string_view coding);

/// Of "en, zh;q=0.9": how much Chinese is wanted against English; true for more.
bool prefers_chinese(std::string_view accept_language);

/// Without capitals A to Z.
std::string in_small_letters(std::string_view text);

/// Elements of a header that is a list, without blanks around.
std::vector<std::string_view> list_of(std::string_view header);

}  // namespace server::http
