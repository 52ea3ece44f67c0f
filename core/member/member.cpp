#include "core/member/member.hpp"

#include "core/kernel/text.hpp"
#include "core/policies/handover.hpp"

namespace core {

using s = member_status;
using r = member_rejection;

// clang-format off
constexpr std::array<member::row, 10> member::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now
    {"member.join", flow::from(s::absent), admin, 0, s::active, "S1.2", r::not_admin, {}, r::already_exists},
    {"member.rename", flow::from(s::active), self | admin, 0, {}, "S1.3.1", r::not_self, {}, r::has_left},
    {"member.set_roles", flow::from(s::active), admin, 0, {}, "S1.2", r::not_admin, {}, r::has_left},
    {"member.set_department", flow::from(s::active), admin, 0, {}, "S1.2", r::not_admin, {}, r::has_left},
    {"member.choose_language", flow::from(s::active), self | admin, 0, {}, "D10", r::not_self, {}, r::has_left},
    {"member.leave", flow::from(s::active), self | admin, 0, s::left, "S1.3.1", r::not_self, {}, r::has_left},
    {"member.erase", flow::from(s::left), admin, self, s::erased, "D9", r::not_admin, r::own_erasure, r::still_active},
    {"member.set_superior", flow::from(s::active), admin | personnel, 0, {}, "S1.2", r::not_organiser, {}, r::has_left},
    {"member.delegate", flow::from(s::active), self | admin, 0, {}, "S1.3.3", r::not_self, {}, r::has_left},
    {"member.end_delegation", flow::from(s::active), self | admin, 0, {}, "S1.3.3", r::not_self, {}, r::has_left},
}};
// clang-format on

namespace {

using answer = decision<member>;
using decided_events = decided<member::event>;
using check = std::optional<member_rejection>;

constexpr std::size_t name_characters_max = 80;
constexpr std::size_t code_bytes_max = 64;
constexpr std::size_t external_bytes_max = 128;
constexpr std::size_t roles_max = 16;
constexpr std::size_t reason_bytes_max = 4'096;
constexpr std::size_t delegates_max = 16;

answer happens(member::event e) {
    decided_events all;
    all.push_back(std::move(e));
    return all;
}

bool is_login(std::string_view l) {
    return !l.empty() && l.size() <= 64 && std::all_of(l.begin(), l.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
}

bool is_roles(const std::vector<role>& roles) {
    if (roles.size() > roles_max) return false;
    for (auto at = roles.begin(); at != roles.end(); ++at)
        if (!text::is_code(at->code, code_bytes_max) || std::find(roles.begin(), at, *at) != at) return false;
    return true;
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
bool in_effect(const member::state& now, const member::leave&) { return now.is == s::left; }
bool in_effect(const member::state& now, const member::erase&) { return now.is == s::erased; }

// What is wrong with the command's fields.
check at_fault(const member::join& c, const context& by) {
    if (!text::is_line(c.name, name_characters_max)) return r::bad_name;
    if (c.login && !is_login(*c.login)) return r::bad_login;
    if (c.external && (!text::one_line(*c.external) || c.external->size() > external_bytes_max || text::blank(*c.external)))
        return r::bad_external;
    if (!text::is_code(c.department.code, code_bytes_max)) return r::bad_department;
    if (!is_roles(c.roles)) return r::bad_roles;
    if (c.login && by.people->with_login(*c.login)) return r::login_taken;
    return {};
}
check at_fault(const member::rename& c, const member::state&, const context&) {
    return text::is_line(c.name, name_characters_max) ? check{} : r::bad_name;
}
check at_fault(const member::set_roles& c, const member::state&, const context&) {
    return is_roles(c.roles) ? check{} : r::bad_roles;
}
check at_fault(const member::set_department& c, const member::state&, const context&) {
    return text::is_code(c.department.code, code_bytes_max) ? check{} : r::bad_department;
}
check at_fault(const member::choose_language&, const member::state&, const context&) { return {}; }
check at_fault(const member::leave& c, const member::state& now, const context& by) {
    if (!text::is_prose(c.reason, reason_bytes_max)) return r::bad_reason;
    if (c.successor && (*c.successor == now.id || !by.people->is_active(*c.successor))) return r::bad_successor;
    if (!c.successor && policies::has_open_work(now.id, by)) return r::successor_needed;
    return {};
}
check at_fault(const member::erase& c, const member::state&, const context&) {
    return text::is_prose(c.reason, reason_bytes_max) ? check{} : r::bad_reason;
}

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
    if (!c.superior) return {};
    if (!by.people->is_active(c.superior)) return r::bad_superior;
    return answers_to(c.superior, now.id, by) ? r::superior_circle : check{};
}
check at_fault(const member::delegate& c, const member::state& now, const context& by) {
    if (c.to == now.id || !by.people->is_active(c.to)) return r::bad_delegate;
    const bool replaces = std::any_of(now.delegates.begin(), now.delegates.end(), [&](const auto& d) { return d.by == c.to; });
    if (!replaces && now.delegates.size() >= delegates_max) return r::bad_delegate;
    if (!c.from.ok() || (c.until && (!c.until->ok() || *c.until < c.from || *c.until < by.today))) return r::bad_delegation_days;
    // Who stands in for each other would leave nobody to do it.
    const person* self = by.people->find(now.id);
    if (self && std::any_of(self->acts_for.begin(), self->acts_for.end(), [&](const delegation& d) {
            return d.of == c.to && (!d.until || *d.until >= c.from) && (!c.until || d.from <= *c.until);
        }))
        return r::delegation_circle;
    return text::is_prose(c.reason, reason_bytes_max) ? check{} : r::bad_reason;
}
check at_fault(const member::end_delegation& c, const member::state& now, const context&) {
    const bool there = std::any_of(now.delegates.begin(), now.delegates.end(), [&](const auto& d) { return d.by == c.to; });
    return there ? check{} : r::no_such_delegation;
}

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
    return events::member::delegated{c.to, c.from, c.until, c.reason};
}
member::event event_of(const member::state&, const member::end_delegation& c) { return events::member::delegation_ended{c.to}; }
member::event event_of(const member::state&, const member::leave& c) { return events::member::left{c.reason}; }
member::event event_of(const member::state&, const member::erase& c) { return events::member::erased{c.reason}; }

answer decide_one(const member::state& now, const member::join& c, const context& by) {
    const auto& row = flow::row_of<member, member::join>();
    if (const auto no = flow::who_refuses<member>(row, now, by)) return *no;
    if (const auto no = flow::state_refuses<member>(row, now, by)) return *no;
    if (const auto no = at_fault(c, by)) return *no;
    const member_id id{by.fresh};
    const auto personal = [&](const std::optional<std::string>& text) {
        return text ? std::optional(events::personal{id, *text}) : std::nullopt;
    };
    return happens(events::member::joined{{id, c.name}, personal(c.login), personal(c.external), c.department, c.roles, c.language});
}

template <class Command>
answer decide_one(const member::state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    const auto& row = flow::row_of<member, Command>();
    if (const auto no = flow::who_refuses<member>(row, now, by)) return *no;
    if (in_effect(now, c)) return decided_events{};
    if (const auto no = flow::state_refuses<member>(row, now, by)) return *no;
    if (const auto no = at_fault(c, now, by)) return *no;
    auto all = happens(event_of(now, c));
    if constexpr (std::is_same_v<Command, member::leave>) {
        if (c.successor) all->insert(all->begin(), events::member::handed_over{*c.successor});
    }
    return all;
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
void fold(member::state& m, const happened::renamed& e) { m.name = digest_of(e.name); }
void fold(member::state& m, const happened::roles_changed& e) { m.roles = e.roles; }
void fold(member::state& m, const happened::department_changed& e) { m.department = e.department; }
void fold(member::state& m, const happened::language_chosen& e) { m.language = e.language; }
void fold(member::state& m, const happened::superior_set& e) { m.superior = e.superior; }
void fold(member::state& m, const happened::delegated& e) {
    std::erase_if(m.delegates, [&](const auto& d) { return d.by == e.to; });
    m.delegates.push_back({e.to, e.from, e.until});
}
void fold(member::state& m, const happened::delegation_ended& e) {
    std::erase_if(m.delegates, [&](const auto& d) { return d.by == e.to; });
}
void fold(member::state&, const happened::handed_over&) {}
void fold(member::state& m, const happened::left&) { m.is = s::left; }
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
    return (by.actor->has("AD") ? admin : 0) | (by.actor->has("HR") ? personnel : 0) | (now.id && by.actor->id == now.id ? self : 0);
}

member::rejection member::wrong_state(const row& asked, status at) {
    return at == s::erased ? rejection::has_left : asked.not_now;
}

}  // namespace core
