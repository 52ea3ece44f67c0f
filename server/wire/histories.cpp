// The parts of `documents` that read the log itself: a task with its history, the log's pages, snapshots of feeds.

#include "core/access/access.hpp"
#include "core/entity.hpp"
#include "core/access/events.hpp"
#include "core/kernel/calendar.hpp"
#include "core/task/task.hpp"
#include "events/codec/codec.hpp"
#include "events/codec/json_write.hpp"
#include "events/proof/tree.hpp"
#include "server/wire/documents.hpp"
#include "server/wire/flows/definitions.hpp"
#include "server/wire/flows/dossier.hpp"
#include "server/wire/flows/kind_reading.hpp"
#include "server/wire/shown_event.hpp"
#include "server/wire/list_json.hpp"

#include <algorithm>

namespace server::wire {
namespace {

using models = core::views::views;
using core::access::sight;
using events::codec::write_number;

constexpr std::size_t inbox_rows_max = 200;  // sent whole at every change; what comes after them is only counted

/// As much of a list as a feed begins with; the rest is read page by page.
flow_query newest_first() {
    flow_query q;
    q.sort = "-changed";
    q.limit = 1'000;
    return q;
}

std::string hex(const events::proof::hash& h) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const auto b : h) {
        text += digits[b >> 4];
        text += digits[b & 15];
    }
    return text;
}

}  // namespace

namespace {

/// What can't be read is of a newer version.
sight sight_in_audit(const boost::system::result<events::recorded>& event, const models& now, const core::person& reader) {
    core::context by{};
    by.actor = &reader;
    by.people = &now.directory;
    return event ? core::access::in_audit(*event, now, by) : sight::bare;
}

}  // namespace

reading documents::log_page(events::member_id who, events::position from, events::direction way, std::size_t limit) const {
    const auto reader = person(who);
    if (!reader || !core::access::may_audit(*reader)) return make(403, problems::forbidden);
    const auto head = log_.head();
    document d{R"({"position":)", head};
    write_number(d.body, head.value);
    d.body += R"(,"items":[)";
    std::uint64_t next = 0;
    std::size_t count = 0;
    events::decoder decode;
    log_.read_all(from, way, [&](events::position p, std::string_view bytes) {
        if (count == limit) {
            next = way == events::direction::forwards ? p.value - 1 : p.value + 1;
            return false;
        }
        if (count++ > 0) d.body += ',';
        const auto event = decode.decode(bytes);
        d.body += shown_event(bytes, keys_, views_.read([&](const models& v, events::position) { return sight_in_audit(event, v, *reader); }));
        return true;
    });
    d.body += R"(],"next":)";
    if (next) d.body += '"' + std::to_string(next) + '"';
    else d.body += "null";
    d.body += '}';
    return d;
}

reading documents::log_entry(events::member_id who, events::position which) const {
    const auto reader = person(who);
    if (!reader || !core::access::may_audit(*reader)) return make(403, problems::forbidden);
    document d{{}, log_.head()};
    events::decoder decode;
    log_.read_one(which, [&](events::position, std::string_view bytes) {
        const auto event = decode.decode(bytes);
        const auto how = views_.read([&](const models& v, events::position) { return sight_in_audit(event, v, *reader); });
        d.body = R"({"event":)" + shown_event(bytes, keys_, how);
        // A digest that is not keyed would confirm what somebody guesses of an erased person's words, or of what was said in
        // the same transaction elsewhere.
        if (how == sight::whole && (event->envelope.digest == 0 || event->envelope.keyed)) {
            d.body += R"(,"stored":)";
            events::codec::write_string(d.body, bytes);
        }
        d.body += R"(,"leaf":")" + hex(events::proof::leaf_hash(bytes)) + "\"}";
        return false;
    });
    if (d.body.empty()) return missing();
    return d;
}

std::optional<problem> documents::may_subscribe(const feed& f, events::member_id who) const {
    return views_.read([&](const models& v, events::position) -> std::optional<problem> {
        const auto* reader = v.directory.find(who);
        if (!reader || !reader->active) return make(401, problems::session_ended);
        switch (f.kind) {
            case feed_kind::task: {
                const auto* row = v.board.row({f.number});
                const bool seen = row && v.with_context(reader, now_(), utc_offset_, [&](const core::context& by) { return core::access::may_see_task(*row, by); });
                if (!seen) return missing();
                return std::nullopt;
            }
            case feed_kind::channel: {
                const auto* row = v.channels.row({f.number});
                if (!row || !core::access::may_see_channel(*row, *reader)) return missing();
                return std::nullopt;
            }
            case feed_kind::audit:
                if (!core::access::may_audit(*reader)) return make(403, problems::forbidden);
                return std::nullopt;
            case feed_kind::directory:
            case feed_kind::board:
            case feed_kind::channels:
            case feed_kind::inbox:
            case feed_kind::waiting:
            case feed_kind::org:
            case feed_kind::calendar:
            case feed_kind::flows:
            case feed_kind::forms: return std::nullopt;
            case feed_kind::presence:
                if (!core::access::may_see_directory(*reader)) return missing();
                return std::nullopt;
            default: break;
        }
        if (listed_by(f.kind)) return std::nullopt;
        const auto of = stream_of(f);
        const bool seen = of && v.with_context(reader, now_(), utc_offset_, [&](const core::context& by) { return core::may_see(*of, by); });
        return seen ? std::nullopt : std::optional(missing());
    });
}

reading documents::channel_with_messages(events::member_id who, events::channel_id which) const {
    auto newest = messages(who, which, {});
    auto about = channel(who, which);
    if (!std::holds_alternative<document>(newest)) return newest;
    if (!std::holds_alternative<document>(about)) return about;
    auto& m = std::get<document>(newest);
    const auto& c = std::get<document>(about);
    // The messages were read first, so the earlier position holds for both: what came between is sent again as events,
    // and messages are known by number.
    const auto items = m.body.find(R"("items":)") + 8;
    const auto end = m.body.rfind(R"(,"next":)");
    return document{R"({"channel":)" + c.body + R"(,"messages":)" + m.body.substr(items, end - items) + "}", m.at};
}

std::variant<snapshot, problem> documents::first_line(const feed& f, events::member_id who, events::language language) const {
    const auto whole = [&]() -> reading {
        switch (f.kind) {
            case feed_kind::directory: return members(who, {100'000, 0});
            case feed_kind::board: return tasks(who, {}, false, {board_rows_max, 0, task_order::open_first});
            case feed_kind::task: return task({who, language}, {f.number});
            case feed_kind::channels: return channels(who, {10'000, 0});
            case feed_kind::channel: return channel_with_messages(who, {f.number});
            case feed_kind::inbox: return inbox(who, {inbox_rows_max, 0});
            case feed_kind::waiting: return waiting_document(*this, who, newest_first());
            case feed_kind::org: return org_document(*this, who);
            case feed_kind::calendar: return calendar_document(*this, who, 0);
            case feed_kind::flows: return flows_document(*this, who);
            case feed_kind::forms: return forms_document(*this, who);
            case feed_kind::presence: {
                document d{R"({"online":)", views_.position()};
                events::codec::write_json(d.body, online());
                d.body += '}';
                return d;
            }
            case feed_kind::audit: {
                // The newest events; earlier ones are read with GET /api/v1/log.
                const auto at = views_.position();
                auto d = log_page(who, {at.value > 50 ? at.value - 49 : 1}, events::direction::forwards, std::min<std::size_t>(at.value, 50));
                if (auto* page = std::get_if<document>(&d)) page->at = at;
                return d;
            }
            default: break;
        }
        if (const auto of = listed_by(f.kind)) return read_entities(*this, *of, who, newest_first());
        const auto of = stream_of(f);
        return of ? read_entity(*this, *of, {who, language}) : missing();
    }();
    if (const auto* no = std::get_if<problem>(&whole)) return *no;
    const auto& d = std::get<document>(whole);
    wire::snapshot s;
    s.at = d.at;
    s.line = R"({"type":"snapshot","feed":")" + to_string(f) + R"(","position":)" + std::to_string(d.at.value) + R"(,"data":)" + d.body + '}';
    const auto content = d.body.starts_with(R"({"position":)") ? std::string_view(d.body).substr(d.body.find(',')) : std::string_view(d.body);
    s.content_hash = std::hash<std::string_view>{}(content);
    s.rows.insert(d.rows.begin(), d.rows.end());
    return s;
}

}  // namespace server::wire
