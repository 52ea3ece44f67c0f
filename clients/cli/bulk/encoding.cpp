#include "clients/cli/bulk/encoding.hpp"

#include "clients/cli/failure.hpp"
#include "clients/cli/width.hpp"

#include <fmt/format.h>

#include <iconv.h>

#include <array>
#include <optional>

namespace cli::bulk {
namespace {

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto from = at;
        // A malformed byte reads as U+FFFD; the real one is three bytes long.
        if (next_character(text, at) == U'\uFFFD' && at - from < 3) return false;
    }
    return true;
}

/// Nothing where some of it is not in that encoding.
std::optional<std::string> converted(std::string_view bytes, const std::string& from) {
    const auto with = ::iconv_open("UTF-8", from.c_str());
    if (with == reinterpret_cast<iconv_t>(-1))  // NOLINT(performance-no-int-to-ptr): as POSIX says it
        throw failure(exit_code::invalid, fmt::format("不认识编码 {}：可用 utf-8、gb18030、big5、utf-16、windows-1252 等", from),
                      fmt::format("the encoding {} is not known: use utf-8, gb18030, big5, utf-16, windows-1252 or the like", from));
    std::string out;
    std::string in(bytes);
    char* at = in.data();
    auto left = in.size();
    std::array<char, 65536> part;
    bool good = true;
    while (good && left > 0) {
        char* to = part.data();
        auto room = part.size();
        const bool stopped = ::iconv(with, &at, &left, &to, &room) == static_cast<std::size_t>(-1);
        out.append(part.data(), part.size() - room);
        good = !stopped || errno == E2BIG;
    }
    ::iconv_close(with);
    if (out.starts_with("\xEF\xBB\xBF")) out.erase(0, 3);
    return good ? std::optional(std::move(out)) : std::nullopt;
}

/// Whether it reads as Chinese in GB18030: nearly all of it are the everyday characters and signs of GB 2312. Western text
/// in its own encodings hits those by chance alone.
bool reads_as_chinese(std::string_view bytes) {
    std::size_t everyday = 0, other = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const auto lead = static_cast<unsigned char>(bytes[at]);
        if (lead < 0x80) continue;
        if (++at == bytes.size()) return false;
        const auto trail = static_cast<unsigned char>(bytes[at]);
        const bool common = trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xD7) || (lead >= 0xA1 && lead <= 0xA3));
        ++(common ? everyday : other);
        if (trail >= '0' && trail <= '9') at += 2;  // four bytes
    }
    return everyday >= 4 * other;
}

failure not_in(const std::string& encoding) {
    return {exit_code::invalid, fmt::format("文件中有不属于 {} 的字节：请重新导出，或用 --encoding 指明编码", encoding),
            fmt::format("some of the file's bytes are not {}: export it again, or say its encoding with --encoding", encoding)};
}

std::string in_encoding(std::string_view bytes, const std::string& encoding) {
    auto out = converted(bytes, encoding);
    if (!out) throw not_in(encoding);
    return std::move(*out);
}

std::string read(std::string_view bytes, reading& how) {
    struct mark {
        std::string_view bytes;
        const char* encoding;
    };
    // The longer one first, as it begins like a shorter one.
    static constexpr mark marks[] = {
        {std::string_view("\xFF\xFE\0\0", 4), "UTF-32LE"}, {"\xEF\xBB\xBF", "UTF-8"}, {"\xFF\xFE", "UTF-16LE"}, {"\xFE\xFF", "UTF-16BE"}};
    for (const auto& m : marks)
        if (bytes.starts_with(m.bytes)) return in_encoding(bytes.substr(m.bytes.size()), m.encoding);
    if (!how.encoding.empty()) return in_encoding(bytes, how.encoding);
    if (is_utf8(bytes)) return std::string(bytes);
    if (reads_as_chinese(bytes))
        if (auto out = converted(bytes, "GB18030")) {
            how.notes.push_back({"文件不是 UTF-8，已按 GB18030（GBK）读取；若有乱码，请用 --encoding 指明编码",
                                 "the file is not UTF-8 and was read as GB18030 (GBK): if it reads wrongly, say its encoding with --encoding"});
            return std::move(*out);
        }
    throw failure(exit_code::invalid,
                  "文件不是 UTF-8，也看不出是哪种编码：请另存为“CSV UTF-8（逗号分隔）”，或用 --encoding 指明（如 gb18030、windows-1252）",
                  "the file is not UTF-8, and it can't be told what it is: save it as “CSV UTF-8”, or say its encoding with --encoding (such as "
                  "gb18030 or windows-1252)");
}

}  // namespace

std::string to_utf8(std::string_view bytes, reading& how) {
    auto out = read(bytes, how);
    // An end of file of old.
    while (out.ends_with('\x1A')) out.pop_back();
    if (out.find('\0') != out.npos) throw not_in(how.encoding.empty() ? "UTF-8" : how.encoding);
    return out;
}

}  // namespace cli::bulk
