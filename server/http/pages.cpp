// The web page and the one about the API, from inside the binary.

#include "server/assets/assets.hpp"
#include "server/http/framing.hpp"
#include "server/http/router.hpp"

namespace server::http {

std::optional<response> static_page(const request& asked) {
    const auto* file = assets::find_asset(asked.path);
    if (!file) return std::nullopt;
    response r;
    r.content_type = file->content_type;
    r.headers.emplace_back("ETag", file->etag);
    r.headers.emplace_back("Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    r.headers.emplace_back("Vary", "Accept-Encoding");
    r.styles_itself = file->path == "/api.html";
    const bool gzip = !file->gzip.empty() && takes_coding(asked.accept_encoding, "gzip");
    if (gzip) r.headers.emplace_back("Content-Encoding", "gzip");
    r.still = gzip ? file->gzip : file->body;
    return r;
}

}  // namespace server::http
