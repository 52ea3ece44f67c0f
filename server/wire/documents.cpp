#include "server/wire/documents.hpp"

#include "core/access/access.hpp"
#include "core/kernel/calendar.hpp"
#include "events/codec/codec.hpp"
#include "events/codec/json_write.hpp"

#include <charconv>

namespace server::wire {
namespace {

using events::codec::write_number;
using models = core::views::views;

problem missing() { return make(404, problems::not_found); }

const core::person* active(const models& v, events::member_id who) {
    const auto* p = v.directory.find(who);
    return p && p->active ? p : nullptr;
}

std::string open_list(events::position at) {
    std::string out = R"({"position":)";
    write_number(out, at.value);
    out += R"(,"items":[)";
    return out;
}

void close_list(std::string& out, std::string_view next) {
    out += R"(],"next":)";
    if (next.empty()) {
        out += "null}";
        return;
    }
    out += '"';
    out += next;
    out += "\"}";
}

void close_list(std::string& out, std::uint64_t next) { close_list(out, next ? std::to_string(next) : std::string()); }

constexpr std::string_view open_prefix = "open-", closed_prefix = "closed-";

void comma(std::string& out) {
    if (out.back() != '[') out += ',';
}

}  // namespace

bool read_task_cursor(std::string_view text, page& p) {
    p.order = text.starts_with(open_prefix)     ? task_order::open_first
              : text.starts_with(closed_prefix) ? task_order::closed_last
                                                : task_order::newest_changed;
    if (p.order != task_order::newest_changed) text.remove_prefix(text.find('-') + 1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), p.cursor);
    return error == std::errc{} && end == text.data() + text.size() && p.cursor <= INT64_MAX;
}

documents::documents(const engine::shared_views& views, const events::log& log, const events::keyring& keys,
                     std::function<events::instant()> now, std::chrono::minutes utc_offset)
    : views_(views), log_(log), keys_(keys), now_(std::move(now)), utc_offset_(utc_offset) {}

events::date documents::today() const { return core::date_in(now_(), utc_offset_); }

std::optional<core::person> documents::person(events::member_id who) const {
    return views_.read([&](const models& v, events::position) -> std::optional<core::person> {
        const auto* p = v.directory.find(who);
        return p ? std::optional(*p) : std::nullopt;
    });
}

events::language documents::language_of(events::member_id who) const {
    return views_.read([&](const models& v, events::position) {
        const auto* row = v.directory.row(who);
        return row ? row->language : events::language::zh;
    });
}

events::position documents::placed(events::member_id who) const {
    return views_.read([&](const models& v, events::position) {
        const auto* row = v.directory.row(who);
        return row ? row->placed : events::position{};
    });
}

events::member_id documents::with_login(std::string_view login) const {
    return views_.read([&](const models& v, events::position) { return v.directory.with_login(login); });
}

reading documents::members(events::member_id who, page p) const {
    return views_.read([&](const models& v, events::position at) -> reading {
        if (!active(v, who)) return missing();
        auto out = open_list(at);
        const auto rows = v.directory.page({p.cursor}, p.limit);
        for (const auto* row : rows) {
            comma(out);
            write_row(out, *row);
        }
        close_list(out, rows.size() == p.limit ? rows.back()->who.id.value : 0);
        return document{std::move(out), at};
    });
}

reading documents::member(events::member_id who, events::member_id which) const {
    return views_.read([&](const models& v, events::position at) -> reading {
        const auto* row = v.directory.row(which);
        if (!active(v, who) || !row) return missing();
        std::string out;
        write_row(out, *row);
        return document{std::move(out), at};
    });
}

reading documents::tasks(events::member_id who, const core::views::task_filter& wanted, bool overdue, page p) const {
    const auto day = today();
    return views_.read([&](const models& v, events::position at) -> reading {
        const auto* reader = active(v, who);
        if (!reader) return missing();
        auto filter = wanted;
        if (overdue) filter.overdue_on = day;
        auto out = open_list(at);
        const auto write = [&](const std::vector<const core::views::task_row*>& rows) {
            for (const auto* row : rows) {
                comma(out);
                write_row(out, *row, day);
            }
        };
        if (p.order == task_order::newest_changed) {
            const auto found = v.board.page(filter, *reader, {p.cursor}, p.limit);
            write(found.rows);
            close_list(out, found.next.value);
        } else {
            const auto found = v.board.open_first(filter, *reader, {p.order == task_order::open_first, {p.cursor}}, p.limit);
            write(found.rows);
            close_list(out, found.next ? std::string(found.next->open ? open_prefix : closed_prefix) + std::to_string(found.next->before.value)
                                       : std::string());
        }
        return document{std::move(out), at};
    });
}

reading documents::channels(events::member_id who, page p) const {
    return views_.read([&](const models& v, events::position at) -> reading {
        const auto* reader = active(v, who);
        if (!reader) return missing();
        auto out = open_list(at);
        const auto rows = v.channels.page(*reader, {p.cursor}, p.limit);
        for (const auto* row : rows) {
            comma(out);
            write_row(out, *row, who);
        }
        close_list(out, rows.size() == p.limit ? rows.back()->id.value : 0);
        return document{std::move(out), at};
    });
}

reading documents::channel(events::member_id who, events::channel_id which) const {
    return views_.read([&](const models& v, events::position at) -> reading {
        const auto* reader = active(v, who);
        const auto* row = v.channels.row(which);
        if (!reader || !row || !core::access::may_see_channel(*row, *reader)) return missing();
        std::string out;
        write_row(out, *row, who);
        out.pop_back();
        out += R"(,"people":[)";
        for (const auto& seat : row->people.all()) {
            comma(out);
            write_number(out, seat.member);
        }
        out += R"(],"pins":)";
        events::codec::write_json(out, row->messages.pins());
        out += R"(,"topics":[)";
        for (const auto& topic : row->messages.topics()) {
            comma(out);
            out += R"({"name":)";
            events::codec::write_string(out, topic.name);
            out += R"(,"messages":)";
            write_number(out, topic.messages);
            out += '}';
        }
        out += "]}";
        return document{std::move(out), at};
    });
}

void documents::read_texts(events::channel_id, std::vector<message>& messages) const {
    events::decoder decode;
    for (auto& m : messages) {
        const auto take_text = [&](events::recorded&& e, bool time) {
            events::open_personal(e, keys_);
            auto* about = std::get_if<events::channel::any>(&e.event);
            if (!about) return;
            if (time) m.at = e.envelope.time;
            if (auto* p = std::get_if<events::channel::posted>(about)) m.text = std::move(p->text);
            else if (auto* i = std::get_if<events::channel::imported>(about)) {
                m.text = std::move(i->text);
                m.at = i->at;
            } else if (auto* c = std::get_if<events::channel::edited>(about)) m.text = std::move(c->text);
        };
        const auto read_at = [&](events::position p, bool time) {
            log_.read_one(p, [&](events::position, std::string_view bytes) {
                if (auto e = decode.decode(bytes)) take_text(std::move(*e), time);
                return false;
            });
        };
        read_at(m.position, true);
        if (m.text_at != m.position) read_at(m.text_at, false);
    }
}

reading documents::messages(events::member_id who, events::channel_id which, const core::views::message_range& wanted) const {
    std::vector<message> list;
    auto found = views_.read([&](const models& v, events::position at) -> reading {
        const auto* reader = active(v, who);
        const auto* row = v.channels.row(which);
        if (!reader || !row || !core::access::may_see_channel(*row, *reader)) return missing();
        for (const auto& m : row->messages.range(wanted))
            list.push_back({m.number, m.author, m.said, std::string(m.topic), m.edited, m.deleted, m.pinned, *m.reactions, m.text, {}, {}});
        return document{{}, at};
    });
    auto* answer = std::get_if<document>(&found);
    if (!answer) return found;
    // Outside the views' lock: the projector does not wait for this.
    read_texts(which, list);
    answer->body = open_list(answer->at);
    for (const auto& m : list) {
        comma(answer->body);
        write_row(answer->body, m);
    }
    const bool more = !list.empty() && list.size() >= wanted.limit;
    close_list(answer->body, !more ? 0 : wanted.after ? list.back().number.value : list.front().number.value > 1 ? list.front().number.value : 0);
    return found;
}

reading documents::inbox(events::member_id who) const {
    const auto day = today();
    return views_.read([&](const models& v, events::position at) -> reading {
        const auto* reader = active(v, who);
        if (!reader) return missing();
        auto out = open_list(at);
        for (const auto& item : v.inbox(*reader)) {
            comma(out);
            write_row(out, item, day, who);
        }
        out += "]}";
        return document{std::move(out), at};
    });
}

void documents::write_task_rows(std::string& out, const std::vector<std::uint64_t>& which, const core::person& reader) const {
    const auto day = today();
    out += '[';
    views_.read([&](const models& v, events::position) {
        for (const auto number : which) {
            const auto* row = v.board.row({number});
            if (!row || !core::access::may_see_task(*row, reader)) continue;
            comma(out);
            write_row(out, *row, day);
        }
    });
    out += ']';
}

std::optional<std::string> documents::rows_line(const feed& f, const std::set<std::uint64_t>& which, const leavings& left,
                                                events::position held, events::member_id who) const {
    const auto mine = left.find(who);
    std::vector<std::uint64_t> gone;
    // Of a channel that they may not see they are told only if they were in it until then.
    const auto lost = [&](std::uint64_t number) {
        if (mine == left.end()) return false;
        const auto at = mine->second.find(number);
        return at != mine->second.end() && at->second > held;
    };
    return views_.read([&](const models& v, events::position at) -> std::optional<std::string> {
        const auto* reader = active(v, who);
        if (!reader) return std::nullopt;
        std::string out = R"({"type":"events","feed":")" + to_string(f) + R"(","position":)";
        write_number(out, at.value);
        out += R"(,"events":[],"rows":[)";
        for (const auto number : which) {
            if (f.kind == feed_kind::directory) {
                if (const auto* row = v.directory.row({number})) {
                    comma(out);
                    write_row(out, *row);
                }
            } else if (const auto* row = v.channels.row({number}); row && core::access::may_see_channel(*row, *reader)) {
                comma(out);
                write_row(out, *row, who);
            } else if (lost(number)) {
                gone.push_back(number);
            }
        }
        if (out.back() == '[' && gone.empty()) return std::nullopt;
        out += ']';
        if (!gone.empty()) {
            out += R"(,"gone":)";
            events::codec::write_json(out, gone);
        }
        out += '}';
        return out;
    });
}

}  // namespace server::wire
