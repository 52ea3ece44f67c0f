#include "server/wire/feed.hpp"

#include "core/entity.hpp"
#include "server/wire/flows/kind_reading.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace server::wire {
namespace {

constexpr std::array<std::string_view, 11> names{"directory", "board", "channels", "inbox", "presence", "audit", "waiting", "org", "calendar", "flows", "forms"};

constexpr std::uint8_t lists_from = 64;
constexpr std::uint8_t ones_from = 128;

constexpr std::uint8_t number_of(feed_kind k) { return static_cast<std::uint8_t>(k); }

bool has_list(events::category of) { return reading_of(of) != nullptr; }
/// What is called the same, one or many, has no feed of one.
bool has_one(events::category of) {
    return of == events::category::task || of == events::category::channel || (has_list(of) && events::name_of(of) != events::plural_of(of));
}

/// Calls `visit(category)` with all that there are, until it gives something.
template <class Visit>
auto first_of(Visit visit) -> decltype(visit(events::category{})) {
    decltype(visit(events::category{})) found;
    events::each_category([&](events::category c) {
        if (!found) found = visit(c);
    });
    return found;
}

constexpr feed_kind shown_latest[] = {feed_kind::waiting, feed_kind::directory, feed_kind::channels, feed_kind::inbox, feed_kind::presence,
                                      feed_kind::org,     feed_kind::calendar,  feed_kind::flows,    feed_kind::forms};

// The organisation's document says who answers to whom, which is said by events of members.
constexpr feed_kind organisation[] = {feed_kind::org};
constexpr feed_kind days[] = {feed_kind::calendar};
constexpr feed_kind definitions[] = {feed_kind::flows, feed_kind::forms};

}  // namespace

std::optional<events::stream_id> stream_of(const feed& f) {
    if (number_of(f.kind) < ones_from) return std::nullopt;
    return events::stream_id{static_cast<events::category>(number_of(f.kind) - ones_from), f.number};
}

std::optional<feed> feed_of(events::stream_id stream) {
    return has_one(stream.kind) ? std::optional(feed{one_feed(stream.kind), stream.number}) : std::nullopt;
}

std::optional<feed_kind> list_feed_of(events::category kind) { return has_list(kind) ? std::optional(list_feed(kind)) : std::nullopt; }

std::optional<events::category> listed_by(feed_kind kind) {
    const auto n = number_of(kind);
    return n >= lists_from && n < ones_from ? std::optional(static_cast<events::category>(n - lists_from)) : std::nullopt;
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
    if (listed_by(k) || std::find(std::begin(shown_latest), std::end(shown_latest), k) != std::end(shown_latest)) return true;
    const auto of = stream_of({k, 1});
    return of && !core::kind_of(of->kind)->is_told_by_events();
}

std::string to_string(const feed& f) {
    if (const auto of = stream_of(f)) return std::string(events::name_of(of->kind)) + '/' + std::to_string(f.number);
    if (const auto of = listed_by(f.kind)) return std::string(events::plural_of(*of));
    return std::string(names.at(number_of(f.kind)));
}

std::optional<feed> parse_feed(std::string_view name) {
    const auto slash = name.find('/');
    if (slash == name.npos) {
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i] == name) return feed{static_cast<feed_kind>(i), 0};
        return first_of([&](events::category c) { return has_list(c) && events::plural_of(c) == name ? std::optional(feed{list_feed(c), 0}) : std::nullopt; });
    }
    const auto of = events::category_of(name.substr(0, slash));
    if (!of || !has_one(*of)) return std::nullopt;
    feed f{one_feed(*of), 0};
    const auto digits = name.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), f.number);
    if (error != std::errc{} || end != digits.data() + digits.size() || f.number == 0) return std::nullopt;
    return f;
}

const feed_names& all_feeds() {
    static const auto all = [] {
        feed_names found;
        found.plain.assign(names.begin(), names.end());
        events::each_category([&](events::category of) {
            if (has_list(of)) found.plain.push_back(events::plural_of(of));
            if (has_one(of)) found.numbered.push_back(events::name_of(of));
        });
        return found;
    }();
    return all;
}

}  // namespace server::wire
