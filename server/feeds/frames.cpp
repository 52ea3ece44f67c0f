#include "server/feeds/frames.hpp"

#include "core/access/access.hpp"
#include "core/access/events.hpp"
#include "events/codec/json_write.hpp"
#include "server/wire/shown_event.hpp"

#include <set>

namespace server::feeds {
namespace {

bool acts_for(events::member_id whom, const core::context& by) {
    return whom && core::flow::any_principal(by, [&](const core::person& p) { return p.id == whom; });
}

}  // namespace

batch_frames::batch_frames(std::span<const engine::committed_event> events, const wire::documents& read,
                           const std::function<bool(const feed&)>& wanted)
    : events_(events), read_(read) {
    const bool board = wanted({feed_kind::board, 0});
    const bool audit = wanted({feed_kind::audit, 0});
    events::stream_id last{};
    std::vector<std::uint32_t>* last_list = nullptr;
    for (std::uint32_t i = 0; i < events.size(); ++i) {
        const auto stream = events[i].what.envelope.stream;
        if (board && stream.kind == events::category::task) by_feed_[{feed_kind::board, 0}].push_back(i);
        if (audit) by_feed_[{feed_kind::audit, 0}].push_back(i);
        if (stream != last) {
            const auto own = wire::feed_of(stream);
            last_list = own && !is_latest_wins(own->kind) && wanted(*own) ? &by_feed_[*own] : nullptr;
            last = stream;
        }
        if (last_list) last_list->push_back(i);
        // Inserting into by_feed_ moves no list, so last_list stays good.
    }
}

batch_frames::sight batch_frames::visible(const feed& f, const core::person& reader) const {
    const auto found = by_feed_.find(f);
    if (found == by_feed_.end()) return {};
    using core::access::sight;
    batch_frames::sight seen;
    seen.shown.reserve(found->second.size());
    std::set<std::uint64_t> gone;
    read_.views().read([&](const auto& v, events::position) {
        // Enough for what most of them ask.
        core::context plain{};
        plain.actor = &reader;
        plain.people = &v.directory;
        plain.today = read_.today();
        const auto in_full = [&](auto ask) { return v.with_context(&reader, read_.now(), read_.utc_offset(), ask); };
        for (const auto i : found->second) {
            const auto& about = events_[i].what;
            const auto number = about.envelope.stream.number;
            auto how = sight::nothing;
            if (f.kind == feed_kind::audit) {
                how = core::access::in_audit(about, v, plain);
            } else if (about.envelope.stream.kind == events::category::task) {
                const auto* row = v.board.row({number});
                if (!row) continue;
                const bool sees = row->improvement ? in_full([&](const core::context& by) { return core::access::may_see_task(*row, by); })
                                                   : core::access::may_see_task(*row, plain);
                if (sees) how = sight::whole;
                // Of all that a task is seen by, only its assignee ever changes.
                else if (const auto from = row->taken_from(about.envelope.position); from == reader.id || acts_for(from, plain)) gone.insert(row->id.value);
            } else if (about.envelope.stream.kind == events::category::channel) {
                const auto* row = v.channels.row({number});
                if (row && core::access::may_see_channel(*row, reader)) how = core::access::in_channel(about, *row, reader);
            } else {
                how = in_full([&](const core::context& by) { return core::access::elsewhere(about, v, by); });
            }
            if (how != sight::nothing) seen.shown.push_back({i, how});
        }
    });
    if (f.kind == feed_kind::board) seen.gone.assign(gone.begin(), gone.end());
    return seen;
}

frame batch_frames::of(const feed& f, const core::person& reader, events::position to) {
    auto seen = visible(f, reader);
    if (seen.shown.empty() && seen.gone.empty()) return nullptr;
    auto& made = built_[{f, seen}];
    if (!made) made = build(f, seen, reader, to);
    return made;
}

frame batch_frames::build(const feed& f, const sight& what, const core::person& reader, events::position to) const {
    const auto& shown = what.shown;
    std::string out;
    std::size_t size = 160;
    for (const auto& e : shown) size += events_[e.place].bytes.shown().size() + 1;
    out.reserve(size);
    out += R"({"type":"events","feed":")";
    out += to_string(f);
    out += R"(","position":)";
    events::codec::write_number(out, to.value);
    out += R"(,"events":[)";
    for (const auto& e : shown) {
        if (&e != &shown.front()) out += ',';
        const auto& bytes = events_[e.place].bytes;
        if (e.how == core::access::sight::whole) out += bytes.shown();
        else out += wire::shown_event(bytes.stored, read_.keys(), e.how);
    }
    out += ']';
    if (f.kind == feed_kind::board) {
        std::set<std::uint64_t> tasks;
        for (const auto& e : shown) tasks.insert(events_[e.place].what.envelope.stream.number);
        out += R"(,"rows":)";
        read_.write_task_rows(out, {tasks.begin(), tasks.end()}, reader);
    }
    if (!what.gone.empty()) {
        out += R"(,"gone":)";
        events::codec::write_json(out, what.gone);
    }
    out += '}';
    return make_frame(std::move(out));
}

}  // namespace server::feeds
