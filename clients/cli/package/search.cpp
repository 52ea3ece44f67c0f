#include "clients/cli/package/search.hpp"

#include "clients/cli/package/file.hpp"
#include "clients/cli/width.hpp"

#include <algorithm>

namespace cli::package {
namespace {

constexpr std::size_t text_file_bytes_max = 16u << 20;

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

/// Every text in it, under the name of its field.
void collect(const json& value, const std::string& field, std::vector<std::pair<std::string, std::string>>& out) {
    if (value.is_string()) out.emplace_back(field, value.get<std::string>());
    if (value.is_object())
        for (const auto& [key, inner] : value.items()) collect(inner, key, out);
    if (value.is_array())
        for (const auto& inner : value) collect(inner, field, out);
}

/// Some characters around the first word that is found in it; empty where none is.
std::string excerpt(const std::string& text, const std::vector<std::string>& words) {
    constexpr std::size_t around = 60;
    const auto low = lower(text);
    for (const auto& w : words) {
        const auto at = low.find(w);
        if (at == low.npos) continue;
        auto from = at > around ? at - around : 0;
        auto to = std::min(text.size(), at + w.size() + around);
        while (from > 0 && (text[from] & 0xC0) == 0x80) --from;
        while (to < text.size() && (text[to] & 0xC0) == 0x80) ++to;
        return (from > 0 ? "…" : "") + on_one_line(std::string_view(text).substr(from, to - from)) + (to < text.size() ? "…" : "");
    }
    return {};
}

class searcher {
public:
    searcher(const std::string& path, const std::vector<std::string>& words) : from_(path) {
        for (const auto& w : words) words_.push_back(lower(w));
    }

    json run() {
        from_.lines(from_.find("events.ndjson"), [&](const std::string& line) {
            const auto event = parse_json(line);
            std::vector<std::pair<std::string, std::string>> texts;
            collect(at_or_null(event, "data"), "", texts);
            if (const auto hit = best(texts); !hit.second.empty())
                found_.push_back({{"part", "events.ndjson"},
                                  {"position", at_or_null(event, "position")},
                                  {"stream", at_or_null(event, "stream")},
                                  {"type", at_or_null(event, "type")},
                                  {"field", hit.first},
                                  {"excerpt", hit.second}});
            return true;
        });
        std::vector<std::pair<std::string, std::string>> people;
        const auto named = parse_json(from_.whole(from_.find("people.json"), text_file_bytes_max));
        for (const auto& [id, name] : named.items())
            if (name.is_string()) people.emplace_back("member/" + id, name.get<std::string>());
        for (const auto& one : people)
            if (const auto hit = best({one}); !hit.second.empty())
                found_.push_back({{"part", "people.json"}, {"field", hit.first}, {"excerpt", hit.second}});
        for (const auto& p : from_.parts())
            if (p.path.starts_with("attachments/")) file_of(p);
        return std::move(found_);
    }

private:
    /// The field and the excerpt to show, where all words are in the texts together.
    std::pair<std::string, std::string> best(const std::vector<std::pair<std::string, std::string>>& texts) const {
        for (const auto& w : words_)
            if (std::none_of(texts.begin(), texts.end(), [&](const auto& t) { return lower(t.second).find(w) != std::string::npos; }))
                return {};
        for (const auto& [field, text] : texts)
            if (auto e = excerpt(text, words_); !e.empty()) return {field, std::move(e)};
        return {};
    }

    void file_of(const part& p) {
        if (p.bytes > text_file_bytes_max) return;
        const auto text = from_.whole(p, text_file_bytes_max);
        if (text.find('\0') != text.npos) return;  // no text
        if (const auto hit = best({{"", text}}); !hit.second.empty()) found_.push_back({{"part", p.path}, {"excerpt", hit.second}});
    }

    file from_;
    std::vector<std::string> words_;
    json found_ = json::array();
};

}  // namespace

json search(const std::string& path, const std::vector<std::string>& words) { return searcher(path, words).run(); }

}  // namespace cli::package
