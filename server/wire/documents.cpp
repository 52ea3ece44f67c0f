#include "server/wire/documents.hpp"

#include "core/access/access.hpp"
#include "core/entity.hpp"
#include "core/kernel/calendar.hpp"
#include "events/codec/codec.hpp"
#include "events/codec/json_write.hpp"
#include "server/wire/list_json.hpp"

#include <algorithm>
#include <limits>

namespace server::wire {
namespace {

using events::codec::write_number;
using models = core::views::views;

constexpr std::size_t inbox_items_max = 200;  // tasks and channels: they come with the first page

/// How many messages of a topic of the past were not taken back since (D14).
std::size_t still_there(std::string_view topic, const core::views::message_log& then, const core::views::message_log& now) {
    const auto all = then.range({{}, {}, topic, std::numeric_limits<std::size_t>::max()});
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const auto& m) { return !m.deleted && !now.find(m.number)->deleted; }));
}

events::stream_id stream_of_item(const core::views::inbox_item& item) {
    if (const auto* task = std::get_if<const core::views::task_row*>(&item.about)) return stream_of((*task)->id);
    return stream_of(std::get<const core::views::channel_row*>(item.about)->id);
}

}  // namespace

documents::documents(const engine::shared_views& views, const events::log& log, const events::keyring& keys,
                     std::function<events::instant()> now, std::chrono::minutes utc_offset)
    : views_(views), log_(log), keys_(keys), now_(std::move(now)), utc_offset_(utc_offset) {}

thread_local const models* documents::present_ = nullptr;

documents documents::as_of(std::shared_ptr<const models> then, const moment& when) const {
    documents past(views_, log_, keys_, [t = when.time] { return t; }, utc_offset_);
    past.past_ = std::move(then);
    past.when_ = when;
    past.texts_ = texts_;
    return past;
}

bool documents::still_lets_see(events::stream_id which, events::member_id who) const {
    if (!past_) return true;
    const auto* reader = active(*present_, who);
    if (!reader) return false;
    if (which.kind == events::category::task) {
        const auto* row = present_->board.row({which.number});
        return row && present_->with_context(reader, now_(), utc_offset_, [&](const core::context& by) { return core::access::may_see_task(*row, by); });
    }
    if (which.kind == events::category::channel) {
        const auto* row = present_->channels.row({which.number});
        return row && core::access::may_see_channel(*row, *reader);
    }
    return present_->with_context(reader, now_(), utc_offset_, [&](const core::context& by) { return core::may_see(which, by); });
}

bool documents::lets_see(const core::views::channel_row& channel, const core::person& reader) const {
    return past_ ? still_lets_see(events::stream_of(channel.id), reader.id) : core::access::may_see_channel(channel, reader);
}

core::access::sight documents::seen_by(events::member_id who, const events::recorded& event) const {
    auto how = core::access::sight::nothing;
    views_.read([&](const models& v, events::position) {
        const auto* reader = v.directory.find(who);
        if (reader && reader->active)
            how = v.with_context(reader, now_(), utc_offset_, [&](const core::context& by) { return core::access::elsewhere(event, v, by); });
    });
    return how;
}

core::views::set_backs documents::set_backs() const {
    return views_.read([](const models& v, events::position) { return v.clock; });
}

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

reading documents::member(events::member_id who, events::member_id which) const {
    return look([&](const models& v, events::position at) -> reading {
        const auto* row = v.directory.row(which);
        const auto* reader = active(v, who);
        if (!reader || !row || !core::access::may_see_member(which, *reader, v.channels)) return missing();
        std::string out;
        write_row(out, *row);
        return document{std::move(out), at};
    });
}

reading documents::channel(events::member_id who, events::channel_id which) const {
    return look([&](const models& v, events::position at) -> reading {
        const auto* reader = active(v, who);
        const auto* row = v.channels.row(which);
        if (!reader || !row || !lets_see(*row, *reader)) return missing();
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
        for (auto topic : row->messages.topics()) {
            if (past_) topic.messages = still_there(topic.name, row->messages, present_->channels.row(which)->messages);
            if (topic.messages == 0) continue;
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
    auto [known, since] = texts_->find(messages);
    for (std::size_t i = 0; i < messages.size(); ++i) {
        auto& m = messages[i];
        if (known[i] && keys_.has(m.author)) continue;
        const auto take_text = [&](events::recorded&& e, bool time) {
            events::open_personal(e, keys_);
            auto* about = events::get_if<events::channel::any>(&e.event);
            if (!about) return;
            if (time) m.at = e.envelope.time;
            if (auto* p = std::get_if<events::channel::posted>(about)) m.text = std::move(p->text);
            else if (auto* i = std::get_if<events::channel::imported>(about)) {
                m.text = std::move(i->text);
                m.at = i->at;
                m.imported = {e.envelope.actor, std::move(i->source)};
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
        if (m.text.is == events::personal::form::clear && keys_.has(m.author)) texts_->keep(m, since);
    }
}

reading documents::messages(events::member_id who, events::channel_id which, const core::views::message_range& wanted) const {
    std::vector<message> list;
    auto found = look([&](const models& v, events::position at) -> reading {
        const auto* reader = active(v, who);
        const auto* row = v.channels.row(which);
        if (!reader || !row || !lets_see(*row, *reader)) return missing();
        const auto* today = past_ ? present_->channels.row(which) : row;
        for (const auto& m : row->messages.range(wanted)) {
            // What was taken back since is not to be read by asking for the time before.
            const auto now = past_ ? today->messages.find(m.number) : m;
            const auto topic = now->deleted ? now->topic : m.topic;
            if (wanted.topic && topic != *wanted.topic) continue;
            list.push_back({m.number, m.author, m.said, std::string(topic), m.edited, m.deleted || now->deleted, m.pinned, *m.reactions, m.text, {}, {}});
            // Nor what it said before it was edited, but by its author and the audit.
            list.back().gone = !list.back().deleted && now->text != m.text && m.author != who && !reader->has("AU");
        }
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

reading documents::inbox(events::member_id who, page p) const {
    return with_reader(who, [&](const models& v, events::position at, const core::context& by) -> reading {
        const auto waits = v.flow_inbox(by, p.cursor, p.limit);
        document d{R"({"position":)", at};
        auto& out = d.body;
        write_number(out, at.value);
        out += R"(,"total":)";
        write_number(out, waits.total);
        out += R"(,"tasks":)";
        write_number(out, core::views::tasks_waiting_for(by, v.directory, v.board));
        out += R"(,"items":[)";
        for (const auto& item : waits.items) {
            if (!still_lets_see(item.what, who)) continue;
            comma(out);
            write_row(out, item);
        }
        if (p.cursor == 0) {  // the others are few, and all with the first page
            for (const auto& item : v.notices(by)) {
                comma(out);
                write_row(out, item);
            }
            for (const auto& item : core::views::inbox_of(by, v.directory, v.board, v.channels, inbox_items_max)) {
                if (!still_lets_see(stream_of_item(item), who)) continue;
                comma(out);
                write_row(out, item, by.today, who);
            }
        }
        const auto next = p.cursor + waits.items.size();
        close_list(out, next < waits.total ? next : 0);
        return d;
    });
}

}  // namespace server::wire
