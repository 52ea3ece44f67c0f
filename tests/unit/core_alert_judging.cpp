// What alert rules see in figures (S2.3.4): each method by figures of which is known what stands out.

#include "tests/support/judged.hpp"

using namespace opsroom_test;
using namespace core::alerting;
using method = events::alert_rule::method;
using against = events::alert_rule::against;
using period = events::metric::period;

namespace {

/// A Monday with no holiday near, for ten weeks.
const date summer{2026y / 7 / 6};
std::vector<judgement> judged(const alert_rule::condition& c, const std::vector<figure>& all, measure what = {}, period p = period::day) {
    return judge(c, p, what, all, weekdays, core::shanghai);
}
std::string seen(const std::vector<judgement>& all) {
    std::string text;
    for (const auto& j : all) text += "?-.!"[static_cast<int>(j.is)];
    return text;
}

}  // namespace

TEST_CASE("alert_rule: limits are exact, and what is on them is no alert", "[core][alert_rule][S2.3.4]") {
    const measure two{2, {}, {}};
    CHECK(seen(judged(limits("100", "200.50"), daily(today, {9'999, 10'000, 20'050, 20'051, -1, 15'000}), two)) == "!..!?.");
    const auto all = judged(limits("100", nullptr), daily(today, {9'999}), two);
    CHECK(all.front().why.en == "below 100.00");
    CHECK(all.front().low == 10'000);
    CHECK(!all.front().high);
}

TEST_CASE("alert_rule: a change is from the period before, the same weekday or a year ago, in whole percent", "[core][alert_rule][S2.3.4]") {
    alert_rule::condition c{};
    c.method = method::change;
    c.from = against::previous;
    c.fall = 30;
    c.rise = 50;
    CHECK(seen(judged(c, daily(today, {100, 71, 49, 73, 110}))) == "-.!.!");
    CHECK(seen(judged(c, daily(today, {100, -1, 10, 0, 5}))) == "-?-!.");  // after a gap there is none before; from 0 there is no percentage
    CHECK(judged(c, daily(today, {100, 70}))[1].why.zh == "较" + label(today) + "下降 30%");
    c.from = against::week_before;
    CHECK(seen(judged(c, daily(today, {100, 100, 100, 100, 100, 100, 100, 70, 71, 150, 149}))) == "-------!.!.");
    c.from = against::year_ago;
    std::vector<std::int64_t> year(366, 100);
    year[365] = 69;  // 23 November a year later
    const auto all = judged(c, daily(today, year));
    CHECK(all[364].is == standing::too_short);
    CHECK(all[365].is == standing::out);
    // Below zero it falls as well.
    c = {};
    c.method = method::change, c.from = against::previous, c.fall = 50;
    auto figures = daily(today, {100, 100});
    figures[0].value = -100, figures[1].value = -150;
    CHECK(judged(c, figures)[1].is == standing::out);
    figures[1].value = -149;
    CHECK(judged(c, figures)[1].is == standing::ordinary);
}

TEST_CASE("alert_rule: a target that holds for the period is missed by more than the tolerance", "[core][alert_rule][S2.3.4]") {
    alert_rule::condition c{};
    c.method = method::target;
    c.tolerance = 10;
    measure what{0, events::metric::direction::up, {{period::day, today, {}, std::string("100"), {}, {}}}};
    CHECK(seen(judged(c, daily(yesterday, {5, 90, 89}), what)) == "..!");  // none holds yet for the first
    what.direction = events::metric::direction::down;
    CHECK(seen(judged(c, daily(today, {110, 111}), what)) == ".!");
    what = {0, events::metric::direction::within, {{period::day, today, {}, {}, std::string("100"), std::string("200")}}};
    CHECK(seen(judged(c, daily(today, {89, 90, 220, 221}), what)) == "!..!");
}

TEST_CASE("alert_rule: unlike such days: the same weekdays; a weekend is no working day, a holiday none of both", "[core][alert_rule][S2.3.4]") {
    alert_rule::condition c{};
    c.method = method::seasonal;
    std::vector<std::int64_t> values;
    // From a Monday: 1000 on working days, 300 at weekends, with a little noise.
    for (int i = 0; i < 68; ++i) values.push_back((i % 7 < 5 ? 1'000 : 300) + i * 7 % 11);
    auto all = judged(c, daily(summer, values));
    for (std::size_t i = 0; i < 28; ++i) CHECK(all[i].is == standing::too_short);
    for (std::size_t i = 28; i < 68; ++i) CHECK(all[i].is == standing::ordinary);
    values[60] = 300;  // a Friday like a Saturday
    all = judged(c, daily(summer, values));
    CHECK(all[60].is == standing::out);
    CHECK(all[60].why.en.find("the 8 such days before had about 100") != std::string::npos);
    CHECK(all[67].is == standing::ordinary);  // one of eight does not move the middle
    // What hardly ever moves is not alarming where it does by a hair.
    std::vector<std::int64_t> still(40, 1'000);
    still[39] = 1'030;
    CHECK(judged(c, daily(summer, still))[39].is == standing::ordinary);
    still[39] = 1'050;
    CHECK(judged(c, daily(summer, still))[39].is == standing::out);
}

TEST_CASE("alert_rule: the detector is asked in order, and says what it expected", "[core][alert_rule][S2.3.4]") {
    alert_rule::condition c{};
    c.method = method::detector;
    std::vector<std::int64_t> values;
    for (int i = 0; i < 120; ++i) values.push_back((i % 7 < 5 ? 100'000 : 30'000) + i * 37 % 1'000);
    values[108] = 20'000;  // a Thursday like a Sunday
    const auto begins = days_after(summer, -49);
    const auto all = judged(c, daily(begins, values), {2, {}, {}});
    CHECK(all[108].is == standing::out);
    CHECK(all[108].usual);
    CHECK(*all[108].usual > 50'000);
    CHECK(!all[108].why.zh.empty());
    // The same whatever comes later: what is cut short says the same.
    const auto cut = judged(c, daily(begins, {values.begin(), values.begin() + 109}), {2, {}, {}});
    for (std::size_t i = 0; i < cut.size(); ++i) CHECK(cut[i].is == all[i].is);
}
