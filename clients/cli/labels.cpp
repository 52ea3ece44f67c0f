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
    {"task.assigned.v1", {"分配任务", "assigned"}},
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
