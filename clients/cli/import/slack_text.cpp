#include "clients/cli/import/slack_text.hpp"

#include <vector>

namespace cli {
namespace {

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        if (rest.starts_with("&amp;")) out += '&', at += 5;
        else if (rest.starts_with("&lt;")) out += '<', at += 4;
        else if (rest.starts_with("&gt;")) out += '>', at += 4;
        else out += text[at++];
    }
    return out;
}

/// What stands between "<" and ">".
std::string mention(std::string_view inside, const slack_names& people) {
    const auto bar = inside.find('|');
    const auto what = inside.substr(0, bar);
    const auto label = bar == std::string_view::npos ? std::string() : unescaped(inside.substr(bar + 1));
    if (what.starts_with('@')) {
        const auto known = people.find(std::string(what.substr(1)));
        if (known != people.end()) return "@" + known->second;
        return "@" + (label.empty() ? std::string(what.substr(1)) : label);
    }
    if (what.starts_with('#')) return "#" + (label.empty() ? std::string(what.substr(1)) : label);
    if (what.starts_with('!')) {
        // <!here>, <!channel>, <!subteam^S1|@sales>, <!date^1392734382^{date}|18 February>
        if (!label.empty()) return label;
        return "@" + std::string(what.substr(1, what.find('^') - 1));
    }
    auto target = unescaped(what);
    if (target.starts_with("mailto:")) target.erase(0, 7);
    if (label.empty() || label == target) return target;
    return label + " (" + target + ")";
}

}  // namespace

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else out += c;
    }
    return out;
}

/// One element of a block that has no others in it.
std::string element_words(const json& e) {
    const auto type = text_at(e, "type");
    if (type == "user") return "<@" + text_at(e, "user_id") + ">";
    if (type == "channel") return "<#" + text_at(e, "channel_id") + ">";
    if (type == "broadcast") return "<!" + text_at(e, "range") + ">";
    if (type == "emoji") return ":" + text_at(e, "name") + ":";
    if (type == "link") return text_at(e, "text").empty() ? "<" + text_at(e, "url") + ">" : "<" + text_at(e, "url") + "|" + escaped(text_at(e, "text")) + ">";
    if (type == "image") return text_at(e, "alt_text", text_at(e, "image_url"));
    const auto& text = at_or_null(e, "text");
    if (text.is_string()) return type == "mrkdwn" ? text.get<std::string>() : escaped(text.get<std::string>());
    if (text.is_object()) return element_words(text);  // {"type":"mrkdwn","text":"…"}, which holds no further one
    return {};
}

/// The words of blocks in their order, a line each.
std::string block_words(const json& blocks) {
    struct step {
        const json* at;
        bool own_line;
    };
    std::string out;
    std::vector<step> left;
    const auto put = [&](const json& list, bool lines) {
        for (auto i = list.size(); i-- > 0;) left.push_back({&list[i], lines});
    };
    put(blocks, true);
    while (!left.empty()) {
        const auto [at, own_line] = left.back();
        left.pop_back();
        if (own_line && !out.empty() && !out.ends_with('\n')) out += '\n';
        const auto type = text_at(*at, "type");
        const auto& inner = list_at(*at, "elements");
        out += element_words(*at);
        // What a list holds stands on lines of its own, and what a line holds on the line.
        if (!inner.empty()) put(inner, type != "rich_text_section" && type != "rich_text_preformatted" && type != "rich_text_quote" && type != "context");
        if (const auto& fields = list_at(*at, "fields"); !fields.empty()) put(fields, true);
    }
    return out;
}

void add_line(std::string& to, const std::string& line) {
    if (!line.empty()) to += (to.empty() ? "" : "\n") + line;
}

}  // namespace

std::string slack_words(const json& message) {
    auto out = text_at(message, "text");
    if (out.empty()) out = block_words(list_at(message, "blocks"));
    const bool alone = out.empty();
    for (const auto& attached : list_at(message, "attachments")) {
        std::string words;
        add_line(words, text_at(attached, "pretext"));
        const auto title = text_at(attached, "title"), link = text_at(attached, "title_link");
        add_line(words, title.empty() || link.empty() ? title : "<" + link + "|" + title + ">");
        add_line(words, text_at(attached, "text"));
        for (const auto& f : list_at(attached, "fields")) add_line(words, text_at(f, "title") + ": " + text_at(f, "value"));
        if (words.empty()) words = block_words(list_at(attached, "blocks"));
        if (words.empty() && alone) words = text_at(attached, "fallback");
        add_line(out, words);
    }
    return out;
}

std::string plain_text(std::string_view slack, const slack_names& people) {
    std::string out;
    while (!slack.empty()) {
        const auto open = slack.find('<');
        out += unescaped(slack.substr(0, open));
        if (open == std::string_view::npos) break;
        const auto close = slack.find('>', open);
        if (close == std::string_view::npos) {
            out += unescaped(slack.substr(open));
            break;
        }
        out += mention(slack.substr(open + 1, close - open - 1), people);
        slack.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace cli
