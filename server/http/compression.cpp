#include "server/http/compression.hpp"

#include "server/http/framing.hpp"

#include <zlib.h>

#include <limits>
#include <new>
#include <stdexcept>

namespace server::http {
namespace {

constexpr std::size_t worth_it = 4096;  // bytes

}  // namespace

std::string gzip(std::string_view plain) {
    constexpr int with_gzip_header = 15 + 16;  // zlib.h, deflateInit2
    constexpr int memory_level = 8;
    if (plain.size() > std::numeric_limits<uInt>::max()) throw std::length_error("too large to compress at once");
    z_stream z{};
    if (deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, with_gzip_header, memory_level, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
    std::string packed(deflateBound(&z, static_cast<uLong>(plain.size())), '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));  // which it only reads
    z.avail_in = static_cast<uInt>(plain.size());
    z.next_out = reinterpret_cast<Bytef*>(packed.data());
    z.avail_out = static_cast<uInt>(packed.size());
    const auto ended = deflate(&z, Z_FINISH);
    packed.resize(z.total_out);
    deflateEnd(&z);
    if (ended != Z_STREAM_END) throw std::bad_alloc();
    return packed;
}

void settle_coding(const request& asked, response& r) {
    if (!r.packs_well || r.status != 200) return;
    bool says = false;
    for (auto& [name, value] : r.headers)
        if (name == "Vary") value += ", Accept-Encoding", says = true;
    if (!says) r.headers.emplace_back("Vary", "Accept-Encoding");
    const std::string_view plain = r.still.empty() ? std::string_view(r.body) : r.still;
    if (plain.size() < worth_it || !takes_coding(asked.accept_encoding, "gzip")) return;
    r.body = gzip(plain);
    r.still = {};
    r.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace server::http
