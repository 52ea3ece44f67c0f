// Flows and forms as versioned definitions, and the working calendar: S1.3.2, S1.3.3, S2.1.3, D6.

#include "core/calendar/calendar.hpp"
#include "core/definitions/definitions.hpp"
#include "core/org/org.hpp"
#include "core/project/project.hpp"
#include "core/request/request.hpp"
#include "core/kernel/statutory.hpp"
#include "core/definitions/written.hpp"
#include "events/catalog/any.hpp"
#include "events/catalog/incentive.hpp"
#include "events/catalog/indicators.hpp"
#include "tests/support/flow_table.hpp"

using namespace opsroom_test;
using core::definitions;
using no = core::definitions::rejection;
using events::definitions::row_change;

namespace {

definitions::amend_flow change(std::vector<row_change> rows, std::vector<events::definitions::step_limit> limits = {}) {
    return {"request", std::move(rows), std::move(limits), "too slow", "quicker verdicts"};
}

const events::request::form f1{"t", "b", "o", "m", tomorrow, {}, events::priority::normal, {true, "ok"}, {}};

}  // namespace

TEST_CASE("definitions: a flow is changed with reason and effect", "[core][definitions][S1.3.2][S2.1.3]") {
    const auto none = given<definitions>();
    const auto asked = [&](auto c) { return none.when(c, as_only_manager(lin)); };
    CHECK(asked(change({}, {{"submitted", 5}})) ==
          events::definitions::flow_amended{"request", 2, {}, {{"submitted", 5}}, "too slow", "quicker verdicts"});
    CHECK(none.when(change({}, {{"submitted", 5}}), as(wei)) == no::not_improver);
    CHECK(asked(change({})) == no::nothing_changes);
    CHECK(asked(change({}, {{"nowhere", 5}})) == no::bad_limit);
    CHECK(asked(change({row_change{"request.fly", {}, {}, {}, {}}})) == no::bad_row);
    CHECK(asked(definitions::amend_flow{"nothing", {}, {{"x", 1}}, "r", "e"}) == no::no_such_flow);
    CHECK(asked(definitions::amend_flow{"request", {}, {{"submitted", 1}}, "", "e"}) == bad_field{"reason"});
    CHECK(asked(definitions::amend_flow{"request", {}, {{"submitted", 1}}, "r", ""}) == bad_field{"effect"});
    CHECK(asked(change({}, {{"submitted", 366}})) == bad_field{"limits/0/working_days"});
}

TEST_CASE("definitions: who decides stays with the handbook", "[core][definitions][D1]") {
    const auto asked = [](row_change row) { return given<definitions>().when(change({std::move(row)}), as_only_manager(lin)); };
    CHECK(asked({"request.pass", {}, std::vector<std::string>{"manager", "anyone"}, {}, {}}) == no::decides);
    CHECK(asked({"request.pass", {}, {}, std::vector<core::role>{{"SP"}}, {}}) == no::decides);
    CHECK(asked({"request.withdraw", {}, std::vector<std::string>{}, {}, {}}) == no::narrows);
    CHECK(asked({"request.withdraw", std::vector<std::string>{"draft"}, {}, {}, {}}) == no::narrows);
    CHECK(asked({"request.withdraw", {}, std::vector<std::string>{"requester", "manager"}, {}, {}}).passed());
}

TEST_CASE("definitions: what has begun keeps the version that it began with", "[core][definitions][request][S1.3.2]") {
    const auto amended = given<definitions>().after(
        change({{"request.withdraw", {}, {}, std::vector<core::role>{{"QA"}}, {}}}, {{"submitted", 9}}), as_only_manager(lin));
    const core::amended_flows flows(amended.state());
    CHECK(flows.newest("request") == 2);
    CHECK(flows.newest("project") == 1);
    CHECK(flows.limit("request", 1, "submitted") == 3);
    CHECK(flows.limit("request", 2, "submitted") == 9);
    const auto qa = somebody(31, "operations", {"QA"});
    auto by = as(requester);
    by.flows = &flows;
    const auto old = given<core::request>(events::request::drafted{requester.id, {"marketing"}, f1, 1});
    const auto fresh = given<core::request>().after(core::request::draft{f1}, by);
    CHECK(fresh.state().flow == 2);
    auto by_qa = as(qa);
    by_qa.flows = &flows;
    CHECK(old.when(core::request::withdraw{"x"}, by_qa) == core::request::rejection::not_requester);
    CHECK(fresh.when(core::request::withdraw{"x"}, by_qa).passed());
}

TEST_CASE("definitions: a form asks for the fields that it was given", "[core][definitions][request][S1.3.2]") {
    const auto amended = given<definitions>().after(
        definitions::amend_form{"F1", {{"legal", {"法务", "Legal"}, true}, {"link", {"链接", "Link"}, false}}, "law", "fewer questions"}, as_only_manager(lin));
    const core::amended_flows flows(amended.state());
    auto by = as(requester);
    by.flows = &flows;
    const auto asked = [&](events::form_extras extras) {
        auto f = f1;
        f.extras = std::move(extras);
        return given<core::request>().when(core::request::draft{f}, by);
    };
    using r = core::request::rejection;
    CHECK(asked({1, {}, {}}) == r::bad_extras);
    CHECK(asked({2, {}, {}}) == r::bad_extras);
    CHECK(asked({2, {{"legal", " "}}, {}}) == r::bad_extras);
    CHECK(asked({2, {{"legal", "asked"}}, {}}).passed());
    CHECK(asked({2, {{"legal", "asked"}, {"link", "x"}}, {}}).passed());
    CHECK(asked({2, {{"legal", "asked"}, {"other", "x"}}, {}}) == r::bad_extras);
    CHECK(given<definitions>().when(definitions::amend_form{"F99", {}, "r", "e"}, as_only_manager(lin)) == no::no_such_form);
}

TEST_CASE("definitions: every flow is written down whole", "[core][definitions][S1.1]") {
    for (const auto& f : core::written::flows()) {
        INFO(f.name);
        CHECK(!f.rows.empty());
        for (const auto& row : f.rows) {
            INFO(row.command);
            CHECK(row.command.starts_with(std::string(f.name)));
            CHECK(!row.clause.empty());
            CHECK(row.in != 0);
        }
    }
}

TEST_CASE("calendar: holidays, make-up days and working time", "[core][calendar][D6][S1.3.3]") {
    using namespace std::chrono_literals;
    // National Day 2025: 1 to 8 October off, 28 September and 11 October worked.
    const core::working_calendar days({2025y / 10 / 1, 2025y / 10 / 2, 2025y / 10 / 3, 2025y / 10 / 6, 2025y / 10 / 7, 2025y / 10 / 8},
                                      {2025y / 9 / 28, 2025y / 10 / 11}, {2025});
    CHECK(days.is_working_day(2025y / 9 / 28));  // a Sunday
    CHECK(!days.is_working_day(2025y / 10 / 1));
    CHECK(!days.is_working_day(2025y / 10 / 5));
    CHECK(days.after(2025y / 9 / 30, 1) == core::date{2025y / 10 / 9});
    CHECK(days.after(2025y / 10 / 1, 0) == core::date{2025y / 10 / 9});
    CHECK(days.working_days(2025y / 9 / 26, 2025y / 10 / 11) == 6);  // 28, 29, 30 September; 9, 10, 11 October
    const events::org::working_hours hours;
    const auto at = [](core::date d, std::chrono::minutes local) { return core::instant(std::chrono::sys_days(d) + local - core::shanghai); };
    CHECK(days.working_time(at(2025y / 9 / 30, 9h), at(2025y / 9 / 30, 18h), hours, core::shanghai) == 8h);
    CHECK(days.working_time(at(2025y / 9 / 30, 17h), at(2025y / 10 / 9, 10h), hours, core::shanghai) == 2h);
    CHECK(days.working_time(at(2025y / 9 / 30, 11h), at(2025y / 9 / 30, 14h), hours, core::shanghai) == 2h);
    CHECK(days.working_time(at(2025y / 10 / 2, 9h), at(2025y / 10 / 3, 18h), hours, core::shanghai) == 0h);
    CHECK(days.working_time(at(2025y / 9 / 30, 18h), at(2025y / 9 / 30, 9h), hours, core::shanghai) == 0h);

    using r = core::calendar::rejection;
    const events::calendar::special_day off{2026y / 1 / 1, {"元旦", "New Year's Day"}};
    const auto by_law = [](int year) {
        std::vector<events::calendar::special_day> all;
        for (const auto day : core::statutory_holidays(year)) all.push_back({day, {"假日", "holiday"}});
        return all;
    };
    const auto none = given<core::calendar>();
    CHECK(none.when(core::calendar::publish_year{2026, "notice", by_law(2026), {}, {}}, as_only_manager(lin)).passed());
    CHECK(none.when(core::calendar::publish_year{2026, "notice", by_law(2026), {}, {}}, as(wei)) == r::not_keeper);
    // What is off by law before a year is published is not dropped by the way.
    CHECK(none.when(core::calendar::publish_year{2026, "notice", {off}, {}, {}}, as_only_manager(lin)) == r::drops_days);
    CHECK(none.when(core::calendar::publish_year{2026, "notice", {off}, {}, "the law was changed"}, as_only_manager(lin)).passed());
    CHECK(none.when(core::calendar::publish_year{2027, "notice", {off}, {}, {}}, as_only_manager(lin)) == r::bad_days);
    CHECK(none.when(core::calendar::publish_year{2026, "notice", {off}, {off}, {}}, as_only_manager(lin)) == r::bad_days);
    CHECK(none.when(core::calendar::publish_year{2026, "", {off}, {}, {}}, as_only_manager(lin)) == bad_field{"source"});
    for (int year = 2000; year <= 2060; ++year) {
        INFO(year);
        const auto asked = none.when(core::calendar::publish_year{static_cast<std::uint16_t>(year), "notice", by_law(year), {}, {}}, as_only_manager(lin));
        CHECK(asked.passed() == (year >= 2024 && year <= 2031));
        if (!asked.passed()) CHECK(asked == r::bad_year);
    }
    CHECK(none.when(core::calendar::publish_year{9999, "notice", {}, {}, {}}, as_only_manager(lin)) == r::bad_year);
    const auto published = none.after(core::calendar::publish_year{2026, "notice", {off}, {}, {}}, as_system());
    CHECK(!published.state().days().is_working_day(2026y / 1 / 1));
}

TEST_CASE("definitions: what was begun with one version of a form is finished with it, or with today's", "[core][definitions][request][S1.3.2][D12]") {
    using defs = definitions;
    const events::definitions::added_field legal{"legal", {"法务", "Legal"}, true}, cost{"cost", {"费用", "Cost"}, true};
    const auto two = given<defs>().after(defs::amend_form{"F1", {legal}, "law", "fewer questions"}, as_only_manager(lin));
    const auto three = two.after(defs::amend_form{"F1", {legal, cost}, "money", "fewer questions"}, as_only_manager(lin));
    const core::amended_flows flows_of_two(two.state()), flows_of_three(three.state());
    const auto by = [](const core::amended_flows& flows) {
        auto c = as(requester);
        c.flows = &flows;
        return c;
    };
    const auto filled = [](std::uint32_t version, std::vector<events::extra_field> fields) {
        auto f = f1;
        f.extras = {version, std::move(fields), {}};
        return f;
    };
    using r = core::request::rejection;
    const auto begun = given<core::request>().after(core::request::draft{filled(2, {{"legal", "x"}})}, by(flows_of_two));
    const auto revise = [&](std::uint32_t version, std::vector<events::extra_field> fields) {
        return begun.when(core::request::revise{filled(version, std::move(fields))}, by(flows_of_three));
    };
    CHECK(revise(2, {{"legal", "y"}}).passed());
    CHECK(revise(2, {}) == r::bad_extras);
    CHECK(revise(2, {{"legal", "y"}, {"cost", "z"}}) == r::bad_extras);
    CHECK(revise(3, {{"legal", "y"}, {"cost", "z"}}).passed());
    CHECK(revise(3, {{"legal", "y"}}) == r::bad_extras);
    CHECK(revise(1, {}) == r::bad_extras);
    // What begins now begins with today's.
    CHECK(given<core::request>().when(core::request::draft{filled(2, {{"legal", "x"}})}, by(flows_of_three)) == r::bad_extras);
    // A draft of a charter can't choose an older one either, and be handed in without what is asked for.
    auto charter = events::project::charter{};
    charter.name = "x";
    charter.starts = charter.ends = tomorrow;
    const auto asks = given<defs>().after(defs::amend_form{"F2", {legal}, "law", "fewer questions"}, as_only_manager(lin));
    const core::amended_flows flows_of_f2(asks.state());
    auto as_lin = as(lin);
    as_lin.flows = &flows_of_f2;
    const auto initiated = given<core::project>(events::project::initiated{{7}, "x", {"operations"}, 1});
    CHECK(initiated.when(core::project::draft_charter{charter}, as_lin) == core::project::rejection::bad_extras);
    charter.extras.form = 2;
    CHECK(initiated.when(core::project::draft_charter{charter}, as_lin).passed());
}

TEST_CASE("definitions: an event cites the clause that it carries out, as do the steps that lead to it", "[core][definitions][S1.1]") {
    namespace e = events;
    // Questions in an acceptance are about that.
    core::project::state p;
    p.is = core::project_status::in_acceptance;
    p.department = {"operations"};
    const auto asked = situation<core::project>(p).after(core::project::clarify{"?"}, as(lin));
    CHECK(std::visit([](const auto& x) { return e::clause_of_one(x); }, situation<core::project>(p).when(core::project::clarify{"?"}, as(lin)).happened()[0]) == "S3.3.1");
    auto waiting = asked.state();
    waiting.submitter = wei.id;
    const auto waits = core::flow::waits<core::project>(waiting, as(lin));
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].clause == "S3.3.1");
    const auto answered = situation<core::project>(waiting).when(core::project::answer{"so"}, as(wei)).happened();
    REQUIRE(answered.size() == 1);
    CHECK(std::visit([](const auto& x) { return e::clause_of_one(x); }, answered[0]) == "S3.3.1");
    p.is = core::project_status::charter_pending;
    CHECK(std::visit([](const auto& x) { return e::clause_of_one(x); }, situation<core::project>(p).when(core::project::clarify{"?"}, as(zhou)).happened()[0]) == "S3.1.3");

    // Indicators, by whose they are.
    for (const auto& [role, clause] : {std::pair("OM", "S6.1.1"), std::pair("SP", "S6.1.2"), std::pair("DA", "S6.1.3"), std::pair("QA", "S6.1.1")}) {
        CHECK(e::clause_of_one(e::indicators::published{{role}, {}, {}, 1}) == std::string_view(clause));
        CHECK(e::clause_of_one(e::indicators::retired{"x", e::role{role}}) == std::string_view(clause));
    }
    // What is made of a result, by what it is.
    const auto clause_of = [](e::incentive::kind kind, core::appraisal_id rests_on = {}) {
        e::incentive::proposed what{};
        what.proposal.kind = kind;
        what.proposal.appraisal = rests_on;
        return e::clause_of_one(what);
    };
    CHECK(clause_of(e::incentive::kind::bonus) == "S6.4.1");
    CHECK(clause_of(e::incentive::kind::promotion) == "S6.4.2");
    CHECK(clause_of(e::incentive::kind::award) == "S6.4.3");
    CHECK(clause_of(e::incentive::kind::training) == "S6.4.4");
    CHECK(clause_of(e::incentive::kind::salary_adjustment) == "S6.3.4");
}

TEST_CASE("definitions: an added field takes what its type is, and nothing else", "[core][definitions][request][S1.3.2]") {
    using enum events::definitions::added_type;
    using field = events::definitions::added_field;
    const auto of = [](events::definitions::added_type type) { return field{"x", {"x", "x"}, true, type}; };
    auto few = of(number), either = of(choice);
    few.least = 2;
    few.most = 10;
    either.options = {{{"a", {"甲", "A"}}, {"b", {"乙", "B"}}}};
    const auto person_number = std::to_string(requester.id.value);
    const struct {
        field of;
        std::vector<std::string> good, bad;
    } all[] = {
        {{"x", {"x", "x"}, true}, {"anything", "two\nlines"}, {std::string(16'385, 'x')}},
        {of(prose), {"two\nlines"}, {std::string(16'385, 'x')}},
        {of(line), {"one"}, {"two\nlines", std::string(201, 'x')}},
        {of(lines), {"one", "one\ntwo"}, {"one\n\ntwo", "one\n"}},
        {of(number), {"0", "17"}, {"-1", "1.5", "01", "x", "1x", "99999999999999999999"}},
        {few, {"2", "10"}, {"1", "11"}},
        {of(percent), {"0", "100"}, {"101", "5%"}},
        {of(money), {"0", "1200", "1200.5", "1200.50"}, {"1,200.00", "1200.", ".5", "1.234", "-1"}},
        {of(day), {"2026-12-01", "2028-02-29"}, {"2026-02-29", "2026-13-01", "1.12.2026", "2026-12-1", "tomorrow"}},
        {of(yes_no), {"true", "false"}, {"yes", "1"}},
        {either, {"a", "b"}, {"c", "甲", "a,b"}},
        {of(person), {person_number}, {"0", "999", "li.na", person_number + ","}},
        {of(people), {person_number}, {"999", person_number + ",", person_number + ",999"}},
        {of(department), {"OPS"}, {"two words"}},
        {of(role), {"OM"}, {"two words"}},
        {of(reference), {}, {"task/1", "task", "task/", "nothing/1"}},
    };
    for (const auto& one : all) {
        const auto amended = given<definitions>().after(definitions::amend_form{"F1", {one.of}, "r", "e"}, as_only_manager(lin));
        const core::amended_flows flows(amended.state());
        auto by = as(requester);
        by.flows = &flows;
        const auto filed_with = [&](const std::string& text) {
            auto f = f1;
            f.extras = {2, {{"x", text}}, {}};
            return given<core::request>().when(core::request::draft{f}, by);
        };
        INFO(boost::describe::enum_to_string(one.of.is.value_or(prose), "?"));
        for (const auto& text : one.good) {
            INFO(text);
            CHECK(filed_with(text).passed());
        }
        for (const auto& text : one.bad) {
            INFO(text);
            CHECK(filed_with(text) == core::request::rejection::bad_extras);
        }
        CHECK(filed_with("") == core::request::rejection::bad_extras);  // it is required
    }
}

TEST_CASE("definitions: an added field has what its type needs, and nothing of another", "[core][definitions][S1.3.2]") {
    using enum events::definitions::added_type;
    using field = events::definitions::added_field;
    const auto amended_with = [](const field& f) { return given<definitions>().when(definitions::amend_form{"F1", {f}, "r", "e"}, as_only_manager(lin)); };
    const std::vector<events::definitions::added_option> two{{"a", {"甲", "A"}}, {"b", {"乙", "B"}}};
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<events::definitions::added_type>>([&](auto d) {
        INFO(d.name);
        const field plain{"x", {"x", "x"}, false, d.value};
        const auto with = [&](auto change) {
            auto f = plain;
            change(f);
            return amended_with(f).passed();
        };
        CHECK(amended_with(plain).passed() == (d.value != choice));
        CHECK(with([&](field& f) { f.options = two; }) == (d.value == choice));
        CHECK_FALSE(with([&](field& f) { f.options = {{two[0], two[0]}}; }));
        CHECK(with([](field& f) { f.least = 1, f.most = 2; }) == (d.value == number));
        CHECK_FALSE(with([](field& f) { f.least = 2, f.most = 1; }));
        CHECK(with([](field& f) { f.of = "task"; }) == (d.value == reference));
        CHECK_FALSE(with([](field& f) { f.of = "nothing"; }));
    });
}
