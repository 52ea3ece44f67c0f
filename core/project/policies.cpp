// What follows by itself in and from projects: a passed request becomes one, a charter that was approved opens its channel, which follows
// its team, and what is cancelled is worked on no more.

#include "core/channel/channel.hpp"
#include "core/follow_up.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/lost_time.hpp"
#include "core/project/project.hpp"
#include "core/request/request.hpp"
#include "core/task/task.hpp"
#include "events/catalog/any.hpp"

namespace core {
namespace {

using events::category;

void initiate_passed(const events::recorded& e, const context& by, follow_ups& all) {
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

void follow_own(const events::recorded& e, const project::event& what, const context& by, follow_ups& all) {
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

}  // namespace

void project::follow(const events::recorded& happened, const context& by, follow_ups& all) {
    if (const auto* q = happened.event.get_if<events::request::any>(); q && std::holds_alternative<events::request::passed>(*q)) initiate_passed(happened, by, all);
    if (const auto* p = happened.event.get_if<event>()) follow_own(happened, *p, by, all);
}

std::vector<project::command> made_up(const project::state& of, const lost_time& lost) {
    using s = project_status;
    const bool waits = of.is == s::in_acceptance || (of.is == s::clarifying && of.before == s::in_acceptance) ||
                       (of.is == s::suspended && of.suspended_from == s::in_acceptance);
    if (!waits || of.signed_by.size() >= of.panel.size()) return {};
    const auto on = lost.lengthened({}, of.panel_on);
    if (on == of.panel_on) return {};
    return {project::extend_acceptance{on, lost.reason()}};
}

}  // namespace core
