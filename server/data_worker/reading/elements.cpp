#include "server/data_worker/reading/elements.hpp"

#include <charconv>

namespace data_worker {
namespace {

constexpr std::size_t element_bytes_max = 16u << 20;

[[noreturn]] void broken() { throw trouble("unreadable", "工作簿的内容不完整或不是有效的 XML：请重新导出", "the workbook's content breaks off, or is no XML: export it again"); }

void append(std::string& out, unsigned c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

}  // namespace

bool elements::more() {
    if (ended_) return false;
    if (at_ > 0) {
        held_.erase(0, at_);
        at_ = 0;
    }
    if (held_.size() > element_bytes_max) broken();
    constexpr std::size_t step = 1u << 16;
    const auto before = held_.size();
    held_.resize(before + step);
    const auto n = from_->read(held_.data() + before, step);
    held_.resize(before + n);
    ended_ = n == 0;
    return n > 0;
}

/// Behind at_, where more() leaves it: positions are counted from there.
std::size_t elements::find(std::string_view what, std::size_t from) {
    for (;;) {
        const auto found = held_.find(what, at_ + from);
        if (found != held_.npos) return found - at_;
        const auto have = held_.size() - at_;
        from = std::max(from, have >= what.size() ? have - what.size() + 1 : 0);
        if (!more()) return held_.npos;
    }
}

bool elements::next(pugi::xml_document& into, pugi::xml_node& found) {
    for (;;) {
        const auto open = find("<", 0);
        if (open == held_.npos) return false;
        at_ += open;
        const auto close = find(">", 1);
        if (close == held_.npos) broken();
        const auto tag = std::string_view(held_).substr(at_, close + 1);
        const auto name = std::string(tag.substr(1, tag.find_first_of(" \t\r\n/>", 1) - 1));
        const auto colon = name.find(':');
        if (std::string_view(name).substr(colon == name.npos ? 0 : colon + 1) != name_) {
            at_ += close + 1;
            continue;
        }
        auto size = close + 1;
        if (tag[close - 1] != '/') {
            const auto end = "</" + name + ">";
            const auto last = find(end, size);
            if (last == held_.npos) broken();
            size = last + end.size();
        }
        const auto parsed = into.load_buffer(held_.data() + at_, size, pugi::parse_cdata | pugi::parse_escapes | pugi::parse_ws_pcdata | pugi::parse_eol, pugi::encoding_utf8);
        if (!parsed) broken();
        at_ += size;
        found = into.first_child();
        return true;
    }
}

std::string_view local(const pugi::xml_node& n) {
    const std::string_view name = n.name();
    const auto colon = name.find(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& of, std::string_view name) {
    for (const auto& c : of.children())
        if (local(c) == name) return c;
    return {};
}

std::string_view attribute(const pugi::xml_node& of, std::string_view name) {
    for (const auto& a : of.attributes()) {
        const std::string_view given = a.name();
        if (given == name || (given.size() > name.size() && given.ends_with(name) && given[given.size() - name.size() - 1] == ':')) return a.value();
    }
    return {};
}

bool is_set(const pugi::xml_node& of, std::string_view name) {
    const auto value = attribute(of, name);
    return value == "1" || value == "true";
}

unsigned number_in(std::string_view text, unsigned otherwise) {
    unsigned n = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), n);
    return n;
}

std::string text_in(const pugi::xml_node& of) {
    std::string out;
    for (const auto& c : of.children()) {
        if (local(c) == "t") out += unescaped(c.text().get());
        else if (local(c) == "r")
            for (const auto& run : c.children())
                if (local(run) == "t") out += unescaped(run.text().get());
    }
    return out;
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        unsigned code = 0;
        const auto rest = text.substr(at);
        const bool escape = rest.size() >= 7 && rest.starts_with("_x") && rest[6] == '_' && std::from_chars(rest.data() + 2, rest.data() + 6, code, 16).ptr == rest.data() + 6;
        if (!escape) {
            out += text[at++];
            continue;
        }
        at += 7;
        append(out, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
    }
    return out;
}

}  // namespace data_worker
