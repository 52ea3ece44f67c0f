#include "core/cycle/cycle.hpp"
#include "core/org/org.hpp"
#include "tests/support/appraised.hpp"

#include "core/policies/due.hpp"

using namespace opsroom_test;
using core::cycle;
using core::cycle_status;
using no = core::cycle::rejection;
using kind = events::cycle::kind;
namespace happened = events::cycle;

namespace {

const world empty;

const cycle::schedule days{core::date{2027y / 1 / 4}, core::date{2027y / 1 / 11}, core::date{2027y / 1 / 18}, core::date{2027y / 1 / 18},
                           core::date{2027y / 1 / 21}};
const happened::planned planned{kind::quarter, 2026, 4, days, 1};

std::vector<situation<cycle>> situations() {
    std::vector<situation<cycle>> all;
    for (const auto is : {cycle_status::planned, cycle_status::open, cycle_status::self_closed, cycle_status::evaluation_closed,
                          cycle_status::calibration, cycle_status::closed, cycle_status::cancelled})
        all.emplace_back(cycle_at(is));
    return all;
}

std::vector<cycle::command> commands() {
    auto later = days;
    later.closes = core::date{2027y / 1 / 30};
    return {cycle::reschedule{later, "holidays"}, cycle::open{"early"},  cycle::close_self{"early"},        cycle::close_evaluation{"early"},
            cycle::begin_calibration{"early"},    cycle::close{"early"}, cycle::cancel{"planned in error"}};
}

bool handbook_allows(const cycle::state& c, std::string_view command, const core::person& who) {
    using s = cycle_status;
    if (!who.active || !(who.has("SL") || who.has("HR"))) return false;  // more than one department has a manager (D16)
    const auto steps = [&](s from, s to) { return c.is == from || c.is == to; };  // again: already so
    if (command == "cycle.reschedule") return c.is != s::closed && c.is != s::cancelled;
    if (command == "cycle.open") return steps(s::planned, s::open);
    if (command == "cycle.close_self") return steps(s::open, s::self_closed);
    if (command == "cycle.close_evaluation") return steps(s::self_closed, s::evaluation_closed);
    if (command == "cycle.begin_calibration") return steps(s::evaluation_closed, s::calibration);
    if (command == "cycle.close") return steps(s::calibration, s::closed);
    return steps(s::planned, s::cancelled);
}

core::context on(core::date day, core::context by) {
    by.today = day;
    return by;
}

}  // namespace

TEST_CASE("cycle: its days follow from the period, the calendar and the settings", "[core][cycle][S6.2][D6]") {
    CHECK(given<cycle>().when(cycle::plan{kind::quarter, 2026, 4, {}}, in_office(hui, empty)) ==
          happened::planned{kind::quarter, 2026, 4,
                            {core::date{2027y / 1 / 4}, core::date{2027y / 1 / 11}, core::date{2027y / 1 / 18}, core::date{2027y / 1 / 19},
                             core::date{2027y / 1 / 21}}, 1});
    // A Saturday is worked.
    const core::working_calendar official({core::date{2027y / 1 / 1}}, {core::date{2027y / 1 / 9}}, {2027});
    auto by = in_office(hui, empty);
    by.calendar = &official;
    events::org::settings how;
    how.self_days = 4;
    how.calibration_days = 0;
    by.how = &how;
    const auto annual = given<cycle>().when(cycle::plan{kind::annual, 2026, {}, {}}, by);
    CHECK(annual == happened::planned{kind::annual, 2026, 0,
                                      {core::date{2027y / 1 / 4}, core::date{2027y / 1 / 8}, core::date{2027y / 1 / 14},
                                       core::date{2027y / 1 / 15}, core::date{2027y / 1 / 15}}, 1});
    // A period that is long past begins today.
    const auto late = given<cycle>().after(cycle::plan{kind::quarter, 2026, 1, {}}, in_office(hui, empty));
    CHECK(late.state().schedule.opens == today);
}

TEST_CASE("cycle: there is one for each quarter and each year", "[core][cycle][S6.2]") {
    const auto plan = [](cycle::plan c, const core::entities& others = empty) { return given<cycle>().when(c, in_office(lin, others, one_office)); };
    CHECK(plan({kind::quarter, 2026, 4, days}) == planned);
    CHECK(plan({kind::quarter, 2026, {}, {}}) == no::bad_period);
    CHECK(plan({kind::quarter, 2026, 5, {}}) == bad_field{"quarter"});
    CHECK(plan({kind::quarter, 2026, 0, {}}) == bad_field{"quarter"});
    CHECK(plan({kind::annual, 2026, 4, {}}) == no::bad_period);
    CHECK(plan({kind::annual, 1999, {}, {}}) == bad_field{"year"});
    world w;
    w.put<cycle>(1, given<cycle>(planned).state());
    CHECK(plan({kind::quarter, 2026, 4, {}}, w) == no::already_planned);
    CHECK(plan({kind::quarter, 2026, 3, {}}, w).passed());
    CHECK(plan({kind::annual, 2026, {}, {}}, w).passed());
    world cancelled;
    cancelled.put<cycle>(1, given<cycle>(planned, happened::cancelled{"x"}).state());
    CHECK(plan({kind::quarter, 2026, 4, {}}, cancelled).passed());
    CHECK(given<cycle>().when(cycle::plan{kind::annual, 2026, {}, {}}, in_office(wei, empty)) == no::not_organiser);
    auto wrong = days;
    wrong.self_closes = wrong.opens;
    CHECK(plan({kind::quarter, 2026, 4, wrong}) == no::bad_schedule);
    wrong = days;
    wrong.opens = yesterday;
    CHECK(plan({kind::quarter, 2026, 4, wrong}) == no::bad_schedule);
}

TEST_CASE("cycle: the system keeps to the day, a person may take another and says why", "[core][cycle][S6.2]") {
    const auto c = given<cycle>(planned);
    CHECK(c.when(cycle::open{}, office_system(empty)) == no::not_due);
    CHECK(c.when(cycle::open{}, on(days.opens, office_system(empty))) == happened::opened{""});
    CHECK(c.when(cycle::open{}, in_office(hui, empty)) == no::bad_reason);
    CHECK(c.when(cycle::open{" "}, in_office(hui, empty)) == no::bad_reason);
    CHECK(c.when(cycle::open{"everyone is back"}, in_office(hui, empty)) == happened::opened{"everyone is back"});
    CHECK(c.when(cycle::open{}, on(days.opens, in_office(hui, empty))) == happened::opened{""});
    auto later = days;
    later.opens = core::date{2027y / 1 / 5};
    CHECK(c.when(cycle::reschedule{later, ""}, in_office(hui, empty)) == bad_field{"reason"});
    CHECK(c.when(cycle::reschedule{later, "x"}, in_office(hui, empty)) == happened::rescheduled{later, "x"});
    CHECK(c.when(cycle::reschedule{days, "x"}, in_office(hui, empty)) == nothing<cycle>());
    // Days that have come stay where they were.
    const auto open = given<cycle>(planned, happened::opened{""});
    auto longer = days;
    longer.closes = core::date{2027y / 2 / 1};
    CHECK(open.when(cycle::reschedule{longer, "x"}, on(core::date{2027y / 1 / 6}, in_office(hui, empty))).passed());
    CHECK(open.when(cycle::reschedule{longer, "x"}, on(core::date{2027y / 1 / 12}, in_office(hui, empty))) == no::bad_schedule);
}

TEST_CASE("cycle: a year of ticks opens it in the morning and closes it at the end of its days", "[core][cycle][S6.2][D15]") {
    auto c = given<cycle>(planned);
    std::vector<std::pair<core::date, cycle_status>> seen;
    for (auto day = std::chrono::sys_days(today); day < std::chrono::sys_days(2027y / 11 / 23); day += std::chrono::days(1)) {
        const auto by = on(core::date(day), office_system(empty));
        for (const auto& due : core::due_commands(c.state(), by)) {
            c = c.after(due, by);
            seen.emplace_back(core::date(day), c.state().is);
        }
        CHECK(core::due_commands(c.state(), by).empty());
    }
    const std::vector<std::pair<core::date, cycle_status>> expected{{days.opens, cycle_status::open},
                                                                    {core::day_after(days.self_closes), cycle_status::self_closed},
                                                                    {core::day_after(days.evaluation_closes), cycle_status::evaluation_closed},
                                                                    {core::day_after(days.evaluation_closes), cycle_status::calibration},
                                                                    {core::day_after(days.closes), cycle_status::closed}};
    CHECK(seen == expected);
    // What was missed is caught up with, in order.
    const auto late = on(core::date{2027y / 1 / 19}, office_system(empty));
    CHECK(core::due_commands(given<cycle>(planned).state(), late).size() == 4);
    world w;
    w.put<cycle>(7, given<cycle>(planned).state());
    auto by = late;
    by.others = &w;
    const auto all = core::policies::due(by);
    REQUIRE(all.size() == 4);
    CHECK(all[0].target == events::stream_of(core::cycle_id{7}));
    CHECK(core::type_of(all[0].what) == "cycle.open");
    CHECK(core::type_of(all[3].what) == "cycle.begin_calibration");
}

TEST_CASE("cycle: every (status, command, person) is as the handbook says", "[core][cycle][S6.2]") {
    CHECK(check_every_pair<cycle>(situations(), commands(), handbook_allows, office_cast(empty)) == 7 * 7 * 12);
    check_rows_agree<cycle>(situations(), commands(), office_cast(empty));
}
