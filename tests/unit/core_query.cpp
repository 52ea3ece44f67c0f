#include "core/policies/due.hpp"
#include "core/query/query.hpp"
#include "tests/support/collected.hpp"

using namespace opsroom_test;
using core::query;
using core::query_status;
using no = core::query::rejection;
namespace happened = events::query;

namespace {

const std::string statement = "select channel, sum(amount)\n  from orders\n group by all";
const query::ask asks_orders{na.id, statement, "[\"2026-11-01\"]", happened::format::csv, 1'000};
const happened::asked asked{na.id, {"operations"}, statement, "[\"2026-11-01\"]", {"figures", "orders"}, happened::format::csv, 1'000, now, 1};
const happened::answered answered{3, 120, 41, false, {"orders"}};
const happened::failed failed{"limit", {"查询超过了时限", "the query took longer than it may"}, 30'000};

const core::person guest = somebody(12, "marketing", {});
const company with_guest = roster.with(guest);

std::vector<situation<query>> situations() { return {given<query>(asked), given<query>(asked, answered), given<query>(asked, failed)}; }
std::vector<query::command> commands() { return {query::answer{answered}, query::fail{failed}}; }

core::context at(const world& w, core::instant when) {
    auto by = within(w);
    by.now = when;
    return by;
}

std::vector<std::uint64_t> lost(const core::context& by) {
    std::vector<std::uint64_t> all;
    for (const auto& one : core::policies::due(by)) {
        const auto* c = one.what.get_if<query::command>();
        const auto* f = c ? std::get_if<query::fail>(c) : nullptr;
        if (!f) continue;
        CHECK(f->outcome.code == "lost");
        REQUIRE(one.target);
        all.push_back(one.target->number);
    }
    return all;
}

/// Asked so long before `now`.
query::state running(std::chrono::microseconds ago) {
    auto e = asked;
    e.at = now - ago;
    return given<query>(e).state();
}

}  // namespace

TEST_CASE("query: nobody records one, nor its outcome, but the system that runs it", "[core][query][S4.2.2][table]") {
    const auto w = collecting();
    const cast people{everybody, [&w](const core::person& p) { return within(w, p); }};
    const auto nobody = [](const query::state&, std::string_view, const core::person&) { return false; };
    CHECK(check_every_pair<query>(situations(), commands(), nobody, people) == situations().size() * commands().size() * everybody.size());
    check_rows_agree<query>(situations(), commands(), people);
    for (const auto* who : everybody) {
        const auto answer = given<query>().when(asks_orders, within(w, *who));
        CHECK(answer == (who->active ? no::not_here : no::inactive));
    }
    check_cites_a_clause<query>(no::not_here);
    CHECK(query::explain(no::not_here).en.find("/api/v1/data/sql") != std::string_view::npos);
}

TEST_CASE("query: it is recorded with who asks, all that they may read, and when", "[core][query][S4.2.2]") {
    const auto w = collecting();
    CHECK(given<query>().when(asks_orders, within(w)) == asked);
    // Of two plans of a set it is one, whichever is in force.
    auto second = f14();
    second.set = "members";
    const auto two = collecting({f14(), second, f14()});
    const auto happened_now = given<query>().when(asks_orders, within(two)).happened();
    REQUIRE(happened_now.size() == 1);
    CHECK(std::get<happened::asked>(happened_now[0]).sets == std::vector<std::string>{"figures", "members", "orders"});
    CHECK(given<query>(asked).when(asks_orders, within(w)) == no::already_exists);
    CHECK(given<query>().when(query::answer{answered}, within(w)) == no::not_found);
    CHECK(given<query>().when(query::fail{failed}, within(w)) == no::not_found);
}

TEST_CASE("query: who may see no set, or is not here, runs nothing", "[core][query][S4.2.2][S1.3.4]") {
    const auto w = collecting();
    auto by = within(w);
    by.people = &with_guest;
    auto asks = asks_orders;
    asks.by = guest.id;
    CHECK(given<query>().when(asks, by) == no::no_sets);
    asks.by = gone.id;
    CHECK(given<query>().when(asks, by) == no::inactive);
    asks.by = nobody_ever.id;
    CHECK(given<query>().when(asks, by) == no::inactive);
    // Where nothing is collected there is nothing to ask.
    CHECK(given<query>().when(asks_orders, within(world{})) == no::no_sets);
    for (const auto* who : {&lin, &wei, &na, &zhou, &ada, &aud, &tech_manager, &requester}) {
        asks.by = who->id;
        CHECK(given<query>().when(asks, within(w)).passed());
    }
}

TEST_CASE("query: a statement has an end, and says something", "[core][query][S4.2.2]") {
    const auto w = collecting();
    auto asks = asks_orders;
    asks.statement = std::string(16'384, 'x');
    CHECK(given<query>().when(asks, within(w)).passed());
    asks.statement += 'x';
    CHECK(given<query>().when(asks, within(w)) == bad_field{"statement"});
    asks.statement = " \n ";
    CHECK(given<query>().when(asks, within(w)) == bad_field{"statement"});
    asks = asks_orders;
    asks.rows_most = 0;
    CHECK(given<query>().when(asks, within(w)) == bad_field{"rows_most"});
    asks.rows_most = 100'001;
    CHECK(given<query>().when(asks, within(w)) == bad_field{"rows_most"});
}

TEST_CASE("query: it ends once, and the record stays", "[core][query][S4.2.2]") {
    const auto w = collecting();
    const auto open = given<query>(asked);
    CHECK(open.state().title == "select channel, sum(amount) from orders group by all");
    CHECK(open.state().sets == std::vector<std::string>{"figures", "orders"});
    CHECK(open.when(query::answer{answered}, within(w)) == answered);
    CHECK(open.when(query::fail{failed}, within(w)) == failed);
    const auto over = open.after(query::answer{answered}, within(w));
    CHECK(over.state().is == query_status::answered);
    CHECK(over.state().rows == 3);
    CHECK(over.state().read == std::vector<std::string>{"orders"});
    CHECK(over.state().sets.empty());
    CHECK(over.when(query::answer{answered}, within(w)) == nothing<query>());
    auto other = answered;
    other.rows = 4;
    CHECK(over.when(query::answer{other}, within(w)) == no::closed);
    CHECK(over.when(query::fail{failed}, within(w)) == no::closed);
    const auto bad = open.after(query::fail{failed}, within(w));
    CHECK(bad.state().code == "limit");
    CHECK(bad.when(query::fail{failed}, within(w)) == nothing<query>());
    CHECK(bad.when(query::answer{answered}, within(w)) == no::closed);
    // What the engine says may be long, but is one line.
    auto told = failed;
    told.why.en = std::string(1'000, 'x');
    CHECK(open.when(query::fail{told}, within(w)).passed());
    told.why.en += 'x';
    CHECK(open.when(query::fail{told}, within(w)) == bad_field{"outcome/why"});
    told.why.en = "one\ntwo";
    CHECK(open.when(query::fail{told}, within(w)) == bad_field{"outcome/why"});
}

TEST_CASE("query: a long statement is called by its beginning", "[core][query][S4.2.2]") {
    auto e = asked;
    e.statement = "-- 各渠道\n\t select ";
    for (int i = 0; i < 100; ++i) e.statement += "金额,";
    const auto title = core::name_of(given<query>(e).state());
    CHECK(title.starts_with("-- 各渠道 select 金额,"));
    CHECK(title.ends_with("…"));
    CHECK(core::text::characters(title) == 121);
    CHECK(core::text::one_line(title));
}

TEST_CASE("query: who asked sees it, their operations manager, the superior leaders and audit", "[core][query][S4.2.2][S1.3.4]") {
    const auto w = collecting();
    const auto of_na = given<query>(asked, answered).state();
    for (const auto* who : everybody) {
        INFO(who->id.value);
        const bool may = who->id == na.id || who->id == lin.id || who->id == mei.id || who->id == zhou.id || who->id == aud.id;
        CHECK(core::may_see(of_na, within(w, *who)) == may);
    }
    // Administration is no power over content (D11).
    CHECK(!core::may_see(of_na, within(w, ada)));
    CHECK(!core::may_see(query::state{}, within(w, aud)));
    CHECK(core::is_own(of_na, na.id));
    CHECK(!core::is_own(of_na, wei.id));
}

TEST_CASE("query: one that a server left behind is recorded as lost", "[core][query][S4.2.2]") {
    auto w = collecting();
    w.put<query>(1, running(4min)).put<query>(2, running(3min));
    CHECK(lost(at(w, now)).empty());
    CHECK(lost(at(w, now + 1min - 1us)).empty());
    CHECK(lost(at(w, now + 1min)) == std::vector<std::uint64_t>{1});
    CHECK(lost(at(w, now + 2min)) == std::vector<std::uint64_t>{1, 2});
    const auto open = given<query>(asked);
    const auto dues = core::policies::due(at(w, now + 2min));
    for (const auto& one : dues)
        if (const auto* c = one.what.get_if<query::command>()) CHECK(open.after(*c, within(w)).state().is == query_status::failed);
    // After a long stop it is among the last, and those that are over are left alone.
    CHECK(lost(at(w, now + std::chrono::days(40))) == std::vector<std::uint64_t>{1, 2});
    w.put<query>(1, given<query>(asked, answered).state());
    CHECK(lost(at(w, now + std::chrono::days(40))) == std::vector<std::uint64_t>{2});
    // What is long over is not looked through again and again: neither of this hour, nor one of the last.
    for (std::uint64_t n = 3; n <= 70; ++n) w.put<query>(n, given<query>(asked, answered).state());
    CHECK(lost(at(w, now + std::chrono::days(40))).empty());
    CHECK(lost(at(w, now + 30min)) == std::vector<std::uint64_t>{2});
}

TEST_CASE("query: nobody is told, and what is searched is the statement", "[core][query][S4.2.2]") {
    CHECK(query::text_of(asked) == "statement");
    CHECK(query::text_of(answered).empty());
    CHECK(query::section_of(asked).name == "statement");
    CHECK(query::section_of(failed).name == "outcome");
}
