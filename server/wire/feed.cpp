#include "server/wire/feed.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace server::wire {
namespace {

constexpr std::array<std::string_view, 32> names{"directory", "board", "task", "channels", "channel", "inbox", "presence", "audit",
                                                  "requests", "request", "projects", "project", "waiting", "indicators", "cycles", "cycle",
                                                  "appraisals", "appraisal", "incentives", "incentive", "elections", "election",
                                                  "org", "calendar", "flows", "forms",
                                                  "analyses", "analysis", "strategies", "strategy", "proposals", "proposal"};

struct about_one {
    feed_kind feed;
    events::category entity;
};
constexpr about_one numbered[] = {{feed_kind::task, events::category::task},
                                  {feed_kind::channel, events::category::channel},
                                  {feed_kind::request, events::category::request},
                                  {feed_kind::project, events::category::project},
                                  {feed_kind::cycle, events::category::cycle},
                                  {feed_kind::appraisal, events::category::appraisal},
                                  {feed_kind::incentive, events::category::incentive},
                                  {feed_kind::election, events::category::election},
                                  {feed_kind::analysis, events::category::analysis},
                                  {feed_kind::strategy, events::category::strategy},
                                  {feed_kind::proposal, events::category::proposal}};

struct list_of {
    feed_kind feed;
    events::category entity;
};
constexpr list_of lists[] = {{feed_kind::requests, events::category::request},     {feed_kind::projects, events::category::project},
                             {feed_kind::indicators, events::category::indicators}, {feed_kind::cycles, events::category::cycle},
                             {feed_kind::appraisals, events::category::appraisal},  {feed_kind::incentives, events::category::incentive},
                             {feed_kind::elections, events::category::election},     {feed_kind::analyses, events::category::analysis},
                             {feed_kind::strategies, events::category::strategy},   {feed_kind::proposals, events::category::proposal}};

// What is said in these depends on who reads, and on what else has happened: events alone would not tell it.
constexpr feed_kind shown_whole[] = {feed_kind::cycle, feed_kind::appraisal, feed_kind::incentive, feed_kind::election,
                                     feed_kind::analysis, feed_kind::strategy, feed_kind::proposal};
constexpr feed_kind shown_latest[] = {feed_kind::waiting, feed_kind::directory, feed_kind::channels, feed_kind::inbox, feed_kind::presence,
                                      feed_kind::org,     feed_kind::calendar,  feed_kind::flows,    feed_kind::forms};

// The organisation's document says who answers to whom, which is said by events of members.
constexpr feed_kind organisation[] = {feed_kind::org};
constexpr feed_kind days[] = {feed_kind::calendar};
constexpr feed_kind definitions[] = {feed_kind::flows, feed_kind::forms};

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

std::optional<feed_kind> list_feed_of(events::category kind) {
    for (const auto& l : lists)
        if (l.entity == kind) return l.feed;
    return std::nullopt;
}

std::optional<events::category> listed_by(feed_kind kind) {
    for (const auto& l : lists)
        if (l.feed == kind) return l.entity;
    return std::nullopt;
}

std::span<const feed_kind> documents_of(events::category kind) {
    switch (kind) {
        case events::category::org:
        case events::category::member: return organisation;
        case events::category::calendar: return days;
        case events::category::definitions: return definitions;
        default: return {};
    }
}

bool is_latest_wins(feed_kind k) {
    const auto is_among = [&](const auto& all) { return std::find(std::begin(all), std::end(all), k) != std::end(all); };
    return listed_by(k) || is_among(shown_whole) || is_among(shown_latest);
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
