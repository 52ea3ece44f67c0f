#include "core/policies/policies.hpp"

#include "core/calendar/calendar.hpp"
#include "core/channel/channel.hpp"
#include "core/cycle/cycle.hpp"
#include "core/kernel/forms.hpp"
#include "core/kind.hpp"
#include "core/policies/appraisals.hpp"
#include "core/policies/handover.hpp"
#include "core/policies/outcomes.hpp"
#include "core/policies/set_right.hpp"
#include "core/project/project.hpp"
#include "core/request/request.hpp"
#include "core/strategy/strategy.hpp"
#include "core/task/task.hpp"
#include "events/catalog/appraisal.hpp"
#include "events/catalog/calendar.hpp"
#include "events/catalog/cycle.hpp"
#include "events/catalog/election.hpp"
#include "events/catalog/member.hpp"
#include "events/catalog/project.hpp"
#include "events/catalog/request.hpp"
#include "events/catalog/strategy.hpp"

namespace core::policies {
namespace {

using events::category;

void about(const events::recorded& e, const events::request::any& what, const context& by, follow_ups& all) {
    if (!std::holds_alternative<events::request::passed>(what)) return;
    const request_id from{e.envelope.stream.number};
    const auto* passed = by.others->find<request>(from.value);
    if (!passed) return;
    // It is run by the department that it was addressed to; of old ones by that of who passed it.
    const auto* manager = by.people->find(e.envelope.actor);
    const auto department = passed->to ? *passed->to : manager ? manager->department : passed->department;
    all.push_back({project::command(project::initiate{from, passed->title, department}), std::nullopt});
}

// The project is talked about in a channel of its own; everyone in the team is in it.
void open_channel(const events::recorded& e, const context& by, follow_ups& all) {
    const auto* p = by.others->find<project>(e.envelope.stream.number);
    if (!p || p->channel) return;
    const channel_id made{by.others->highest(category::channel) + 1};
    const auto number = std::to_string(e.envelope.stream.number);
    all.push_back({channel::command(channel::create{p->name, "项目 " + number + " / project " + number, channel::visibility::members_only}), std::nullopt});
    const auto into = stream_of(made);
    std::vector<member_id> people{p->lead};
    for (const auto m : p->team)
        if (m != p->lead) people.push_back(m);
    if (const auto* q = p->request ? by.others->find<request>(p->request.value) : nullptr)
        if (!forms::contains(people, q->requester)) people.push_back(q->requester);
    by.people->each_active([&](const person& m) {
        if (m.has("OM") && m.department == p->department && !forms::contains(people, m.id)) people.push_back(m.id);
        return true;
    });
    for (const auto m : people)
        if (by.people->is_active(m)) all.push_back({channel::command(channel::join{m}), into});
    all.push_back({project::command(project::link_channel{made}), e.envelope.stream});
}

// Nobody works on for a project that is cancelled.
void cancel_tasks(project_id of, const context& by, follow_ups& all) {
    const auto highest = by.others->highest(category::task);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* t = by.others->find<task>(n);
        if (t && t->project == of && is_open(t->is))
            all.push_back({task::command(task::cancel{"项目已取消 / the project was cancelled"}), stream_of(task_id{n})});
    }
}

void about(const events::recorded& e, const events::project::any& what, const context& by, follow_ups& all) {
    const auto* p = by.others->find<project>(e.envelope.stream.number);
    if (!p) return;
    if (std::holds_alternative<events::project::charter_approved>(what)) open_channel(e, by, all);
    if (std::holds_alternative<events::project::cancelled>(what)) cancel_tasks({e.envelope.stream.number}, by, all);
    if (!p->channel) return;
    const auto in = stream_of(p->channel);
    if (const auto* added = std::get_if<events::project::member_added>(&what)) all.push_back({channel::command(channel::join{added->member}), in});
    if (const auto* removed = std::get_if<events::project::member_removed>(&what))
        all.push_back({channel::command(channel::leave{removed->member}), in});
    if (const auto* changed = std::get_if<events::project::lead_changed>(&what)) all.push_back({channel::command(channel::join{changed->lead}), in});
    if (const auto* over = std::get_if<events::project::handed_over>(&what))
        if (p->lead == over->to || forms::contains(p->team, over->to)) all.push_back({channel::command(channel::join{over->to}), in});
    if (std::holds_alternative<events::project::archived>(what) || std::holds_alternative<events::project::cancelled>(what))
        all.push_back({channel::command(channel::archive{}), in});
}

// A channel for members only whose last member is gone can't be opened to anybody any more.
void archive_what_nobody_reaches(member_id left, const context& by, follow_ups& all) {
    for (std::uint64_t n = 1; n <= by.others->highest(category::channel); ++n) {
        const auto* c = by.others->find<channel>(n);
        if (!c || c->is != channel_status::open || c->visibility != channel::visibility::members_only || !c->people.contains(left)) continue;
        if (!channel::keeper_of(*c, *by.people)) all.push_back({channel::command(channel::archive{}), stream_of(channel_id{n})});
    }
}

void about(const events::recorded& e, const events::member::any& what, const context& by, follow_ups& all) {
    if (const auto* over = std::get_if<events::member::handed_over>(&what)) hand_over({e.envelope.stream.number}, over->to, by, all);
    if (!std::holds_alternative<events::member::left>(what)) return;
    close_what_is_about({e.envelope.stream.number}, by, all);
    archive_what_nobody_reaches({e.envelope.stream.number}, by, all);
}

void about(const events::recorded& e, const events::cycle::any& what, const context& by, follow_ups& all) {
    if (std::holds_alternative<events::cycle::opened>(what)) open_appraisals({e.envelope.stream.number}, by, all);
}

void about(const events::recorded& e, const events::appraisal::any& what, const context& by, follow_ups& all) {
    if (std::holds_alternative<events::appraisal::talk_confirmed>(what)) order_improvements({e.envelope.stream.number}, by, all);
}

void about(const events::recorded& e, const events::election::any& what, const context& by, follow_ups& all) {
    if (std::holds_alternative<events::election::announced>(what)) propose_awards({e.envelope.stream.number}, by, all);
}

// One version of a line holds at a time.
void about(const events::recorded& e, const events::strategy::any& what, const context& by, follow_ups& all) {
    if (!std::holds_alternative<events::strategy::published>(what)) return;
    const strategy_id newest{e.envelope.stream.number};
    const auto* v = by.others->find<strategy>(newest.value);
    if (v && v->replaces) all.push_back({strategy::command(strategy::supersede{newest}), stream_of(v->replaces)});
}

// Schedules are made again by what is known now.
void about(const events::recorded&, const events::calendar::any& what, const context& by, follow_ups& all) {
    const auto& published = std::get<events::calendar::year_published>(what);
    auto before = *by.others->find<calendar>(1);
    std::erase_if(before.years, [&](const auto& y) { return y.number == published.year; });
    const auto year = std::to_string(published.year);
    const auto reason = year + " 年日历已公布 / the calendar of " + year + " was published";
    for (std::uint64_t n = 1; n <= by.others->highest(category::cycle); ++n) {
        const auto* one = by.others->find<cycle>(n);
        if (const auto moved = one ? moved_schedule(*one, before.days(), by) : std::nullopt)
            all.push_back({cycle::command(cycle::reschedule{*moved, reason}), stream_of(cycle_id{n})});
    }
}

void about(const events::recorded&, const events::org::any& what, const context& by, follow_ups& all) {
    if (const auto* back = std::get_if<events::org::clock_set_back>(&what)) set_right(*back, by, all);
}

/// Of those that something follows from.
template <class... Groups>
void about_one_of(const events::recorded& happened, const context& by, follow_ups& all) {
    const auto try_one = [&](const auto* what) {
        if (what) about(happened, *what, by, all);
    };
    (try_one(happened.event.get_if<Groups>()), ...);
}

}  // namespace

follow_ups follow(const events::recorded& happened, const context& by) {
    follow_ups all;
    about_one_of<events::request::any, events::project::any, events::member::any, events::cycle::any, events::appraisal::any, events::election::any,
                 events::strategy::any, events::calendar::any, events::org::any>(happened, by, all);
    tell_of(happened, by, all);
    // What was said before there were rules for text goes on as what would be taken today.
    for (auto& one : all) kind_of(one.what.category())->mend(one.what);
    return all;
}

}  // namespace core::policies
