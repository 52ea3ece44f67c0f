#include "clients/cli/import/slack_text.hpp"

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
