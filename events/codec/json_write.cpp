#include "events/codec/json_write.hpp"

#include <array>

namespace events::codec {
namespace {

constexpr std::array<bool, 256> plain = [] {
    std::array<bool, 256> t{};
    for (int c = 0; c < 256; ++c) t[c] = c >= 0x20 && c != '"' && c != '\\';
    return t;
}();

void two_digits(char* at, unsigned n) {
    at[0] = static_cast<char>('0' + n / 10);
    at[1] = static_cast<char>('0' + n % 10);
}

void put_date(char* at, date d) {
    const auto year = static_cast<unsigned>(static_cast<int>(d.year()));
    two_digits(at, year / 100);
    two_digits(at + 2, year % 100);
    at[4] = '-';
    two_digits(at + 5, static_cast<unsigned>(d.month()));
    at[7] = '-';
    two_digits(at + 8, static_cast<unsigned>(d.day()));
}

}  // namespace

void write_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (plain[c]) continue;
        out.append(text, from, i - from);
        from = i + 1;
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            default: {
                constexpr char hex[] = "0123456789abcdef";
                const char escaped[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
                out.append(escaped, sizeof escaped);
            }
        }
    }
    out.append(text, from, text.size() - from);
    out += '"';
}

void write_instant(std::string& out, instant t) {
    const auto day = std::chrono::floor<std::chrono::days>(t);
    auto rest = static_cast<std::uint64_t>((t - day).count());
    char text[] = "\"0000-00-00T00:00:00.000000Z\"";
    put_date(text + 1, date{day});
    for (int i = 26; i > 20; --i, rest /= 10) text[i] = static_cast<char>('0' + rest % 10);
    two_digits(text + 18, rest % 60);
    rest /= 60;
    two_digits(text + 15, rest % 60);
    two_digits(text + 12, rest / 60);
    out.append(text, sizeof text - 1);
}

void write_date(std::string& out, date d) {
    char text[] = "\"0000-00-00\"";
    put_date(text + 1, d);
    out.append(text, sizeof text - 1);
}

void write_uuid(std::string& out, const uuid& u) {
    char text[38];
    text[0] = text[37] = '"';
    events::write_uuid(u, text + 1);
    out.append(text, sizeof text);
}

void write_stream(std::string& out, stream_id s) {
    out += '"';
    out += name_of(s.kind);
    out += '/';
    write_number(out, s.number);
    out += '"';
}

void show_personal::operator()(std::string& out, const personal& p) const {
    if (p.is == personal::form::clear) {
        write_string(out, p.text);
        return;
    }
    out += "{\"of\":";
    write_number(out, p.of.value);
    if (p.is == personal::form::erased) {
        out += ",\"erased\":true}";
    } else {
        out += ",\"sealed\":\"";
        out += p.text;
        out += "\"}";
    }
}

}  // namespace events::codec
