#include "clients/cli/package/file.hpp"

#include "clients/cli/failure.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cli::package {
namespace {

constexpr std::size_t parts_max = 65'535;
constexpr std::size_t path_bytes_max = 256;
constexpr std::size_t end_bytes = 22;
constexpr std::size_t listed_bytes = 46;
constexpr std::size_t header_bytes = 30;
constexpr std::size_t after_bytes = 16;

[[noreturn]] void changed(std::string_view zh, std::string_view en) {
    throw failure(exit_code::conflict, fmt::format("归档包被改动过，或不完整：{}", zh),
                  fmt::format("the package was changed or is not whole: {}", en));
}

std::uint32_t number(std::string_view at, std::size_t size) {
    std::uint32_t n = 0;
    for (std::size_t i = size; i-- > 0;) n = n << 8 | static_cast<unsigned char>(at[i]);
    return n;
}
void put(std::string& out, std::uint64_t n, int size) {
    for (int i = 0; i < size; ++i) out += static_cast<char>(n >> 8 * i & 0xff);
}
/// Version, flags, method, time and date.
void put_common(std::string& out) {
    for (const std::uint32_t n : {20u, 0x0808u, 0u, 0u, 0x0021u}) put(out, n, 2);
}

std::string header_of(const part& p) {
    std::string out;
    put(out, 0x04034b50, 4);
    put_common(out);
    put(out, 0, 8);
    put(out, 0, 4);
    put(out, p.path.size(), 2);
    put(out, 0, 2);
    return out + p.path;
}
std::string after(const part& p) {
    std::string out;
    put(out, 0x08074b50, 4);
    put(out, p.crc, 4);
    put(out, p.bytes, 4);
    put(out, p.bytes, 4);
    return out;
}
std::string listed(const part& p) {
    std::string out;
    put(out, 0x02014b50, 4);
    put(out, 20, 2);
    put_common(out);
    put(out, p.crc, 4);
    put(out, p.bytes, 4);
    put(out, p.bytes, 4);
    put(out, p.path.size(), 2);
    put(out, 0, 8);
    put(out, 0, 4);
    put(out, p.begins - header_bytes - p.path.size(), 4);
    return out + p.path;
}

}  // namespace

file::file(const std::string& path) : path_(path) {
    std::ifstream in(path_, std::ios::binary | std::ios::ate);
    if (!in) throw failure(exit_code::invalid, "无法读取 " + path, "cannot read " + path);
    size_ = static_cast<std::uint64_t>(in.tellg());
    if (size_ < end_bytes || number(bytes(0, 4), 4) != 0x04034b50)
        throw failure(exit_code::invalid, path + " 不是归档包", path + " is no sealed package");
    read_list();
    hold_against_form();
}

std::string file::bytes(std::uint64_t from, std::size_t count) const {
    std::ifstream in(path_, std::ios::binary);
    std::string out(count, '\0');
    in.seekg(static_cast<std::streamoff>(from));
    in.read(out.data(), static_cast<std::streamsize>(count));
    if (static_cast<std::size_t>(in.gcount()) != count) changed("文件过短", "the file is too short");
    return out;
}

void file::read_list() {
    const auto end = bytes(size_ - end_bytes, end_bytes);
    if (number(end, 4) != 0x06054b50) changed("结尾不符", "its end is not as it has to be");
    const auto count = number(std::string_view(end).substr(10), 2);
    const auto list_size = number(std::string_view(end).substr(12), 4);
    const auto list_at = number(std::string_view(end).substr(16), 4);
    if (std::uint64_t{list_at} + list_size + end_bytes != size_ || list_size > count * (listed_bytes + path_bytes_max) || count > parts_max)
        changed("目录的位置不符", "its list of parts is not where it has to be");
    const auto list = bytes(list_at, list_size);
    std::string_view rest = list;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (rest.size() < listed_bytes) changed("目录过短", "its list of parts is too short");
        const auto name = number(rest.substr(28), 2);
        if (rest.size() < listed_bytes + name) changed("目录过短", "its list of parts is too short");
        part p{std::string(rest.substr(listed_bytes, name)), number(rest.substr(42), 4) + header_bytes + name, number(rest.substr(20), 4),
               number(rest.substr(16), 4)};
        rest.remove_prefix(listed_bytes + name);
        parts_.push_back(std::move(p));
    }
}

void file::hold_against_form() {
    std::uint64_t at = 0;
    std::string list;
    for (const auto& p : parts_) {
        const auto header = header_of(p);
        if (p.begins != at + header.size() || p.begins + p.bytes + after_bytes > size_ || bytes(at, header.size()) != header ||
            bytes(p.begins + p.bytes, after_bytes) != after(p))
            changed(fmt::format("{} 的位置或头部不符", p.path), fmt::format("{} is not where or what it has to be", p.path));
        at = p.begins + p.bytes + after_bytes;
        list += listed(p);
    }
    std::string end;
    put(end, 0x06054b50, 4);
    put(end, 0, 4);
    put(end, parts_.size(), 2);
    put(end, parts_.size(), 2);
    put(end, list.size(), 4);
    put(end, at, 4);
    put(end, 0, 2);
    if (at + list.size() + end.size() != size_ || bytes(at, list.size() + end.size()) != list + end)
        changed("目录不符", "its list of parts is not as it has to be");
}

const part& file::find(const std::string& path) const {
    const auto found = std::find_if(parts_.begin(), parts_.end(), [&](const part& p) { return p.path == path; });
    if (found == parts_.end()) changed("缺少 " + path, path + " is missing");
    return *found;
}

void file::read(const part& p, const std::function<void(std::string_view)>& take) const {
    std::ifstream in(path_, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(p.begins));
    std::string piece;
    for (auto left = p.bytes; left > 0; left -= piece.size()) {
        piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, 256UL * 1024)));
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        if (static_cast<std::size_t>(in.gcount()) != piece.size()) changed("文件过短", "the file is too short");
        take(piece);
    }
}

std::string file::whole(const part& p, std::size_t bytes_max) const {
    if (p.bytes > bytes_max) changed(p.path + " 过大", p.path + " is too large");
    std::string out;
    read(p, [&](std::string_view piece) { out += piece; });
    return out;
}

void file::lines(const part& p, const std::function<bool(const std::string&)>& take) const {
    line_reader from(path_, p);
    std::string line;
    while (from.next(line))
        if (!take(line)) return;
}

line_reader::line_reader(const std::string& file, const part& p) : in_(file, std::ios::binary), left_(p.bytes) {
    in_.seekg(static_cast<std::streamoff>(p.begins));
}

bool line_reader::next(std::string& line) {
    constexpr std::size_t line_bytes_max = 16u << 20;
    line.clear();
    while (left_ > 0) {
        const auto c = in_.get();
        if (c == std::ifstream::traits_type::eof()) changed("文件过短", "the file is too short");
        --left_;
        if (c == '\n') return true;
        line += static_cast<char>(c);
        if (line.size() > line_bytes_max) changed("有一行过长", "a line is too long");
    }
    return !line.empty();
}

}  // namespace cli::package
