#pragma once
// The web page, and the one about the API, built by npm and kept inside the binary. Everything is static and read-only: any thread.

#include <string_view>

namespace server::assets {

struct asset {
    std::string_view path;          ///< "/assets/index-1a2b3c.js"
    std::string_view content_type;
    std::string_view body;
    std::string_view etag;          ///< quoted, of the body
    bool immutable;                 ///< the name changes with the content: may be kept for a year
    std::string_view gzip;          ///< the body for those who accept gzip; empty where it would not be smaller
};

/// Null where there is none. "/" is the page itself, "/api" the one about the API.
const asset* find_asset(std::string_view path);

}  // namespace server::assets
