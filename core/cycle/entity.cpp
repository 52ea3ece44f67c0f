#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/kernel/audience.hpp"

namespace core {

bool may_see(const cycle::state& of, const context& by) { return access::may_see_directory(*by.actor) && of.is != cycle_status::absent; }

std::string period_name(std::uint16_t year, std::uint8_t quarter) {
    return quarter ? std::to_string(year) + " Q" + std::to_string(quarter) : std::to_string(year);
}
std::string name_of(const cycle::state& of) { return period_name(of.year, of.quarter); }

// Before a schedule is moved by itself, whoever counts on it is told; where a person moves it, they tell people as they see fit.
concerned concerned_by(const cycle::event& happened, const cycle::state&, const events::envelope& about, const context& by) {
    using namespace events::cycle;
    concerned all;
    std::visit([&]<class Event>(const Event&) {
        if constexpr (is_one_of<Event, rescheduled, cancelled>) all.add_roles(by, {"HR"});
        if constexpr (is_one_of<Event, rescheduled>) {
            if (about.actor != events::the_system) return;
            for (std::uint64_t n = 1; n <= by.others->highest(appraisal::category); ++n) {
                const auto* one = by.others->find<appraisal>(n);
                if (!one || one->cycle.value != about.stream.number || !(appraisal::pending & flow::from(one->is))) continue;
                all.add(one->employee);
                all.add(one->evaluator);
            }
        }
    }, happened);
    return all;
}

date due_of(const cycle::state& of) { return of.schedule.closes; }

section cycle::section_of(const event& happened) {
    namespace c = events::cycle;
    return std::holds_alternative<c::planned>(happened) || std::holds_alternative<c::rescheduled>(happened) ? section{"schedule"} : section{};
}

// What it has come to lets others see its appraisals, or no longer.
sight_change cycle::changes_sight(const event&) { return {.others = true}; }

}  // namespace core
