#include "core/kernel/audience.hpp"
#include "core/recommendation/headline.hpp"
#include "core/recommendation/recommendation.hpp"

namespace core {

bool may_see(const recommendation::state& of, const context& by) { return of.is != recommendation_status::absent && access::may_see_directory(*by.actor); }

std::string name_of(const recommendation::state& of) { return recommending::headline(of.advice.text); }

// Whose it was hears what came of it; who decides, or verifies, has it before them anyway.
concerned concerned_by(const recommendation::event& happened, const recommendation::state& of, const events::envelope&, const context&) {
    using namespace events::recommendation;
    concerned all;
    std::visit([&]<class Event>(const Event&) {
        if constexpr (is_one_of<Event, adopted, declined, verified, closed>) all.add(of.proposer);
        if constexpr (is_one_of<Event, verified, closed>) all.add(of.adopter);
    }, happened);
    return all;
}

bool is_own(const recommendation::state& of, member_id who) { return of.proposer == who || of.adopter == who || of.assignee == who; }
date due_of(const recommendation::state& of) { return of.due; }

section recommendation::section_of(const event& happened) {
    using namespace events::recommendation;
    return std::visit([]<class Event>(const Event&) -> section {
        if constexpr (is_one_of<Event, proposed>) return {"proposed"};
        else if constexpr (is_one_of<Event, adopted, declined>) return {"verdict"};
        else if constexpr (is_one_of<Event, verified>) return {"effect"};
        else return {"execution", true};
    }, happened);
}

std::string recommendation::text_of(const event& happened) {
    namespace h = events::recommendation;
    if (std::holds_alternative<h::proposed>(happened)) return "proposed";
    if (std::holds_alternative<h::adopted>(happened)) return "adopted";
    return std::holds_alternative<h::verified>(happened) ? "effect" : "";
}

}  // namespace core
