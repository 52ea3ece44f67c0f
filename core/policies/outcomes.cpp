#include "core/policies/outcomes.hpp"

#include "core/desk/desk.hpp"
#include "core/entity.hpp"

namespace core::policies {

void tell_of(const events::recorded& happened, const context& by, follow_ups& all) {
    const auto& about = happened.envelope;
    const auto of = by.others->any(about.stream);
    if (!of) return;
    auto [who, until] = of.concerned_by(happened.event, about, by);
    std::sort(who.begin(), who.end());
    who.erase(std::unique(who.begin(), who.end()), who.end());
    for (const auto m : who) {
        const auto* p = by.people->find(m);
        if (m == about.actor || !p || !p->active || !may_see(about.stream, by.as(*p))) continue;
        desk::notice n{0, desk::kind::decided, about.stream, std::string(events::type_of(happened.event)), about.position, until.value_or(by.today), about.actor};
        all.push_back({desk::command(desk::tell{std::move(n)}), events::stream_id{events::category::desk, m.value}});
    }
}

}  // namespace core::policies
