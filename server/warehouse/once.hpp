#pragma once
// Ids of commands that the system gives: the same however often the same step is given, so that it is recorded once.

#include "events/catalog/uuid.hpp"

#include <cstdint>
#include <cstring>
#include <string_view>

namespace server::warehouse {

/// `step`: six letters that no other step has; `about` and `version`: what it is about, as it is.
inline events::uuid once_id(std::string_view step, std::uint64_t about, std::uint8_t version = 0) {
    // Version 8 (RFC 9562): what is in it is ours to say. All but two bits of `about` fit.
    events::uuid id{};
    std::memcpy(id.bytes.data(), step.data(), step.size() < 6 ? step.size() : 6);
    id.bytes[6] = static_cast<unsigned char>(0x80 | (about >> 60 & 0x0F));
    id.bytes[7] = version;
    id.bytes[8] = static_cast<unsigned char>(0x80 | (about >> 56 & 0x0F));
    for (std::size_t i = 0; i < 7; ++i) id.bytes[15 - i] = static_cast<unsigned char>(about >> 8 * i);
    return id;
}

}  // namespace server::warehouse
