// The web page and the one about the API, from inside the binary.

#include "server/assets/assets.hpp"
#include "server/http/router.hpp"

namespace server::http {

std::optional<response> static_page(const request& asked) {
    const auto* file = assets::find_asset(asked.path);
    if (!file) return std::nullopt;
    response r;
    r.content_type = file->content_type;
    r.headers.emplace_back("ETag", file->etag);
    r.headers.emplace_back("Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    r.styles_itself = file->path == "/api.html";
    r.still = file->body;
    r.packed = file->gzip;
    return r;
}

}  // namespace server::http
