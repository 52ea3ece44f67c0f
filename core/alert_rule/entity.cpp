#include "core/alert_rule/alert_rule.hpp"
#include "core/kernel/audience.hpp"
#include "core/kernel/departments.hpp"

#include <algorithm>

namespace core {

bool may_see(const alert_rule::state& of, const context& by) {
    return access::self_or_stood_in_for(by, [&](const person& p) {
        if (!p.active || of.is == alert_rule_status::absent) return false;
        if (of.from && access::may_see_directory(p)) return true;
        if (of.author == p.id || of.owner == p.id || p.has("SL") || p.has("AU")) return true;
        return manages(p, of.department, by) || ((p.has("DA") || p.has("SP")) && access::is_of(of.department, p));
    });
}

std::string name_of(const alert_rule::state& of) { return of.name; }

bool is_work_of(const alert_rule::state& of, member_id who) {
    if (!(alert_rule::live & flow::from(of.is))) return false;
    return of.owner == who || of.author == who || std::find(of.concerned.begin(), of.concerned.end(), who) != of.concerned.end();
}

// Whose it is hears of what others do with it, and of what it can't do any more; those who were told of its alerts that they are not.
concerned concerned_by(const alert_rule::event& happened, const alert_rule::state& of, const events::envelope&, const context&) {
    using namespace events::alert_rule;
    concerned all;
    std::visit([&]<class Event>([[maybe_unused]] const Event& e) {
        if constexpr (is_one_of<Event, enabled, paused, muted, unmuted, failed, doubted, retired, discarded>) all.add(of.owner), all.add(of.author);
        if constexpr (is_one_of<Event, enabled, paused, retired>)
            all.add(of.concerned);
        if constexpr (is_one_of<Event, tried>) all.add(of.author);
    }, happened);
    return all;
}

bool is_own(const alert_rule::state& of, member_id who) { return of.owner == who || of.author == who; }

section alert_rule::section_of(const event& happened) {
    using namespace events::alert_rule;
    return std::visit([]<class Event>(const Event&) -> section {
        if constexpr (is_one_of<Event, drafted, revised>) return {"rule"};
        else if constexpr (is_one_of<Event, tried>) return {"backtest"};
        else if constexpr (is_one_of<Event, paused, muted>) return {"mutes", true};
        else if constexpr (is_one_of<Event, doubted>) return {"doubts", true};
        else if constexpr (is_one_of<Event, retired, discarded>) return {"end"};
        else return {};
    }, happened);
}

// Revised, it is a draft again, and only those see it who have to do with it.
sight_change alert_rule::changes_sight(const event& happened) {
    namespace h = events::alert_rule;
    return {.own = std::holds_alternative<h::handed_over>(happened) || std::holds_alternative<h::revised>(happened)};
}

std::string alert_rule::text_of(const event& happened) {
    namespace h = events::alert_rule;
    return std::holds_alternative<h::drafted>(happened) || std::holds_alternative<h::revised>(happened) ? "rule" : "";
}

}  // namespace core
