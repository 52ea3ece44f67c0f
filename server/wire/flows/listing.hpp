#pragma once
// A page of a list of entities: filtered, sorted, from the views.

#include "core/entity.hpp"
#include "core/views/views.hpp"
#include "server/wire/documents.hpp"

#include <algorithm>
#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace server::wire {

/// What is left out narrows nothing.
struct flow_query {
    std::optional<std::string> status;
    std::optional<events::department> department;
    std::optional<events::member_id> person;      ///< whose it is: requester, lead or in the team, employee or evaluator
    std::optional<events::cycle_id> cycle;        ///< of appraisals
    std::optional<events::member_id> waits_on;    ///< whose turn it is
    std::optional<bool> late;
    std::string text;                             ///< in its name, any case of ASCII
    std::string sort = "changed";                 ///< a field; a leading '-' turns the order round
    std::size_t limit = 50;
    std::string cursor;                           ///< where the page before ended, as `next` says; empty: from the beginning
};

/// What a row is ordered by: a number or a text, and then which it is. What comes after one is found however the list has
/// changed meanwhile.
struct list_place {
    std::uint64_t key = 0;
    std::string text;
    std::uint64_t number = 0;
    auto operator<=>(const list_place&) const = default;
};
std::string to_cursor(const list_place& at);
/// Nothing where it is no such thing.
std::optional<list_place> read_cursor(std::string_view cursor);

/// Whether `text` contains `words`, letters of ASCII in any case.
bool mentions(std::string_view text, std::string_view words);

/// Of `found` the rows after the cursor, at most `limit` of them, by their places; `next` is where they end if more come.
template <class Row, class PlaceOf>
std::vector<const Row*> sorted_page(const std::vector<const Row*>& found, const flow_query& q, PlaceOf place_of, std::string& next) {
    const bool down = q.sort.starts_with('-');
    const auto after = read_cursor(q.cursor);
    std::vector<std::pair<list_place, const Row*>> beyond;
    for (const auto* row : found) {
        auto place = place_of(*row);
        if (!after || (down ? place < *after : *after < place)) beyond.emplace_back(std::move(place), row);
    }
    const auto end = beyond.begin() + static_cast<std::ptrdiff_t>(std::min(beyond.size(), q.limit));
    std::partial_sort(beyond.begin(), end, beyond.end(), [&](const auto& a, const auto& b) { return down ? b.first < a.first : a.first < b.first; });
    if (end != beyond.end() && end != beyond.begin()) next = to_cursor((end - 1)->first);
    std::vector<const Row*> page;
    for (auto at = beyond.begin(); at != end; ++at) page.push_back(at->second);
    return page;
}

/// The same where a row is ordered by a number, `key_of(row)`, alone.
template <class Row, class KeyOf>
std::vector<const Row*> numbered_page(const std::vector<const Row*>& found, const flow_query& q, KeyOf key_of, std::string& next) {
    using place = std::pair<std::uint64_t, const Row*>;
    const bool down = q.sort.starts_with('-');
    const auto after = read_cursor(q.cursor);
    const auto in_order = [&](std::uint64_t a, std::uint64_t of_a, std::uint64_t b, std::uint64_t of_b) {
        return down ? std::pair(b, of_b) < std::pair(a, of_a) : std::pair(a, of_a) < std::pair(b, of_b);
    };
    std::vector<place> beyond;
    beyond.reserve(found.size());
    for (const auto* row : found)
        if (const auto key = key_of(*row); !after || in_order(after->key, after->number, key, row->number)) beyond.emplace_back(key, row);
    const auto end = beyond.begin() + static_cast<std::ptrdiff_t>(std::min(beyond.size(), q.limit));
    std::partial_sort(beyond.begin(), end, beyond.end(), [&](const place& a, const place& b) { return in_order(a.first, a.second->number, b.first, b.second->number); });
    if (end != beyond.end() && end != beyond.begin()) next = to_cursor({(end - 1)->first, {}, (end - 1)->second->number});
    std::vector<const Row*> page;
    for (auto at = beyond.begin(); at != end; ++at) page.push_back(at->second);
    return page;
}

}  // namespace server::wire
