#include "server/wire/feed.hpp"

#include <array>
#include <charconv>

namespace server::wire {
namespace {

constexpr std::array<std::string_view, 13> names{"directory", "board", "task", "channels", "channel", "inbox", "presence",
                                                  "audit", "requests", "request", "projects", "project", "waiting"};

struct about_one {
    feed_kind feed;
    events::category entity;
};
constexpr about_one numbered[] = {{feed_kind::task, events::category::task},
                                  {feed_kind::channel, events::category::channel},
                                  {feed_kind::request, events::category::request},
                                  {feed_kind::project, events::category::project}};

constexpr bool is_numbered(feed_kind k) {
    for (const auto& n : numbered)
        if (n.feed == k) return true;
    return false;
}

}  // namespace

std::optional<events::stream_id> stream_of(const feed& f) {
    for (const auto& n : numbered)
        if (n.feed == f.kind) return events::stream_id{n.entity, f.number};
    return std::nullopt;
}

std::optional<feed> feed_of(events::stream_id stream) {
    for (const auto& n : numbered)
        if (n.entity == stream.kind) return feed{n.feed, stream.number};
    return std::nullopt;
}

std::string to_string(const feed& f) {
    std::string text(names[static_cast<std::size_t>(f.kind)]);
    if (is_numbered(f.kind)) {
        text += '/';
        text += std::to_string(f.number);
    }
    return text;
}

std::optional<feed> parse_feed(std::string_view name) {
    const auto slash = name.find('/');
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto kind = static_cast<feed_kind>(i);
        if (name.substr(0, slash) != names[i] || is_numbered(kind) != (slash != name.npos)) continue;
        feed f{kind, 0};
        if (!is_numbered(kind)) return f;
        const auto digits = name.substr(slash + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), f.number);
        if (error != std::errc{} || end != digits.data() + digits.size() || f.number == 0) return std::nullopt;
        return f;
    }
    return std::nullopt;
}

}  // namespace server::wire
