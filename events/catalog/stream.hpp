#pragma once
// A stream is the history of one entity: "task/17".

#include "events/catalog/id.hpp"

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace events {

/// What kind of entity a stream is about. Stored: a number never changes its meaning.
enum class category : std::uint8_t {
    member = 1,
    channel = 2,
    task = 3,
    request = 4,
    project = 5,
    org = 6,          ///< one stream: number 1
    calendar = 7,     ///< one stream: number 1
    definitions = 8,  ///< one stream: number 1
    desk = 9,         ///< numbered like its member
    indicators = 10,
    cycle = 11,
    appraisal = 12,
    incentive = 13,
    election = 14,
    analysis = 15,
    strategy = 16,
    proposal = 17,
    source = 18,      ///< of data
    collection = 19,
    delivery = 20,
    metric = 21,
    query = 22,       ///< of data, in SQL
    alert_rule = 23,
    alert = 24,
    report = 25,
    recommendation = 26,
};

/// The one with the highest number.
inline constexpr auto newest_category = category::recommendation;

/// Room for as many, and for 0: all numbers are smaller.
inline constexpr std::size_t category_count = 64;

/// Empty where there is none of that number.
std::string_view name_of(category c);
/// What several of them are called, in addresses and feeds: "proposals".
std::string_view plural_of(category c);
std::optional<category> category_of(std::string_view name);
inline bool is_category(std::uint64_t number) { return number < category_count && !name_of(static_cast<category>(number)).empty(); }

/// Calls `visit(category)` with each that there is, in the order of their numbers.
template <class Visit>
void each_category(Visit visit) {
    for (std::size_t c = 1; c < category_count; ++c)
        if (is_category(c)) visit(static_cast<category>(c));
}

struct stream_id {
    category kind{};
    std::uint64_t number = 0;

    constexpr auto operator<=>(const stream_id&) const = default;
};

constexpr stream_id stream_of(member_id m) { return {category::member, m.value}; }
constexpr stream_id stream_of(channel_id c) { return {category::channel, c.value}; }
constexpr stream_id stream_of(task_id t) { return {category::task, t.value}; }
constexpr stream_id stream_of(request_id r) { return {category::request, r.value}; }
constexpr stream_id stream_of(project_id p) { return {category::project, p.value}; }
constexpr stream_id stream_of(template_id t) { return {category::indicators, t.value}; }
constexpr stream_id stream_of(cycle_id c) { return {category::cycle, c.value}; }
constexpr stream_id stream_of(appraisal_id a) { return {category::appraisal, a.value}; }
constexpr stream_id stream_of(incentive_id i) { return {category::incentive, i.value}; }
constexpr stream_id stream_of(election_id e) { return {category::election, e.value}; }
constexpr stream_id stream_of(analysis_id a) { return {category::analysis, a.value}; }
constexpr stream_id stream_of(strategy_id s) { return {category::strategy, s.value}; }
constexpr stream_id stream_of(proposal_id p) { return {category::proposal, p.value}; }
constexpr stream_id stream_of(source_id s) { return {category::source, s.value}; }
constexpr stream_id stream_of(collection_id c) { return {category::collection, c.value}; }
constexpr stream_id stream_of(delivery_id d) { return {category::delivery, d.value}; }
constexpr stream_id stream_of(metric_id m) { return {category::metric, m.value}; }
constexpr stream_id stream_of(query_id q) { return {category::query, q.value}; }
constexpr stream_id stream_of(alert_rule_id r) { return {category::alert_rule, r.value}; }
constexpr stream_id stream_of(alert_id a) { return {category::alert, a.value}; }
constexpr stream_id stream_of(report_id r) { return {category::report, r.value}; }
constexpr stream_id stream_of(recommendation_id r) { return {category::recommendation, r.value}; }

/// "task/17"
std::string to_string(stream_id s);
std::optional<stream_id> parse_stream(std::string_view text);

}  // namespace events

template <>
struct std::hash<events::stream_id> {
    std::size_t operator()(events::stream_id s) const noexcept {
        return std::hash<std::uint64_t>{}(s.number * 0x9E3779B97F4A7C15ull + static_cast<std::uint64_t>(s.kind));
    }
};
