#include "core/policies/reminders.hpp"

#include "core/calendar/calendar.hpp"
#include "core/desk/desk.hpp"
#include "core/election/election.hpp"
#include "core/entity.hpp"
#include "core/kernel/forms.hpp"

#include <algorithm>
#include <map>

namespace core::policies {
namespace {

using notice = desk::notice;
using told_as = desk::kind;

/// By member, what they might be told; and every step that still waits, whoever knows of it.
struct gathered {
    std::map<std::uint64_t, std::vector<notice>> by_member;

    void tell(member_id who, told_as as, events::stream_id what, std::string_view command, events::position since, date due, member_id on) {
        by_member[who.value].push_back({0, as, what, std::string(command), since, due, on});
    }
};

// Of a step that is theirs alone to take (a ballot, what they say of themselves before it is shown) nobody else is told.
bool may_be_told(const person& superior, events::stream_id what, std::string_view command, const context& by) {
    return command != election::cast::type && may_see(what, by.as(superior));
}

void tell_superior(member_id on, events::stream_id what, std::string_view command, events::position since, date due, const flow::turn& turn,
                   const context& by, gathered& all) {
    const auto* late = by.people->find(on);
    const auto* above = late && late->superior ? by.people->find(late->superior) : nullptr;
    if (!above || !above->active || turn.includes(above->id) || !may_be_told(*above, what, command, by)) return;
    all.tell(above->id, told_as::escalated, what, command, since, due, on);
}

// Who can help where nobody is left: who leads, and who sets people up. The latter need not see what it is about (D11).
void tell_of_nobody(events::stream_id what, std::string_view command, events::position since, const context& by, gathered& all) {
    by.people->each_active([&](const person& p) {
        if (p.has("SL") || p.has("AD")) all.tell(p.id, told_as::nobody, what, command, since, by.today, {});
        return true;
    });
}

void look_at(const entity& of, events::stream_id what, const status_entries& when, const context& by, gathered& all) {
    const auto waits = of.waits(by);
    if (waits.empty()) return;
    const auto stands = when.status_entry_of(what);
    for (const auto& w : waits) {
        if (w.on.who.empty()) tell_of_nobody(what, w.command, stands.at, by, all);
        const auto due = of.step_due(w.command, stands.since, by);
        if (!due) continue;
        const bool late = by.today > *due;
        if (!late && by.calendar->working_days(by.today, *due, by.how->remind_days + 1u) > by.how->remind_days) continue;
        for (const auto who : w.on.who) {
            all.tell(who, late ? told_as::late : told_as::due_soon, what, w.command, stands.at, *due, who);
            if (late && by.calendar->working_days(*due, by.today, by.how->escalate_days) >= by.how->escalate_days)
                tell_superior(who, what, w.command, stands.at, *due, w.on, by, all);
        }
    }
}

void look_at_all(const kind& of, const status_entries& when, const context& by, gathered& all) {
    const auto highest = by.others->highest(of.category());
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const events::stream_id which{of.category(), n};
        if (const auto one = by.others->any(which)) look_at(one, which, when, by, all);
    }
}

// From 1 December who keeps personnel and the system are told where next year's calendar was not published yet (D15).
void look_at_calendar(const status_entries& when, const context& by, gathered& all) {
    const auto next = by.today.year() + std::chrono::years(1);
    if (by.today.month() != std::chrono::December || by.calendar->is_published(static_cast<int>(next))) return;
    const events::stream_id what{events::category::calendar, 1};
    const date last = by.today.year() / std::chrono::December / 31;
    by.people->each_active([&](const person& p) {
        if (p.has("HR") || p.has("AD")) all.tell(p.id, told_as::due_soon, what, calendar::publish_year::type, when.status_entry_of(what).at, last, p.id);
        return true;
    });
}

// Whether what they were told of still waits on the same people as it did then.
bool is_over(const notice& told, const std::vector<notice>& now, const status_entries& when) {
    if (told.kind == told_as::decided) return false;  // until they take note of it
    if (when.status_entry_of(told.what).at != told.since) return true;
    // A step that is late now was soon due before: both are kept until it is taken.
    return std::none_of(now.begin(), now.end(), [&](const notice& n) {
        return n.what == told.what && n.command == told.command && n.since == told.since && n.on == told.on;
    });
}

std::optional<desk::remind> digest_for(const desk::state& at, const std::vector<notice>& now, const status_entries& when, const context& by) {
    desk::remind digest{by.today, {}, 0, {}};
    for (const auto& t : at.notices)
        if (is_over(t.what, now, when)) digest.over.push_back(t.what.number);
    for (const auto& n : now) {
        if (at.knows(n)) continue;
        if (digest.notices.size() < notices_max) digest.notices.push_back(n);
        else ++digest.more;
    }
    return digest.notices.empty() && digest.over.empty() ? std::nullopt : std::optional(std::move(digest));
}

}  // namespace

bool is_time_to_remind(const context& by) {
    const auto local = by.now + by.zone_offset;
    const auto of_day = std::chrono::duration_cast<std::chrono::minutes>(local - std::chrono::floor<std::chrono::days>(local));
    return by.calendar->is_working_day(by.today) && of_day >= std::chrono::minutes(by.how->hours.from);
}

follow_ups desks_to_open(const context& by) {
    follow_ups all;
    for (auto n = by.others->highest(events::category::desk) + 1; n <= by.others->highest(events::category::member); ++n)
        all.push_back({desk::command(desk::open{{n}}), std::nullopt});
    return all;
}

follow_ups reminders(const context& by, const status_entries& when) {
    gathered now;
    each_kind([&](const kind& of) {
        if (of.waits_for_people()) look_at_all(of, when, by, now);
    });
    look_at_calendar(when, by, now);
    follow_ups all;
    const auto highest = by.others->highest(events::category::desk);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* at = by.others->find<desk>(n);
        const auto* owner = at ? by.people->find(at->of) : nullptr;
        if (!owner || !owner->active || at->day == by.today) continue;
        auto& theirs = now.by_member[n];
        std::stable_sort(theirs.begin(), theirs.end(), [](const notice& a, const notice& b) { return a.due < b.due; });
        if (auto digest = digest_for(*at, theirs, when, by)) all.push_back({desk::command(std::move(*digest)), events::stream_id{events::category::desk, n}});
    }
    return all;
}

}  // namespace core::policies
