#include "core/member/member.hpp"

#include "core/kernel/field_fault.hpp"
#include "core/kernel/text.hpp"
#include "core/member/last_holder.hpp"
#include "core/member/second_person.hpp"
#include "core/org/org.hpp"
#include "core/kernel/sign_ins.hpp"
#include "core/open_work.hpp"

namespace core {

using s = member_status;
using r = member_rejection;

// clang-format off
constexpr std::array<member::row, 14> member::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now
    {"member.join", flow::from(s::absent), admin, 0, s::active, "S1.2", r::not_admin, {}, r::already_exists},
    {"member.rename", flow::from(s::active), self | admin, 0, {}, "S1.3.1", r::not_self, {}, r::has_left},
    {"member.set_roles", flow::from(s::active), admin, self, {}, "D11", r::not_admin, r::own_place, r::has_left},
    {"member.set_department", flow::from(s::active), admin, self, {}, "D11", r::not_admin, r::own_place, r::has_left},
    {"member.choose_language", flow::from(s::active), self | admin, 0, {}, "D10", r::not_self, {}, r::has_left},
    {"member.leave", flow::from(s::active), self | admin, 0, s::left, "S1.3.1", r::not_self, {}, r::has_left},
    {"member.erase", flow::from(s::left), admin, self, s::erased, "D9", r::not_admin, r::own_erasure, r::still_active},
    {"member.set_superior", flow::from(s::active), admin | personnel, self, {}, "D11", r::not_organiser, r::own_place, r::has_left},
    {"member.delegate", flow::from(s::active), self | admin, 0, {}, "S1.3.3", r::not_self, {}, r::has_left},
    {"member.end_delegation", flow::from(s::active), self | admin, 0, {}, "S1.3.3", r::not_self, {}, r::has_left},
    {"member.confirm_change", flow::from(s::active), second, 0, {}, "D11", r::not_second_person, {}, r::has_left},
    {"member.decline_change", flow::from(s::active), second | proposer | self, 0, {}, "D11", r::not_second_person, {}, r::has_left},
    {"member.reset_password", flow::from(s::active), admin, 0, {}, "D11", r::not_admin, {}, r::has_left},
    {"member.note_resets", flow::from(s::active), self, 0, {}, "D11", r::not_self, {}, r::has_left},
}};
// clang-format on

namespace {

using answer = decision<member>;
using decided_events = decided<member::event>;
using check = std::optional<member_rejection>;

constexpr std::size_t delegates_max = 16;

answer happens(member::event e) {
    decided_events all;
    all.push_back(std::move(e));
    return all;
}

/// Never to be taken for a number, for who asks, or for the system.
bool is_login(std::string_view l) {
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto sign = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
    return !l.empty() && std::all_of(l.begin(), l.end(), [&](char c) { return sign(c) || c == '.' || c == '_' || c == '-'; }) &&
           std::any_of(l.begin(), l.end(), letter) && sign(l.front()) && sign(l.back()) && l.find("..") == l.npos && l != "me" && l != "system";
}

/// Not like a mention.
bool is_name(const std::string& name) { return text::is_name(name, name.size()); }

// What was defined before anybody could be put into it is set up by the system.
check department_at_fault(const events::department& d, const context& by) {
    return by.by_system() || is_known(d, by) ? check{} : r::unknown_department;
}

/// `had`: those that somebody has already may stay, whatever has become of them.
check roles_at_fault(const std::vector<role>& roles, const std::vector<role>& had, const context& by) {
    const bool known = by.by_system() || std::all_of(roles.begin(), roles.end(), [&](const role& one) {
        return is_known(one, by) || std::find(had.begin(), had.end(), one) != had.end();
    });
    return known ? check{} : r::unknown_role;
}

std::uint64_t digest_of(std::string_view name) { return text::digest(name) | 1; }

std::uint64_t digest_of(const events::personal& name) {
    return name.is == events::personal::form::clear ? digest_of(std::string_view(name.text)) : 0;
}

// Whether the command has already taken effect.
bool in_effect(const member::state& now, const member::rename& c) {
    return now.is == s::active && now.name == digest_of(std::string_view(c.name));
}
bool in_effect(const member::state& now, const member::set_roles& c) {
    return now.is == s::active && now.roles.size() == c.roles.size() &&
           std::is_permutation(now.roles.begin(), now.roles.end(), c.roles.begin());
}
bool in_effect(const member::state& now, const member::set_department& c) {
    return now.is == s::active && now.department == c.department;
}
bool in_effect(const member::state& now, const member::choose_language& c) {
    return now.is == s::active && now.language == c.language;
}
bool in_effect(const member::state& now, const member::set_superior& c) { return now.is == s::active && now.superior == c.superior; }
bool in_effect(const member::state& now, const member::delegate& c) {
    return now.is == s::active && std::find(now.delegates.begin(), now.delegates.end(), member::standing_in{c.to, c.from, c.until}) != now.delegates.end();
}
bool in_effect(const member::state&, const member::end_delegation&) { return false; }
bool in_effect(const member::state&, const member::confirm_change&) { return false; }
bool in_effect(const member::state&, const member::decline_change&) { return false; }
bool in_effect(const member::state&, const member::reset_password&) { return false; }
bool in_effect(const member::state& now, const member::note_resets&) { return !now.reset; }
bool in_effect(const member::state& now, const member::leave&) { return now.is == s::left; }
bool in_effect(const member::state& now, const member::erase&) { return now.is == s::erased; }

// What is wrong with the command's fields.
check at_fault(const member::join& c, const context& by) {
    if (!is_name(c.name)) return r::bad_name;
    if (c.login && !is_login(*c.login)) return r::bad_login;
    if (c.external && text::blank(*c.external)) return r::bad_external;
    if (const auto no = department_at_fault(c.department, by)) return no;
    if (const auto no = roles_at_fault(c.roles, {}, by)) return no;
    if (c.login && by.people->with_login(*c.login)) return r::login_taken;
    return {};
}
check at_fault(const member::rename& c, const member::state&, const context&) {
    return is_name(c.name) ? check{} : r::bad_name;
}
// Whether, without them, nobody would be left who can sign in and set others up.
bool is_last_administrator(const member::state& now, const context& by) {
    if (std::find(now.roles.begin(), now.roles.end(), role{"AD"}) == now.roles.end()) return false;
    bool another = false;
    by.people->each_active([&](const person& p) {
        another = p.id != now.id && p.has("AD") && !p.without_login && (!by.accounts || by.accounts->can_sign_in(p.id));
        return !another;
    });
    return !another;
}
// Nobody is left to take what waits for a role: that is not done by the way.
check asks_first(std::optional<bool> meant, const member::state& now, const std::vector<role>& roles, const department& of, const context& by) {
    return !by.by_system() && !meant.value_or(false) && is_last_holder(now, roles, of, by) ? check{r::last_holder} : check{};
}
check at_fault(const member::set_roles& c, const member::state& now, const context& by) {
    if (const auto no = roles_at_fault(c.roles, now.roles, by)) return no;
    const bool stays = std::find(c.roles.begin(), c.roles.end(), role{"AD"}) != c.roles.end();
    if (!stays && is_last_administrator(now, by)) return r::last_administrator;
    return asks_first(c.although_last, now, c.roles, now.department, by);
}
check at_fault(const member::set_department& c, const member::state& now, const context& by) {
    if (const auto no = department_at_fault(c.department, by)) return no;
    return asks_first(c.although_last, now, now.roles, c.department, by);
}
check at_fault(const member::choose_language&, const member::state&, const context&) { return {}; }
check at_fault(const member::leave& c, const member::state& now, const context& by) {
    if (is_last_administrator(now, by)) return r::last_administrator;
    if (c.successor == now.id) return r::bad_successor;
    if (!c.successor && has_open_work(now.id, by)) return r::successor_needed;
    return asks_first(c.although_last, now, {}, now.department, by);
}
check at_fault(const member::erase&, const member::state&, const context&) { return {}; }

// Whether going up from `from` leads to `to`.
bool answers_to(member_id from, member_id to, const context& by) {
    constexpr int levels_max = 32;
    for (int level = 0; from && level < levels_max; ++level) {
        if (from == to) return true;
        const person* p = by.people->find(from);
        from = p ? p->superior : member_id{};
    }
    return static_cast<bool>(from);  // higher than anyone climbs
}

check at_fault(const member::set_superior& c, const member::state& now, const context& by) {
    return answers_to(c.superior, now.id, by) ? r::superior_circle : check{};
}
check at_fault(const member::delegate& c, const member::state& now, const context& by) {
    if (c.to == now.id) return r::bad_delegate;
    const auto counts = [&](const auto& d) { return !(d.by == c.to && d.from == c.from) && (!d.until || *d.until >= by.today); };
    if (static_cast<std::size_t>(std::count_if(now.delegates.begin(), now.delegates.end(), counts)) >= delegates_max) return r::bad_delegate;
    if (c.until && (*c.until < c.from || *c.until < by.today)) return r::bad_delegation_days;
    // Who stands in for each other would leave nobody to do it.
    const person* self = by.people->find(now.id);
    if (self && std::any_of(self->acts_for.begin(), self->acts_for.end(), [&](const delegation& d) {
            return d.of == c.to && (!d.until || *d.until >= c.from) && (!c.until || d.from <= *c.until);
        }))
        return r::delegation_circle;
    return {};
}
check at_fault(const member::end_delegation& c, const member::state& now, const context&) {
    const bool there = std::any_of(now.delegates.begin(), now.delegates.end(), [&](const auto& d) { return d.by == c.to && (!c.from || d.from == *c.from); });
    return there ? check{} : r::no_such_delegation;
}

const member::open_change* find_change(const member::state& now, std::uint32_t number) {
    const auto at = std::find_if(now.changes.begin(), now.changes.end(), [&](const auto& c) { return c.number == number; });
    return at == now.changes.end() ? nullptr : &*at;
}

check at_fault(const member::confirm_change& c, const member::state& now, const context& by) {
    const auto* asked = find_change(now, c.number);
    if (!asked) return r::no_such_change;
    if (by.by_system() || second_person::may_confirm(*asked, now.id, by)) return {};
    return by.who() == asked->by ? r::own_proposal : r::not_second_person;
}
check at_fault(const member::decline_change& c, const member::state& now, const context& by) {
    const auto* asked = find_change(now, c.number);
    if (!asked) return r::no_such_change;
    const bool may = by.by_system() || by.who() == asked->by || by.who() == now.id || second_person::may_confirm(*asked, now.id, by);
    return may ? check{} : r::not_second_person;
}
check at_fault(const member::reset_password&, const member::state& now, const context& by) {
    const auto* who = by.people->find(now.id);
    return who && who->without_login ? r::no_login : check{};
}
check at_fault(const member::note_resets&, const member::state&, const context&) { return {}; }

member::event event_of(const member::state& now, const member::rename& c) { return events::member::renamed{{now.id, c.name}}; }
member::event event_of(const member::state&, const member::set_roles& c) { return events::member::roles_changed{c.roles}; }
member::event event_of(const member::state&, const member::set_department& c) {
    return events::member::department_changed{c.department};
}
member::event event_of(const member::state&, const member::choose_language& c) {
    return events::member::language_chosen{c.language};
}
member::event event_of(const member::state&, const member::set_superior& c) { return events::member::superior_set{c.superior}; }
member::event event_of(const member::state&, const member::delegate& c) {
    return events::member::delegated{c.to, c.from, c.until, c.reason, true};
}
member::event event_of(const member::state&, const member::end_delegation& c) { return events::member::delegation_ended{c.to, c.from}; }
member::event event_of(const member::state&, const member::leave& c) { return events::member::left{c.reason}; }
member::event event_of(const member::state&, const member::erase& c) { return events::member::erased{c.reason}; }
member::event event_of(const member::state&, const member::decline_change& c) { return events::member::change_declined{c.number, c.reason}; }
member::event event_of(const member::state&, const member::reset_password& c) { return events::member::password_reset{c.reason}; }
member::event event_of(const member::state&, const member::note_resets&) { return events::member::resets_noted{}; }

decided_events events_of(const member::state& now, const auto& c) {
    decided_events all;
    all.push_back(event_of(now, c));
    return all;
}
decided_events events_of(const member::state& now, const member::leave& c) {
    decided_events all;
    if (c.successor) all.push_back(events::member::handed_over{*c.successor});
    all.push_back(event_of(now, c));
    return all;
}

using events::member::change;
using events::member::change_kind;

// The commands that may need a second person, as what is kept of them until then, and back.
change change_of(const member::set_roles& c) { return {change_kind::roles, c.roles, {}, {}, {}, {}, {}}; }
change change_of(const member::set_department& c) { return {change_kind::department, {}, c.department, {}, {}, {}, {}}; }
change change_of(const member::set_superior& c) { return {change_kind::superior, {}, {}, c.superior, {}, {}, {}}; }
change change_of(const member::delegate& c) { return {change_kind::deputy, {}, {}, c.to, c.from, c.until, c.reason}; }
change change_of(const member::leave& c) { return {change_kind::leave, {}, {}, c.successor, {}, {}, c.reason}; }

template <class Visit>
auto with_command_of(const change& c, Visit visit) {
    switch (c.kind) {
        case change_kind::roles: return visit(member::set_roles{c.roles, true});  // it was asked when that was proposed
        case change_kind::department: return visit(member::set_department{c.department.value_or(department{}), true});
        case change_kind::superior: return visit(member::set_superior{c.person.value_or(member_id{})});
        case change_kind::deputy: return visit(member::delegate{c.person.value_or(member_id{}), c.from.value_or(date{}), c.until, c.reason});
        case change_kind::leave: break;
    }
    return visit(member::leave{c.reason, c.person, true});
}

// Holds at once, is proposed, or is recorded as decided alone.
answer by_two(const member::state& now, const change& c, const context& by, decided_events at_once) {
    const auto need = second_person::needed(c, now, by);
    if (need == second_person::need::none) return at_once;
    if (need == second_person::need::alone) {
        at_once.push_back(events::member::decided_alone{c.kind});
        return at_once;
    }
    if (std::any_of(now.changes.begin(), now.changes.end(), [&](const auto& o) { return o.by == by.who() && o.change == c; })) return decided_events{};
    if (second_person::confirmers(c, now.id, by.who(), by).empty()) return r::nobody_confirms;
    return happens(events::member::change_proposed{now.last_change + 1, by.who(), c});
}

answer decide_one(const member::state& now, const member::join& c, const context& by) {
    const auto& row = flow::row_of<member, member::join>();
    if (const auto no = flow::who_refuses<member>(row, now, by)) return *no;
    if (const auto no = flow::state_refuses<member>(row, now, by)) return *no;
    if (const auto no = at_fault(c, by)) return *no;
    const member_id id{by.fresh};
    const auto personal = [&](const std::optional<std::string>& text) {
        return text ? std::optional(events::personal{id, *text}) : std::nullopt;
    };
    events::member::joined joins{{id, c.name}, personal(c.login), personal(c.external), c.department, c.roles, c.language};
    member::state newcomer;
    newcomer.id = id;
    const auto roles = change_of(member::set_roles{c.roles});
    if (second_person::needed(roles, newcomer, by) != second_person::need::second) return by_two(newcomer, roles, by, *happens(std::move(joins)));
    // They come without what is not one person's to give, which is proposed.
    joins.roles = second_person::without_power(c.roles, by);
    auto proposed = by_two(newcomer, roles, by, {});
    if (proposed) proposed->insert(proposed->begin(), std::move(joins));
    return proposed;
}

template <class Command>
answer decide_one(const member::state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    const auto& row = flow::row_of<member, Command>();
    if (const auto no = flow::who_refuses<member>(row, now, by)) return *no;
    if (in_effect(now, c)) return decided_events{};
    if (const auto no = flow::state_refuses<member>(row, now, by)) return *no;
    if (const auto no = at_fault(c, now, by)) return *no;
    if constexpr (std::is_same_v<Command, member::confirm_change>) {
        const auto& asked = *find_change(now, c.number);
        return with_command_of(asked.change, [&](const auto& what) -> answer {
            // What was proposed was good then.
            if (bounds::fault_in(what, by) || at_fault(what, now, by)) return r::change_outdated;
            auto all = in_effect(now, what) ? decided_events{} : events_of(now, what);
            all.insert(all.begin(), events::member::change_confirmed{c.number, asked.by});
            return all;
        });
    } else if constexpr (requires { change_of(c); }) {
        return by_two(now, change_of(c), by, events_of(now, c));
    } else {
        return events_of(now, c);
    }
}

namespace happened = events::member;

void fold(member::state& m, const happened::joined& e) {
    m.is = s::active;
    m.id = e.name.of;
    m.name = digest_of(e.name);
    m.department = e.department;
    m.roles = e.roles;
    m.language = e.language;
}
// What was proposed of a kind is out of date once that has changed, however it did.
void settle(member::state& m, change_kind kind, member_id deputy = {}) {
    std::erase_if(m.changes, [&](const auto& o) {
        return o.change.kind == kind && (kind != change_kind::deputy || o.change.person == deputy);
    });
}

void fold(member::state& m, const happened::renamed& e) { m.name = digest_of(e.name); }
void fold(member::state& m, const happened::roles_changed& e) {
    m.roles = e.roles;
    settle(m, change_kind::roles);
}
void fold(member::state& m, const happened::department_changed& e) {
    m.department = e.department;
    settle(m, change_kind::department);
}
void fold(member::state& m, const happened::language_chosen& e) { m.language = e.language; }
void fold(member::state& m, const happened::superior_set& e) {
    m.superior = e.superior;
    settle(m, change_kind::superior);
}
void fold(member::state& m, const happened::change_proposed& e) {
    settle(m, e.change.kind, e.change.person.value_or(member_id{}));
    m.changes.push_back({e.number, e.by, e.change});
    m.last_change = e.number;
}
void fold(member::state& m, const happened::change_confirmed& e) {
    std::erase_if(m.changes, [&](const auto& o) { return o.number == e.number; });
}
void fold(member::state& m, const happened::change_declined& e) {
    std::erase_if(m.changes, [&](const auto& o) { return o.number == e.number; });
}
void fold(member::state&, const happened::decided_alone&) {}
void fold(member::state& m, const happened::password_reset&) { m.reset = true; }
void fold(member::state& m, const happened::resets_noted&) { m.reset = false; }
void fold(member::state& m, const happened::delegated& e) {
    settle(m, change_kind::deputy, e.to);
    std::erase_if(m.delegates, [&](const auto& d) { return d.by == e.to && (!e.beside || d.from == e.from); });
    m.delegates.push_back({e.to, e.from, e.until});
}
void fold(member::state& m, const happened::delegation_ended& e) {
    std::erase_if(m.delegates, [&](const auto& d) { return d.by == e.to && (!e.from || d.from == *e.from); });
}
void fold(member::state&, const happened::handed_over&) {}
void fold(member::state& m, const happened::left&) {
    m.is = s::left;
    m.changes.clear();
}
void fold(member::state& m, const happened::erased&) {
    m.is = s::erased;
    m.name = 0;
}

}  // namespace

decision<member> member::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void member::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations member::relations_of(const state& now, const context& by) {
    flow::relations are = (by.actor->has("AD") ? admin : 0) | (by.actor->has("HR") ? personnel : 0) | (now.id && by.actor->id == now.id ? self : 0);
    for (const auto& c : now.changes) {
        if (second_person::may_confirm(c, now.id, by)) are |= second;
        if (c.by == by.actor->id) are |= proposer;
    }
    return are;
}

member::rejection member::wrong_state(const row& asked, status at) {
    return at == s::erased ? rejection::has_left : asked.not_now;
}

}  // namespace core
