#include "clients/cli/client.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/import/archive.hpp"
#include "clients/cli/when.hpp"
#include "clients/cli/width.hpp"
#include "clients/cli/written.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

namespace cli {
namespace {

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool is_name(const std::string& text) {
    return says_something(as_name(text)) && characters(text) <= name_characters_max &&
           std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

class reader {
public:
    reader(const std::string& file, const chat_options& options) : file_(file), options_(options) { out_.source = options.source; }

    void line(std::uint64_t number, std::string_view text) {
        number_ = number;
        const auto parsed = parse_json(with_whole_characters(text));
        if (parsed.is_discarded()) return complain("不是 JSON，或不是 UTF-8", "not JSON, or not UTF-8");
        if (!parsed.is_object()) return complain("不是 JSON 对象", "not a JSON object");
        for (const char* key : {"channel", "at", "from", "text"})
            if (!at_or_null(parsed, key).is_string())
                return complain(std::string("缺少文字字段 ") + key, std::string("the text field ") + key + " is missing");
        take(parsed);
    }

    chat_archive done() { return std::move(out_); }

private:
    void complain(const std::string& zh, const std::string& en) { out_.problems.push_back({file_, number_, zh, en}); }

    void take(const json& parsed) {
        const auto channel = text_at(parsed, "channel");
        const auto from = text_at(parsed, "from");
        const auto at = parse_instant(text_at(parsed, "at"));
        const auto raw = text_at(parsed, "text");
        auto text = without_controls(raw);
        auto topic = text_at(parsed, "topic");
        if (!at) return complain("at 不是时间（例如 2008-01-01T00:39:00Z）", "at is not a time (for example 2008-01-01T00:39:00Z)");
        if (*at > now_) return complain("at 晚于现在", "at is later than now");
        if (!is_name(channel)) return complain("channel 须为一行，1 至 80 个字符", "channel is one line of 1 to 80 characters");
        if (!is_name(from)) return complain("from 须为一行，1 至 80 个字符", "from is one line of 1 to 80 characters");
        if (is_blank(text) && text != raw) return void(++out_.skipped["nothing but control characters"]);  // colours, formats
        if (is_blank(text)) return complain("text 为空", "text is empty");
        if (text.size() > text_bytes_max) return complain("text 超过 16 KiB", "text is over 16 KiB");
        if (!topic.empty() && (is_blank(topic) || as_line(topic, topic_characters_max) != topic))
            return complain("topic 须为一行，最多 60 个字符", "topic is one line of at most 60 characters");
        const auto author = options_.source + ":" + from;
        if (people_.insert(author).second) out_.people.push_back({author, as_name(from), options_.language});
        const auto [found, fresh] = channels_.try_emplace(channel, out_.channels.size());
        if (fresh) out_.channels.push_back({as_name(channel), {}, false, {}});
        out_.channels[found->second].messages.push_back({written(*at), author, std::move(text), as_name(topic)});
    }

    std::string file_;
    chat_options options_;
    chat_archive out_;
    std::uint64_t number_ = 0;
    instant now_ = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    std::unordered_set<std::string> people_;
    std::unordered_map<std::string, std::size_t> channels_;
};

}  // namespace

bool is_blank(std::string_view text) { return !says_something(text); }

std::string with_whole_characters(std::string_view json_text) {
    const auto unit_at = [&](std::size_t at) -> unsigned {
        if (at + 6 > json_text.size() || json_text[at] != '\\' || json_text[at + 1] != 'u') return 0;
        unsigned unit = 0;
        const auto* digits = json_text.data() + at + 2;
        return std::from_chars(digits, digits + 4, unit, 16).ptr == digits + 4 ? unit : 0;
    };
    std::string out;
    out.reserve(json_text.size());
    for (std::size_t at = 0; at < json_text.size();) {
        if (json_text[at] != '\\') {
            out += json_text[at++];
            continue;
        }
        const auto unit = unit_at(at);
        const bool high = unit >= 0xD800 && unit < 0xDC00;
        const auto next = high ? unit_at(at + 6) : 0;
        const bool whole = high && next >= 0xDC00 && next < 0xE000;
        const std::size_t size = whole ? 12 : unit != 0 ? 6 : 2;
        if (!whole && unit >= 0xD800 && unit < 0xE000) out += "\\ufffd";
        else out += json_text.substr(at, size);
        at = std::min(at + size, json_text.size());
    }
    return out;
}

std::string as_line(std::string_view text, std::size_t characters_max) {
    const auto line = on_one_line(text);
    if (characters(line) <= characters_max) return line;
    std::size_t at = 0;
    for (std::size_t i = 0; i + 1 < characters_max; ++i) next_character(line, at);
    return line.substr(0, at) + "…";
}

chat_archive read_chat(std::string_view ndjson, const std::string& file, const chat_options& options) {
    reader r(file, options);
    std::uint64_t number = 0;
    while (!ndjson.empty()) {
        const auto end = ndjson.find('\n');
        auto line = ndjson.substr(0, end);
        ndjson.remove_prefix(end == std::string_view::npos ? ndjson.size() : end + 1);
        ++number;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!is_blank(line)) r.line(number, line);
    }
    return r.done();
}

}  // namespace cli
