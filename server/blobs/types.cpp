// Which contents are taken, and how they are known.

#include "server/blobs/store.hpp"

#include <magic.h>

#include <algorithm>
#include <array>
#include <fstream>
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
bool is_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::array<char, 65536> part;
    bool first = true, wide = false, big = false;
    std::uint64_t at = 0;
    unsigned before = 0;
    while (in.read(part.data(), part.size()) || in.gcount() > 0) {
        const std::string_view bytes(part.data(), static_cast<std::size_t>(in.gcount()));
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
    return !in.bad() && (!wide || at % 2 == 0);
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

std::string sniff(const std::filesystem::path& file, std::string_view declared) {
    // What a text is of is a guess, and a mail, a subtitle or a single letter are texts too: what counts is that it is one.
    if (is_text_type(declared)) return is_text(file) ? std::string(plain_text) : "application/octet-stream";
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
