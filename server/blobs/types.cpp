// Which contents are taken, and how they are known.

#include "server/blobs/files.hpp"
#include "server/blobs/store.hpp"

#include <magic.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <utility>

namespace server::blobs {
namespace {

struct kind {
    std::string_view declared;
    std::array<std::string_view, 4> sniffed;  ///< any of these is it
};

constexpr std::string_view plain_text = "text/plain";

// Documents, pictures and tables: what a department hands in. Nothing that a browser or a shell would run.
constexpr kind kinds[] = {
    {"application/pdf", {"application/pdf"}},
    {"image/png", {"image/png"}},
    {"image/jpeg", {"image/jpeg"}},
    {"image/gif", {"image/gif"}},
    {"image/webp", {"image/webp"}},
    {"text/plain", {plain_text}},
    {"text/markdown", {plain_text}},
    {"text/csv", {plain_text}},
    {"application/json", {plain_text}},
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

bool is_text_type(std::string_view declared) {
    return std::any_of(std::begin(kinds), std::end(kinds), [&](const kind& k) { return k.declared == declared && k.sniffed[0] == plain_text; });
}

/// No control but tabs, line ends and page breaks: in whichever encoding, nothing that only a program could read.
bool is_text(const content_reader& from) {
    constexpr std::size_t at_once = 1u << 20;
    bool first = true, wide = false, big = false;
    std::uint64_t at = 0, read = 0;
    unsigned before = 0;
    for (auto bytes = from(0, at_once); !bytes.empty(); bytes = from(read, at_once)) {
        read += bytes.size();
        if (std::exchange(first, false)) {
            big = bytes.starts_with("\xFE\xFF");
            wide = big || bytes.starts_with("\xFF\xFE");
        }
        for (const char c : bytes) {
            auto unit = static_cast<unsigned>(static_cast<unsigned char>(c));
            if (wide && at++ % 2 == 0) {
                before = unit;
                continue;
            }
            if (wide) unit = big ? before << 8 | unit : unit << 8 | before;
            if ((unit < 0x20 && unit != '\t' && unit != '\n' && unit != '\r' && unit != '\f') || unit == 0x7F) return false;
        }
    }
    return !wide || at % 2 == 0;
}

}  // namespace

std::string essence_of(std::string_view media_type) {
    media_type = media_type.substr(0, media_type.find(';'));
    while (media_type.ends_with(' ') || media_type.ends_with('\t')) media_type.remove_suffix(1);
    std::string out(media_type);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

std::string sniff(const content_reader& from, std::string_view declared) {
    // As much as libmagic takes of a file by itself.
    constexpr std::size_t looked_at = 1u << 20;
    // What a text is of is a guess, and a mail, a subtitle or a single letter are texts too: what counts is that it is one.
    if (is_text_type(declared)) return is_text(from) ? std::string(plain_text) : "application/octet-stream";
    // Not shared: a cookie is for one thread, and loading its tables is quicker than an upload.
    const std::unique_ptr<magic_set, decltype(&magic_close)> cookie(magic_open(MAGIC_MIME_TYPE), &magic_close);
    if (!cookie || magic_load(cookie.get(), nullptr) != 0) throw std::runtime_error("libmagic's tables can't be loaded: install libmagic1");
    const auto beginning = from(0, looked_at);
    const char* type = magic_buffer(cookie.get(), beginning.data(), beginning.size());
    return type ? type : "application/octet-stream";
}

bool is_taken(std::string_view declared, std::string_view sniffed) {
    return std::any_of(std::begin(kinds), std::end(kinds), [&](const kind& k) {
        return k.declared == declared && std::find(k.sniffed.begin(), k.sniffed.end(), sniffed) != k.sniffed.end() && !sniffed.empty();
    });
}

}  // namespace server::blobs
