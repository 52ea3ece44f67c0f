#pragma once
// A task (F10) is a piece of daily work: content, time requirement and standard, from assignment to acceptance.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

namespace events::task {

/// Before tasks belonged to projects.
struct assigned_v1 {
    static constexpr std::string_view type = "task.assigned.v1";
    static constexpr std::string_view clause = "S3.2.1";
    std::string title;
    std::string content;
    std::string standard;
    date due;
    member_id to;
    events::department department;
    events::priority priority;
    std::vector<std::string> checklist;
    bool operator==(const assigned_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(assigned_v1, (), (title, content, standard, due, to, department, priority, checklist))

/// Before tasks carried out strategies and plans.
struct assigned_v2 {
    static constexpr std::string_view type = "task.assigned.v2";
    static constexpr std::string_view clause = "S3.2.1";
    std::string title;
    std::string content;
    std::string standard;  ///< what the result is accepted against
    date due;
    member_id to;
    events::department department;  ///< whose board it is on
    events::priority priority;
    std::vector<std::string> checklist;
    project_id project;        ///< that it belongs to; 0: none
    std::uint16_t milestone;   ///< of that project, from 1; 0: none
    appraisal_id improvement;  ///< whose improvement plan (F8) it carries out; 0: none
    std::uint32_t flow;        ///< the version of the flow that it goes by
    bool operator==(const assigned_v2&) const = default;
};
BOOST_DESCRIBE_STRUCT(assigned_v2, (), (title, content, standard, due, to, department, priority, checklist, project, milestone, improvement, flow))

/// Before what an improvement plan says was left in the plan, sealed.
struct assigned_v3 {
    static constexpr std::string_view type = "task.assigned.v3";
    static constexpr std::string_view clause = "S3.2.1";
    std::string title;
    std::string content;
    std::string standard;  ///< what the result is accepted against
    date due;
    member_id to;
    events::department department;  ///< whose board it is on
    events::priority priority;
    std::vector<std::string> checklist;
    project_id project;        ///< that it belongs to; 0: none
    std::uint16_t milestone;   ///< of that project, from 1; 0: none
    appraisal_id improvement;  ///< whose improvement plan (F8) it carries out; 0: none
    std::uint32_t flow;        ///< the version of the flow that it goes by
    strategy_id strategy;      ///< the strategy or plan (F19) that it carries out; 0: none
    bool operator==(const assigned_v3&) const = default;
};
BOOST_DESCRIBE_STRUCT(assigned_v3, (), (title, content, standard, due, to, department, priority, checklist, project, milestone, improvement, flow, strategy))

struct assigned {
    static constexpr std::string_view type = "task.assigned.v4";
    static constexpr std::string_view clause = "S3.2.1";
    std::string title;
    std::string content;
    std::string standard;  ///< what the result is accepted against
    date due;
    member_id to;
    events::department department;  ///< whose board it is on
    events::priority priority;
    std::vector<std::string> checklist;
    project_id project;        ///< that it belongs to; 0: none
    std::uint16_t milestone;   ///< of that project, from 1; 0: none
    appraisal_id improvement;  ///< whose improvement plan (F8) it carries out; 0: none
    std::uint16_t action;      ///< of that plan, which alone says what is to be done; 0: none, or the words are here
    std::uint32_t flow;        ///< the version of the flow that it goes by
    strategy_id strategy;      ///< the strategy or plan (F19) that it carries out; 0: none
    bool operator==(const assigned&) const = default;
};
BOOST_DESCRIBE_STRUCT(assigned, (), (title, content, standard, due, to, department, priority, checklist, project, milestone, improvement, action, flow, strategy))

inline assigned_v2 upcast(assigned_v1&& old) {
    return {std::move(old.title), std::move(old.content), std::move(old.standard), old.due, old.to, std::move(old.department), old.priority,
            std::move(old.checklist), {}, 0, {}, 1};
}
inline assigned_v3 upcast(assigned_v2&& old) {
    return {std::move(old.title), std::move(old.content), std::move(old.standard), old.due, old.to, std::move(old.department), old.priority,
            std::move(old.checklist), old.project, old.milestone, old.improvement, old.flow, {}};
}
inline assigned upcast(assigned_v3&& old) {
    return {std::move(old.title), std::move(old.content), std::move(old.standard), old.due, old.to, std::move(old.department), old.priority,
            std::move(old.checklist), old.project, old.milestone, old.improvement, 0, old.flow, old.strategy};
}

struct reassigned {
    static constexpr std::string_view type = "task.reassigned.v1";
    static constexpr std::string_view clause = "S3.2.1";
    member_id to;
    words reason;
    bool operator==(const reassigned&) const = default;
};
BOOST_DESCRIBE_STRUCT(reassigned, (), (to, reason))

struct rescheduled {
    static constexpr std::string_view type = "task.rescheduled.v1";
    static constexpr std::string_view clause = "S3.2.1";
    date due;
    words reason;
    bool operator==(const rescheduled&) const = default;
};
BOOST_DESCRIBE_STRUCT(rescheduled, (), (due, reason))

struct started {
    static constexpr std::string_view type = "task.started.v1";
    static constexpr std::string_view clause = "S3.2.2";
    bool operator==(const started&) const = default;
};
BOOST_DESCRIBE_STRUCT(started, (), ())

struct blocked {
    static constexpr std::string_view type = "task.blocked.v1";
    static constexpr std::string_view clause = "S3.2.2";
    words reason;
    member_id on;  ///< whom it waits for; 0: nobody in particular
    bool operator==(const blocked&) const = default;
};
BOOST_DESCRIBE_STRUCT(blocked, (), (reason, on))

struct unblocked {
    static constexpr std::string_view type = "task.unblocked.v1";
    static constexpr std::string_view clause = "S3.2.2";
    words note;
    bool operator==(const unblocked&) const = default;
};
BOOST_DESCRIBE_STRUCT(unblocked, (), (note))

struct progress_reported {
    static constexpr std::string_view type = "task.progress_reported.v1";
    static constexpr std::string_view clause = "S3.2.2";
    std::uint8_t percent;
    words note;
    bool operator==(const progress_reported&) const = default;
};
BOOST_DESCRIBE_STRUCT(progress_reported, (), (percent, note))

struct submitted {
    static constexpr std::string_view type = "task.submitted.v1";
    static constexpr std::string_view clause = "S3.2.2";
    words result;
    bool operator==(const submitted&) const = default;
};
BOOST_DESCRIBE_STRUCT(submitted, (), (result))

struct accepted {
    static constexpr std::string_view type = "task.accepted.v1";
    static constexpr std::string_view clause = "S3.2.2";
    words comment;
    bool operator==(const accepted&) const = default;
};
BOOST_DESCRIBE_STRUCT(accepted, (), (comment))

struct returned {
    static constexpr std::string_view type = "task.returned.v1";
    static constexpr std::string_view clause = "S3.2.2";
    words reason;
    bool operator==(const returned&) const = default;
};
BOOST_DESCRIBE_STRUCT(returned, (), (reason))

struct cancelled {
    static constexpr std::string_view type = "task.cancelled.v1";
    static constexpr std::string_view clause = "S3.2.1";
    words reason;
    bool operator==(const cancelled&) const = default;
};
BOOST_DESCRIBE_STRUCT(cancelled, (), (reason))

using any = std::variant<assigned, reassigned, rescheduled, started, blocked, unblocked, progress_reported, submitted,
                         accepted, returned, cancelled>;

/// Old shapes that a log may still hold, oldest first.
std::tuple<assigned_v1, assigned_v2, assigned_v3> retired_shapes(const any*);

}  // namespace events::task
