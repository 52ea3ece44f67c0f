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
    {"to_start", {"待开始", "to start"}, paint::blue},
    {"to_accept", {"待验收", "to accept"}, paint::yellow},
    {"blocked_on_me", {"在等我", "waits for me"}, paint::red},
    {"unread", {"有未读", "unread"}, paint::blue},
    {"due_soon", {"即将到期", "due soon"}, paint::yellow},
    {"decided", {"已决定", "decided"}, paint::blue},
    {"late", {"逾期", "late"}, paint::red},
    {"escalated", {"下属逾期", "late, below you"}, paint::red},
    {"nobody", {"无人处理", "waits on nobody"}, paint::red},
    {"everyone", {"公开", "everyone"}},
    {"members_only", {"受邀", "members only"}, paint::yellow},
    {"off", {"放假", "off"}, paint::green},
    {"work", {"上班", "worked"}, paint::yellow},
};

template <std::size_t N>
const entry* find(const entry (&table)[N], std::string_view code) {
    for (const auto& each : table)
        if (each.code == code) return &each;
    return nullptr;
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

cell choice_cell(language l, std::string_view kind, std::string_view field, const std::string& code) {
    const auto* known = schema::built_in().choice(kind, field, code);
    return known ? cell{known->label.in(l), known->as} : state_cell(l, code);
}

std::string deed(language l, std::string_view type) {
    const auto& described = schema::built_in();
    if (const auto* e = described.event(type)) return e->label.in(l);
    const auto* c = described.command(type);
    if (!c) return std::string(type);
    // What waits for one of several verdicts waits for a decision, whichever of them stands for it.
    const auto& of = described.kind(kind_in(type))->label;
    if (c->decides) return l == language::zh ? "裁决" + of.zh : "decide on the " + within_a_line(of.en);
    return l == language::zh ? c->label.zh : within_a_line(c->label.en);
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
                           text_at(event, "stream"), who, described ? deed_of(by, *described, data) : type);
    if (const auto more = described ? own_words_of(by, *described, data) : std::string(); !more.empty()) out += "  " + more;
    if (!clause.empty()) out += "  [" + clause + "]";
    return on_one_line(out) + "\n";
}

}  // namespace cli
