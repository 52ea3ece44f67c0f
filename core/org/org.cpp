#include "core/org/org.hpp"

#include <algorithm>
#include <tuple>

namespace core {

using r = org_rejection;

namespace {
constexpr auto always = flow::from(org_status::open);
}

// clang-format off
constexpr std::array<org::row, 6> org::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now
    {"org.define_department", always, admin | personnel, 0, {}, "S1.2", r::not_admin, {}, {}},
    {"org.retire_department", always, admin | personnel, 0, {}, "S1.2", r::not_admin, {}, {}},
    {"org.define_role", always, admin | personnel, 0, {}, "S1.2", r::not_admin, {}, {}},
    {"org.retire_role", always, admin | personnel, 0, {}, "S1.2", r::not_admin, {}, {}},
    {"org.configure", always, personnel | leader | admin_alone, 0, {}, "S1.3.2", r::not_settler, {}, {}},
    {"org.set_clock_back", always, 0, 0, {}, "S1.3.1", r::by_itself, {}, {}},
}};
// clang-format on

namespace {

using answer = decision<org>;
using decided_events = decided<org::event>;
using check = std::optional<org_rejection>;

constexpr std::array<std::string_view, 8> handbook_roles{"OM", "SP", "DA", "SL", "RQ", "HR", "AU", "AD"};

const org::unit* find(const org::state& now, const events::department& d) {
    const auto at = std::find_if(now.departments.begin(), now.departments.end(), [&](const auto& u) { return u.department == d; });
    return at == now.departments.end() ? nullptr : &*at;
}
const org::post* find(const org::state& now, const events::role& r) {
    const auto at = std::find_if(now.roles.begin(), now.roles.end(), [&](const auto& p) { return p.role == r; });
    return at == now.roles.end() ? nullptr : &*at;
}

bool anyone(const context& by, auto is) {
    bool found = false;
    by.people->each_active([&](const person& p) {
        found = is(p);
        return !found;
    });
    return found;
}

check at_fault(const org::define_department& c, const org::state& now, const context&) {
    if (!c.parent) return {};
    if (!find(now, *c.parent)) return r::bad_parent;
    for (auto at = c.parent; at;) {
        if (*at == c.department) return r::parent_circle;
        const auto* above = find(now, *at);
        at = above ? above->parent : std::nullopt;
    }
    return {};
}
check at_fault(const org::retire_department& c, const org::state& now, const context& by) {
    if (!find(now, c.department)) return r::no_such_department;
    const bool has_parts = std::any_of(now.departments.begin(), now.departments.end(), [&](const auto& u) { return u.parent == c.department; });
    return has_parts || anyone(by, [&](const person& p) { return p.department == c.department; }) ? r::department_in_use : check{};
}
check at_fault(const org::define_role&, const org::state&, const context&) { return {}; }
check at_fault(const org::retire_role& c, const org::state& now, const context& by) {
    if (std::find(handbook_roles.begin(), handbook_roles.end(), c.role.code) != handbook_roles.end()) return r::role_of_the_handbook;
    if (!find(now, c.role)) return r::no_such_role;
    return anyone(by, [&](const person& p) { return p.has(c.role.code); }) ? r::role_in_use : check{};
}

bool are_hours(const events::org::working_hours& h) {
    return h.from < h.until && h.break_from <= h.break_until && h.from <= h.break_from && h.break_until <= h.until;
}
bool is_scoring(const events::org::scoring& s) {
    return s.self_percent + s.superior_percent == 100 && s.quarters_percent + s.annual_percent == 100 &&
           s.grade_s > s.grade_a && s.grade_a > s.grade_b && s.grade_b > s.grade_c;
}
check at_fault(const org::configure& c, const org::state&, const context&) {
    return are_hours(c.settings.hours) && is_scoring(c.settings.scoring) ? check{} : r::bad_settings;
}

check at_fault(const org::set_clock_back& c, const org::state&, const context& by) { return by.now < c.from ? check{} : r::not_back; }

/// Where the row lets them, and what they ask for does not.
check not_theirs(const org::state&, const auto&, const context&) { return {}; }
check not_theirs(const org::state& now, const org::configure& c, const context& by) {
    const auto judges = [](const events::org::settings& s) { return std::tie(s.scoring, s.appeal_days, s.self_days, s.evaluation_days, s.calibration_days); };
    if (by.by_system() || judges(now.settings) == judges(c.settings)) return {};
    return org::relations_of(now, by) & (org::leader | org::admin_alone) ? check{} : r::judges_people;
}

bool in_effect(const org::state& now, const org::define_department& c) {
    const auto* u = find(now, c.department);
    return u && *u == org::unit{c.department, c.name, c.parent};
}
bool in_effect(const org::state&, const org::retire_department&) { return false; }
bool in_effect(const org::state& now, const org::define_role& c) {
    const auto* p = find(now, c.role);
    return p && *p == org::post{c.role, c.name};
}
bool in_effect(const org::state&, const org::retire_role&) { return false; }
bool in_effect(const org::state& now, const org::configure& c) { return now.settings == c.settings; }
bool in_effect(const org::state&, const org::set_clock_back&) { return false; }

org::event event_of(const org::define_department& c, const org::state&, const context&) {
    return events::org::department_defined{c.department, c.name, c.parent};
}
org::event event_of(const org::retire_department& c, const org::state&, const context&) { return events::org::department_retired{c.department}; }
org::event event_of(const org::define_role& c, const org::state&, const context&) { return events::org::role_defined{c.role, c.name}; }
org::event event_of(const org::retire_role& c, const org::state&, const context&) { return events::org::role_retired{c.role}; }
org::event event_of(const org::configure& c, const org::state& now, const context&) {
    return events::org::configured{now.settings_number + 1, c.settings, c.reason};
}
org::event event_of(const org::set_clock_back& c, const org::state&, const context& by) {
    return events::org::clock_set_back{c.from, by.now, c.witness};
}

template <class Command>
answer decide_one(const org::state& now, const Command& c, const context& by) {
    const auto& row = flow::row_of<org, Command>();
    if (const auto no = flow::who_refuses<org>(row, now, by)) return *no;
    if (const auto no = not_theirs(now, c, by)) return *no;
    if (in_effect(now, c)) return decided_events{};
    if (const auto no = at_fault(c, now, by)) return *no;
    decided_events all;
    all.push_back(event_of(c, now, by));
    return all;
}

namespace happened = events::org;

template <class Entry, class Less>
void put(std::vector<Entry>& all, Entry one, Less less) {
    const auto at = std::lower_bound(all.begin(), all.end(), one, less);
    if (at != all.end() && !less(one, *at)) *at = std::move(one);
    else all.insert(at, std::move(one));
}

void fold(org::state& o, const happened::department_defined& e) {
    put(o.departments, org::unit{e.department, e.name, e.parent}, [](const auto& a, const auto& b) { return a.department < b.department; });
}
void fold(org::state& o, const happened::department_retired& e) {
    std::erase_if(o.departments, [&](const auto& u) { return u.department == e.department; });
}
void fold(org::state& o, const happened::role_defined& e) {
    put(o.roles, org::post{e.role, e.name}, [](const auto& a, const auto& b) { return a.role < b.role; });
}
void fold(org::state& o, const happened::role_retired& e) {
    std::erase_if(o.roles, [&](const auto& p) { return p.role == e.role; });
}
void fold(org::state& o, const happened::configured& e) {
    o.settings = e.settings;
    o.settings_number = e.number;
}
void fold(org::state&, const happened::clock_set_back&) {}

}  // namespace

bool org::state::has(const events::department& d) const { return core::find(*this, d) != nullptr; }
bool org::state::has(const events::role& r) const {
    return std::find(handbook_roles.begin(), handbook_roles.end(), r.code) != handbook_roles.end() || core::find(*this, r) != nullptr;
}

decision<org> org::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void org::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations org::relations_of(const state&, const context& by) {
    const auto& who = *by.actor;
    const auto is_leader = [](const person& p) { return p.has("SL"); };
    return (who.has("AD") ? admin : 0) | (who.has("HR") ? personnel : 0) | (who.has("SL") ? leader : 0) |
           (who.has("AD") && !anyone(by, is_leader) ? admin_alone : 0);
}

bool is_known(const events::department& d, const context& by) {
    const auto* o = by.others->find<org>(1);
    return !o || o->departments.empty() || o->has(d);
}

bool is_known(const events::role& r, const context& by) {
    const auto* o = by.others->find<org>(1);
    if (!o || (o->departments.empty() && o->roles.empty())) return true;
    return o->has(r) || std::find(handbook_roles.begin(), handbook_roles.end(), r.code) != handbook_roles.end();
}

std::string known_departments(const context& by) {
    std::string all;
    if (const auto* o = by.others->find<org>(1))
        for (const auto& d : o->departments) all += (all.empty() ? "" : ", ") + d.department.code + " (" + d.name.zh + " / " + d.name.en + ")";
    return all;
}

std::string known_roles(const context& by) {
    std::string all;
    for (const auto role : handbook_roles) (all += all.empty() ? "" : ", ") += role;
    if (const auto* o = by.others->find<org>(1))
        for (const auto& p : o->roles)
            if (std::find(handbook_roles.begin(), handbook_roles.end(), p.role.code) == handbook_roles.end())
                all += ", " + p.role.code + " (" + p.name.zh + " / " + p.name.en + ")";
    return all;
}

}  // namespace core
