#pragma once
// Addresses and cookies, as browsers write them.

#include <map>
#include <string>
#include <string_view>

namespace server::http {

/// Percent-decoding (RFC 3986); '+' is a space in queries. A broken escape stays as it is.
std::string decode_percent(std::string_view text, bool plus_is_space);

/// "/a/b?x=1&y=" into its decoded parts. What separates steps of a path does so as it is written: %2F and %5C stay as they are.
/// A parameter that is there twice, or one that is no UTF-8 text, is named; empty: there is none.
std::string split_target(std::string_view target, std::string& path, std::map<std::string, std::string>& query);

/// The named cookie of a Cookie header; empty where it is not there.
std::string cookie_value(std::string_view header, std::string_view name);

}  // namespace server::http
