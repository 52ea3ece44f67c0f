#include "core/election/election.hpp"
#include "core/kernel/forms.hpp"

namespace core {

bool may_see(const election::state& of, const context& by) { return may_see_election(of, *by.actor); }

bool may_read(const election::event& happened, const election::state& of, const context& by) { return may_read(happened, of, *by.actor); }

std::string name_of(const election::state& of) { return of.title; }

bool is_work_of(const election::state& of, member_id who) { return of.organiser == who && (election::under_way & flow::from(of.is)) != 0; }

std::optional<date> said_due(const election::state& of, std::string_view command, const context&) {
    return command == election::cast::type ? std::optional(of.schedule.voting_closes) : std::nullopt;
}

// Of a day that is moved by itself whoever counts on it is told; where a person moves it, they tell people as they see fit.
concerned concerned_by(const election::event& happened, const election::state& of, const events::envelope& about, const context& by) {
    using namespace events::election;
    concerned all;
    std::visit([&]<class Event>(const Event&) {
        if constexpr (is_one_of<Event, announced>) all.add(of.nominees);
        if constexpr (is_one_of<Event, cancelled>) all.add(of.voters);
        if constexpr (is_one_of<Event, rescheduled>) {
            if (about.actor != events::the_system) return;
            all.add(of.organiser);
            all.add_all(by, [&](const person& p) { return is_in_electorate(p, of); });
        }
    }, happened);
    return all;
}

bool is_own(const election::state& of, member_id who) { return of.organiser == who || forms::contains(of.nominees, who); }
date due_of(const election::state& of) { return of.schedule.voting_closes; }

section election::section_of(const event& happened) {
    namespace e = events::election;
    if (std::holds_alternative<e::opened>(happened)) return {"opening"};
    if (std::holds_alternative<e::nominated>(happened)) return {"nominations", true};
    if (std::holds_alternative<e::counted>(happened)) return {"count"};
    if (std::holds_alternative<e::decided>(happened)) return {"decision"};
    if (std::holds_alternative<e::announced>(happened)) return {"announcement"};
    return {};
}

}  // namespace core
