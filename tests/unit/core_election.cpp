#include "core/election/election.hpp"
#include "tests/support/appraised.hpp"

using namespace opsroom_test;
using core::election;
using core::election_status;
using no = core::election::rejection;
namespace happened = events::election;

namespace {

const world empty;
const election::schedule days{core::date{2026y / 11 / 27}, core::date{2026y / 11 / 30}, core::date{2026y / 12 / 4}};

election::open good_election() { return {"2026 年优秀员工", "2026", 1, {{"operations"}}, days, "age1publickey"}; }
const happened::opened opened{lin.id, "2026 年优秀员工", "2026", 1, {{"operations"}}, days, "age1publickey", 1};

happened::nominated nomination(const core::person& by, const core::person& of) { return {by.id, of.id, {of.id, "可靠"}}; }
const happened::nominated for_wei = nomination(na, wei);
const happened::nominated for_na = nomination(wei, na);

template <class... More>
situation<election> voting(const More&... more) {
    return given<election>(opened, for_wei, for_na, happened::nominations_closed{}, happened::voting_opened{}, more...);
}
template <class... More>
situation<election> voted(const More&... more) {
    return voting(happened::ballot_cast{wei.id, "YQ=="}, happened::ballot_cast{na.id, "YQ=="}, happened::ballot_cast{mei.id, "YQ=="},
                  happened::voting_closed{}, more...);
}
const happened::counted counted{{{wei.id, 2}, {na.id, 1}}, 0, "proof"};
const happened::decided decided{{wei.id}, true, "most votes"};

std::vector<situation<election>> situations() {
    return {given<election>(opened),
            given<election>(opened, for_wei, for_na),
            given<election>(opened, for_wei, for_na, happened::nominations_closed{}),
            voting(),
            voted(),
            voted(counted),
            voted(counted, decided),
            voted(counted, decided, happened::announced{""}),
            given<election>(opened, happened::cancelled{"x"})};
}

std::vector<election::command> commands() {
    auto later = days;
    later.voting_closes = core::date{2026y / 12 / 11};
    return {election::reschedule{later, "holiday"}, election::nominate{mei.id, "good"}, election::close_nominations{}, election::open_voting{},
            election::cast{"YWJj"}, election::close_voting{}, election::count{counted.totals, 0, "proof"},
            election::decide_winners{{wei.id}, "most votes"}, election::announce{{}}, election::cancel{"error"},
            election::hand_over{lin.id, mei.id}};
}

bool handbook_allows(const election::state& e, std::string_view name, const core::person& who) {
    using s = election_status;
    const auto command = name.substr(name.find('.') + 1);
    const auto is = [&](auto... all) { return ((e.is == all) || ...); };
    const bool organises = who.id == lin.id || who.has("SL"), manages = organises || who.id == mei.id;
    if (!who.active) return false;
    if (command == "reschedule") return organises && is(s::opened, s::nominated, s::voting);
    if (command == "nominate") return who.id != mei.id && is(s::opened);
    if (command == "close_nominations") return organises && ((is(s::opened) && !e.nominees.empty()) || is(s::nominated));  // again: already so
    if (command == "open_voting") return organises && is(s::nominated, s::voting);
    if (command == "vote") return who.department.code == "operations" && is(s::voting);
    if (command == "close_voting") return organises && is(s::voting, s::voted);
    if (command == "decide") return manages && is(s::counted, s::decided);
    if (command == "announce") return manages && is(s::decided, s::announced);
    if (command == "cancel") return organises && !is(s::announced);
    return false;  // count and hand_over are the system's
}

outcome<election> when(const situation<election>& at, const election::command& asked, const core::person& who, const company& people = office) {
    return at.when(asked, in_office(who, empty, people));
}

}  // namespace

TEST_CASE("election: OM or HR open it", "[core][election][S6.4.3]") {
    const auto none = given<election>();
    CHECK(when(none, good_election(), lin) == opened);
    CHECK(when(none, good_election(), hui).passed());
    CHECK(when(none, good_election(), wei) == no::not_opener);
    CHECK(when(none, good_election(), gone) == no::inactive);
    CHECK(none.when(good_election(), office_system(empty)) == no::not_opener);
    const auto asked = [&](auto change) {
        auto c = good_election();
        change(c);
        return when(none, c, lin);
    };
    CHECK(when(none, good_election(), zhou).passed());  // oversees (D16)
    // One in all departments is of no one's manager, where more than one has one.
    auto of_all = good_election();
    of_all.electorate.reset();
    CHECK(when(none, of_all, lin) == no::not_opener);
    CHECK(when(none, of_all, lin, one_office).passed());
    for (const auto* who : {&hui, &zhou}) CHECK(when(none, of_all, *who).passed());
    CHECK(asked([](auto& c) { c.title = ""; }) == bad_field{"title"});
    CHECK(asked([](auto& c) { c.period = ""; }) == bad_field{"period"});
    CHECK(asked([](auto& c) { c.seats = 0; }) == bad_field{"seats"});
    CHECK(asked([](auto& c) { c.electorate->code = ""; }) == bad_field{"electorate"});
    CHECK(asked([](auto& c) { c.schedule.nominations_close = yesterday; }) == no::bad_schedule);
    CHECK(asked([](auto& c) { c.schedule.voting_closes = c.schedule.voting_opens; }).passed());  // all of that day (D15)
    CHECK(asked([](auto& c) { c.schedule.voting_closes = yesterday; }) == no::bad_schedule);
    // A day on which all may still nominate is none to vote on.
    CHECK(asked([](auto& c) { c.schedule.voting_opens = c.schedule.voting_closes = c.schedule.nominations_close; }) == no::bad_schedule);
    CHECK(asked([](auto& c) { c.key = ""; }) == no::bad_key);
}

TEST_CASE("election: anyone nominates with a reason, not themselves", "[core][election][D7]") {
    const auto e = given<election>(opened);
    CHECK(when(e, election::nominate{wei.id, "可靠"}, na) == for_wei);
    CHECK(when(e, election::nominate{wei.id, "可靠"}, requester).passed());
    CHECK(when(e, election::nominate{wei.id, "me"}, wei) == no::own_nomination);
    CHECK(when(e, election::nominate{wei.id, ""}, na) == bad_field{"reason"});
    CHECK(when(e, election::nominate{gone.id, "x"}, na) == bad_field{"nominee"});
    CHECK(when(e, election::nominate{ada.id, "x"}, na) == no::bad_nominee);  // of another department
    CHECK(e.when(election::nominate{wei.id, "x"}, office_system(empty)) == no::not_member);
    const auto one = given<election>(opened, for_wei);
    CHECK(when(one, election::nominate{wei.id, "again"}, na) == no::nominated_before);
    const auto two = one.after(election::nominate{wei.id, "so do I"}, in_office(mei, empty));
    CHECK(two.state().nominees == std::vector<core::member_id>{wei.id});
    CHECK(when(e, election::close_nominations{}, lin) == no::no_nominees);
}

TEST_CASE("election: one sealed ballot a member, changeable until closed", "[core][election][D7]") {
    CHECK(when(voting(), election::cast{"YWJj"}, wei) == happened::ballot_cast{wei.id, "YWJj"});
    CHECK(when(voting(), election::cast{"YWJj"}, requester) == no::not_voter);
    CHECK(when(voting(), election::cast{"not base64!"}, wei) == no::bad_ballot);
    CHECK(when(voting(), election::cast{""}, wei) == no::bad_ballot);
    CHECK(when(voting(), election::cast{std::string(16'385, 'a')}, wei) == no::bad_ballot);
    CHECK(voting().when(election::cast{"YWJj"}, office_system(empty)) == no::not_voter);
    const auto once = voting().after(election::cast{"YWJj"}, in_office(wei, empty));
    const auto twice = once.after(election::cast{"ZGVm"}, in_office(wei, empty));
    CHECK(twice.state().voters == std::vector<core::member_id>{wei.id});
    CHECK(when(voted(), election::cast{"YWJj"}, wei) == no::not_voting);
    // It waits on those who have not voted.
    const auto waits = core::flow::waits<election>(once.state(), in_office(lin, empty));
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].on.who == std::vector<core::member_id>{lin.id, mei.id, na.id});
    // Nobody does it for somebody else.
    auto stand_in = requester;
    stand_in.acts_for = {{wei.id, today, {}}};
    CHECK(when(voting(), election::cast{"YWJj"}, stand_in, office.with(stand_in)) == no::not_voter);
}

TEST_CASE("election: the system counts, and the count adds up", "[core][election][D7]") {
    const auto count = [](std::vector<election::total> totals, std::uint32_t invalid, std::string proof = "proof") {
        return voted().when(election::count{std::move(totals), invalid, std::move(proof)}, office_system(empty));
    };
    CHECK(count(counted.totals, 0) == counted);
    CHECK(count({{na.id, 1}, {wei.id, 1}}, 1).passed());
    CHECK(count({{wei.id, 2}, {na.id, 2}}, 0) == no::bad_count);
    CHECK(count({{wei.id, 3}}, 0) == no::bad_count);
    CHECK(count({{wei.id, 2}, {wei.id, 1}}, 0) == no::bad_count);
    CHECK(count({{wei.id, 2}, {mei.id, 1}}, 0) == no::bad_count);
    CHECK(count(counted.totals, 0, "") == no::bad_count);
    CHECK(when(voted(), election::count{counted.totals, 0, "proof"}, lin) == no::not_counter);
    CHECK(when(voted(), election::count{counted.totals, 0, "proof"}, ada) == no::not_counter);
}

TEST_CASE("election: OM decides with a reason, and it shows where that is not the count", "[core][election][D7]") {
    CHECK(when(voted(counted), election::decide_winners{{wei.id}, "most votes"}, lin) == decided);
    CHECK(when(voted(counted), election::decide_winners{{na.id}, "wei won last year"}, lin) ==
          happened::decided{{na.id}, false, "wei won last year"});
    CHECK(when(voted(counted), election::decide_winners{{na.id}, ""}, lin) == bad_field{"reason"});
    CHECK(when(voted(counted), election::decide_winners{{}, "x"}, lin) == bad_field{"winners"});
    CHECK(when(voted(counted), election::decide_winners{{mei.id}, "x"}, lin) == no::bad_winners);
    CHECK(when(voted(counted), election::decide_winners{{wei.id, na.id}, "x"}, lin) == no::bad_winners);  // one seat
    CHECK(when(voted(counted), election::decide_winners{{wei.id}, "x"}, hui) == no::not_manager);
    CHECK(when(voted(counted), election::decide_winners{{wei.id}, "x"}, tech_manager) == no::not_manager);
    // Equal votes may go either way.
    const auto tie = voted(happened::counted{{{wei.id, 1}, {na.id, 1}}, 1, "proof"});
    CHECK(when(tie, election::decide_winners{{na.id}, "x"}, lin) == happened::decided{{na.id}, true, "x"});
    CHECK(when(voted(counted, decided), election::announce{"谢谢"}, lin) == happened::announced{"谢谢"});
    CHECK(when(voted(counted, decided), election::announce{std::string(16'385, 'x')}, lin) == bad_field{"commendation"});
}

TEST_CASE("election: who is nominated neither runs nor decides it", "[core][election][D1][D7]") {
    const auto own = given<election>(opened, nomination(wei, lin), happened::nominations_closed{});
    CHECK(when(own, election::open_voting{}, lin) == no::nominated_self);
    CHECK(when(own, election::open_voting{}, zhou).passed());
    CHECK(when(own, election::open_voting{}, mei) == no::not_organiser);
    const happened::counted count{{{lin.id, 0}}, 0, "proof"};
    const auto at = given<election>(opened, nomination(wei, lin), happened::nominations_closed{}, happened::voting_opened{},
                                    happened::voting_closed{}, count);
    CHECK(when(at, election::decide_winners{{lin.id}, "x"}, lin) == no::nominated_self);
    CHECK(when(at, election::decide_winners{{lin.id}, "x"}, mei).passed());  // the other manager
    // The only manager: it goes to the superior by itself, and is said so.
    auto no_mei = mei;
    no_mei.roles = {{"SP"}};
    const auto alone = office.with(no_mei);
    CHECK(when(at, election::decide_winners{{lin.id}, "x"}, zhou, alone).passed());
    const auto waits = core::flow::waits<election>(at.state(), in_office(wei, empty, alone));
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].on.passed_up);
    CHECK(waits[0].on.who == std::vector<core::member_id>{zhou.id});
}

TEST_CASE("election: a department without a manager is decided by another's", "[core][election][D7]") {
    auto elsewhere = opened;
    elsewhere.electorate = {{"marketing"}};
    elsewhere.organiser = hui.id;
    const auto at = given<election>(elsewhere, nomination(wei, requester), happened::nominations_closed{}, happened::voting_opened{},
                                    happened::voting_closed{}, happened::counted{{{requester.id, 0}}, 0, "p"});
    CHECK(when(at, election::decide_winners{{requester.id}, "x"}, lin).passed());
}

TEST_CASE("election: its steps come on their days, and what closes on one is open all that day", "[core][election][S6.4.3][D15]") {
    const auto on = [](core::date day) {
        auto by = office_system(empty);
        by.today = day;
        return by;
    };
    const auto e = given<election>(opened, for_wei);
    CHECK(core::due_commands(e.state(), on(core::date{2026y / 11 / 26})).empty());
    CHECK(core::due_commands(e.state(), on(core::date{2026y / 11 / 27})).empty());
    CHECK(core::due_commands(e.state(), on(core::date{2026y / 11 / 28})).size() == 1);
    CHECK(core::due_commands(e.state(), on(core::date{2026y / 12 / 4})).size() == 2);
    CHECK(core::due_commands(e.state(), on(core::date{2026y / 12 / 5})).size() == 3);
    CHECK(core::due_commands(given<election>(opened).state(), on(core::date{2026y / 12 / 5})).empty());  // nobody nominated
    auto at = e;
    for (const auto& due : core::due_commands(e.state(), on(core::date{2026y / 12 / 5}))) at = at.after(due, on(core::date{2026y / 12 / 5}));
    CHECK(at.state().is == election_status::voted);
    auto later = days;
    later.nominations_close = core::date{2026y / 11 / 28};
    CHECK(when(e, election::reschedule{later, ""}, lin) == bad_field{"reason"});
    CHECK(when(e, election::reschedule{later, "x"}, lin) == happened::rescheduled{later, "x"});
}

TEST_CASE("election: who sees it, and that ballots are their voters' alone", "[core][election][D5][D7]") {
    const auto e = voting().state();
    for (const auto* who : office_people) {
        const bool in = who->active && (who->department.code == "operations" || who->has("OM") || who->has("HR") || who->has("SL"));
        CHECK(core::may_see_election(e, *who) == in);
        CHECK(core::may_read(happened::ballot_cast{wei.id, "YQ=="}, e, *who) == (who->id == wei.id));
        CHECK(core::may_read(happened::counted{}, e, *who) == in);
    }
}

TEST_CASE("election: every (status, command, person) is as the handbook says", "[core][election][S6.4.3][D7]") {
    CHECK(check_every_pair<election>(situations(), commands(), handbook_allows, office_cast(empty)) == 9 * 11 * 12);
    check_rows_agree<election>(situations(), commands(), office_cast(empty));
}
