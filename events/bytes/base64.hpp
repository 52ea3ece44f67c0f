#pragma once
// Base64 as RFC 4648 §4 has it, padded. Pure.

#include <optional>
#include <string>
#include <string_view>

namespace events::bytes {

std::string to_base64(std::string_view bytes);

/// Strict: nothing for line ends, missing padding, or bits that the padding leaves over. So there is one
/// text for each content, and altered text is never taken for the same.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace events::bytes
