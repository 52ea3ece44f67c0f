#include "core/election/election.hpp"

#include "core/election/faults.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/sealed.hpp"
#include "core/kernel/step.hpp"

namespace core {

using s = election_status;
using r = election_rejection;
namespace happened = events::election;

namespace {

using state = election::state;
using check = std::optional<r>;

check nobody_nominated(const state& now, const context&) { return now.nominees.empty() ? r::no_nominees : check{}; }
constexpr flow::guard<state, r> has_nominees{"has_nominees", nobody_nominated};
using enum flow::step;

}  // namespace

// Who is nominated has no hand in how it goes (D1).
// clang-format off
constexpr std::array<election::row, 12> election::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard
    {"election.open", flow::from(s::absent), opener, 0, s::opened, "S6.4.3", r::not_opener, {}, r::already_exists},
    {"election.reschedule", flow::from(s::opened, s::nominated, s::voting), organiser, nominee, {}, "S6.4.3", r::not_organiser,
     r::nominated_self, r::over},
    {"election.nominate", flow::from(s::opened), anyone, 0, {}, "S6.4.3", r::not_member, {}, r::not_nominating, own_word},
    {"election.close_nominations", flow::from(s::opened), organiser, nominee, s::nominated, "S6.4.3", r::not_organiser, r::nominated_self,
     r::not_nominating, optional, &has_nominees},
    {"election.open_voting", flow::from(s::nominated), organiser, nominee, s::voting, "S6.4.3", r::not_organiser, r::nominated_self,
     r::not_nominated},
    {"election.vote", flow::from(s::voting), voter, 0, {}, "D7", r::not_voter, {}, r::not_voting, awaited | each | own_word | again, nullptr,
     pending_voter},
    {"election.close_voting", flow::from(s::voting), organiser, nominee, s::voted, "S6.4.3", r::not_organiser, r::nominated_self,
     r::not_voting},
    {"election.count", flow::from(s::voted), 0, 0, s::counted, "D7", r::not_counter, {}, r::not_voted},
    {"election.decide", flow::from(s::counted), manager, nominee, s::decided, "S6.4.3", r::not_manager, r::nominated_self, r::not_counted,
     awaited},
    {"election.announce", flow::from(s::decided), organiser | manager, nominee, s::announced, "S6.4.3", r::not_organiser, r::nominated_self,
     r::not_decided, awaited},
    {"election.cancel", under_way, organiser, nominee, s::cancelled, "S6.4.3", r::not_organiser, r::nominated_self, r::over},
    {"election.hand_over", under_way, 0, 0, {}, "S1.3.4", r::not_organiser, {}, r::over},
}};
// clang-format on

namespace {

using outcome = decision<election>;
using decided_events = decided<election::event>;

bool in_effect(const state&, const auto&) { return false; }
bool in_effect(const state& now, const election::reschedule& c) { return now.schedule == c.schedule; }
bool in_effect(const state& now, const election::close_nominations&) { return now.is == s::nominated; }
bool in_effect(const state& now, const election::open_voting&) { return now.is == s::voting; }
bool in_effect(const state& now, const election::close_voting&) { return now.is == s::voted; }
bool in_effect(const state& now, const election::count& c) { return now.is == s::counted && now.totals == c.totals; }
bool in_effect(const state& now, const election::decide_winners& c) { return now.is == s::decided && now.winners == c.winners; }
bool in_effect(const state& now, const election::announce&) { return now.is == s::announced; }
bool in_effect(const state& now, const election::cancel&) { return now.is == s::cancelled; }
bool in_effect(const state& now, const election::hand_over& c) { return now.organiser != c.from; }

election::event event_of(const election::reschedule& c, const state&, const context&) { return happened::rescheduled{c.schedule, c.reason}; }
election::event event_of(const election::nominate& c, const state&, const context& by) {
    return happened::nominated{by.who(), c.nominee, about(c.nominee, c.reason)};
}
election::event event_of(const election::close_nominations&, const state&, const context&) { return happened::nominations_closed{}; }
election::event event_of(const election::open_voting&, const state&, const context&) { return happened::voting_opened{}; }
election::event event_of(const election::cast& c, const state&, const context& by) { return happened::ballot_cast{by.who(), c.ballot}; }
election::event event_of(const election::close_voting&, const state&, const context&) { return happened::voting_closed{}; }
election::event event_of(const election::count& c, const state&, const context&) { return happened::counted{c.totals, c.invalid, c.proof}; }
election::event event_of(const election::decide_winners& c, const state& now, const context&) {
    return happened::decided{c.winners, election_faults::is_as_counted(c.winners, now), c.reason};
}
election::event event_of(const election::announce& c, const state&, const context&) { return happened::announced{c.commendation.value_or("")}; }
election::event event_of(const election::cancel& c, const state&, const context&) { return happened::cancelled{c.reason}; }
election::event event_of(const election::hand_over& c, const state&, const context&) { return happened::handed_over{c.from, c.to}; }

outcome decide_one(const state& now, const election::open& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (by.by_system()) return r::not_opener;  // it is somebody's (S1.3.1)
    if (const auto no = flow::who_refuses<election>(flow::row_of<election, election::open>(), election::as_if(now, c, by), by)) return *no;
    if (const auto no = election_faults::at_fault(c, now, by)) return *no;
    decided_events all;
    all.push_back(happened::opened{by.who(), c.title, c.period, c.seats, c.electorate, c.schedule, c.key,
                                   by.flows ? by.flows->newest("election") : 1});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    constexpr bool personal = std::is_same_v<Command, election::nominate> || std::is_same_v<Command, election::cast>;
    if (personal && by.by_system()) return flow::row_of<election, Command>().not_yours;
    return flow::decide_step<election, Command>(now, by, [&] { return in_effect(now, c); }, [&] { return election_faults::at_fault(c, now, by); }, [&] { return event_of(c, now, by); });
}

void fold(state& e, const happened::opened& h) {
    e.is = s::opened;
    e.flow = h.flow;
    e.organiser = h.organiser;
    e.title = h.title;
    e.seats = h.seats;
    e.electorate = h.electorate;
    e.schedule = h.schedule;
}
void fold(state& e, const happened::rescheduled& h) { e.schedule = h.schedule; }
void fold(state& e, const happened::nominated& h) {
    e.nominations.push_back({h.by, h.nominee});
    if (!forms::contains(e.nominees, h.nominee)) e.nominees.push_back(h.nominee);
}
void fold(state& e, const happened::nominations_closed&) { e.is = s::nominated; }
void fold(state& e, const happened::voting_opened&) { e.is = s::voting; }
void fold(state& e, const happened::ballot_cast& h) {
    const auto at = std::lower_bound(e.voters.begin(), e.voters.end(), h.voter);
    if (at == e.voters.end() || *at != h.voter) e.voters.insert(at, h.voter);
}
void fold(state& e, const happened::voting_closed&) { e.is = s::voted; }
void fold(state& e, const happened::counted& h) {
    e.is = s::counted;
    e.totals = h.totals;
}
void fold(state& e, const happened::decided& h) {
    e.is = s::decided;
    e.winners = h.winners;
}
void fold(state& e, const happened::announced&) { e.is = s::announced; }
void fold(state& e, const happened::cancelled&) { e.is = s::cancelled; }
void fold(state& e, const happened::handed_over& h) {
    if (e.organiser == h.from) e.organiser = h.to;
}

/// It is its electorate's department that decides; of an election in all departments that of who organises it.
bool decides_on(const person& who, const state& of, const context& by) {
    const auto* organiser = by.people->find(of.organiser);
    if (of.electorate) return manages(who, *of.electorate, by);
    return organiser ? manages(who, organiser->department, by) : who.has("OM");
}

}  // namespace

bool is_in_electorate(const person& who, const election::state& of) {
    return who.active && (!of.electorate || who.department == *of.electorate);
}

bool may_see_election(const election::state& of, const person& reader) {
    if (!reader.active || of.is == s::absent) return false;
    return is_in_electorate(reader, of) || reader.id == of.organiser || forms::contains(of.nominees, reader.id) || reader.has("OM") ||
           reader.has("HR") || reader.has("SL");
}

bool may_read(const events::election::any& what, const election::state& of, const person& reader) {
    const auto* ballot = std::get_if<happened::ballot_cast>(&what);
    return may_see_election(of, reader) && (!ballot || ballot->voter == reader.id);
}

// Nominations and ballots are taken all through the day that they close on (D15).
std::vector<election::command> due_commands(const election::state& now, const context& by) {
    std::vector<election::command> all;
    auto at = now.is;
    if (at == s::opened && !now.nominees.empty() && now.schedule.nominations_close < by.today) {
        all.push_back(election::close_nominations{});
        at = s::nominated;
    }
    if (at == s::nominated && now.schedule.voting_opens <= by.today) {
        all.push_back(election::open_voting{});
        at = s::voting;
    }
    if (at == s::voting && now.schedule.voting_closes < by.today) all.push_back(election::close_voting{});
    return all;
}

decision<election> election::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void election::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations election::relations_of(const state& now, const context& by) {
    flow::relations are = anyone;
    const auto& who = *by.actor;
    // The year's is opened for a department by who manages it (D16), or for all.
    if (who.has("HR") || (now.electorate ? manages(who, *now.electorate, by) : manages_all(who, by))) are |= opener;
    if (who.has("SL")) are |= leader;
    if (who.id == now.organiser) are |= organiser;
    if (decides_on(who, now, by)) are |= manager;
    if (is_in_electorate(who, now)) {
        const bool has_voted = std::binary_search(now.voters.begin(), now.voters.end(), who.id);
        are |= voter | (has_voted ? 0 : pending_voter);
    }
    if (forms::contains(now.nominees, who.id)) are |= nominee;
    return are;
}

election::state election::as_if(const state& now, const command& asked, const context&) {
    auto made = now;
    if (const auto* c = std::get_if<open>(&asked)) made.electorate = c->electorate;
    return made;
}

election::rejection election::wrong_state(const row& asked, status at) {
    return at == s::announced || at == s::cancelled ? rejection::over : asked.not_now;
}

}  // namespace core
