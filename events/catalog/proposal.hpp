#pragma once
// A proposal of something new or better, from anyone (S1.3.5): the verdict with its reason, what came of it, and to whose credit.

#include "events/catalog/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::proposal {

OPSROOM_DEFINE_ENUM(kind, (process, "流程", "Process"), (product, "产品", "Product"), (campaign, "活动", "Campaign"), (technology, "技术", "Technology"),
                    (cost, "成本", "Cost"), (other, "其他", "Other"))

struct form {
    std::string title;
    proposal::kind kind;
    std::string situation;  ///< as it is
    std::string idea;
    std::string benefit;
    std::optional<std::string> effort;
    std::vector<member_id> with;  ///< whose idea it is as well
    form_extras extras;
    bool operator==(const form&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(form,
    (title, line("标题", "Title").example("统一退货表单", "One form for returns")),
    (kind, choice("类别", "Category").example("process", "process")),
    (situation, prose("现状", "Present situation").example("三张表单询问同样的内容", "Three forms ask the same")),
    (idea, prose("建议内容", "Proposal").example("合为一张，只填一次", "One form, filled in once")),
    (benefit, prose("预期收益", "Expected benefit").example("每件节省十分钟", "Ten minutes a case")),
    (effort, prose("所需投入", "Effort required")),
    (with, people("共同提出人", "Co-proposers").most(16).hint("采纳后共同署名", "Credited too once it is adopted")),
    (extras, extras("proposal")))
// clang-format on

struct filed {
    static constexpr std::string_view type = "proposal.filed.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"提出了建议", "filed the proposal"}};
    member_id proposer;
    events::department department;  ///< of the proposer, then
    proposal::form form;
    std::uint32_t flow;
    std::optional<events::department> to = {};  ///< whose OM decides on it (D16); not in old ones
    bool operator==(const filed&) const = default;
};
OPSROOM_DESCRIBE(filed, (proposer, person("提出人", "Proposer")), (department, department("所属部门", "Department of the proposer")), (form, group("建议", "Proposal")), (flow, hidden()), (to, department("受理部门", "Deciding department")))

/// After it was returned, and filed again.
struct revised {
    static constexpr std::string_view type = "proposal.revised.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"修改后再次提出了建议", "revised the proposal and filed it again"}};
    proposal::form form;
    bool operator==(const revised&) const = default;
};
OPSROOM_DESCRIBE(revised, (form, group("建议", "Proposal")))

struct adopted {
    static constexpr std::string_view type = "proposal.adopted.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"采纳了建议", "adopted the proposal"}, {"采纳了建议，署名：{credited}", "adopted the proposal, credited to {credited}"}};
    std::string reason;
    std::vector<member_id> credited;  ///< the proposer and whose idea it is as well
    bool operator==(const adopted&) const = default;
};
OPSROOM_DESCRIBE(adopted, (reason, reason()), (credited, people("署名人", "Credited")))

struct returned {
    static constexpr std::string_view type = "proposal.returned.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"退回了建议", "returned the proposal"}};
    std::string reason;
    bool operator==(const returned&) const = default;
};
OPSROOM_DESCRIBE(returned, (reason, reason()))

struct clarification_asked {
    static constexpr std::string_view type = "proposal.clarification_asked.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"要求澄清", "asked for clarification"}};
    std::string question;
    bool operator==(const clarification_asked&) const = default;
};
OPSROOM_DESCRIBE(clarification_asked, (question, remark("问题", "Question")))

struct clarified {
    static constexpr std::string_view type = "proposal.clarified.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"作了答复", "answered the question"}};
    std::string answer;
    bool operator==(const clarified&) const = default;
};
OPSROOM_DESCRIBE(clarified, (answer, prose("答复", "Answer")))

struct rejected {
    static constexpr std::string_view type = "proposal.rejected.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"驳回了建议", "rejected the proposal"}};
    std::string reason;
    bool operator==(const rejected&) const = default;
};
OPSROOM_DESCRIBE(rejected, (reason, reason()))

struct withdrawn {
    static constexpr std::string_view type = "proposal.withdrawn.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"撤回了建议", "withdrew the proposal"}};
    std::string reason;
    bool operator==(const withdrawn&) const = default;
};
OPSROOM_DESCRIBE(withdrawn, (reason, reason()))

/// What it has come to.
struct carried_out {
    static constexpr std::string_view type = "proposal.carried_out.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"记录了实施效果", "recorded what the proposal has achieved"}};
    std::string effect;
    bool operator==(const carried_out&) const = default;
};
OPSROOM_DESCRIBE(carried_out, (effect, prose("实施效果", "Effect")))

/// Adopted, and not carried out after all.
struct dropped {
    static constexpr std::string_view type = "proposal.dropped.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"决定不再实施建议", "dropped the proposal"}};
    std::string reason;
    bool operator==(const dropped&) const = default;
};
OPSROOM_DESCRIBE(dropped, (reason, reason()))

struct handed_over {
    static constexpr std::string_view type = "proposal.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了建议", "handed the proposal over"}, {"把建议从 {from} 移交给 {to}", "handed the proposal over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<filed, revised, adopted, returned, clarification_asked, clarified, rejected, withdrawn, carried_out, dropped, handed_over>;

}  // namespace events::proposal
