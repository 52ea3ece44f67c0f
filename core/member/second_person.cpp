#include "core/member/second_person.hpp"

#include "core/definitions/definitions.hpp"
#include "core/open_work.hpp"

#include <algorithm>
#include <array>

namespace core::second_person {
namespace {

constexpr std::array<std::string_view, 5> powerful{"SL", "HR", "AU", "OM", "AD"};

/// Also what an amended flow has let take its steps.
bool is_powerful(const role& r, const context& by) {
    if (std::find(powerful.begin(), powerful.end(), r.code) != powerful.end()) return true;
    const auto* defined = by.others->find<definitions>(1);
    if (!defined) return false;
    for (const auto& flow : defined->flows)
        for (const auto& version : flow.versions)
            for (const auto& row : version.rows)
                if (std::find(row.roles.begin(), row.roles.end(), r) != row.roles.end()) return true;
    return false;
}

member_id superior_of(member_id who, const context& by) {
    const auto* p = by.people->find(who);
    return p ? p->superior : member_id{};
}

// Whom they lead would be led by whom the asker chose, or what waits on them would go to the asker.
bool leave_gives_power(const change& what, const member::state& now, const context& by) {
    if (by.who() == now.id || !what.person || !*what.person) return false;
    if (*what.person == superior_of(now.id, by)) return false;
    return *what.person == by.who() || leads_people(now.id, by);
}

bool matters(const change& what, const member::state& now, const context& by) {
    switch (what.kind) {
        case change_kind::roles:
            return std::any_of(what.roles.begin(), what.roles.end(), [&](const role& r) {
                return is_powerful(r, by) && std::find(now.roles.begin(), now.roles.end(), r) == now.roles.end();
            });
        // An operations manager is one of their department (D16): elsewhere they decide on other people's work.
        case change_kind::department: return std::find(now.roles.begin(), now.roles.end(), role{"OM"}) != now.roles.end();
        case change_kind::superior: return true;
        case change_kind::deputy: return by.who() != now.id;
        case change_kind::leave: return leave_gives_power(what, now, by);
    }
    return true;
}

std::vector<member_id> all_with(std::string_view code, const std::vector<member_id>& but, const context& by) {
    std::vector<member_id> found;
    by.people->each_active([&](const person& p) {
        if (p.has(code) && !p.without_login && std::find(but.begin(), but.end(), p.id) == but.end()) found.push_back(p.id);
        return true;
    });
    return found;
}

}  // namespace

need needed(const change& what, const member::state& now, const context& by) {
    if (by.by_system() || !matters(what, now, by)) return need::none;
    return what.kind == change_kind::deputy || by.people->has_had_leader() ? need::second : need::alone;
}

std::vector<member_id> confirmers(const change& what, member_id of, member_id proposer, const context& by) {
    std::vector<member_id> found;
    if (what.kind == change_kind::deputy) {
        for (const auto who : {of, superior_of(of, by)})
            if (who && who != proposer && who != what.person && by.people->is_active(who)) found.push_back(who);
        std::sort(found.begin(), found.end());
        return found;
    }
    std::vector<member_id> barred{of, proposer};
    if (what.kind == change_kind::leave && what.person) barred.push_back(*what.person);
    found = all_with("SL", barred, by);
    return found.empty() ? all_with("AD", barred, by) : found;
}

bool may_confirm(const member::open_change& what, member_id of, const context& by) {
    const auto all = confirmers(what.change, of, what.by, by);
    return std::find(all.begin(), all.end(), by.who()) != all.end();
}

bool may_see(const member::open_change& what, member_id of, const context& by) {
    const auto& reader = *by.actor;
    if (!reader.active) return false;
    const bool organises = reader.has("AD") || reader.has("HR") || reader.has("SL") || reader.has("AU");
    return organises || reader.id == of || reader.id == what.by || may_confirm(what, of, by);
}

std::vector<role> without_power(const std::vector<role>& roles, const context& by) {
    auto left = roles;
    std::erase_if(left, [&](const role& r) { return is_powerful(r, by); });
    return left;
}

}  // namespace core::second_person
