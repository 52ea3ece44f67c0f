#pragma once
// What a member is told by itself (S1.3.3): steps that wait on them and are soon due, or late, and steps of those who
// answer to them that are too late; who leads or sets people up also of those that wait on nobody. One digest a working day,
// each step once a kind. Decisions that concern them come at once. A desk is numbered like its member.

#include "events/catalog/stream.hpp"
#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::desk {

BOOST_DEFINE_ENUM_CLASS(kind,
                        due_soon,   ///< their own step is due within the days that are settled
                        late,       ///< their own step was due
                        escalated,  ///< a step of somebody who answers to them was due long enough ago
                        decided,    ///< something that concerns them was decided
                        nobody)     ///< a step that waits on nobody: everybody who might take it is barred, or gone

/// A step that waits, or a decision. Nobody is told twice of the same kind of the same one.
struct notice {
    std::uint32_t number;  ///< counts the desk's
    desk::kind kind;
    stream_id what;
    std::string command;   ///< that it waits for: "task.submit"; of a decision its event: "appraisal.finalised.v2"
    position since;        ///< the event that brought `what` into the status that it is in; of a decision its own
    date due;              ///< of a decision: the last day to appeal, or the day on which it was made
    member_id on;          ///< whose step it is; of a decision: who made it, 0 where it came by itself, and of a step that is nobody's
    bool operator==(const notice&) const = default;
};
BOOST_DESCRIBE_STRUCT(notice, (), (number, kind, what, command, since, due, on))

struct opened {
    static constexpr std::string_view type = "desk.opened.v1";
    static constexpr std::string_view clause = "S1.3.3";
    member_id member;
    bool operator==(const opened&) const = default;
};
BOOST_DESCRIBE_STRUCT(opened, (), (member))

/// The digest of a day.
struct reminded {
    static constexpr std::string_view type = "desk.reminded.v1";
    static constexpr std::string_view clause = "S1.3.3";
    date day;
    std::vector<notice> notices;
    std::uint32_t more;               ///< how many did not fit; they come on the next day
    std::vector<std::uint32_t> over;  ///< notices whose step has been taken since: they are forgotten
    bool operator==(const reminded&) const = default;
};
BOOST_DESCRIBE_STRUCT(reminded, (), (day, notices, more, over))

/// Of a decision, in the same batch: until they take note of it.
struct told {
    static constexpr std::string_view type = "desk.told.v1";
    static constexpr std::string_view clause = "S1.3.3";
    desk::notice notice;
    bool operator==(const told&) const = default;
};
BOOST_DESCRIBE_STRUCT(told, (), (notice))

struct acknowledged {
    static constexpr std::string_view type = "desk.acknowledged.v1";
    static constexpr std::string_view clause = "S1.3.3";
    std::vector<std::uint32_t> notices;
    bool operator==(const acknowledged&) const = default;
};
BOOST_DESCRIBE_STRUCT(acknowledged, (), (notices))

using any = std::variant<opened, reminded, acknowledged, told>;

}  // namespace events::desk
