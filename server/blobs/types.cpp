// Which contents are taken, and how they are known.

#include "server/blobs/store.hpp"

#include <magic.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace server::blobs {
namespace {

struct kind {
    std::string_view declared;
    std::array<std::string_view, 4> sniffed;  ///< any of these is it
};

// Documents, pictures and tables: what a department hands in. Nothing that a browser or a shell would run.
constexpr kind kinds[] = {
    {"application/pdf", {"application/pdf"}},
    {"image/png", {"image/png"}},
    {"image/jpeg", {"image/jpeg"}},
    {"image/gif", {"image/gif"}},
    {"image/webp", {"image/webp"}},
    {"text/plain", {"text/plain", "application/csv", "text/csv", "application/json"}},
    {"text/markdown", {"text/plain", "text/markdown"}},
    {"text/csv", {"text/csv", "text/plain", "application/csv"}},
    {"application/json", {"application/json", "text/plain"}},
    {"application/zip", {"application/zip"}},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip", "application/octet-stream"}},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip", "application/octet-stream"}},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation",
     {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/zip", "application/octet-stream"}},
    {"application/vnd.oasis.opendocument.text", {"application/vnd.oasis.opendocument.text", "application/zip"}},
    {"application/vnd.oasis.opendocument.spreadsheet", {"application/vnd.oasis.opendocument.spreadsheet", "application/zip"}},
};

}  // namespace

std::string sniff(const std::filesystem::path& file) {
    // Not shared: a cookie is for one thread, and loading its tables is quicker than an upload.
    const std::unique_ptr<magic_set, decltype(&magic_close)> cookie(magic_open(MAGIC_MIME_TYPE), &magic_close);
    if (!cookie || magic_load(cookie.get(), nullptr) != 0) throw std::runtime_error("libmagic's tables can't be loaded: install libmagic1");
    const char* type = magic_file(cookie.get(), file.c_str());
    return type ? type : "application/octet-stream";
}

bool is_taken(std::string_view declared, std::string_view sniffed) {
    return std::any_of(std::begin(kinds), std::end(kinds), [&](const kind& k) {
        return k.declared == declared && std::find(k.sniffed.begin(), k.sniffed.end(), sniffed) != k.sniffed.end() && !sniffed.empty();
    });
}

}  // namespace server::blobs
