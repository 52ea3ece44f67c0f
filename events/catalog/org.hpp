#pragma once
// How the company is organised, and what the department has settled where the handbook is silent: departments and
// roles as data (S1.2), and the settings (handbook, 4). One stream: org/1.

#include "events/catalog/describe.hpp"

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace events::org {

/// A new department, or an old one under new names.
struct department_defined {
    static constexpr std::string_view type = "org.department_defined.v1";
    static constexpr std::string_view clause = "S1.2";
    static constexpr event_words says{{"定义了部门", "defined a department"}, {"定义了部门 {name}", "defined the department {name}"}};
    events::department department;
    bilingual name;
    std::optional<events::department> parent;
    bool operator==(const department_defined&) const = default;
};
OPSROOM_DESCRIBE(department_defined, (department, code("部门代码", "Department code")), (name, bilingual("部门名称", "Department name")), (parent, department("上级部门", "Parent department")))

/// Nobody can be put into it any more.
struct department_retired {
    static constexpr std::string_view type = "org.department_retired.v1";
    static constexpr std::string_view clause = "S1.2";
    static constexpr event_words says{{"取消了部门", "retired a department"}, {"取消了部门 {department}", "retired the department {department}"}};
    events::department department;
    bool operator==(const department_retired&) const = default;
};
OPSROOM_DESCRIBE(department_retired, (department, department("部门", "Department")))

struct role_defined {
    static constexpr std::string_view type = "org.role_defined.v1";
    static constexpr std::string_view clause = "S1.2";
    static constexpr event_words says{{"定义了角色", "defined a role"}, {"定义了角色 {name}", "defined the role {name}"}};
    events::role role;
    bilingual name;
    bool operator==(const role_defined&) const = default;
};
OPSROOM_DESCRIBE(role_defined, (role, code("角色代码", "Role code")), (name, bilingual("角色名称", "Role name")))

struct role_retired {
    static constexpr std::string_view type = "org.role_retired.v1";
    static constexpr std::string_view clause = "S1.2";
    static constexpr event_words says{{"取消了角色", "retired a role"}, {"取消了角色 {role}", "retired the role {role}"}};
    events::role role;
    bool operator==(const role_retired&) const = default;
};
OPSROOM_DESCRIBE(role_retired, (role, role("角色", "Role")))

/// Minutes after midnight in the department's time zone. A break that ends when it begins is none.
struct working_hours {
    std::uint16_t from = 9 * 60;
    std::uint16_t break_from = 12 * 60;
    std::uint16_t break_until = 13 * 60;
    std::uint16_t until = 18 * 60;
    bool operator==(const working_hours&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(working_hours,
    (from, number("上班时间", "Start of work").most(24 * 60).unit("分钟（自零点起）", "minutes after midnight").code("bad_settings")),
    (break_from, number("休息开始", "Start of the break").most(24 * 60).unit("分钟（自零点起）", "minutes after midnight").code("bad_settings")),
    (break_until, number("休息结束", "End of the break").most(24 * 60).unit("分钟（自零点起）", "minutes after midnight")
                      .hint("与休息开始相同则没有休息", "The same as its start: there is no break").code("bad_settings")),
    (until, number("下班时间", "End of work").most(24 * 60).unit("分钟（自零点起）", "minutes after midnight").code("bad_settings")))
// clang-format on

/// How scores are put together (D2) and graded (D3), in per cent and points. A finalised appraisal keeps the version
/// of the settings that it was counted by.
struct scoring {
    std::uint8_t self_percent = 10;
    std::uint8_t superior_percent = 90;
    std::uint8_t quarters_percent = 60;
    std::uint8_t annual_percent = 40;
    std::uint8_t grade_s = 95;
    std::uint8_t grade_a = 85;
    std::uint8_t grade_b = 70;
    std::uint8_t grade_c = 60;
    bool operator==(const scoring&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(scoring,
    (self_percent, percent("自评占比", "Share of the self-appraisal").hint("与上级评价占比合计 100", "With the share of the superior it adds up to 100").code("bad_settings")),
    (superior_percent, percent("上级评价占比", "Share of the superior's appraisal").code("bad_settings")),
    (quarters_percent, percent("季度考核占比", "Share of the quarters").hint("与年度考核占比合计 100", "With the share of the annual appraisal it adds up to 100").code("bad_settings")),
    (annual_percent, percent("年度考核占比", "Share of the annual appraisal").code("bad_settings")),
    (grade_s, number("S 级起点分", "Lowest score for grade S").least(1).most(100).unit("分", "points").code("bad_settings")),
    (grade_a, number("A 级起点分", "Lowest score for grade A").least(1).most(100).unit("分", "points").code("bad_settings")),
    (grade_b, number("B 级起点分", "Lowest score for grade B").least(1).most(100).unit("分", "points").code("bad_settings")),
    (grade_c, number("C 级起点分", "Lowest score for grade C").least(1).most(100).unit("分", "points").code("bad_settings")))
// clang-format on

/// What † leaves to the department, with the handbook's defaults. Days are working days; a step that had none would be taken out (D12).
struct settings {
    working_hours hours;
    org::scoring scoring;
    std::uint8_t appeal_days = 5;          ///< after finalisation
    std::uint8_t self_days = 5;            ///< after a cycle opens, for F6
    std::uint8_t evaluation_days = 5;      ///< after that, for F7
    std::uint8_t calibration_days = 3;     ///< after that
    std::uint8_t remind_days = 1;          ///< before something is due, its people are reminded
    std::uint8_t escalate_days = 2;        ///< after it was due, their superiors are told
    std::uint32_t attachment_bytes_max = 64u << 20;
    bool operator==(const settings&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(settings,
    (hours, group("工作时间", "Working hours")),
    (scoring, group("考核评分", "Scoring")),
    (appeal_days, number("申诉期", "Days to appeal").least(1).most(255).unit("个工作日", "working days").hint("自考核定稿起", "Once an appraisal is final").code("bad_settings")),
    (self_days, number("自评期限", "Days for the self-appraisal").least(1).most(255).unit("个工作日", "working days").hint("自周期开始起", "Once a cycle opens").code("bad_settings")),
    (evaluation_days, number("评价期限", "Days for the superior's appraisal").least(1).most(255).unit("个工作日", "working days").hint("自评截止之后", "After the self-appraisal").code("bad_settings")),
    (calibration_days, number("校准期限", "Days for calibration").most(255).unit("个工作日", "working days").hint("评价截止之后", "After the superior's appraisal")),
    (remind_days, number("提前提醒", "Reminder ahead").most(255).unit("个工作日", "working days").hint("到期前多久提醒办理人", "How long before something is due its people are reminded")),
    (escalate_days, number("逾期上报", "Escalation after").most(255).unit("个工作日", "working days").hint("逾期多久告知其上级", "How long after it was due their superiors are told")),
    (attachment_bytes_max, number("单个附件上限", "Largest attachment").least(1).most(1 << 30).unit("字节", "bytes").code("bad_settings")))
// clang-format on

/// The settings from here on; `number` counts them from 2, as the defaults are number 1.
struct configured {
    static constexpr std::string_view type = "org.configured.v1";
    static constexpr std::string_view clause = "S1.3.2";
    static constexpr event_words says{{"更改了制度参数", "changed the settings"}};
    std::uint32_t number;
    org::settings settings;
    std::string reason;
    bool operator==(const configured&) const = default;
};
OPSROOM_DESCRIBE(configured, (number, number("参数版本", "Version of the settings")), (settings, group("制度参数", "Settings")), (reason, reason()))

/// Who says what time it is: whoever runs the machine (opsroomd accept-clock), a time server that the machine follows, the
/// machine of somebody who sent a command; or nobody did, as the clock was set back little by little.
OPSROOM_DEFINE_ENUM(time_witness, (keeper, "服务器管理员", "Whoever runs the server"), (time_server, "时间服务器", "Time server"), (sender, "操作者的设备", "Sender's device"),
                    (nobody, "无（逐步拨回）", "Nobody: set back little by little"))

/// The machine's clock had been wrong, and was believed: what is dated later than `to` up to here happened before `to`. From
/// here on things are dated by the right time again.
struct clock_set_back {
    static constexpr std::string_view type = "org.clock_set_back.v1";
    static constexpr std::string_view clause = "S1.3.1";
    static constexpr event_words says{{"将时钟拨回到正确的时间", "set the clock back to the right time"}};
    instant from;  ///< the latest that anything is dated
    instant to;    ///< what time it is
    time_witness witness;
    bool operator==(const clock_set_back&) const = default;
};
OPSROOM_DESCRIBE(clock_set_back, (from, moment("拨回前的时间", "Time before")), (to, moment("正确的时间", "Right time")), (witness, choice("时间依据", "Time given by")))

using any = std::variant<department_defined, department_retired, role_defined, role_retired, configured, clock_set_back>;

}  // namespace events::org
