#include "opsroom/rows.hpp"

#include <algorithm>

namespace opsroom {
namespace {

std::uint64_t id_of(const json& row) { return number_at(row, "id").value_or(0); }
std::uint64_t version_of(const json& row) { return number_at(row, "version").value_or(0); }

/// A personal field: the text itself, or that it was taken back or erased.
void set_text(json& message, const json& field) {
    const auto& text = field.is_object() ? at_or_null(field, "text") : field;
    message["text"] = text.is_string() ? text : json();
    for (const char* mark : {"gone", "unreadable", "erased"}) message.erase(mark);
    if (text.is_string()) return;
    message[flag_at(field, "gone") ? "gone" : flag_at(field, "unreadable") ? "unreadable" : "erased"] = true;
}

/// Who it is about, where that is said; else who did it.
std::uint64_t whom(const json& event, const json& data) { return number_at(data, "member").value_or(number_at(event, "actor").value_or(0)); }

}  // namespace

void rows::reset(const json& items) {
    by_id_.clear();
    gone_.clear();
    for (const auto& each : items) by_id_[id_of(each)] = each;
}

void rows::put(const json& items) {
    for (const auto& each : items) {
        by_id_[id_of(each)] = each;
        gone_.erase(id_of(each));
    }
}

void rows::drop(const json& ids) {
    for (const auto& each : ids) {
        if (!each.is_number_integer()) continue;
        by_id_.erase(each.get<std::uint64_t>());
        gone_.insert(each.get<std::uint64_t>());
    }
}

void rows::add(const json& items) {
    for (const auto& each : items) {
        if (gone_.contains(id_of(each))) continue;
        const auto known = by_id_.find(id_of(each));
        if (known == by_id_.end()) by_id_.emplace(id_of(each), each);
        else if (version_of(known->second) < version_of(each)) known->second = each;
    }
}

void timeline::reset(const json& data) {
    messages_.clear();
    people_.clear();
    for (const auto& each : list_at(data, "messages")) messages_[number_at(each, "message").value_or(0)] = each;
    for (const auto& [name, about] : data.items()) {
        if (!about.is_object()) continue;
        for (const auto& each : list_at(about, "people")) people_.push_back(each.is_number_integer() ? each.get<std::uint64_t>() : 0);
        return;
    }
}

void timeline::posted(const json& event, const json& data) {
    const auto number = number_at(data, "message").value_or(0);
    if (messages_.contains(number)) return;
    const auto& text = at_or_null(data, "text");
    const auto author = number_at(data, "author").value_or(0);
    const auto of = author != 0 ? author : number_at(text, "of").value_or(0);
    json m{{"message", number},
           {"author", of != 0 ? of : number_at(event, "actor").value_or(0)},
           {"at", text_at(data, "at", text_at(event, "time"))},
           {"topic", text_at(data, "topic")},
           {"edited", false},
           {"deleted", false},
           {"pinned", false},
           {"reactions", json::array()},
           {"position", at_or_null(event, "position")}};
    set_text(m, text);
    if (data.contains("source")) m["imported"] = {{"by", at_or_null(event, "actor")}, {"source", at_or_null(data, "source")}};
    messages_.emplace(number, std::move(m));
}

void timeline::react(const json& event, const json& data, bool on) {
    const auto found = messages_.find(number_at(data, "message").value_or(0));
    if (found == messages_.end()) return;
    const auto who = whom(event, data);
    const auto emoji = text_at(data, "emoji");
    json after = json::array();
    bool is_there = false;
    for (auto each : list_at(found->second, "reactions")) {
        const bool same = text_at(each, "emoji") == emoji;
        is_there = is_there || same;
        json members = json::array();
        for (const auto& m : list_at(each, "members"))
            if (!same || m != json(who)) members.push_back(m);
        if (same && on) members.push_back(who);
        each["members"] = members;
        if (!members.empty()) after.push_back(std::move(each));
    }
    if (on && !is_there) after.push_back({{"emoji", emoji}, {"members", json::array({who})}});
    found->second["reactions"] = std::move(after);
}

void timeline::set_member(std::uint64_t who, bool is_in) {
    std::erase(people_, who);
    if (is_in) people_.push_back(who);
}

void timeline::fold(const json& events) {
    for (const auto& event : events) {
        const auto type = text_at(event, "type");
        const auto dot = type.find('.');
        const auto happened = type.substr(dot + 1, type.find('.', dot + 1) - dot - 1);
        const auto& data = at_or_null(event, "data");
        if (happened == "posted" || happened == "imported") posted(event, data);
        if (happened == "reacted" || happened == "reaction_removed") react(event, data, happened == "reacted");
        if (happened == "joined" || happened == "left") set_member(whom(event, data), happened == "joined");

        const auto found = messages_.find(number_at(data, "message").value_or(0));
        if (found == messages_.end()) continue;
        auto& m = found->second;
        if (happened == "edited") {
            m["edited"] = true;
            set_text(m, at_or_null(data, "text"));
        } else if (happened == "deleted") {
            m["text"] = nullptr;
            m["deleted"] = true;
            m["pinned"] = false;
            m["reactions"] = json::array();
        } else if (happened == "topic_set") {
            m["topic"] = text_at(data, "topic");
        } else if (happened == "pinned" || happened == "unpinned") {
            m["pinned"] = happened == "pinned";
        }
    }
}

}  // namespace opsroom
