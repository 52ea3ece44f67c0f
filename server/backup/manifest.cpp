#include "server/backup/manifest.hpp"

#include "events/bytes/durable_file.hpp"
#include "events/bytes/base64.hpp"
#include "events/codec/json_read.hpp"
#include "events/codec/json_write.hpp"
#include "events/proof/tree.hpp"
#include "server/blobs/stored.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <sstream>

namespace server::backup {
namespace {

namespace fs = std::filesystem;
using json = nlohmann::json;

constexpr int format = 1;
constexpr std::size_t manifest_bytes_max = 64u << 20;

constexpr std::size_t files_bytes_max = 1u << 30;

std::string text_of(events::instant t) {
    std::string out;
    events::codec::write_instant(out, t);
    return out.substr(1, out.size() - 2);
}

events::instant instant_of(const std::string& text) {
    events::instant t{};
    if (!events::codec::parse_instant(text, t)) throw std::runtime_error(text + " is no time");
    return t;
}

failure newer(const fs::path& file) {
    return {file.string() + " 由更新版本的 opsroom 写入：请使用该版本或更新的版本", file.string() + " was written by a newer opsroom: use that version or a later one"};
}

std::string hash_of(std::string_view text) {
    const auto h = events::proof::leaf_hash(text);
    return events::bytes::to_base64({reinterpret_cast<const char*>(h.data()), h.size()});
}

failure damaged(const fs::path& file, const std::string& why) {
    return {file.string() + " 已损坏（" + why + "）：该备份不能使用，其他备份不受影响；移走此文件后重试",
            file.string() + " is damaged (" + why + "): this backup can't be used, the others can; move the file away and try again"};
}

json parse(const fs::path& file, const std::string& bytes) {
    try {
        auto read = json::parse(bytes);
        if (read.at("format").get<int>() > format) throw newer(file);
        return read;
    } catch (const json::exception& e) {
        throw damaged(file, e.what());
    }
}

manifest read_one(const fs::path& file) {
    const auto bytes = events::bytes::read_file(file, manifest_bytes_max).value_or("");
    const auto end = bytes.find('\n');
    if (end == bytes.npos || bytes.substr(end + 1) != hash_of(bytes.substr(0, end)) + '\n') throw damaged(file, "checksum");
    const auto read = parse(file, bytes.substr(0, end));
    try {
        manifest m;
        m.number = read.at("number").get<std::uint64_t>();
        m.made = instant_of(read.at("made").get<std::string>());
        m.history = read.at("history").get<std::string>();
        m.position = {read.at("position").get<std::uint64_t>()};
        m.time = instant_of(read.at("time").get<std::string>());
        m.root = read.at("root").get<std::string>();
        m.checkpoint = read.at("checkpoint").get<std::string>();
        m.databases = {read.at("log").get<std::uint32_t>(), read.at("index").get<std::uint32_t>()};
        m.bytes = read.at("bytes").get<std::uint64_t>();
        m.blobs = read.at("blobs").get<std::uint64_t>();
        for (const auto& who : read.at("people")) m.people.push_back({who.get<std::uint64_t>()});
        m.keys = read.at("keys").get<std::string>();
        m.version = read.at("version").get<std::string>();
        return m;
    } catch (const std::exception& e) {
        throw damaged(file, e.what());
    }
}

}  // namespace

std::string to_text(const manifest& m) {
    auto people = json::array();
    for (const auto who : m.people) people.push_back(who.value);
    const auto text = json{{"format", format}, {"number", m.number}, {"made", text_of(m.made)}, {"history", m.history}, {"position", m.position.value},
                {"time", text_of(m.time)}, {"root", m.root}, {"checkpoint", m.checkpoint}, {"log", m.databases.log},
                {"index", m.databases.index}, {"bytes", m.bytes}, {"blobs", m.blobs}, {"people", people}, {"keys", m.keys},
                {"version", m.version}}
                          .dump();
    return text + '\n' + hash_of(text) + '\n';
}

std::vector<events::member_id> destroyed_in(const fs::path& keys) {
    std::vector<events::member_id> all;
    std::istringstream numbers(events::bytes::read_file(keys / destroyed_file, manifest_bytes_max).value_or(""));
    for (std::uint64_t n = 0; numbers >> n;) all.push_back({n});
    return all;
}

void write_destroyed(const fs::path& keys, const std::vector<events::member_id>& all) {
    std::string text;
    for (const auto who : all) text += std::to_string(who.value) + '\n';
    events::bytes::write_file(keys / destroyed_file, text);
}

std::set<std::string> erased_files_in(const fs::path& keys) {
    std::istringstream names(events::bytes::read_file(keys / erased_files_file, files_bytes_max).value_or(""));
    std::set<std::string> all;
    for (std::string n; names >> n;) all.insert(n);
    return all;
}

void write_erased_files(const fs::path& keys, const std::set<std::string>& all) {
    std::string text;
    for (const auto& sha256 : all) text += sha256 + '\n';
    events::bytes::write_file(keys / erased_files_file, text);
}

std::string name_of(std::uint64_t number) {
    char text[24];
    std::snprintf(text, sizeof text, "%08llu", static_cast<unsigned long long>(number));
    return text;
}

fs::path file_of(const fs::path& folder, std::uint64_t number, const char* suffix) { return folder / "backups" / (name_of(number) + suffix); }

fs::path keys_of(const fs::path& folder, const manifest& m) { return m.keys.empty() ? folder / "keys" : fs::path(m.keys); }

std::vector<manifest> read_all(const fs::path& folder) {
    if (owner_of(folder).empty())
        throw failure(folder.string() + " 不是备份目录（缺少 " + owner_file + "）", folder.string() + " is no folder of backups (it has no " + owner_file + ")");
    std::vector<manifest> all;
    if (!fs::exists(folder / "backups")) return all;
    for (const auto& entry : fs::directory_iterator(folder / "backups")) {
        const auto name = entry.path().filename().string();
        if (name.size() > 5 && name.ends_with(".json") && name.find_first_not_of("0123456789") == name.size() - 5) all.push_back(read_one(entry.path()));
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    return all;
}

std::string owner_of(const fs::path& folder) {
    const auto bytes = events::bytes::read_file(folder / owner_file, manifest_bytes_max);
    return bytes ? parse(folder / owner_file, *bytes).value("verifier", "?") : std::string();
}

void write_owner(const fs::path& folder, const std::string& verifier) {
    events::bytes::write_file(folder / owner_file, json{{"format", format}, {"verifier", verifier}}.dump() + '\n');
}

std::string to_lines(const std::vector<listed_file>& files) {
    std::string out;
    for (const auto& f : files) out += f.sha256 + ' ' + std::to_string(f.bytes) + ' ' + f.path + '\n';
    return out;
}

std::vector<listed_file> read_files(const fs::path& folder, std::uint64_t number) {
    const auto file = file_of(folder, number, ".files");
    std::istringstream lines(events::bytes::read_file(file, files_bytes_max).value_or(""));
    std::vector<listed_file> all;
    for (listed_file f; lines >> f.sha256 >> f.bytes && std::getline(lines >> std::ws, f.path);) all.push_back(f);
    if (all.empty() || !lines.eof())
        throw failure(file.string() + " 缺失或已损坏", file.string() + " is missing or damaged");
    return all;
}

std::optional<std::string> attachment_in(const listed_file& f) {
    const fs::path path(f.path);
    if (path.begin() == path.end() || *path.begin() != "blobs" || path.has_extension()) return std::nullopt;
    return blobs::content_of(path.lexically_relative("blobs"));
}

}  // namespace server::backup
