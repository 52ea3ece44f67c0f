// A task with its history: as it is, and as it was.

#include "core/access/access.hpp"
#include "core/task/task.hpp"
#include "events/codec/codec.hpp"
#include "server/engine/past_entities.hpp"
#include "server/wire/documents.hpp"
#include "server/wire/flows/dossier.hpp"
#include "server/wire/flows/plan_words.hpp"
#include "server/wire/json_object.hpp"
#include "server/wire/list_json.hpp"

#include <deque>

namespace server::wire {
namespace {

using models = core::views::views;

constexpr std::size_t history_events_max = 200;

/// A history, oldest first, at the end of an object that is still open.
void close_with_history(std::string& out, const std::deque<std::string>& newest) {
    out += R"(,"history":[)";
    for (const auto& e : newest) {
        comma(out);
        out += e;
    }
    out += "]}";
}

/// Who may not see it as it is may not see it as it was.
reading task_as_it_was(const documents& from, const reader& by, events::task_id which, const moment& then) {
    const auto sees = from.with_reader(by.who, [&](const models& v, events::position at, const core::context& now) -> reading {
        const auto* row = v.board.row(which);
        if (!row || !core::access::may_see_task(*row, now)) return missing();
        return document{{}, at};
    });
    if (const auto* no = std::get_if<problem>(&sees)) return *no;
    core::views::task_row row;
    std::deque<std::string> history;
    events::decoder decode;
    const auto clock = from.set_backs();
    from.log().read_stream(stream_of(which), {1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
        if (p > then.position) return false;
        auto event = decode.decode(bytes);
        if (!event) return true;  // of a newer version's type: nothing that this one can show
        event->envelope.time = clock.when(p, event->envelope.time);
        core::views::task_board::fold_into(row, events::get<events::task::any>(event->event), event->envelope);
        if (history.size() == history_events_max) history.pop_front();
        history.push_back(events::show(bytes, from.keys()));
        return true;
    });
    if (row.version.value == 0) return missing();  // not yet, then
    row = with_plan_words(from, std::move(row), then.position);
    core::person who;
    events::position at;
    const auto today = from.with_reader(by.who, [&](const models&, events::position head, const core::context& present) -> reading {
        if (!core::access::may_see_task(row, present)) return missing();
        who = *present.actor;
        at = head;
        return document{};
    });
    if (std::holds_alternative<problem>(today)) return today;
    const engine::past_entities past(from.log(), from.keys(), then.position);
    return past.with_context(&who, then.time, from.utc_offset(), [&](const core::context& now) -> reading {
        document d{{}, at};
        write_row(d.body, row, now.today);
        d.body.pop_back();
        d.body += R"(,"as_of":)";
        json_object(d.body).put("position", then.position).put("time", then.time).put("read_only", true);
        d.body += R"(,"actions":[],"waits":)";
        write_waits(d.body, core::flow::waits<core::task>(row.state(), now));
        d.body += R"(,"steps":)";
        write_steps(d.body, show_steps(core::task::category, row.steps, row.flow, core::is_open(row.status), now));
        close_with_history(d.body, history);
        return d;
    });
}

}  // namespace

reading documents::task(const reader& by, events::task_id which, const std::optional<moment>& as_of) const {
    if (as_of) return task_as_it_was(*this, by, which, *as_of);
    const auto day = today();
    // What is said of a plan's task is read from the log, and so before the rest.
    core::views::task_row words;
    const auto seen = with_reader(by.who, [&](const models& v, events::position at, const core::context& now) -> reading {
        const auto* row = v.board.row(which);
        if (!row || !core::access::may_see_task(*row, now)) return missing();
        if (row->improvement) words = *row;
        return document{{}, at};
    });
    if (const auto* no = std::get_if<problem>(&seen)) return *no;
    if (words.improvement) words = with_plan_words(*this, std::move(words), std::get<document>(seen).at);
    auto found = with_reader(by.who, [&](const models& v, events::position at, const core::context& now) -> reading {
        const auto* row = v.board.row(which);
        if (!row || !core::access::may_see_task(*row, now)) return missing();
        document d{{}, at};
        if (words.improvement) {
            auto shown = *row;
            shown.title = words.title;
            shown.standard = words.standard;
            if (row->version == words.version) {  // else what is told next says what has happened since
                shown.reason = words.reason;
                shown.result = words.result;
            }
            write_row(d.body, shown, day);
        } else {
            write_row(d.body, *row, day);
        }
        d.body.pop_back();
        d.body += R"(,"actions":)";
        const auto state = row->state();
        write_actions(d.body, core::flow::actions<core::task>(state, now), by.language);
        d.body += R"(,"waits":)";
        write_waits(d.body, core::flow::waits<core::task>(state, now));
        d.body += R"(,"steps":)";
        write_steps(d.body, show_steps(core::task::category, row->steps, row->flow, core::is_open(row->status), now));
        d.moves = core::is_open(row->status);  // the time that it has been in its step
        return d;
    });
    if (auto* d = std::get_if<document>(&found)) {
        // The newest part of a long history; all of it is in the feed of the task.
        std::deque<std::string> history;
        log_.read_stream(stream_of(which), log_.version_of(stream_of(which)), events::direction::backwards,
                         [&](events::position p, std::string_view bytes) {
                             if (p > d->at) return true;  // not in the row yet; a feed sends it as an event
                             history.push_front(events::show(bytes, keys_));
                             return history.size() < history_events_max;
                         });
        close_with_history(d->body, history);
    }
    return found;
}

}  // namespace server::wire
