#include "core/indicators/indicators.hpp"

#include "core/kernel/departments.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"
#include "core/org/org.hpp"

#include <algorithm>
#include <numeric>

namespace core {

using s = indicators_status;
using r = indicators_rejection;
namespace happened = events::indicators;

// clang-format off
constexpr std::array<indicators::row, 3> indicators::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now
    {"indicators.publish", flow::from(s::absent), manager | leader | personnel, holder, s::published, "S6.1.1", r::not_setter,
     r::own_indicators, r::already_exists},
    {"indicators.revise", flow::from(s::published), manager | leader | personnel, holder, {}, "S6.1.1", r::not_setter, r::own_indicators,
     r::no_longer_used},
    {"indicators.retire", flow::from(s::published), manager | leader | personnel, holder, s::retired, "S6.1.1", r::not_setter,
     r::own_indicators, r::no_longer_used},
}};
// clang-format on

namespace {

using outcome = decision<indicators>;
using check = std::optional<indicators_rejection>;
using list = std::vector<indicators::indicator>;

check items_at_fault(const list& all) {
    for (auto at = all.begin(); at != all.end(); ++at) {
        if (std::any_of(all.begin(), at, [&](const auto& one) { return one.code == at->code; })) return r::bad_indicators;
        for (auto e = at->evidence.begin(); e != at->evidence.end(); ++e)
            if (std::find(at->evidence.begin(), e, *e) != e) return r::bad_evidence;
    }
    const auto sum = std::accumulate(all.begin(), all.end(), 0u, [](unsigned n, const auto& one) { return n + one.weight; });
    return sum == 100 ? check{} : r::bad_weights;
}

bool has_template(const events::role& of, const context& by) {
    const auto highest = by.others->highest(events::category::indicators);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* one = by.others->find<indicators>(n);
        if (one && one->is == s::published && one->role == of) return true;
    }
    return false;
}

check at_fault(const indicators::publish& c, const context& by) {
    if (!is_known(c.role, by)) return r::bad_role;
    if (const auto no = items_at_fault(c.indicators)) return no;
    return has_template(c.role, by) ? r::role_taken : check{};
}
check at_fault(const indicators::revise& c, const context&) { return items_at_fault(c.indicators); }
check at_fault(const indicators::retire&, const context&) { return {}; }

bool in_effect(const indicators::state& now, const indicators::revise& c) {
    return now.is == s::published && now.name == c.name && now.indicators == c.indicators;
}
bool in_effect(const indicators::state& now, const indicators::retire&) { return now.is == s::retired; }

indicators::event event_of(const indicators::state& now, const indicators::revise& c) {
    return happened::revised{now.template_version + 1, c.name, c.indicators, c.reason, now.role};
}
indicators::event event_of(const indicators::state& now, const indicators::retire& c) { return happened::retired{c.reason, now.role}; }

outcome decide_one(const indicators::state& now, const indicators::publish& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    const auto& row = flow::row_of<indicators, indicators::publish>();
    if (const auto no = flow::who_refuses<indicators>(row, indicators::as_if(now, c, by), by)) return *no;
    if (const auto no = at_fault(c, by)) return *no;
    decided<indicators::event> all;
    all.push_back(happened::published{c.role, c.name, c.indicators, by.flows ? by.flows->newest("indicators") : 1});
    return all;
}

template <class Command>
outcome decide_one(const indicators::state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<indicators, Command>(now, by, [&] { return in_effect(now, c); }, [&] { return at_fault(c, by); }, [&] { return event_of(now, c); });
}

void fold(indicators::state& t, const happened::published& e) {
    t = {s::published, e.flow, 1, e.role, e.name, e.indicators};
}
void fold(indicators::state& t, const happened::revised& e) {
    t.template_version = e.version;
    t.name = e.name;
    t.indicators = e.indicators;
}
void fold(indicators::state& t, const happened::retired&) { t.is = s::retired; }

bool is_below_manager(const events::role& o) {
    constexpr std::array<std::string_view, 5> others{"OM", "SL", "HR", "AU", "AD"};
    return std::find(others.begin(), others.end(), o.code) == others.end();
}

}  // namespace

template_id template_for(const std::vector<events::role>& roles, const context& by) {
    const auto highest = by.others->highest(events::category::indicators);
    for (const auto& role : roles)
        for (std::uint64_t n = 1; n <= highest; ++n) {
            const auto* one = by.others->find<indicators>(n);
            if (one && one->is == s::published && one->role == role) return {n};
        }
    return {};
}

decision<indicators> indicators::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void indicators::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations indicators::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    if (manages_all(*by.actor, by) && is_below_manager(now.role)) are |= manager;
    if (by.actor->has("SL")) are |= leader;
    if (by.actor->has("HR")) are |= personnel;
    if (by.actor->has(now.role.code)) are |= holder;
    return are;
}

// Who may depends on whose indicators they are to be.
indicators::state indicators::as_if(const state& now, const command& asked, const context&) {
    auto made = now;
    if (const auto* c = std::get_if<publish>(&asked)) made.role = c->role;
    return made;
}

indicators::rejection indicators::wrong_state(const row& asked, status) { return asked.not_now; }

}  // namespace core
