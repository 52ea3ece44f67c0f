#include "clients/cli/labels.hpp"

#include "clients/cli/when.hpp"
#include "clients/cli/width.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

struct entry {
    std::string_view code;
    text words;
    paint as = paint::plain;
};

constexpr entry entries[] = {
    {"assigned", {"已分配", "assigned"}, paint::blue},
    {"in_progress", {"进行中", "in progress"}, paint::blue},
    {"blocked", {"受阻", "blocked"}, paint::red},
    {"submitted", {"已提交", "submitted"}, paint::yellow},
    {"returned", {"已退回", "returned"}, paint::yellow},
    {"done", {"完成", "done"}, paint::green},
    {"cancelled", {"已取消", "cancelled"}, paint::dim},
    {"low", {"低", "low"}, paint::dim},
    {"normal", {"普通", "normal"}},
    {"high", {"高", "high"}, paint::yellow},
    {"urgent", {"紧急", "urgent"}, paint::red},
    {"to_start", {"待开始", "to start"}, paint::blue},
    {"to_accept", {"待验收", "to accept"}, paint::yellow},
    {"blocked_on_me", {"在等我", "waits for me"}, paint::red},
    {"unread", {"有未读", "unread"}, paint::blue},
    {"active", {"在职", "active"}},
    {"left", {"已离开", "left"}, paint::dim},
    {"erased", {"已抹除", "erased"}, paint::dim},
    {"everyone", {"公开", "everyone"}},
    {"members_only", {"受邀", "members only"}, paint::yellow},
    {"draft", {"草稿", "draft"}, paint::dim},
    {"in_assessment", {"评估中", "in assessment"}, paint::blue},
    {"clarifying", {"待澄清", "clarifying"}, paint::yellow},
    {"approved", {"已通过", "approved"}, paint::green},
    {"rejected", {"已驳回", "rejected"}, paint::red},
    {"withdrawn", {"已撤回", "withdrawn"}, paint::dim},
    {"initiating", {"立项中", "initiating"}, paint::blue},
    {"charter_pending", {"立项待批", "charter pending"}, paint::yellow},
    {"acceptance_requested", {"待组织验收", "acceptance requested"}, paint::yellow},
    {"in_acceptance", {"验收中", "in acceptance"}, paint::blue},
    {"accepted", {"已验收", "accepted"}, paint::green},
    {"summarised", {"已总结", "summarised"}, paint::green},
    {"archive_pending", {"归档待审", "archive pending"}, paint::yellow},
    {"archived", {"已归档", "archived"}, paint::green},
    {"suspended", {"已暂停", "suspended"}, paint::yellow},
    {"on_track", {"正常", "on track"}, paint::green},
    {"caution", {"注意", "caution"}, paint::yellow},
    {"off_track", {"偏离", "off track"}, paint::red},
    {"off", {"放假", "off"}, paint::green},
    {"work", {"上班", "worked"}, paint::yellow},
};

constexpr entry deeds[] = {
    {"member.joined.v1", {"加入", "joined"}},
    {"member.renamed.v1", {"改名", "renamed"}},
    {"member.roles_changed.v1", {"角色变更", "roles changed"}},
    {"member.department_changed.v1", {"部门变更", "department changed"}},
    {"member.language_chosen.v1", {"选择语言", "chose a language"}},
    {"member.left.v1", {"离开", "left"}},
    {"member.erased.v1", {"个人数据已抹除", "erased"}},
    {"channel.created.v1", {"新建频道", "created the channel"}},
    {"channel.described.v1", {"改了说明", "described the channel"}},
    {"channel.archived.v1", {"归档频道", "archived the channel"}},
    {"channel.joined.v1", {"加入频道", "joined the channel"}},
    {"channel.left.v1", {"离开频道", "left the channel"}},
    {"channel.posted.v1", {"发言", "posted"}},
    {"channel.imported.v1", {"导入消息", "imported a message"}},
    {"channel.edited.v1", {"修改消息", "edited"}},
    {"channel.deleted.v1", {"删除消息", "deleted"}},
    {"channel.topic_set.v1", {"归入话题", "set the topic"}},
    {"channel.reacted.v1", {"表情回应", "reacted"}},
    {"channel.reaction_removed.v1", {"收回回应", "took a reaction back"}},
    {"channel.pinned.v1", {"置顶", "pinned"}},
    {"channel.unpinned.v1", {"取消置顶", "unpinned"}},
    {"channel.read.v1", {"已读", "read"}},
    {"member.superior_set.v1", {"设定上级", "superior set"}},
    {"member.delegated.v1", {"委托代办", "delegated"}},
    {"member.delegation_ended.v1", {"结束委托", "delegation ended"}},
    {"member.handed_over.v1", {"移交工作", "handed over"}},
    {"request.drafted.v1", {"起草申请", "drafted the request"}},
    {"request.revised.v1", {"修改申请", "revised the request"}},
    {"request.submitted.v1", {"提交申请", "submitted the request"}},
    {"request.convened.v1", {"召集评估", "convened the assessment"}},
    {"request.assessed.v1", {"发表评估意见", "gave an opinion"}},
    {"request.passed.v1", {"通过申请", "passed the request"}},
    {"request.returned.v1", {"退回申请", "returned the request"}},
    {"request.clarification_asked.v1", {"要求澄清", "asked the requester"}},
    {"request.clarified.v1", {"答复", "answered"}},
    {"request.rejected.v1", {"驳回申请", "rejected the request"}},
    {"request.withdrawn.v1", {"撤回申请", "withdrew the request"}},
    {"request.handed_over.v1", {"移交", "handed over"}},
    {"request.submit", {"提交", "submit"}},
    {"request.convene", {"召集评估", "convene"}},
    {"request.assess", {"评估", "assess"}},
    {"request.pass", {"裁决", "verdict"}},
    {"request.answer", {"答复", "answer"}},
    {"project.initiated.v1", {"立项", "initiated the project"}},
    {"project.charter_drafted.v1", {"编写立项计划书", "drafted the charter"}},
    {"project.charter_submitted.v1", {"提交立项计划书", "submitted the charter"}},
    {"project.charter_approved.v1", {"批准立项", "approved the charter"}},
    {"project.charter_returned.v1", {"退回立项计划书", "returned the charter"}},
    {"project.charter_rejected.v1", {"驳回立项", "rejected the charter"}},
    {"project.clarification_asked.v1", {"要求澄清", "asked for clarification"}},
    {"project.clarified.v1", {"答复", "answered"}},
    {"project.channel_linked.v1", {"开通项目频道", "opened the project's channel"}},
    {"project.lead_changed.v1", {"更换负责人", "changed the lead"}},
    {"project.member_added.v1", {"加入团队", "added to the team"}},
    {"project.member_removed.v1", {"移出团队", "removed from the team"}},
    {"project.handed_over.v1", {"移交", "handed over"}},
    {"project.progress_reported.v1", {"报告进展", "reported progress"}},
    {"project.milestone_reached.v1", {"达成里程碑", "reached a milestone"}},
    {"project.acceptance_requested.v1", {"申请验收", "requested the acceptance"}},
    {"project.acceptance_convened.v1", {"召集验收组", "convened the panel"}},
    {"project.acceptance_signed.v1", {"签署验收意见", "signed"}},
    {"project.accepted.v1", {"验收通过", "accepted the project"}},
    {"project.acceptance_failed.v1", {"验收未通过", "did not accept it"}},
    {"project.summarised.v1", {"提交项目总结", "summarised the project"}},
    {"project.summary_acknowledged.v1", {"确认项目总结", "acknowledged the summary"}},
    {"project.record_filed.v1", {"存入归档材料", "filed a record"}},
    {"project.archive_submitted.v1", {"提交归档", "handed in the archive"}},
    {"project.archive_returned.v1", {"退回归档", "returned the archive"}},
    {"project.archived.v1", {"封存归档", "sealed the archive"}},
    {"project.suspended.v1", {"暂停项目", "suspended the project"}},
    {"project.resumed.v1", {"恢复项目", "resumed the project"}},
    {"project.cancelled.v1", {"取消项目", "cancelled the project"}},
    {"project.submit_charter", {"提交立项计划书", "submit the charter"}},
    {"project.approve_charter", {"审批立项", "decide on the charter"}},
    {"project.answer", {"答复", "answer"}},
    {"project.request_acceptance", {"执行并申请验收", "carry out, request acceptance"}},
    {"project.convene_acceptance", {"召集验收组", "convene the panel"}},
    {"project.sign_acceptance", {"签署验收意见", "sign"}},
    {"project.accept", {"验收裁决", "decide on the acceptance"}},
    {"project.summarise", {"项目总结", "summarise"}},
    {"project.acknowledge_summary", {"确认项目总结", "acknowledge the summary"}},
    {"project.submit_archive", {"提交归档", "hand in the archive"}},
    {"project.seal", {"封存", "seal"}},
    {"project.resume", {"恢复", "resume"}},
    {"org.department_defined.v1", {"定义部门", "defined a department"}},
    {"org.department_retired.v1", {"取消部门", "retired a department"}},
    {"org.role_defined.v1", {"定义角色", "defined a role"}},
    {"org.role_retired.v1", {"取消角色", "retired a role"}},
    {"org.configured.v1", {"更改制度参数", "changed the settings"}},
    {"calendar.year_published.v1", {"公布日历", "published the calendar"}},
    {"definitions.flow_amended.v1", {"更改流程", "amended a flow"}},
    {"definitions.form_amended.v1", {"更改表单", "amended a form"}},
    {"task.start", {"开始", "start"}},
    {"task.unblock", {"解除受阻", "unblock"}},
    {"task.submit", {"提交成果", "hand in"}},
    {"task.accept", {"验收", "accept"}},
    {"task.assigned.v1", {"分配任务", "assigned"}},
    {"task.assigned.v2", {"分配任务", "assigned"}},
    {"task.reassigned.v1", {"改派", "reassigned"}},
    {"task.rescheduled.v1", {"改期", "rescheduled"}},
    {"task.started.v1", {"开始", "started"}},
    {"task.blocked.v1", {"报告受阻", "blocked"}},
    {"task.unblocked.v1", {"解除受阻", "unblocked"}},
    {"task.progress_reported.v1", {"报告进展", "reported progress"}},
    {"task.submitted.v1", {"提交成果", "handed in the result"}},
    {"task.accepted.v1", {"验收通过", "accepted"}},
    {"task.returned.v1", {"退回", "returned"}},
    {"task.cancelled.v1", {"取消", "cancelled"}},
};

template <std::size_t N>
const entry* find(const entry (&table)[N], std::string_view code) {
    for (const auto& each : table)
        if (each.code == code) return &each;
    return nullptr;
}

/// The fields of an event's data that say most, in the order in which they are read.
std::string summary_of(context& about, const json& data) {
    const auto l = about.with.language;
    std::string out;
    const auto add = [&](const std::string& part) {
        if (!part.empty()) out += (out.empty() ? "" : " · ") + part;
    };
    if (const auto n = number_at(data, "message")) add(fmt::format("#{}", *n));
    if (const auto n = number_at(data, "percent")) add(fmt::format("{}%", *n));
    for (const char* key : {"name", "title", "description", "due", "department", "language", "topic", "emoji", "text", "reason",
                            "note", "result", "comment"}) {
        const auto& value = at_or_null(data, key);
        add(value.is_string() || value.is_object() ? personal_text(value, l) : std::string());
    }
    for (const char* key : {"to", "on", "member"})
        if (const auto id = number_at(data, key); id && *id != 0) add("→ " + about.names().name_of(*id));
    if (const auto& roles = at_or_null(data, "roles"); roles.is_array() && !roles.empty()) {
        std::string all;
        for (const auto& each : roles) all += (all.empty() ? "" : ",") + (each.is_string() ? each.get<std::string>() : as_text(each));
        add(all);
    }
    return out;
}

}  // namespace

std::string label(language l, const std::string& code) {
    const auto* found = find(entries, code);
    return found == nullptr ? code : std::string(found->words.in(l));
}

cell state_cell(language l, const std::string& code) {
    const auto* found = find(entries, code);
    return {label(l, code), found == nullptr ? paint::plain : found->as};
}

std::string deed(language l, std::string_view event_type) {
    const auto* found = find(deeds, event_type);
    return std::string(found == nullptr ? event_type : found->words.in(l));
}

std::string personal_text(const json& value, language l) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_object() && (flag_at(value, "erased") || value.contains("sealed"))) return l == language::zh ? "（已抹除）" : "(erased)";
    return {};
}

std::string event_line(context& about, const json& event) {
    const auto l = about.with.language;
    const auto actor = number_at(event, "actor").value_or(0);
    const auto who = actor == 0 ? about.say({"系统", "the system"}) : about.names().name_of(actor);
    const auto clause = text_at(event, "clause");
    auto out = fmt::format("{:>8}  {}  {}  {}  {}", number_at(event, "position").value_or(0), shown_time(text_at(event, "time")),
                           text_at(event, "stream"), who, deed(l, text_at(event, "type")));
    if (const auto more = summary_of(about, at_or_null(event, "data")); !more.empty()) out += "  " + more;
    if (!clause.empty()) out += "  [" + clause + "]";
    return on_one_line(out) + "\n";
}

}  // namespace cli
