#pragma once
// What a member is told by itself (S1.3.3): steps that wait on them and are soon due, or late, and steps of those who
// answer to them that are too late; who leads or sets people up also of those that wait on nobody. One digest a working day,
// each step once a kind. Decisions that concern them come at once. A desk is numbered like its member.

#include "events/catalog/describe.hpp"
#include "events/catalog/stream.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::desk {

/// due_soon: their own step is due within the days that are settled. late: it was due. escalated: a step of somebody who answers to
/// them was due long enough ago. decided: something that concerns them was decided. nobody: a step that waits on nobody, as everybody
/// who might take it is barred, or gone.
OPSROOM_DEFINE_ENUM(kind, (due_soon, "即将到期", "Due soon", caution), (late, "已逾期", "Overdue", bad), (escalated, "下属逾期", "Overdue in your team", bad),
                    (decided, "已有决定", "Decided", active), (nobody, "无人可办", "Nobody can take it", bad))

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
// clang-format off
OPSROOM_DESCRIBE(notice,
    (number, number("编号", "Number")),
    (kind, choice("类别", "Kind")),
    (what, reference("事项", "Subject")),
    (command, code("待办步骤或决定", "Step or decision").code("bad_notices")),
    (since, event("起因", "Brought about by")),
    (due, day("日期", "Date").code("bad_notices")),
    (on, person("办理人", "Waiting on").may_have_left()))
// clang-format on

struct opened {
    static constexpr std::string_view type = "desk.opened.v1";
    static constexpr std::string_view clause = "S1.3.3";
    static constexpr event_words says{{"开通了提醒", "opened the notices"}, {"为 {member} 开通了提醒", "opened the notices of {member}"}};
    member_id member;
    bool operator==(const opened&) const = default;
};
OPSROOM_DESCRIBE(opened, (member, person("本人", "Member").may_have_left()))

/// The digest of a day.
struct reminded {
    static constexpr std::string_view type = "desk.reminded.v1";
    static constexpr std::string_view clause = "S1.3.3";
    static constexpr event_words says{{"发出了每日提醒", "sent the day's reminders"}};
    date day;
    std::vector<notice> notices;
    std::uint32_t more;               ///< how many did not fit; they come on the next day
    std::vector<std::uint32_t> over;  ///< notices whose step has been taken since: they are forgotten
    bool operator==(const reminded&) const = default;
};
OPSROOM_DESCRIBE(reminded, (day, day("日期", "Date")), (notices, list("提醒", "Notices")), (more, number("未列出的条数", "Not listed")), (over, numbers("已办结的提醒", "Over since")))

/// Of a decision, in the same batch: until they take note of it.
struct told {
    static constexpr std::string_view type = "desk.told.v1";
    static constexpr std::string_view clause = "S1.3.3";
    static constexpr event_words says{{"告知了决定", "told of a decision"}};
    desk::notice notice;
    bool operator==(const told&) const = default;
};
OPSROOM_DESCRIBE(told, (notice, group("提醒", "Notice")))

struct acknowledged {
    static constexpr std::string_view type = "desk.acknowledged.v1";
    static constexpr std::string_view clause = "S1.3.3";
    static constexpr event_words says{{"确认了提醒", "acknowledged notices"}};
    std::vector<std::uint32_t> notices;
    bool operator==(const acknowledged&) const = default;
};
OPSROOM_DESCRIBE(acknowledged, (notices, numbers("提醒编号", "Numbers of the notices")))

using any = std::variant<opened, reminded, acknowledged, told>;

}  // namespace events::desk
