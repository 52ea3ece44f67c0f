#include "clients/cli/upload.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>

namespace cli {
namespace {

constexpr std::size_t part_bytes = 512UL * 1024;

[[noreturn]] void unreadable(const std::string& path) {
    throw failure(exit_code::invalid, fmt::format("无法读取文件 {}", path), fmt::format("the file {} can't be read", path));
}

std::string hash_of(std::ifstream& in, const std::string& path) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sum(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(sum.get(), EVP_sha256(), nullptr);
    std::string part(part_bytes, '\0');
    while (in.read(part.data(), static_cast<std::streamsize>(part.size())) || in.gcount() > 0)
        EVP_DigestUpdate(sum.get(), part.data(), static_cast<std::size_t>(in.gcount()));
    if (in.bad()) unreadable(path);
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(sum.get(), bytes, &size);
    std::string hex;
    for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", bytes[i]);
    return hex;
}

std::string type_of(const std::string& path) {
    static const std::pair<std::string_view, std::string_view> types[] = {
        {".pdf", "application/pdf"}, {".png", "image/png"}, {".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"}, {".gif", "image/gif"},
        {".webp", "image/webp"}, {".txt", "text/plain"}, {".log", "text/plain"}, {".eml", "text/plain"}, {".srt", "text/plain"}, {".md", "text/markdown"}, {".csv", "text/csv"}, {".json", "application/json"},
        {".zip", "application/zip"},
        {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
        {".odt", "application/vnd.oasis.opendocument.text"}, {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
    };
    auto ending = std::filesystem::path(path).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const auto& [known, type] : types)
        if (known == ending) return std::string(type);
    throw failure(exit_code::invalid, fmt::format("不接受此类文件：{}", path), fmt::format("files of this type are not taken: {}", path));
}

}  // namespace

json upload(context& about, const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in || std::filesystem::is_directory(path)) unreadable(path);
    const auto bytes = std::filesystem::file_size(path);
    const auto type = type_of(path);
    const auto hash = hash_of(in, path);
    auto& server = about.server();
    auto state = server.post("/api/v1/attachments", {{"sha256", hash}, {"bytes", bytes}, {"media_type", type}});
    std::string part;
    while (!flag_at(state, "complete")) {
        const auto from = number_at(state, "have").value_or(0);
        in.clear();
        in.seekg(static_cast<std::streamoff>(from));
        part.resize(std::min<std::uint64_t>(part_bytes, bytes - std::min<std::uint64_t>(from, bytes)));
        if (part.empty() || !in.read(part.data(), static_cast<std::streamsize>(part.size()))) unreadable(path);
        state = server.put_bytes(fmt::format("/api/v1/attachments/{}?offset={}", hash, from), part);
    }
    return {{"sha256", hash}, {"name", std::filesystem::path(path).filename().string()}, {"media_type", type}, {"bytes", bytes}};
}

}  // namespace cli
