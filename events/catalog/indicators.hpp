#pragma once
// What a role is appraised by (S6.1): indicators with weights, as a template. A revision is a new version of it; an
// appraisal keeps the version that it was opened with.

#include "events/catalog/describe.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::indicators {

/// What in the log speaks for or against an indicator. Each is suggested by itself for the one whose doing it was.
// clang-format off
OPSROOM_DEFINE_ENUM(evidence_source,
    (tasks_on_time, "按时完成的任务", "Tasks done on time"),                        ///< own tasks accepted that were submitted in time
    (tasks_late, "逾期完成的任务", "Tasks done late"),                              ///< own tasks accepted that were submitted late
    (tasks_returned, "被退回的成果", "Work returned"),                              ///< own work that was returned
    (tasks_accepted, "验收他人的任务", "Others' tasks accepted"),                   ///< others' work that they judged
    (milestones_reached, "达成的里程碑", "Milestones reached"),                     ///< by a project of theirs
    (projects_accepted, "验收通过的项目", "Projects accepted"),                     ///< theirs
    (requests_assessed, "评估的需求申请", "Requests assessed"),                     ///< opinions given
    (requests_decided, "裁决的需求申请", "Requests decided"),                       ///< verdicts given
    (progress_reported, "进展汇报", "Progress reports"),                            ///< on a task or project
    (improvements_done, "完成的改进措施", "Improvement actions done"),              ///< actions of an improvement plan
    (findings_reported, "报告的数据发现", "Findings reported"),                     ///< of a regular analysis
    (findings_handled, "处理的数据发现", "Findings handled"),                       ///< that they decided on
    (strategies_published, "发布的策略或计划", "Strategies and plans published"),   ///< that they drafted
    (strategies_checked, "执行检查", "Execution checks"),                           ///< whose execution they checked
    (proposals_adopted, "被采纳的建议", "Proposals adopted"),                       ///< that are to their credit
    (alerts_handled, "处理的预警", "Alerts handled"),                               ///< that they acknowledged or closed
    (reports_published, "按期发布的报告", "Reports published in time"),              ///< that they wrote
    (reports_late, "逾期发布的报告", "Reports published late"))                     ///< the same
// clang-format on

struct indicator {
    std::string code;
    bilingual name;
    std::uint8_t weight;  ///< per cent; a role's add up to 100
    std::vector<evidence_source> evidence;
    bool operator==(const indicator&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(indicator,
    (code, code("代码", "Code").code("bad_indicators").example("execution", "execution")),
    (name, bilingual("名称", "Name").most(80).code("bad_indicators")),
    (weight, percent("权重", "Weight").least(1).code("bad_weights").hint("一个岗位的各项权重合计 100", "Those of a role add up to 100")),
    (evidence, choices("依据来源", "Evidence from").code("bad_evidence").hint("据此从操作记录中推荐依据", "What evidence is suggested from")))
// clang-format on

/// Version 1.
/// S6.1.1 to S6.1.3: of whom.
constexpr std::string_view clause_for(const std::optional<role>& whose) {
    return whose && whose->code == "SP" ? "S6.1.2" : whose && whose->code == "DA" ? "S6.1.3" : "S6.1.1";
}

struct published {
    static constexpr std::string_view type = "indicators.published.v1";
    static constexpr std::string_view clause = "S6.1.1";
    static constexpr event_words says{{"发布了考核指标", "published the indicators"}, {"发布了 {role} 的考核指标", "published the indicators of {role}"}};
    events::role role;
    bilingual name;
    std::vector<indicator> indicators;
    std::uint32_t flow;
    std::string_view clause_now() const { return clause_for(role); }
    bool operator==(const published&) const = default;
};
OPSROOM_DESCRIBE(published, (role, role("岗位", "Role")), (name, bilingual("名称", "Name")), (indicators, list("指标", "Indicators")), (flow, hidden()))

struct revised {
    static constexpr std::string_view type = "indicators.revised.v1";
    static constexpr std::string_view clause = "S6.1.1";
    static constexpr event_words says{{"修订了考核指标", "revised the indicators"}, {"将考核指标修订为第 {version} 版", "revised the indicators to version {version}"}};
    std::uint32_t version;
    bilingual name;
    std::vector<indicator> indicators;
    std::string reason;
    std::optional<events::role> role = {};  ///< whose they are; not in old ones
    std::string_view clause_now() const { return clause_for(role); }
    bool operator==(const revised&) const = default;
};
OPSROOM_DESCRIBE(revised, (version, number("版本", "Version")), (name, bilingual("名称", "Name")), (indicators, list("指标", "Indicators")), (reason, reason()), (role, role("岗位", "Role")))

/// No appraisal opens with it any more.
struct retired {
    static constexpr std::string_view type = "indicators.retired.v1";
    static constexpr std::string_view clause = "S6.1.1";
    static constexpr event_words says{{"停用了考核指标", "retired the indicators"}};
    std::string reason;
    std::optional<events::role> role = {};  ///< whose they were; not in old ones
    std::string_view clause_now() const { return clause_for(role); }
    bool operator==(const retired&) const = default;
};
OPSROOM_DESCRIBE(retired, (reason, reason()), (role, role("岗位", "Role")))

using any = std::variant<published, revised, retired>;

}  // namespace events::indicators
