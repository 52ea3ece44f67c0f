#include "server/data_worker/reading/decode.hpp"

#include <fmt/format.h>

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace data_worker {
namespace {

struct mark {
    std::string_view bytes;
    text_encoding of;
};
constexpr mark marks[] = {{"\xEF\xBB\xBF", text_encoding::utf8}, {"\xFF\xFE", text_encoding::utf16le}, {"\xFE\xFF", text_encoding::utf16be}};

/// Of a sequence at `at`: its length, or 0 where it is none.
std::size_t sequence(std::string_view t, std::size_t at) {
    const auto byte = [&](std::size_t n) { return static_cast<unsigned char>(t[at + n]); };
    const auto lead = byte(0);
    const std::size_t size = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
    if (size <= 1) return size;
    if (at + size > t.size()) return 0;
    for (std::size_t n = 1; n < size; ++n)
        if ((byte(n) & 0xC0) != 0x80) return 0;
    const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    const bool beyond = lead == 0xF4 && byte(1) >= 0x90;
    return overlong || surrogate || beyond ? 0 : size;
}

class decoder : public byte_source {
public:
    decoder(std::unique_ptr<byte_source> from, text_encoding encoding) : from_(std::move(from)), encoding_(encoding) {
        in_.resize(block);
        if (encoding_ != text_encoding::utf8) {
            converter_ = ::iconv_open("UTF-8", encoding_ == text_encoding::gb18030 ? "GB18030" : encoding_ == text_encoding::utf16le ? "UTF-16LE" : "UTF-16BE");
            if (converter_ == failed()) throw trouble("engine", "系统不支持这种编码", "the system does not know this encoding");
        }
        fill();
        for (const auto& m : marks) {
            if (std::string_view(in_.data(), held_).substr(0, m.bytes.size()) != m.bytes) continue;
            if (m.of != encoding_)
                throw trouble("unreadable", fmt::format("文件开头的标记表明编码是 {}，计划中写的是 {}：请核对", name_of(m.of), name_of(encoding_)),
                              fmt::format("the mark at the file's beginning says {}, and the plan says {}: compare them", name_of(m.of), name_of(encoding_)));
            drop(m.bytes.size());
            break;
        }
    }
    ~decoder() override {
        if (converter_ != failed()) ::iconv_close(converter_);
    }
    decoder(const decoder&) = delete;
    decoder& operator=(const decoder&) = delete;

    std::size_t read(char* to, std::size_t count) override {
        const auto made = encoding_ == text_encoding::utf8 ? plain(to, count) : converted(to, count);
        if (std::memchr(to, 0, made)) bad(to, static_cast<std::size_t>(static_cast<const char*>(std::memchr(to, 0, made)) - to), true);
        lines_ += static_cast<std::uint64_t>(std::count(to, to + made, '\n'));
        return made;
    }

private:
    static constexpr std::size_t block = 1u << 16;
    static iconv_t failed() { return reinterpret_cast<iconv_t>(-1); }  // NOLINT(performance-no-int-to-ptr): as POSIX says it

    void fill() {
        while (!ended_ && held_ < in_.size()) {
            const auto n = from_->read(in_.data() + held_, in_.size() - held_);
            ended_ = n == 0;
            held_ += n;
        }
    }
    void drop(std::size_t n) {
        std::memmove(in_.data(), in_.data() + n, held_ - n);
        held_ -= n;
    }

    std::size_t plain(char* to, std::size_t count) {
        fill();
        const std::string_view text(in_.data(), std::min(held_, count));
        const auto good = good_utf8(text);
        if (good < text.size() && (!may_be_cut(text.substr(good)) || (ended_ && text.size() == held_) || good == 0)) bad(in_.data(), good, false);
        std::memcpy(to, in_.data(), good);
        drop(good);
        return good;
    }

    std::size_t converted(char* to, std::size_t count) {
        fill();
        if (held_ == 0) return 0;
        char* from = in_.data();
        auto left = held_;
        char* out = to;
        auto room = count;
        const bool stopped = ::iconv(converter_, &from, &left, &out, &room) == static_cast<std::size_t>(-1);
        const auto why = errno;
        const auto made = count - room;
        drop(held_ - left);
        if (stopped && (why == EILSEQ || (why == EINVAL && ended_)) && made == 0) bad(to, 0, false);
        if (made == 0 && held_ > 0 && !stopped) bad(to, 0, false);
        return made;
    }

    [[noreturn]] void bad(const char* from, std::size_t at, bool binary) const {
        const auto line = lines_ + 1 + static_cast<std::uint64_t>(std::count(from, from + at, '\n'));
        if (binary) throw trouble("unreadable", fmt::format("第 {} 行：有不属于文字的字节，这不是 CSV 文件", line), fmt::format("line {}: there are bytes that are no text, so this is no CSV file", line));
        throw trouble("unreadable", fmt::format("第 {} 行：有不属于 {} 的字节，请核对计划中的编码或重新导出", line, name_of(encoding_)),
                      fmt::format("line {}: some bytes are not {}: compare the plan's encoding, or export the file again", line, name_of(encoding_)));
    }

    std::unique_ptr<byte_source> from_;
    text_encoding encoding_;
    iconv_t converter_ = failed();
    std::string in_;
    std::size_t held_ = 0;
    bool ended_ = false;
    std::uint64_t lines_ = 0;
};

/// Nearly all of it are the everyday characters and signs of GB 2312; Western text hits those by chance alone.
bool reads_as_chinese(std::string_view bytes) {
    std::size_t everyday = 0, other = 0;
    for (std::size_t at = 0; at + 1 < bytes.size(); ++at) {
        const auto lead = static_cast<unsigned char>(bytes[at]);
        if (lead < 0x80) continue;
        const auto trail = static_cast<unsigned char>(bytes[++at]);
        const bool common = trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xD7) || (lead >= 0xA1 && lead <= 0xA3));
        ++(common ? everyday : other);
        if (trail >= '0' && trail <= '9') at += 2;  // four bytes
    }
    return everyday >= 4 * other;
}

}  // namespace

std::size_t good_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t eight;
        if (at + 8 <= text.size() && (std::memcpy(&eight, text.data() + at, 8), (eight & 0x8080808080808080ull) == 0)) {
            at += 8;
            continue;
        }
        const auto size = sequence(text, at);
        if (size == 0) break;
        at += size;
    }
    return at;
}

bool may_be_cut(std::string_view rest) {
    if (rest.empty() || rest.size() > 3) return false;
    const auto lead = static_cast<unsigned char>(rest[0]);
    const std::size_t size = lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
    return rest.size() < size && std::all_of(rest.begin() + 1, rest.end(), [](char c) { return (c & 0xC0) == 0x80; });
}

std::optional<text_encoding> encoding_of(std::string_view beginning, bool whole) {
    for (const auto& m : marks)
        if (beginning.starts_with(m.bytes)) return m.of;
    const auto good = good_utf8(beginning);
    if (good == beginning.size() || (!whole && may_be_cut(beginning.substr(good)))) return text_encoding::utf8;
    if (reads_as_chinese(beginning)) return text_encoding::gb18030;
    return std::nullopt;
}

std::unique_ptr<byte_source> decoded(std::unique_ptr<byte_source> from, text_encoding encoding) { return std::make_unique<decoder>(std::move(from), encoding); }

}  // namespace data_worker
