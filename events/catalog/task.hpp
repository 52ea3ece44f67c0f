#pragma once
// A task (F10) is a piece of daily work: content, time requirement and standard, from assignment to acceptance.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::task {

struct assigned {
    static constexpr std::string_view type = "task.assigned.v1";
    static constexpr std::string_view clause = "S3.2.1";
    std::string title;
    std::string content;
    std::string standard;  ///< what the result is accepted against
    date due;
    member_id to;
    events::department department;  ///< whose board it is on
    events::priority priority;
    std::vector<std::string> checklist;
    bool operator==(const assigned&) const = default;
};
BOOST_DESCRIBE_STRUCT(assigned, (), (title, content, standard, due, to, department, priority, checklist))

struct reassigned {
    static constexpr std::string_view type = "task.reassigned.v1";
    static constexpr std::string_view clause = "S3.2.1";
    member_id to;
    std::string reason;
    bool operator==(const reassigned&) const = default;
};
BOOST_DESCRIBE_STRUCT(reassigned, (), (to, reason))

struct rescheduled {
    static constexpr std::string_view type = "task.rescheduled.v1";
    static constexpr std::string_view clause = "S3.2.1";
    date due;
    std::string reason;
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
    std::string reason;
    member_id on;  ///< whom it waits for; 0: nobody in particular
    bool operator==(const blocked&) const = default;
};
BOOST_DESCRIBE_STRUCT(blocked, (), (reason, on))

struct unblocked {
    static constexpr std::string_view type = "task.unblocked.v1";
    static constexpr std::string_view clause = "S3.2.2";
    std::string note;
    bool operator==(const unblocked&) const = default;
};
BOOST_DESCRIBE_STRUCT(unblocked, (), (note))

struct progress_reported {
    static constexpr std::string_view type = "task.progress_reported.v1";
    static constexpr std::string_view clause = "S3.2.2";
    std::uint8_t percent;
    std::string note;
    bool operator==(const progress_reported&) const = default;
};
BOOST_DESCRIBE_STRUCT(progress_reported, (), (percent, note))

struct submitted {
    static constexpr std::string_view type = "task.submitted.v1";
    static constexpr std::string_view clause = "S3.2.2";
    std::string result;
    bool operator==(const submitted&) const = default;
};
BOOST_DESCRIBE_STRUCT(submitted, (), (result))

struct accepted {
    static constexpr std::string_view type = "task.accepted.v1";
    static constexpr std::string_view clause = "S3.2.2";
    std::string comment;
    bool operator==(const accepted&) const = default;
};
BOOST_DESCRIBE_STRUCT(accepted, (), (comment))

struct returned {
    static constexpr std::string_view type = "task.returned.v1";
    static constexpr std::string_view clause = "S3.2.2";
    std::string reason;
    bool operator==(const returned&) const = default;
};
BOOST_DESCRIBE_STRUCT(returned, (), (reason))

struct cancelled {
    static constexpr std::string_view type = "task.cancelled.v1";
    static constexpr std::string_view clause = "S3.2.1";
    std::string reason;
    bool operator==(const cancelled&) const = default;
};
BOOST_DESCRIBE_STRUCT(cancelled, (), (reason))

using any = std::variant<assigned, reassigned, rescheduled, started, blocked, unblocked, progress_reported, submitted,
                         accepted, returned, cancelled>;

}  // namespace events::task
