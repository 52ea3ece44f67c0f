#include "server/engine/history.hpp"

#include "events/catalog/uuid.hpp"

#include <openssl/rand.h>

#include <stdexcept>

namespace server::engine {
namespace {

constexpr std::string_view name = "history";

}  // namespace

std::string history_of(events::log& log) {
    if (const auto known = log.kept(name); known && events::parse_uuid(*known)) return *known;
    return begin_history(log);
}

std::string begin_history(events::log& log) {
    events::uuid id;
    if (RAND_bytes(id.bytes.data(), static_cast<int>(id.bytes.size())) != 1) throw std::runtime_error("OpenSSL gives no randomness");
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x40);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    auto text = to_string(id);
    log.keep(name, text);
    return text;
}

}  // namespace server::engine
