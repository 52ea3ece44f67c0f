#pragma once
// A project, from its charter (F2) through acceptance (F3, F4) and summary (F5) to the sealed archive (F17): S3.1.3, S3.3.

#include "events/catalog/project_forms.hpp"

#include <string_view>
#include <variant>

namespace events::project {

/// A request was passed.
struct initiated {
    static constexpr std::string_view type = "project.initiated.v1";
    static constexpr std::string_view clause = "S3.1.2";
    static constexpr event_words says{{"启动了立项", "initiated the project"}};
    request_id request;
    std::string name;
    events::department department;  ///< that runs it
    std::uint32_t flow;             ///< the version of the flow that it goes by
    bool operator==(const initiated&) const = default;
};
OPSROOM_DESCRIBE(initiated, (request, reference("需求申请", "Request")), (name, line("项目名称", "Project name")), (department, department("所属部门", "Department")), (flow, hidden()))

struct charter_drafted {
    static constexpr std::string_view type = "project.charter_drafted.v1";
    static constexpr std::string_view clause = "S3.1.3";
    static constexpr event_words says{{"保存了立项计划书草稿", "saved a draft of the charter"}};
    project::charter charter;
    bool operator==(const charter_drafted&) const = default;
};
OPSROOM_DESCRIBE(charter_drafted, (charter, group("立项计划书", "Charter")))

/// `sha256` is of the charter's JSON, as it stands in this event.
struct charter_submitted {
    static constexpr std::string_view type = "project.charter_submitted.v1";
    static constexpr std::string_view clause = "S3.1.3";
    static constexpr event_words says{{"提交了立项计划书", "submitted the charter"}};
    member_id by;
    project::charter charter;
    std::string sha256;
    bool operator==(const charter_submitted&) const = default;
};
OPSROOM_DESCRIBE(charter_submitted, (by, person("提交人", "Submitter")), (charter, group("立项计划书", "Charter")), (sha256, hash("立项计划书哈希", "Hash of the charter")))

/// Releases the charter with this hash and no other.
struct charter_approved {
    static constexpr std::string_view type = "project.charter_approved.v1";
    static constexpr std::string_view clause = "S3.1.3";
    static constexpr event_words says{{"批准了立项计划书", "approved the charter"}};
    std::string sha256;
    std::string comment;
    bool operator==(const charter_approved&) const = default;
};
OPSROOM_DESCRIBE(charter_approved, (sha256, hash("立项计划书哈希", "Hash of the charter")), (comment, remark("意见", "Comment")))

struct charter_returned {
    static constexpr std::string_view type = "project.charter_returned.v1";
    static constexpr std::string_view clause = "S3.1.3";
    static constexpr event_words says{{"退回了立项计划书", "returned the charter"}};
    std::string reason;
    bool operator==(const charter_returned&) const = default;
};
OPSROOM_DESCRIBE(charter_returned, (reason, reason()))

struct charter_rejected {
    static constexpr std::string_view type = "project.charter_rejected.v1";
    static constexpr std::string_view clause = "S3.1.3";
    static constexpr event_words says{{"驳回了立项", "rejected the charter"}};
    std::string reason;
    bool operator==(const charter_rejected&) const = default;
};
OPSROOM_DESCRIBE(charter_rejected, (reason, reason()))

/// What a question is about: whatever is pending.
OPSROOM_DEFINE_ENUM(matter, (charter, "立项计划书", "Charter"), (acceptance, "验收", "Acceptance"))
constexpr std::string_view clause_for(const std::optional<matter>& about) { return about == matter::acceptance ? "S3.3.1" : "S3.1.3"; }

struct clarification_asked {
    static constexpr std::string_view type = "project.clarification_asked.v1";
    static constexpr std::string_view clause = "S3.1.3";
    static constexpr event_words says{{"要求澄清", "asked for clarification"}};
    std::string question;
    std::optional<matter> about = {};  ///< left out: the charter, or it is an old one
    std::string_view clause_now() const { return clause_for(about); }
    bool operator==(const clarification_asked&) const = default;
};
OPSROOM_DESCRIBE(clarification_asked, (question, remark("问题", "Question")), (about, choice("事项", "About")))

struct clarified {
    static constexpr std::string_view type = "project.clarified.v1";
    static constexpr std::string_view clause = "S3.1.3";
    static constexpr event_words says{{"作了答复", "answered the question"}};
    std::string answer;
    std::optional<matter> about = {};
    std::string_view clause_now() const { return clause_for(about); }
    bool operator==(const clarified&) const = default;
};
OPSROOM_DESCRIBE(clarified, (answer, prose("答复", "Answer")), (about, choice("事项", "About")))

/// Where the project is talked about.
struct channel_linked {
    static constexpr std::string_view type = "project.channel_linked.v1";
    static constexpr std::string_view clause = "S5.3.1";
    static constexpr event_words says{{"开通了项目频道", "opened the project channel"}};
    channel_id channel;
    bool operator==(const channel_linked&) const = default;
};
OPSROOM_DESCRIBE(channel_linked, (channel, reference("项目频道", "Project channel")))

struct lead_changed {
    static constexpr std::string_view type = "project.lead_changed.v1";
    static constexpr std::string_view clause = "S5.3.1";
    static constexpr event_words says{{"更换了项目负责人", "changed the project lead"}, {"将项目负责人更换为 {lead}", "made {lead} the project lead"}};
    member_id lead;
    std::string reason;
    bool operator==(const lead_changed&) const = default;
};
OPSROOM_DESCRIBE(lead_changed, (lead, person("新负责人", "New lead")), (reason, reason()))

struct member_added {
    static constexpr std::string_view type = "project.member_added.v1";
    static constexpr std::string_view clause = "S5.3.1";
    static constexpr event_words says{{"添加了团队成员", "added a team member"}, {"将 {member} 加入团队", "added {member} to the team"}};
    member_id member;
    bool operator==(const member_added&) const = default;
};
OPSROOM_DESCRIBE(member_added, (member, person("成员", "Member")))

struct member_removed {
    static constexpr std::string_view type = "project.member_removed.v1";
    static constexpr std::string_view clause = "S5.3.1";
    static constexpr event_words says{{"移出了团队成员", "removed a team member"}, {"将 {member} 移出团队", "removed {member} from the team"}};
    member_id member;
    bool operator==(const member_removed&) const = default;
};
OPSROOM_DESCRIBE(member_removed, (member, person("成员", "Member").may_have_left()))

/// An assessor, panellist or recipient left, and somebody took their place.
struct handed_over {
    static constexpr std::string_view type = "project.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了项目工作", "handed work on the project over"}, {"把项目工作从 {from} 移交给 {to}", "handed work on the project over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

struct progress_reported {
    static constexpr std::string_view type = "project.progress_reported.v1";
    static constexpr std::string_view clause = "S3.2.2";
    static constexpr event_words says{{"汇报了进展", "reported progress"}, {"汇报进展 {percent}，{health}", "reported progress: {percent}, {health}"}};
    std::uint8_t percent;
    project::health health;
    std::string note;
    bool operator==(const progress_reported&) const = default;
};
OPSROOM_DESCRIBE(progress_reported, (percent, percent("完成百分比", "Percent done")), (health, choice("状况", "Health")), (note, remark("说明", "Note")))

struct milestone_reached {
    static constexpr std::string_view type = "project.milestone_reached.v1";
    static constexpr std::string_view clause = "S3.2.2";
    static constexpr event_words says{{"达成了里程碑", "reached a milestone"}, {"达成第 {milestone} 个里程碑", "reached milestone {milestone}"}};
    std::uint16_t milestone;  ///< its place in the charter, from 1
    std::string evidence;
    std::vector<attachment> attachments;
    bool operator==(const milestone_reached&) const = default;
};
OPSROOM_DESCRIBE(milestone_reached, (milestone, number("里程碑序号", "Number of the milestone")), (evidence, remark("完成依据", "Evidence")), (attachments, files("附件", "Attachments")))

struct acceptance_requested {
    static constexpr std::string_view type = "project.acceptance_requested.v1";
    static constexpr std::string_view clause = "S3.3.1";
    static constexpr event_words says{{"提交了验收申请", "requested acceptance"}};
    member_id by;
    project::acceptance_request form;
    bool operator==(const acceptance_requested&) const = default;
};
OPSROOM_DESCRIBE(acceptance_requested, (by, person("提交人", "Submitter")), (form, group("验收申请", "Acceptance request")))

struct acceptance_convened {
    static constexpr std::string_view type = "project.acceptance_convened.v1";
    static constexpr std::string_view clause = "S3.3.1";
    static constexpr event_words says{{"召集了验收组", "convened the acceptance panel"}, {"召集 {panel} 于 {on} 验收", "convened {panel} for acceptance on {on}"}};
    std::vector<member_id> panel;
    date on;  ///< when the panel meets; opinions are due by then
    bool operator==(const acceptance_convened&) const = default;
};
OPSROOM_DESCRIBE(acceptance_convened, (panel, people("验收组", "Acceptance panel")), (on, day("验收日", "Acceptance day")))

/// The panel had no chance to sign for a while: its opinions are due by this day.
struct acceptance_extended {
    static constexpr std::string_view type = "project.acceptance_extended.v1";
    static constexpr std::string_view clause = "S3.3.1";
    static constexpr event_words says{{"延长了验收期限", "extended the acceptance"}, {"将验收日延至 {on}", "moved the acceptance to {on}"}};
    date on;
    std::string reason;
    bool operator==(const acceptance_extended&) const = default;
};
OPSROOM_DESCRIBE(acceptance_extended, (on, day("验收日", "Acceptance day")), (reason, reason()))

/// A panellist's signature under F4; a later one replaces it.
struct acceptance_signed {
    static constexpr std::string_view type = "project.acceptance_signed.v1";
    static constexpr std::string_view clause = "S3.3.1";
    static constexpr event_words says{{"签署了验收意见", "signed the acceptance"}, {"签署了验收意见，同意通过：{agrees}", "signed the acceptance, in agreement: {agrees}"}};
    member_id panellist;
    bool agrees;
    std::string comment;
    bool operator==(const acceptance_signed&) const = default;
};
OPSROOM_DESCRIBE(acceptance_signed, (panellist, person("验收组成员", "Panel member")), (agrees, yes_no("同意通过", "Agrees")), (comment, remark("意见", "Comment")))

struct accepted {
    static constexpr std::string_view type = "project.accepted.v1";
    static constexpr std::string_view clause = "S3.3.1";
    static constexpr event_words says{{"通过验收，出具了验收报告", "accepted the project and issued the report"}};
    project::acceptance_report report;
    bool operator==(const accepted&) const = default;
};
OPSROOM_DESCRIBE(accepted, (report, group("验收报告", "Acceptance report")))

/// Not yet: what has to be done before it is asked for again.
struct acceptance_failed {
    static constexpr std::string_view type = "project.acceptance_failed.v1";
    static constexpr std::string_view clause = "S3.3.1";
    static constexpr event_words says{{"判定验收未通过", "did not accept the project yet"}};
    std::string reason;
    std::vector<std::string> conditions;
    bool operator==(const acceptance_failed&) const = default;
};
OPSROOM_DESCRIBE(acceptance_failed, (reason, reason()), (conditions, remarks("须先完成的条件", "Conditions to meet first")))

/// Goes to the recipients, who acknowledge it.
struct summarised {
    static constexpr std::string_view type = "project.summarised.v1";
    static constexpr std::string_view clause = "S3.3.2";
    static constexpr event_words says{{"提交了项目总结", "submitted the project summary"}, {"提交了项目总结，报送 {recipients}", "submitted the project summary to {recipients}"}};
    project::summary summary;
    std::vector<member_id> recipients;
    bool operator==(const summarised&) const = default;
};
OPSROOM_DESCRIBE(summarised, (summary, group("项目总结", "Summary")), (recipients, people("报送对象", "Recipients")))

struct summary_acknowledged {
    static constexpr std::string_view type = "project.summary_acknowledged.v1";
    static constexpr std::string_view clause = "S5.3.2";
    static constexpr event_words says{{"确认已阅项目总结", "acknowledged the project summary"}};
    member_id member;
    bool operator==(const summary_acknowledged&) const = default;
};
OPSROOM_DESCRIBE(summary_acknowledged, (member, person("确认人", "Acknowledged by")))

/// Put into the archive's folder, which is sealed at the end.
struct record_filed {
    static constexpr std::string_view type = "project.record_filed.v1";
    static constexpr std::string_view clause = "S3.3.3";
    static constexpr event_words says{{"添加了归档材料", "added a record to the archive"}};
    project::record record;
    bool operator==(const record_filed&) const = default;
};
OPSROOM_DESCRIBE(record_filed, (record, group("归档材料", "Record")))

/// F17 is handed in.
struct archive_submitted {
    static constexpr std::string_view type = "project.archive_submitted.v1";
    static constexpr std::string_view clause = "S3.3.3";
    static constexpr event_words says{{"提交了归档", "submitted the archive"}};
    member_id by;
    std::string note;
    bool operator==(const archive_submitted&) const = default;
};
OPSROOM_DESCRIBE(archive_submitted, (by, person("提交人", "Submitter")), (note, remark("说明", "Note")))

struct archive_returned {
    static constexpr std::string_view type = "project.archive_returned.v1";
    static constexpr std::string_view clause = "S3.3.3";
    static constexpr event_words says{{"退回了归档", "returned the archive"}};
    std::string reason;
    bool operator==(const archive_returned&) const = default;
};
OPSROOM_DESCRIBE(archive_returned, (reason, reason()))

/// Complete, and closed for ever.
struct archived {
    static constexpr std::string_view type = "project.archived.v1";
    static constexpr std::string_view clause = "S3.3.3";
    static constexpr event_words says{{"封存了归档", "sealed the archive"}};
    std::string comment;
    bool operator==(const archived&) const = default;
};
OPSROOM_DESCRIBE(archived, (comment, remark("意见", "Comment")))

struct suspended {
    static constexpr std::string_view type = "project.suspended.v1";
    static constexpr std::string_view clause = "S3.2.4";
    static constexpr event_words says{{"暂停了项目", "suspended the project"}};
    std::string reason;
    bool operator==(const suspended&) const = default;
};
OPSROOM_DESCRIBE(suspended, (reason, reason()))

/// On from where it was.
struct resumed {
    static constexpr std::string_view type = "project.resumed.v1";
    static constexpr std::string_view clause = "S3.2.4";
    static constexpr event_words says{{"恢复了项目", "resumed the project"}};
    std::string reason;
    bool operator==(const resumed&) const = default;
};
OPSROOM_DESCRIBE(resumed, (reason, reason()))

struct cancelled {
    static constexpr std::string_view type = "project.cancelled.v1";
    static constexpr std::string_view clause = "S3.2.4";
    static constexpr event_words says{{"取消了项目", "cancelled the project"}};
    std::string reason;
    bool operator==(const cancelled&) const = default;
};
OPSROOM_DESCRIBE(cancelled, (reason, reason()))

using any = std::variant<initiated, charter_drafted, charter_submitted, charter_approved, charter_returned, charter_rejected,
                         clarification_asked, clarified, channel_linked, lead_changed, member_added, member_removed, handed_over,
                         progress_reported, milestone_reached, acceptance_requested, acceptance_convened, acceptance_signed, accepted,
                         acceptance_failed, summarised, summary_acknowledged, record_filed, archive_submitted, archive_returned, archived,
                         suspended, resumed, cancelled, acceptance_extended>;

}  // namespace events::project
