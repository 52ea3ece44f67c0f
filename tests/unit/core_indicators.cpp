#include "core/indicators/indicators.hpp"
#include "tests/support/appraised.hpp"

using namespace opsroom_test;
using core::indicators;
using no = core::indicators::rejection;
namespace happened = events::indicators;

namespace {

happened::published published(std::string role) {
    const auto c = *core::handbook_indicators({role});
    return {c.role, c.name, c.indicators, 1};
}

std::vector<indicators::indicator> other_weights() {
    auto all = sp_indicators();
    all[0].weight = 50;
    all[2].weight = 30;
    return all;
}

std::vector<indicators::command> commands() {
    return {indicators::revise{{"新", "new"}, other_weights(), "quality counts more"}, indicators::retire{"replaced"}};
}

outcome<indicators> publish(std::string role, const core::person& who, std::vector<indicators::indicator> items = sp_indicators()) {
    static const world empty;
    return given<indicators>().when(indicators::publish{{role}, {"指标", "Indicators"}, std::move(items)}, in_office(who, empty, one_office));
}

}  // namespace

TEST_CASE("indicators: the handbook's own are good to publish", "[core][indicators][S6.1.1][S6.1.2][S6.1.3]") {
    const world empty;
    for (const char* role : {"OM", "SP", "DA"}) {
        const auto asked = core::handbook_indicators({role});
        REQUIRE(asked.has_value());
        CHECK(given<indicators>().when(*asked, in_office(hui, empty)) == published(role));
        CHECK(given<indicators>().when(*asked, office_system(empty)) == published(role));
        for (const auto& one : asked->indicators) CHECK(!one.evidence.empty());
    }
    CHECK(core::handbook_indicators({"OM"})->indicators.size() == 4);
    CHECK(core::handbook_indicators({"SP"})->indicators.size() == 3);
    CHECK(core::handbook_indicators({"DA"})->indicators.size() == 3);
    CHECK(!core::handbook_indicators({"RQ"}).has_value());
}

TEST_CASE("indicators: OM sets those of SP and DA, where no other department has one; SL and HR any", "[core][indicators][S6.1.1][S6.1.2][S6.1.3][D1]") {
    CHECK(publish("SP", lin).passed());
    CHECK(publish("DA", lin).passed());
    CHECK(publish("campaigner", lin).passed());
    CHECK(publish("OM", zhou).passed());
    CHECK(publish("OM", hui).passed());
    CHECK(publish("SP", hui).passed());
    CHECK(publish("SP", zhou).passed());
    CHECK(publish("OM", lin) == no::own_indicators);
    CHECK(publish("HR", lin) == no::not_setter);
    CHECK(publish("SP", wei) == no::own_indicators);
    CHECK(publish("DA", wei) == no::not_setter);
    CHECK(publish("SP", ada) == no::not_setter);
    CHECK(publish("SP", gone) == no::inactive);
    // There is nobody but HR for HR: it goes to the superior.
    CHECK(publish("HR", hui) == no::own_indicators);
    CHECK(publish("HR", zhou).passed());
}

TEST_CASE("indicators: weights add up to 100, codes are unique", "[core][indicators][D2][S6.1.2]") {
    const auto with = [](auto change) {
        auto all = sp_indicators();
        change(all);
        return publish("SP", lin, all);
    };
    CHECK(with([](auto&) {}).passed());
    CHECK(with([](auto& all) { all[0].weight = 41; }) == no::bad_weights);
    CHECK(with([](auto& all) { all[0].weight = 39; }) == no::bad_weights);
    CHECK(with([](auto& all) { all[0].weight = 0; all[1].weight = 60; }) == bad_field{"indicators/0/weight"});
    CHECK(with([](auto& all) { all.clear(); }) == bad_field{"indicators"});
    CHECK(with([](auto& all) { all[1].code = all[0].code; }) == no::bad_indicators);
    CHECK(with([](auto& all) { all[1].code = "two words"; }) == bad_field{"indicators/1/code"});
    CHECK(with([](auto& all) { all[1].name.en = ""; }) == bad_field{"indicators/1/name"});
    CHECK(with([](auto& all) { all[0].evidence.push_back(all[0].evidence[0]); }) == no::bad_evidence);
    CHECK(with([](auto& all) { all[0].evidence.clear(); }).passed());
    const world empty;
    CHECK(given<indicators>().when(indicators::publish{{"SP"}, {"", "x"}, sp_indicators()}, in_office(lin, empty, one_office)) == bad_field{"name"});
    CHECK(given<indicators>().when(indicators::publish{{""}, {"x", "x"}, sp_indicators()}, in_office(hui, empty)) == bad_field{"role"});
}

TEST_CASE("indicators: a revision is a new version, and a role has one template in use", "[core][indicators][S1.3.2]") {
    const world empty;
    const auto t = given<indicators>(published("SP"));
    CHECK(t.when(indicators::revise{{"新", "new"}, other_weights(), "why"}, in_office(lin, empty, one_office)) ==
          happened::revised{2, {"新", "new"}, other_weights(), "why", events::role{"SP"}});
    const auto again = t.after(indicators::revise{{"新", "new"}, other_weights(), "why"}, in_office(lin, empty, one_office));
    CHECK(again.state().template_version == 2);
    CHECK(again.when(indicators::revise{{"新", "new"}, other_weights(), "other"}, in_office(lin, empty, one_office)) == nothing<indicators>());
    CHECK(t.when(indicators::revise{{"新", "new"}, other_weights(), ""}, in_office(lin, empty, one_office)) == bad_field{"reason"});
    world w;
    w.put<indicators>(3, t.state());
    CHECK(given<indicators>().when(*core::handbook_indicators({"SP"}), in_office(lin, w, one_office)) == no::role_taken);
    CHECK(given<indicators>().when(*core::handbook_indicators({"DA"}), in_office(lin, w, one_office)).passed());
    CHECK(core::template_for(wei.roles, in_office(lin, w, one_office)).value == 3);
    CHECK(core::template_for({{"DA"}, {"SP"}}, in_office(lin, w, one_office)).value == 3);
    CHECK(core::template_for(na.roles, in_office(lin, w, one_office)).value == 0);
    world retired;
    retired.put<indicators>(3, t.after(indicators::retire{"x"}, in_office(lin, w, one_office)).state());
    CHECK(given<indicators>().when(*core::handbook_indicators({"SP"}), in_office(lin, retired, one_office)).passed());
    CHECK(core::template_for(wei.roles, in_office(lin, retired, one_office)).value == 0);
}

TEST_CASE("indicators: every (status, command, person) is as the handbook says", "[core][indicators][S6.1.1][S6.1.2][S6.1.3]") {
    const world empty;
    const auto allows = [](const indicators::state& t, std::string_view command, const core::person& who) {
        if (!who.active || who.has("SP")) return false;
        const bool sets = who.has("SL") || who.has("HR");  // more than one department has a manager (D16)
        return sets && (t.is == core::indicators_status::published || command == "indicators.retire");  // again: already so
    };
    const std::vector<situation<indicators>> situations{given<indicators>(published("SP")),
                                                        given<indicators>(published("SP"), happened::retired{"x"})};
    CHECK(check_every_pair<indicators>(situations, commands(), allows, office_cast(empty)) == 2 * 2 * 12);
    check_rows_agree<indicators>(situations, commands(), office_cast(empty));
}
