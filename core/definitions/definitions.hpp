#pragma once
// Flows and forms as versioned definitions (S1.3.2): a change has a reason and an effect (S2.1.3), begins a new version,
// and leaves alone what began before. There is one of these, number 1, from the beginning.
//
// No control is taken out (D12): amendments.hpp says what of a row can be changed. A change of a flow that judges people holds
// once somebody else has confirmed it, by its hash: a superior leader, or where there is no other, an administrator.

#include "core/kernel/amendments.hpp"
#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/definitions.hpp"
#include "events/catalog/describe.hpp"

#include <array>
#include <string>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(definitions_status, (open, "现行", "In effect", good))

BOOST_DEFINE_ENUM_CLASS(definitions_rejection, inactive, not_improver, no_such_flow, no_such_form, bad_row, decides, narrows, bad_limit,
                        nothing_changes, bad_field, no_instances, creates, by_itself, opens_a_control, own_word,
                        skips_a_decision, leaves_nobody, not_confirmer, own_amendment, no_such_amendment, other_amendment, too_many)

struct definitions {
    static constexpr auto category = events::category::definitions;
    static constexpr events::kind_words says{{"流程与表单", "Flows and forms"}, {"流程与表单", "Flows and forms"}, "S1.3.2",
                                             {"流程与表单的各个版本。", "Flows and forms, in versions."}};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array<events::section_words, 0> sections{};
    static constexpr std::array<definitions_status, 0> usual_path{};
    static constexpr bool singleton = true;
    using status = definitions_status;
    using rejection = definitions_rejection;
    using event = events::definitions::any;

    struct row_of_version {
        std::string command;
        flow::statuses in = 0;
        flow::relations may = 0;
        flow::relations never = 0;
        std::vector<role> roles;
        bool operator==(const row_of_version&) const = default;
    };
    struct flow_version {
        std::vector<row_of_version> rows;   ///< that differ from what is written
        std::vector<std::uint16_t> limits;  ///< by status, in working days
        bool operator==(const flow_version&) const = default;
    };
    struct amended_flow {
        std::string name;
        std::vector<flow_version> versions;  ///< from version 2
        bool operator==(const amended_flow&) const = default;
    };
    struct amended_form {
        std::string name;
        std::vector<std::vector<events::definitions::added_field>> versions;  ///< from version 2
        bool operator==(const amended_form&) const = default;
    };
    /// Waits for who confirms it.
    struct proposed {
        std::uint32_t number = 0;
        member_id by;
        events::definitions::amendment what;
        std::string sha256;
        bool operator==(const proposed&) const = default;
    };
    struct state {
        std::vector<amended_flow> flows;
        std::vector<amended_form> forms;
        std::vector<proposed> pending;
        std::uint32_t proposals = 0;  ///< that were ever made
        bool operator==(const state&) const = default;
    };

    struct amend_flow {
        static constexpr std::string_view type = "definitions.amend_flow";
        static constexpr events::command_words says{.label = {"更改流程", "Amend a flow"}, .hint = {"此后开始的按新版本办理，进行中的不变（S1.3.2）。考核、评选等评价人的流程须经另一人确认后生效（D12）。",
                                                              "What begins from now on goes by the new version (S1.3.2). A flow that judges people changes once somebody else has confirmed it (D12)."}};
        std::string flow;
        std::vector<events::definitions::row_change> rows;
        std::vector<events::definitions::step_limit> limits;
        std::string reason;
        std::string effect;
    };
    struct amend_form {
        static constexpr std::string_view type = "definitions.amend_form";
        static constexpr events::command_words says{.label = {"更改表单", "Amend a form"}, .hint = {"给出全部附加字段。此后开始填写的按新版本。", "All added fields at once. What is begun from now on has them."}};
        std::string form;
        std::vector<events::definitions::added_field> fields;  ///< all that the form has beyond the program's
        std::string reason;
        std::string effect;
    };
    struct confirm_flow {
        static constexpr std::string_view type = "definitions.confirm_flow";
        static constexpr events::command_words says{.label = {"确认更改流程", "Confirm the change"}, .hint = {"只确认您所见的这一份。", "Confirms exactly what you have read."}, .verdict = events::verdict::pass};
        std::uint32_t number;
        std::string sha256;  ///< of the amendment that was read
    };
    struct decline_flow {
        static constexpr std::string_view type = "definitions.decline_flow";
        static constexpr events::command_words says{.label = {"拒绝更改流程", "Decline the change"}, .hint = {"提出人可借此收回自己的更改。", "Who proposed it takes it back so."}, .verdict = events::verdict::reject, .ends = true};
        std::uint32_t number;
        std::string reason;
    };
    using command = std::variant<amend_flow, amend_form, confirm_flow, decline_flow>;

    static decision<definitions> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    static constexpr flow::relations improver = 1;   ///< SL; the OM, where no other department has one (D16)
    static constexpr flow::relations confirmer = 2;  ///< SL, AD: which of them, may_confirm() says
    static constexpr std::array<std::string_view, 2> relation_names{"improver", "confirmer"};
    static constexpr std::array<events::wording, 2> relation_words{{{"可更改流程与表单的人", "Who may amend flows and forms"}, {"确认更改的人", "Who confirms changes"}}};

    using row = flow::row<definitions_status, definitions_rejection>;
    static const std::array<row, 4> flow;

    static status status_of(const state&) { return definitions_status::open; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status) { return asked.not_now; }
};

BOOST_DESCRIBE_STRUCT(definitions::row_of_version, (), (command, in, may, never, roles))
BOOST_DESCRIBE_STRUCT(definitions::flow_version, (), (rows, limits))
BOOST_DESCRIBE_STRUCT(definitions::amended_flow, (), (name, versions))
BOOST_DESCRIBE_STRUCT(definitions::amended_form, (), (name, versions))
BOOST_DESCRIBE_STRUCT(definitions::proposed, (), (number, by, what, sha256))
OPSROOM_DESCRIBE(definitions::state, (flows, hidden()), (forms, hidden()), (pending, hidden()), (proposals, hidden()))
// clang-format off
OPSROOM_DESCRIBE(definitions::amend_flow,
    (flow, code("流程", "Flow").code("no_such_flow").example("request", "request")),
    (rows, list("步骤的更改", "Changed steps")),
    (limits, list("时限", "Time limits")),
    (reason, reason().example("时限过短", "Too short")),
    (effect, remark("预期效果", "Expected effect").example("逾期减少", "Fewer late requests")))
OPSROOM_DESCRIBE(definitions::amend_form,
    (form, code("表单", "Form").code("no_such_form").example("F1", "F1")),
    (fields, list("附加字段", "Added fields").most(32).code("bad_field").hint("表单在制度规定之外的全部字段", "All that the form has beyond the handbook")),
    (reason, reason().example("法务要求", "Legal asks")),
    (effect, remark("预期效果", "Expected effect").example("减少往返询问", "No more questions")))
// clang-format on

OPSROOM_DESCRIBE(definitions::confirm_flow, (number, number("更改编号", "Number of the change")), (sha256, hash("已阅内容的哈希", "Hash of what you have read").hint("即待确认内容的 sha256", "The sha256 of what is pending").code("other_amendment")))
OPSROOM_DESCRIBE(definitions::decline_flow, (number, number("更改编号", "Number of the change")), (reason, reason().example("时间过于仓促", "It would leave too little time")))

/// Not who proposed it: a superior leader; where there is no other, an administrator.
bool may_confirm(const person& who, const definitions::proposed& what, const context& by);

/// What the flows ask. `of` has to outlive it; made anew once it has changed.
class amended_flows final : public flow::amendments {
public:
    explicit amended_flows(const definitions::state& of);
    const flow::amended_row* row(std::string_view flow, std::uint32_t version, std::string_view command) const override;
    std::uint32_t newest(std::string_view flow) const override;
    unsigned limit(std::string_view flow, std::uint32_t version, std::string_view status) const override;
    std::uint32_t newest_form(std::string_view form) const override;
    std::span<const events::definitions::added_field> added_fields(std::string_view form, std::uint32_t version) const override;

private:
    struct rows_of {
        std::string_view flow;
        std::uint32_t version;
        std::vector<std::pair<std::string_view, flow::amended_row>> rows;
    };
    const definitions::state* of_;
    std::vector<rows_of> rows_;
};

// What every kind says of its entities (core/kernel/decider.hpp).
concerned concerned_by(const definitions::event& happened, const definitions::state& of, const events::envelope& about, const context& by);

}  // namespace core
