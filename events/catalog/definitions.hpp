#pragma once
// Flows and forms as versioned definitions (S1.3.2). Version 1 of each is the handbook's, in the program; a change is
// an event, with reason and effect (S2.1.3). What has begun keeps the version that it began with. One stream:
// definitions/1.

#include "events/catalog/describe.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::definitions {

/// How one row of a flow reads from this version on. What is left out stays as it was.
struct row_change {
    std::string command;                                ///< "request.withdraw"
    std::optional<std::vector<std::string>> in;         ///< statuses in which it may be given
    std::optional<std::vector<std::string>> may;        ///< relations that may give it
    std::optional<std::vector<events::role>> roles;     ///< roles that may give it besides
    std::optional<std::vector<std::string>> never;      ///< relations that never may, besides those of the handbook
    bool operator==(const row_change&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(row_change,
    (command, code("步骤", "Step").code("bad_row")),
    (in, codes("可办理的状态", "Statuses in which it may be taken").hint("不填则不变", "Left out: as before").code("bad_row")),
    (may, codes("可办理的人", "Who may take it").hint("不填则不变", "Left out: as before").code("bad_row")),
    (roles, roles("另可办理的角色", "Roles that may take it as well").hint("不填则不变", "Left out: as before").code("bad_row")),
    (never, codes("另不可办理的人", "Who may not take it as well").hint("不填则不变；制度规定的始终保留", "Left out: as before; those of the handbook always stay").code("bad_row")))
// clang-format on

/// How long a step may take, in working days; 0: no limit.
struct step_limit {
    std::string status;
    std::uint16_t working_days;
    bool operator==(const step_limit&) const = default;
};
OPSROOM_DESCRIBE(step_limit, (status, code("状态", "Status").code("bad_limit")), (working_days, number("时限", "Time limit").most(365).unit("个工作日", "working days").hint("0 为不设时限", "0: none").code("bad_limit")))

struct flow_amended {
    static constexpr std::string_view type = "definitions.flow_amended.v1";
    static constexpr std::string_view clause = "S2.1.3";
    static constexpr event_words says{{"更改了流程", "amended a flow"}};
    std::string flow;       ///< "request"
    std::uint32_t version;  ///< from 2
    std::vector<row_change> rows;
    std::vector<step_limit> limits;
    std::string reason;
    std::string effect;
    bool operator==(const flow_amended&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(flow_amended,
    (flow, code("流程", "Flow")),
    (version, number("流程版本", "Version of the flow")),
    (rows, list("步骤的更改", "Changed steps")),
    (limits, list("时限", "Time limits")),
    (reason, reason()),
    (effect, remark("预期效果", "Expected effect")))
// clang-format on

/// A change of a flow, as it was proposed.
struct amendment {
    std::string flow;
    std::vector<row_change> rows;
    std::vector<step_limit> limits;
    std::string reason;
    std::string effect;
    bool operator==(const amendment&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(amendment,
    (flow, code("流程", "Flow")),
    (rows, list("步骤的更改", "Changed steps")),
    (limits, list("时限", "Time limits")),
    (reason, reason()),
    (effect, remark("预期效果", "Expected effect")))
// clang-format on

/// Of a flow that judges people: it holds once somebody else has confirmed it (D12).
struct flow_proposed {
    static constexpr std::string_view type = "definitions.flow_proposed.v1";
    static constexpr std::string_view clause = "D12";
    static constexpr event_words says{{"提出更改流程，待确认", "proposed to amend a flow, to be confirmed"}};
    std::uint32_t number;  ///< from 1
    member_id by;
    amendment what;
    std::string sha256;    ///< of what is proposed
    bool operator==(const flow_proposed&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(flow_proposed,
    (number, number("更改编号", "Number of the change")),
    (by, person("提出人", "Proposed by")),
    (what, group("更改内容", "Change")),
    (sha256, hash("内容哈希", "Content hash")))
// clang-format on

/// The amendment that was read. It is in the flow_amended that follows.
struct flow_confirmed {
    static constexpr std::string_view type = "definitions.flow_confirmed.v1";
    static constexpr std::string_view clause = "D12";
    static constexpr event_words says{{"确认了对流程的更改", "confirmed the change of a flow"}};
    std::uint32_t number;
    std::string sha256;
    bool operator==(const flow_confirmed&) const = default;
};
OPSROOM_DESCRIBE(flow_confirmed, (number, number("更改编号", "Number of the change")), (sha256, hash("内容哈希", "Content hash")))

/// By who could have confirmed it, or taken back by who proposed it.
struct flow_declined {
    static constexpr std::string_view type = "definitions.flow_declined.v1";
    static constexpr std::string_view clause = "D12";
    static constexpr event_words says{{"拒绝了对流程的更改", "declined the change of a flow"}};
    std::uint32_t number;
    std::string reason;
    bool operator==(const flow_declined&) const = default;
};
OPSROOM_DESCRIBE(flow_declined, (number, number("更改编号", "Number of the change")), (reason, reason()))

/// What an added field holds. It is kept as text (extra_field): a day as "2026-12-01", money as "1200.00", a person as their number, people
/// and lines with a comma and a line end between, what is referred to as "task/17".
OPSROOM_DEFINE_ENUM(added_type, (prose, "多行文字", "Text"), (line, "一行文字", "Line"), (lines, "多行条目", "Lines"), (number, "数字", "Number"), (percent, "百分比", "Percentage"),
                    (money, "金额", "Amount"), (day, "日期", "Day"), (yes_no, "是否", "Yes or no"), (choice, "选项", "Choice"), (person, "人员", "Person"), (people, "多名人员", "People"),
                    (department, "部门", "Department"), (role, "角色", "Role"), (reference, "引用", "Reference"))

/// One value of a choice.
struct added_option {
    std::string name;  ///< a code, unique in the field
    bilingual label;
    bool operator==(const added_option&) const = default;
};
OPSROOM_DESCRIBE(added_option, (name, code("选项代码", "Option code").code("bad_field")), (label, bilingual("选项名称", "Option label").most(80).code("bad_field")))

/// A field of a form that the handbook does not have.
struct added_field {
    std::string name;  ///< a code, unique in the form
    bilingual label;
    bool required;
    std::optional<added_type> is = {};  ///< left out: prose
    std::optional<bilingual> hint = {};
    std::optional<std::vector<added_option>> options = {};  ///< of a choice
    std::optional<std::uint64_t> least = {}, most = {};     ///< of a number
    std::optional<bilingual> unit = {};                     ///< of a number
    std::optional<std::string> of = {};                     ///< the kind of what is referred to; left out: any
    bool operator==(const added_field&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(added_field,
    (name, code("字段代码", "Field code").hint("在表单中不重复", "Unique in the form").code("bad_field")),
    (label, bilingual("字段名称", "Field label").most(80).code("bad_field")),
    (required, yes_no("必填", "Required")),
    (is, choice("类型", "Type").hint("不填则为多行文字", "Left out: text")),
    (hint, bilingual("提示", "Hint").code("bad_field")),
    (options, list("选项", "Options").most(50).hint("类型为选项时必填", "Needed of a choice").code("bad_field")),
    (least, number("最小值", "Least").hint("仅数字", "Of a number").code("bad_field")),
    (most, number("最大值", "Most").hint("仅数字", "Of a number").code("bad_field")),
    (unit, bilingual("单位", "Unit").most(32).hint("仅数字", "Of a number").code("bad_field")),
    (of, code("引用的类型", "Kind referred to").hint("仅引用；不填则不限", "Of a reference; left out: any").code("bad_field").example("task", "task")))
// clang-format on

/// The whole of what this version has beyond the program's form.
struct form_amended {
    static constexpr std::string_view type = "definitions.form_amended.v1";
    static constexpr std::string_view clause = "S2.1.3";
    static constexpr event_words says{{"更改了表单", "amended a form"}, {"更改了表单 {form}", "amended the form {form}"}};
    std::string form;       ///< "F1"
    std::uint32_t version;  ///< from 2
    std::vector<added_field> fields;
    std::string reason;
    std::string effect;
    bool operator==(const form_amended&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(form_amended,
    (form, code("表单", "Form")),
    (version, number("表单版本", "Version of the form")),
    (fields, list("附加字段", "Added fields")),
    (reason, reason()),
    (effect, remark("预期效果", "Expected effect")))
// clang-format on

using any = std::variant<flow_amended, form_amended, flow_proposed, flow_confirmed, flow_declined>;

}  // namespace events::definitions
