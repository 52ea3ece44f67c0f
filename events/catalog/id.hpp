#pragma once
// Strong identifiers. A number of one kind never passes for another.
//
// Entity ids are dense: the one writer hands them out from 1 within a category, so read models can
// be plain vectors and people can type them ("task 17"). 0 means "nobody / nothing".

#include <compare>
#include <cstdint>
#include <functional>

namespace events {

template <class Tag>
struct id {
    std::uint64_t value = 0;

    constexpr auto operator<=>(const id&) const = default;
    constexpr explicit operator bool() const { return value != 0; }
};

using member_id = id<struct member_tag>;
using channel_id = id<struct channel_tag>;
using task_id = id<struct task_tag>;
using request_id = id<struct request_tag>;
using project_id = id<struct project_tag>;
using template_id = id<struct template_tag>;
using cycle_id = id<struct cycle_tag>;
using appraisal_id = id<struct appraisal_tag>;
using incentive_id = id<struct incentive_tag>;
using election_id = id<struct election_tag>;
using analysis_id = id<struct analysis_tag>;
using strategy_id = id<struct strategy_tag>;
using proposal_id = id<struct proposal_tag>;
using source_id = id<struct source_tag>;
using collection_id = id<struct collection_tag>;
using delivery_id = id<struct delivery_tag>;
using metric_id = id<struct metric_tag>;
using query_id = id<struct query_tag>;
using alert_rule_id = id<struct alert_rule_tag>;
using alert_id = id<struct alert_tag>;
using report_id = id<struct report_tag>;
using recommendation_id = id<struct recommendation_tag>;

/// A message's number within its channel, from 1, without gaps.
using message_no = id<struct message_tag>;

/// The actor of what the system does by itself (calendar, policies, set-up).
inline constexpr member_id the_system{0};

/// Place of an event in the whole log: from 1, without gaps.
using position = id<struct position_tag>;

/// Place of an event in its stream: from 1, without gaps. 0 is "no such stream yet".
using version = id<struct version_tag>;

template <class Tag>
constexpr id<Tag> next(id<Tag> i) { return {i.value + 1}; }

}  // namespace events

template <class Tag>
struct std::hash<events::id<Tag>> {
    std::size_t operator()(events::id<Tag> i) const noexcept { return std::hash<std::uint64_t>{}(i.value); }
};
