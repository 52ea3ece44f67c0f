#include "server/wire/rows.hpp"

#include "server/wire/json_object.hpp"

namespace server::wire {
namespace {

using events::codec::write_json;

std::string_view name_of(core::member_status s) { return boost::describe::enum_to_string(s, "?"); }

}  // namespace

void write_row(std::string& out, const core::views::member_row& row) {
    json_object o(out);
    o.put("id", row.who.id).put("name", row.name).put_if(row.login.has_value(), "login", row.login);
    o.put_if(row.external.has_value(), "external", row.external);
    o.put("department", row.who.department).put("roles", row.who.roles).put("language", row.language);
    o.put("status", name_of(row.status)).put("version", row.version);
}

void write_row(std::string& out, const core::views::task_row& row, events::date today) {
    json_object o(out);
    o.put("id", row.id).put("title", row.title).put("content", row.content).put("standard", row.standard).put("due", row.due);
    o.put("to", row.to).put("by", row.by).put("department", row.department).put("priority", row.priority);
    o.put("checklist", row.checklist).put("status", row.status).put("overdue", row.overdue(today)).put("percent", row.percent);
    o.put_if(bool(row.blocked_on), "blocked_on", row.blocked_on).put_if(!row.reason.empty(), "reason", row.reason);
    o.put_if(!row.result.empty(), "result", row.result).put("assigned_at", row.assigned_at).put("changed_at", row.changed_at);
    o.put_if(bool(row.project), "project", row.project).put_if(row.milestone != 0, "milestone", row.milestone);
    o.put_if(bool(row.improvement), "improvement", row.improvement).put_if(row.action != 0, "action", row.action).put_if(bool(row.strategy), "strategy", row.strategy).put("version", row.version);
}

void write_row(std::string& out, const core::views::channel_row& row, events::member_id reader) {
    json_object o(out);
    o.put("id", row.id).put("name", row.name).put("description", row.description).put("visibility", row.visibility);
    o.put("archived", row.archived).put("joined", row.people.contains(reader)).put("members", row.people.all().size());
    o.put("messages", row.messages.last()).put("unread", row.unread(reader)).put("version", row.version);
    const auto* seat = row.people.find(reader);
    o.put("read", seat ? seat->read : 0u);
}

void write_row(std::string& out, const core::views::inbox_item& item, events::date today, events::member_id reader) {
    json_object o(out);
    if (const auto* task = std::get_if<const core::views::task_row*>(&item.about)) {
        o.put("kind", std::string_view("task")).put("why", item.why).put_if(item.in_place_of != reader, "in_place_of", item.in_place_of);
        write_row(o.name("task"), **task, today);
    } else {
        o.put("kind", std::string_view("channel")).put("why", item.why);
        write_row(o.name("channel"), *std::get<const core::views::channel_row*>(item.about), reader);
    }
}

void write_row(std::string& out, const core::views::flow_wait& w) {
    json_object o(out);
    o.put("kind", std::string_view("flow")).put("why", std::string_view("to_decide"));
    json_object f(o.name("flow"));
    f.put("what", events::name_of(w.what.kind)).put("id", w.what.number).put("name", w.name).put_if(bool(w.about), "about", w.about).put("status", w.status);
    f.put("command", w.command).put("clause", w.clause).put("since", w.since);
    if (w.due) f.put("due", *w.due);
    f.put("late", w.late).put("passed_up", w.passed_up).put("in_place_of", w.in_place_of).put("commands", w.commands);
    if (w.change) f.put("change", *w.change);
    f.put_if(!w.left_out.empty(), "left_out", w.left_out);
}

void write_row(std::string& out, const core::views::shown_notice& n) {
    json_object o(out);
    o.put("kind", std::string_view("notice")).put("why", n.what.kind);
    json_object f(o.name("notice"));
    f.put("number", n.what.number).put("what", events::name_of(n.what.what.kind)).put("id", n.what.what.number).put("name", n.name);
    if (n.what.kind == core::desk::kind::decided) f.put("happened", n.what.command).put("position", n.what.since);
    else f.put("command", n.what.command);
    f.put("due", n.what.due).put("on", n.what.on).put("late", n.late);
}

void write_row(std::string& out, const message& m) {
    json_object o(out);
    o.put("message", m.number).put("author", m.author).put("at", m.at);
    if (m.deleted || m.gone || m.text.is != events::personal::form::clear) o.name("text") += "null";
    else o.put("text", m.text.text);
    o.put_if(m.text.is == events::personal::form::erased, "erased", true).put_if(m.gone, "gone", true);
    o.put_if(!m.deleted && !m.gone && m.text.is == events::personal::form::sealed, "unreadable", true);  // the key is lost
    if (m.imported) {
        auto& imported = o.name("imported");
        json_object(imported).put("by", m.imported->by).put("source", m.imported->source);
    }
    o.put("topic", m.topic).put("edited", m.edited).put("deleted", m.deleted).put("pinned", m.pinned);
    auto& list = o.name("reactions");
    list += '[';
    for (const auto& r : m.reactions) {
        if (&r != m.reactions.data()) list += ',';
        write_json(list, r);
    }
    list += ']';
    o.put("position", m.position);
}

}  // namespace server::wire
