#include "opsroom/files.hpp"

#include "opsroom/sha256.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <system_error>

namespace opsroom {
namespace {

constexpr std::uint64_t part_bytes = 512UL * 1024;

problem unreadable(const std::filesystem::path& file) {
    return {"bad_file", "无法读取文件 " + file.string(), "the file " + file.string() + " can't be read"};
}

problem unwritable(const std::filesystem::path& file) {
    return {"bad_file", "无法写入文件 " + file.string(), "the file " + file.string() + " can't be written"};
}

/// `bytes` of it from `from` on. Throws `problem`.
using source = std::function<std::string_view(std::uint64_t from, std::uint64_t bytes)>;

struct outgoing {
    std::string name;
    std::string media_type;
    std::uint64_t bytes;
    source read;
};

std::string hash_of(const outgoing& file) {
    sha256_sum sum;
    for (std::uint64_t at = 0; at < file.bytes; at += part_bytes) sum.add(file.read(at, std::min(part_bytes, file.bytes - at)));
    return sum.finish();
}

json send_all(wire& over, const outgoing& file) {
    const auto type = !file.media_type.empty() ? file.media_type : media_type_of(file.name);
    json said{{"sha256", hash_of(file)}, {"name", file.name}, {"media_type", type.empty() ? "application/octet-stream" : type}, {"bytes", file.bytes}};
    const auto hash = text_at(said, "sha256");
    auto about = said;
    about.erase("name");
    const http_request begin{"POST", address_of("attachments"), sent(about), {}};
    auto told = over.ask(begin, true);
    const auto until = std::chrono::steady_clock::now() + over.how().patience;
    unsigned attempt = 0;
    while (!flag_at(told, "complete")) {
        const auto from = std::min(number_at(told, "have").value_or(0), file.bytes);
        if (from == file.bytes) throw odd_answer(0, "attachments/" + hash);
        const auto part = file.read(from, std::min(part_bytes, file.bytes - from));
        http_request put{"PUT", address_of("attachments/" + hash, {{"offset", from}}), std::string(part), {}};
        put.content_type = "application/octet-stream";
        try {
            told = over.ask(put);
            attempt = 0;
        } catch (const problem& why) {
            // 409: what came before the cut is there already.
            if ((!why.is_passing() && why.status() != 409) || std::chrono::steady_clock::now() > until) throw;
            over.rest(std::max<std::chrono::milliseconds>(pause_before(attempt++), why.retry_after()));
            told = over.ask(begin, true);
        }
    }
    return said;
}

/// What there is not yet of it, behind what there is.
void fetch_rest(wire& over, const std::string& path, const std::filesystem::path& to) {
    std::error_code none;
    const auto have = std::filesystem::file_size(to, none);
    http_request asked{"GET", path, {}, {}};
    if (!none && have > 0) asked.range = "bytes=" + std::to_string(have) + "-";
    std::ofstream file;
    const auto reply = over.stream(asked, [&](const http_reply& head, std::string_view bytes) {
        if (!file.is_open()) file.open(to, std::ios::binary | (head.status == 206 ? std::ios::app : std::ios::trunc));
        if (!file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()))) throw unwritable(to);
    });
    if (reply.status == 416) return;  // all of it is here
    if (reply.status >= 400) refuse(reply);
    if (!file.is_open()) file.open(to, std::ios::binary | std::ios::app);  // an empty one
    file.close();
    if (!file) throw unwritable(to);
}

std::string hash_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    sha256_sum sum;
    std::string part(part_bytes, '\0');
    while (in.read(part.data(), static_cast<std::streamsize>(part.size())) || in.gcount() > 0)
        sum.add({part.data(), static_cast<std::size_t>(in.gcount())});
    if (!in.eof() || in.bad()) throw unreadable(path);
    return sum.finish();
}

}  // namespace

json files::send(const std::filesystem::path& path, const std::string& media_type) const {
    std::error_code no;
    const auto bytes = std::filesystem::file_size(path, no);
    std::ifstream in(path, std::ios::binary);
    if (no || !in) throw unreadable(path);
    std::string part;
    return send_all(*wire_, {path.filename().string(), media_type, bytes, [&](std::uint64_t from, std::uint64_t n) -> std::string_view {
                                 part.resize(n);
                                 in.clear();
                                 in.seekg(static_cast<std::streamoff>(from));
                                 // It may have been cut short meanwhile.
                                 if (!in.read(part.data(), static_cast<std::streamsize>(n))) throw unreadable(path);
                                 return part;
                             }});
}

json files::send_bytes(std::string_view content, const std::string& name, const std::string& media_type) const {
    return send_all(*wire_, {name, media_type, content.size(), [&](std::uint64_t from, std::uint64_t n) { return content.substr(from, n); }});
}

void files::fetch(const std::string& sha256, const std::filesystem::path& to) const {
    auto begun = to;
    begun += ".part";
    wire_->patiently([&] { fetch_rest(*wire_, address_of("attachments/" + sha256), begun); });
    if (hash_of(begun) != sha256) {
        std::filesystem::remove(begun);
        throw odd_answer(0, "SHA-256");
    }
    std::error_code no;
    std::filesystem::rename(begun, to, no);
    if (no) throw unwritable(to);
}

std::string media_type_of(const std::string& name) {
    static const std::pair<std::string_view, std::string_view> types[] = {
        {".pdf", "application/pdf"}, {".png", "image/png"}, {".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"}, {".gif", "image/gif"},
        {".webp", "image/webp"}, {".txt", "text/plain"}, {".log", "text/plain"}, {".eml", "text/plain"}, {".srt", "text/plain"},
        {".md", "text/markdown"}, {".csv", "text/csv"}, {".json", "application/json"}, {".zip", "application/zip"},
        {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
        {".odt", "application/vnd.oasis.opendocument.text"}, {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
    };
    auto ending = std::filesystem::path(name).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const auto& [known, type] : types)
        if (known == ending) return std::string(type);
    return {};
}

}  // namespace opsroom
