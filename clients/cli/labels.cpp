#include "clients/cli/labels.hpp"

#include "clients/cli/schema/said.hpp"
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
    {"due_soon", {"即将到期", "due soon"}, paint::yellow},
    {"decided", {"已决定", "decided"}, paint::blue},
    {"late", {"逾期", "late"}, paint::red},
    {"escalated", {"下属逾期", "late, below you"}, paint::red},
    {"nobody", {"无人处理", "waits on nobody"}, paint::red},
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
    {"opened", {"已开始", "opened"}, paint::blue},
    {"self_draft", {"自评草稿", "self-appraisal begun"}, paint::dim},
    {"self_submitted", {"已自评", "self-appraised"}, paint::yellow},
    {"evaluated", {"已评价", "evaluated"}, paint::blue},
    {"talk_recorded", {"沟通待确认", "talk to confirm"}, paint::yellow},
    {"talk_held", {"已沟通", "talk held"}, paint::blue},
    {"finalised", {"已定稿", "final"}, paint::green},
    {"appealed", {"申诉中", "appealed"}, paint::yellow},
    {"reopened", {"已重开", "reopened"}, paint::yellow},
    {"applied", {"已应用", "applied"}, paint::green},
    {"planned", {"已计划", "planned"}, paint::dim},
    {"open", {"进行中", "open"}, paint::blue},
    {"self_closed", {"自评已截止", "self closed"}, paint::blue},
    {"evaluation_closed", {"评价已截止", "evaluation closed"}, paint::blue},
    {"calibration", {"校准中", "calibration"}, paint::yellow},
    {"closed", {"已结束", "closed"}, paint::green},
    {"published", {"已发布", "published"}, paint::green},
    {"retired", {"已停用", "retired"}, paint::dim},
    {"proposed", {"待批准", "proposed"}, paint::yellow},
    {"effective", {"已生效", "in effect"}, paint::green},
    {"nominated", {"提名已截止", "nominations closed"}, paint::blue},
    {"voting", {"投票中", "voting"}, paint::yellow},
    {"voted", {"待计票", "to be counted"}, paint::blue},
    {"counted", {"已计票", "counted"}, paint::blue},
    {"decided", {"已决定", "decided"}, paint::green},
    {"announced", {"已公布", "announced"}, paint::green},
    {"running", {"进行中", "running"}, paint::blue},
    {"reported", {"有待处理的发现", "finding open"}, paint::yellow},
    {"ended", {"已终止", "ended"}, paint::dim},
    {"superseded", {"已被取代", "superseded"}, paint::dim},
    {"discarded", {"已作废", "discarded"}, paint::dim},
    {"behind", {"落后", "behind"}, paint::yellow},
    {"achieved", {"已达成", "achieved"}, paint::green},
    {"change", {"变化", "change"}, paint::yellow},
    {"problem", {"问题", "problem"}, paint::red},
    {"strategy", {"策略", "strategy"}},
    {"plan", {"计划", "plan"}},
    {"adjust", {"调整策略或计划", "adjust the strategy or plan"}},
    {"task", {"下达任务", "give a task"}},
    {"watch", {"继续关注", "watch it"}},
    {"none", {"不处理", "nothing"}},
    {"other", {"其他", "other"}},
    {"off", {"放假", "off"}, paint::green},
    {"work", {"上班", "worked"}, paint::yellow},
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
    for (const char* key : {"name", "title", "description", "due", "department", "language", "topic", "emoji", "text", "reason", "note",
                            "question", "answer", "result", "comment", "effect", "observed", "found"}) {
        const auto& value = at_or_null(data, key);
        add(value.is_string() || value.is_object() ? personal_text(value, l) : std::string());
    }
    // Of a form what it is called, or what it says first; sealed ones have neither.
    for (const char* form : {"plan", "form", "finding", "check"})
        for (const char* key : {"title", "observed", "found"}) add(text_at(at_or_null(data, form), key));
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

std::string label(language l, std::string_view kind, const std::string& status) {
    const auto* known = schema::built_in().kind(kind);
    const auto* found = known ? known->status(status) : nullptr;
    return found ? found->label.in(l) : label(l, status);
}

cell state_cell(language l, std::string_view kind, const std::string& status) {
    const auto* known = schema::built_in().kind(kind);
    const auto* found = known ? known->status(status) : nullptr;
    return found ? cell{found->label.in(l), found->as} : state_cell(l, status);
}

std::string personal_text(const json& value, language l) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_object() && (flag_at(value, "erased") || value.contains("sealed"))) return l == language::zh ? "（已抹除）" : "(erased)";
    if (value.is_object() && flag_at(value, "unreadable")) return l == language::zh ? "（无法读取：密钥丢失）" : "(unreadable: its key is lost)";
    if (value.is_object() && flag_at(value, "gone")) return l == language::zh ? "（已收回）" : "(taken back)";
    return {};
}

std::string doer_of(context& about, const json& event) {
    const auto named = [&](std::uint64_t id) { return id == 0 ? about.say({"系统", "the system"}) : about.names().name_of(id); };
    const auto who = named(number_at(event, "actor").value_or(0));
    const auto principal = number_at(event, "in_place_of").value_or(0);
    if (principal == 0) return who;
    return fmt::format(fmt::runtime(about.say({"{}（代{}）", "{} (for {})"})), who, named(principal));
}

std::string event_line(context& about, const json& event) {
    const auto l = about.with.language;
    const auto who = doer_of(about, event);
    const auto clause = text_at(event, "clause");
    const auto type = text_at(event, "type");
    const auto& data = at_or_null(event, "data");
    const auto* described = schema::built_in().event(type);
    const reader by{l, [&about](std::uint64_t id) { return about.names().name_of(id); }};
    auto out = fmt::format("{:>8}  {}  {}  {}  {}", number_at(event, "position").value_or(0), shown_time(text_at(event, "time")),
                           text_at(event, "stream"), who, described ? deed_of(by, *described, data) : deed(l, type));
    if (const auto more = described ? own_words_of(by, *described, data) : summary_of(about, data); !more.empty()) out += "  " + more;
    if (!clause.empty()) out += "  [" + clause + "]";
    return on_one_line(out) + "\n";
}

}  // namespace cli
