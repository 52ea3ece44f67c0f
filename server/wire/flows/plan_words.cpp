#include "server/wire/flows/plan_words.hpp"

#include "core/appraisal/appraisal.hpp"
#include "events/codec/codec.hpp"

namespace server::wire {
namespace {

namespace happened = events::appraisal;

const happened::talk* talk_in(const happened::any& what) {
    if (const auto* first = std::get_if<happened::talk_recorded>(&what)) return &first->talk;
    const auto* anew = std::get_if<happened::talk_revised>(&what);
    return anew ? &anew->talk : nullptr;
}

/// Of the plan: what is to be done.
void read_action(const documents& from, core::views::task_row& row, events::position until) {
    core::appraisal::state plan;
    events::decoder decode;
    from.log().read_stream(stream_of(row.improvement), {1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
        if (p > until) return false;
        auto event = decode.decode(bytes);
        auto* what = event ? events::get_if<happened::any>(&event->event) : nullptr;
        if (!what) return true;  // of a newer version's type: nothing that this one can show
        core::appraisal::evolve(plan, *what);
        if (!talk_in(*what)) return true;
        events::open_personal(*event, from.keys());
        const auto& actions = talk_in(*what)->actions;
        for (std::size_t i = 0; i < actions.size() && i < plan.actions.size(); ++i) {
            if (plan.actions[i].number != row.action || actions[i].what.is != events::personal::form::clear) continue;
            row.title = actions[i].what.text;
            row.standard = actions[i].standard.text;
        }
        return true;
    });
}

/// Of the task: how it went, as the board would have it if it knew the words.
void read_words(const documents& from, core::views::task_row& row, events::position until) {
    core::views::task_row told;
    events::decoder decode;
    from.log().read_stream(stream_of(row.id), {1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
        if (p > until) return false;
        auto event = decode.decode(bytes);
        if (!event) return true;
        events::open_personal(*event, from.keys());
        core::views::task_board::fold_into(told, events::get<events::task::any>(event->event), event->envelope);
        told.improvement = {};  // of a plan's task the board says nothing
        return true;
    });
    row.reason = std::move(told.reason);
    row.result = std::move(told.result);
}

}  // namespace

core::views::task_row with_plan_words(const documents& from, core::views::task_row row, events::position until) {
    if (!row.improvement) return row;
    if (row.action) read_action(from, row, until);
    read_words(from, row, until);
    return row;
}

}  // namespace server::wire
