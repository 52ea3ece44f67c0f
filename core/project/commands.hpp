#pragma once
// What can be asked of a project.

#include "core/kernel/context.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/project.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace core {

struct project_commands {
    /// Creates. By the system, when a request is passed.
    struct initiate {
        static constexpr std::string_view type = "project.initiate";
        static constexpr events::command_words says{.label = {"立项", "Initiate"}};
        static constexpr bool creates = true;
        request_id request;
        std::string name;
        events::department department;
    };
    /// Keeps a charter that is not finished.
    struct draft_charter {
        static constexpr std::string_view type = "project.draft_charter";
        static constexpr events::command_words says{.label = {"保存立项计划书草稿", "Save the charter as a draft"}, .verb = "draft"};
        events::project::charter charter;
    };
    struct submit_charter {
        static constexpr std::string_view type = "project.submit_charter";
        static constexpr events::command_words says{.label = {"提交立项计划书", "Submit the charter"}, .hint = {"由上级领导审批，获批后项目开始执行。", "The superior leader decides on it; once it is approved, the project is under way."}, .verb = "submit"};
        events::project::charter charter;
    };
    struct approve_charter {
        static constexpr std::string_view type = "project.approve_charter";
        static constexpr events::command_words says{.label = {"批准立项", "Approve the charter"}, .hint = {"只批准您所看到的这一份。", "It approves exactly the charter that you have read."}, .verdict = events::verdict::pass, .verb = "approve"};
        std::string sha256;  ///< of the charter that was read
        std::optional<std::string> comment;
    };
    struct return_charter {
        static constexpr std::string_view type = "project.return_charter";
        static constexpr events::command_words says{.label = {"退回立项计划书", "Return the charter"}, .verdict = events::verdict::send_back, .ends = true, .verb = "return"};
        std::string reason;
    };
    struct reject_charter {
        static constexpr std::string_view type = "project.reject_charter";
        static constexpr events::command_words says{.label = {"驳回立项", "Reject the charter"}, .grave = {"驳回后项目即告结束，不能恢复。", "A rejected project is closed for good."}, .verdict = events::verdict::reject, .ends = true, .verb = "reject"};
        std::string reason;
    };
    struct clarify {
        static constexpr std::string_view type = "project.clarify";
        static constexpr events::command_words says{.label = {"要求澄清", "Ask for clarification"}, .verdict = events::verdict::clarify};
        std::string question;
    };
    struct answer {
        static constexpr std::string_view type = "project.answer";
        static constexpr events::command_words says{.label = {"答复", "Answer"}};
        std::string answer;
    };
    struct link_channel {
        static constexpr std::string_view type = "project.link_channel";
        static constexpr events::command_words says{.label = {"开通项目频道", "Open the project channel"}};
        channel_id channel;
    };
    struct change_lead {
        static constexpr std::string_view type = "project.change_lead";
        static constexpr events::command_words says{.label = {"更换负责人", "Change the lead"}, .verb = "lead"};
        member_id lead;
        std::string reason;
    };
    struct add_member {
        static constexpr std::string_view type = "project.add_member";
        static constexpr events::command_words says{.label = {"添加团队成员", "Add a team member"}, .verb = "add"};
        member_id member;
    };
    struct remove_member {
        static constexpr std::string_view type = "project.remove_member";
        static constexpr events::command_words says{.label = {"移出团队成员", "Remove a team member"}, .verb = "remove"};
        member_id member;
    };
    /// By the system, when somebody leaves.
    struct hand_over {
        static constexpr std::string_view type = "project.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    struct report_progress {
        static constexpr std::string_view type = "project.report_progress";
        static constexpr events::command_words says{.label = {"汇报进展", "Report progress"}, .verb = "progress"};
        std::uint8_t percent;
        events::project::health health;
        std::string note;
    };
    struct reach_milestone {
        static constexpr std::string_view type = "project.reach_milestone";
        static constexpr events::command_words says{.label = {"达成里程碑", "Mark a milestone as reached"}, .verb = "milestone"};
        std::uint16_t milestone;  ///< its place in the charter, from 1
        std::string evidence;
        std::optional<std::vector<events::attachment>> attachments;
    };
    struct request_acceptance {
        static constexpr std::string_view type = "project.request_acceptance";
        static constexpr events::command_words says{.label = {"申请验收", "Request acceptance"}};
        events::project::acceptance_request form;
    };
    struct convene_acceptance {
        static constexpr std::string_view type = "project.convene_acceptance";
        static constexpr events::command_words says{.label = {"召集验收组", "Convene the panel"}, .verb = "convene"};
        std::vector<member_id> panel;
        date on;
    };
    struct sign_acceptance {
        static constexpr std::string_view type = "project.sign_acceptance";
        static constexpr events::command_words says{.label = {"签署验收意见", "Sign the acceptance"}, .hint = {"验收期间可再次签署，以最后一次为准。", "You can sign again during the acceptance; the last one counts."}, .verb = "sign"};
        static constexpr bool decides = true;
        using beside = events::project::acceptance_signed;
        bool agrees;
        std::optional<std::string> comment;
    };
    struct accept {
        static constexpr std::string_view type = "project.accept";
        static constexpr events::command_words says{.label = {"验收通过", "Accept"}, .hint = {"同时出具验收报告（F4）。", "It issues the acceptance report (F4)."}, .verdict = events::verdict::pass};
        events::project::acceptance_report report;
    };
    struct fail_acceptance {
        static constexpr std::string_view type = "project.fail_acceptance";
        static constexpr events::command_words says{.label = {"验收不通过", "Do not accept yet"}, .hint = {"项目继续执行，完成所列条件后再次申请验收。", "The project goes on; acceptance is requested again once the conditions are met."}, .verdict = events::verdict::send_back, .ends = true, .verb = "fail"};
        std::string reason;
        std::vector<std::string> conditions;
    };
    struct summarise {
        static constexpr std::string_view type = "project.summarise";
        static constexpr events::command_words says{.label = {"提交项目总结", "Submit the summary"}};
        events::project::summary summary;
        std::vector<member_id> recipients;
    };
    struct acknowledge_summary {
        static constexpr std::string_view type = "project.acknowledge_summary";
        static constexpr events::command_words says{.label = {"确认已阅总结", "Acknowledge the summary"}, .verb = "acknowledge"};
        static constexpr bool adds = true;
    };
    struct file_record {
        static constexpr std::string_view type = "project.file_record";
        static constexpr events::command_words says{.label = {"添加归档材料", "Add a record"}, .verb = "file"};
        events::project::record record;
    };
    struct submit_archive {
        static constexpr std::string_view type = "project.submit_archive";
        static constexpr events::command_words says{.label = {"提交归档", "Submit the archive"}, .hint = {"须有执行记录（或进展汇报）、数据报告和会议纪要，且没有未完成的任务。", "It takes an execution record (or a progress report), a data report and minutes, and no task that is still open."}, .verb = "archive"};
        std::optional<std::string> note;
    };
    struct return_archive {
        static constexpr std::string_view type = "project.return_archive";
        static constexpr events::command_words says{.label = {"退回归档", "Return the archive"}, .verdict = events::verdict::send_back, .ends = true};
        std::string reason;
    };
    struct seal {
        static constexpr std::string_view type = "project.seal";
        static constexpr events::command_words says{.label = {"封存归档", "Seal the archive"}, .grave = {"封存后任何内容都不能再变动。", "Once it is sealed, nothing in it can change."}, .verdict = events::verdict::pass};
        std::optional<std::string> comment;
    };
    struct suspend {
        static constexpr std::string_view type = "project.suspend";
        static constexpr events::command_words says{.label = {"暂停项目", "Suspend"}, .ends = true};
        std::string reason;
    };
    struct resume {
        static constexpr std::string_view type = "project.resume";
        static constexpr events::command_words says{.label = {"恢复项目", "Resume"}};
        std::string reason;
    };
    struct cancel {
        static constexpr std::string_view type = "project.cancel";
        static constexpr events::command_words says{.label = {"取消项目", "Cancel"}, .grave = {"取消后不能恢复。", "A cancelled project can't be resumed."}, .ends = true};
        std::string reason;
    };
    /// By the system, for the time that people lost (core/kernel/lost_time.hpp).
    struct extend_acceptance {
        static constexpr std::string_view type = "project.extend_acceptance";
        static constexpr events::command_words says{.label = {"延长验收期限", "Extend the acceptance"}};
        date on;
        std::string reason;
    };
    using command = std::variant<initiate, draft_charter, submit_charter, approve_charter, return_charter, reject_charter, clarify, answer,
                                 link_channel, change_lead, add_member, remove_member, hand_over, report_progress, reach_milestone,
                                 request_acceptance, convene_acceptance, sign_acceptance, accept, fail_acceptance, summarise,
                                 acknowledge_summary, file_record, submit_archive, return_archive, seal, suspend, resume, cancel,
                                 extend_acceptance>;
};

OPSROOM_DESCRIBE(project_commands::initiate, (request, reference("需求申请", "Request")), (name, line("项目名称", "Project name")), (department, department("所属部门", "Department")))
OPSROOM_DESCRIBE(project_commands::draft_charter, (charter, group("立项计划书", "Charter").may_be_unfinished()))
OPSROOM_DESCRIBE(project_commands::submit_charter, (charter, group("立项计划书", "Charter")))
OPSROOM_DESCRIBE(project_commands::approve_charter, (sha256, hash("立项计划书哈希", "Hash of the charter").code("other_charter").hint("您所看到的那一份", "Of the one that you have read")), (comment, remark("意见", "Comment")))
OPSROOM_DESCRIBE(project_commands::return_charter, (reason, reason().example("过于简略", "Too short")))
OPSROOM_DESCRIBE(project_commands::reject_charter, (reason, reason().example("没有预算", "No budget")))
OPSROOM_DESCRIBE(project_commands::clarify, (question, remark("问题", "Question").example("工期为何这么长？", "Why so long?")))
OPSROOM_DESCRIBE(project_commands::answer, (answer, prose("答复", "Answer").example("接口需要对接", "Because of the interface")))
OPSROOM_DESCRIBE(project_commands::link_channel, (channel, reference("项目频道", "Project channel")))
OPSROOM_DESCRIBE(project_commands::change_lead, (lead, person("新负责人", "New lead").example("@chen.wei", "@chen.wei")), (reason, reason().example("休假", "On leave")))
OPSROOM_DESCRIBE(project_commands::add_member, (member, person("成员", "Member").code("bad_person").example("@emma", "@emma")))
OPSROOM_DESCRIBE(project_commands::remove_member, (member, person("成员", "Member").may_have_left().example("@emma", "@emma")))
OPSROOM_DESCRIBE(project_commands::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))
OPSROOM_DESCRIBE(project_commands::report_progress, (percent, percent("完成百分比", "Percent done").example("60", "60")), (health, choice("状况", "Health").example("on_track", "on_track")), (note, remark("说明", "Note").example("三个页面已上线两个", "Two of three pages are live")))
OPSROOM_DESCRIBE(project_commands::reach_milestone, (milestone, number("里程碑序号", "Number of the milestone").least(1).code("bad_milestone").hint("立项计划书中的序号，从 1 起", "Its place in the charter, from 1").example("1", "1")), (evidence, remark("完成依据", "Evidence").code("bad_milestone").example("见设计文档", "See the design document")), (attachments, files("附件", "Attachments").most(32).code("bad_extras")))
OPSROOM_DESCRIBE(project_commands::request_acceptance, (form, group("验收申请", "Acceptance request")))
OPSROOM_DESCRIBE(project_commands::convene_acceptance, (panel, people("验收组", "Acceptance panel").least(1).most(16).example("@sun.yue,@zhou.jie", "@sun.yue,@zhou.jie")), (on, day("验收日", "Acceptance day").code("bad_day").example("+3d", "+3d")))
OPSROOM_DESCRIBE(project_commands::sign_acceptance, (agrees, yes_no("同意通过", "Agrees").example("yes", "yes")), (comment, remark("意见", "Comment").hint("不同意时须写明", "Needed with an objection")))
OPSROOM_DESCRIBE(project_commands::accept, (report, group("验收报告", "Acceptance report")))
OPSROOM_DESCRIBE(project_commands::fail_acceptance, (reason, reason().example("未全部完成", "Incomplete")), (conditions, remarks("须先完成的条件", "Conditions to meet first").least(1).most(100).example("编写使用手册", "Write the manual")))
OPSROOM_DESCRIBE(project_commands::summarise, (summary, group("项目总结", "Summary")), (recipients, people("报送对象", "Recipients").least(1).most(50).hint("须有运营经理，且每个相关部门至少一人", "An operations manager, and somebody of each department concerned").example("@li.na,@noah", "@li.na,@noah")))
OPSROOM_DESCRIBE_EMPTY(project_commands::acknowledge_summary)
OPSROOM_DESCRIBE(project_commands::file_record, (record, group("归档材料", "Record")))
OPSROOM_DESCRIBE(project_commands::submit_archive, (note, remark("说明", "Note")))
OPSROOM_DESCRIBE(project_commands::return_archive, (reason, reason().example("缺少一页", "A page is missing")))
OPSROOM_DESCRIBE(project_commands::seal, (comment, remark("意见", "Comment")))
OPSROOM_DESCRIBE(project_commands::suspend, (reason, reason().example("预算待定", "Budget")))
OPSROOM_DESCRIBE(project_commands::resume, (reason, reason().example("预算已恢复", "The budget is back")))
OPSROOM_DESCRIBE(project_commands::cancel, (reason, reason().example("已无必要", "Obsolete")))
OPSROOM_DESCRIBE(project_commands::extend_acceptance, (on, day("验收日", "Acceptance day").code("bad_day")), (reason, reason()))

}  // namespace core
