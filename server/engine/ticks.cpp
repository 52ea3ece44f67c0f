// A tick: what follows by itself from the day, decided like everything else.

#include "server/engine/decider.hpp"

#include "core/kernel/text.hpp"
#include "core/org/org.hpp"
#include "core/policies/due.hpp"
#include "core/policies/reminders.hpp"

namespace server::engine {
namespace {

enum stage : int { make_up, take_steps, suggest_evidence, open_desks, send_digests };

constexpr std::uint8_t ids_of_ticks = 2;  // beside those of server/demo/runner.hpp

// The id follows from what it is about and where that is (of what it makes: which one), so the same step has the same id
// whenever it is taken.
events::uuid id_of(const core::follow_up& one, const aggregates& entities) {
    const auto at = one.target ? entities.version_of(*one.target).value : entities.highest(one.what.category()) + 1;
    const auto said = core::text::digest(core::type_of(one.what), core::text::digest(one.target ? to_string(*one.target) : "", at));
    std::array<std::uint8_t, 10> tail{};
    tail[1] = ids_of_ticks;
    for (int i = 0; i < 8; ++i) tail[static_cast<std::size_t>(9 - i)] = static_cast<std::uint8_t>(said >> 8 * i);
    return events::make_uuid_v7(0, tail);
}

constexpr std::uint64_t digest_of_ticks = 1;  // the id says it all

// As much as a clock may jump and be believed at once (server/clock/guarded.hpp).
constexpr std::chrono::hours behind_least{24};

}  // namespace

bool decider::fill(agenda& with, const core::context& by) {
    with.next = 0;
    with.due.clear();
    switch (with.stage) {
        case make_up:
            if (with.slept_since) with.due = core::policies::made_up(by, *with.slept_since);
            break;
        case take_steps: with.due = core::policies::due(by); break;
        case suggest_evidence:
            // Once a day, and whenever something was opened just now: what speaks for a period is there when it is over.
            if (suggested_on_ != by.today || with.count > 0) with.due = core::evidence_due(by, evidence_);
            suggested_on_ = by.today;
            break;
        case open_desks: with.due = core::policies::desks_to_open(by); break;
        case send_digests:
            // Once a day: what a digest has told is not told again, whenever this process began.
            if (reminded_on_ != by.today && core::policies::is_time_to_remind(by)) {
                with.due = core::policies::reminders(by, entities_);
                reminded_on_ = by.today;
            }
            break;
        default: return false;
    }
    return true;
}

void decider::set_clock_back(events::org::time_witness witness, events::instant now, batch& open) {
    if (last_time_ - now <= behind_least) return;
    const auto wrong = std::exchange(last_time_, now);
    core::follow_up one{core::org::command(core::org::set_clock_back{wrong, witness}), events::stream_id{events::category::org, 1}};
    client_command c{id_of(one, entities_), events::the_system, one.target, {}, std::move(one.what), digest_of_ticks};
    const auto what = settle(c, now, open);
    if (!std::holds_alternative<done>(what)) last_time_ = wrong;  // the disk is full: the next tick does it
}

bool decider::tick(request& asked, events::instant now, std::size_t events_max, batch& open) {
    if (!agenda_ && asked.witness) set_clock_back(*asked.witness, now, open);
    last_time_ = std::max(last_time_, now);
    if (!agenda_) {
        agenda_ = agenda{};
        agenda_->slept_since = asked.slept_since;
        fill(*agenda_, at(last_time_));
    }
    auto& todo = *agenda_;
    for (;;) {
        for (; todo.next < todo.due.size(); ++todo.next) {
            if (open.made->events.size() >= events_max) return false;
            auto& one = todo.due[todo.next];
            client_command c{id_of(one, entities_), events::the_system, one.target, {}, std::move(one.what), digest_of_ticks};
            const auto what = settle(c, last_time_, open);
            if (const auto* yes = std::get_if<done>(&what)) todo.count += yes->count;
        }
        ++todo.stage;
        if (!fill(todo, at(last_time_))) break;
    }
    open.add(asked.shard, {std::move(asked.from), asked.command.id, done{head_, {}, {}, todo.count}});
    agenda_.reset();
    return true;
}

}  // namespace server::engine
