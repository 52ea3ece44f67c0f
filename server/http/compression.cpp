#include "server/http/compression.hpp"

#include "server/http/framing.hpp"

#include <zlib.h>

#include <algorithm>
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
    if (!r.packs_well && r.packed.empty()) return;
    const auto vary = std::find_if(r.headers.begin(), r.headers.end(), [](const auto& h) { return h.first == "Vary"; });
    if (vary == r.headers.end()) r.headers.emplace_back("Vary", "Accept-Encoding");
    else vary->second += ", Accept-Encoding";
    if (r.status != 200 || !takes_coding(asked.accept_encoding, "gzip")) return;
    if (!r.packed.empty()) {
        r.still = r.packed;
    } else if (r.body.size() >= worth_it) {
        r.body = gzip(r.body);
    } else {
        return;
    }
    r.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace server::http
