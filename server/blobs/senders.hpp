#pragma once
// Who sent a content, and so may attach it: a small file beside it, a member's number a line, and a line with its hash. Those from
// before there was such a line are taken as they are.

#include "events/catalog/value.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace server::blobs {

inline constexpr std::size_t senders_bytes_max = 1u << 20;

std::string to_text(const std::set<events::member_id>& senders);
/// Nothing where it is damaged: no number of it can be trusted then.
std::optional<std::set<events::member_id>> parse_senders(std::string_view text);

}  // namespace server::blobs
