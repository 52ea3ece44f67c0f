#include "core/policies/policies.hpp"
#include "tests/support/collected.hpp"

using namespace opsroom_test;
using core::collection;
using core::collection_status;
using no = core::collection::rejection;
namespace happened = events::collection;

namespace {

const world empty = [] {
    world w;
    w.put<core::source>(1, connected_source());
    return w;
}();
const happened::submitted submitted{};

std::vector<situation<collection>> situations() {
    return {given<collection>(drafted_by_na),
            given<collection>(drafted_by_na, submitted),
            given<collection>(drafted_by_na, submitted, activated),
            given<collection>(drafted_by_na, submitted, activated, happened::paused{"moved"}),
            given<collection>(drafted_by_na, submitted, activated, happened::retired{"gone"}),
            given<collection>(drafted_by_na, submitted, activated, happened::superseded{{2}}),
            given<collection>(drafted_by_na, happened::discarded{"twice"})};
}
std::vector<collection::command> commands() {
    auto other = f14();
    other.name = "每日订单（新）";
    return {collection::revise{other},   collection::submit{},        collection::send_back{"why"},  collection::activate{f14_print, {}}, collection::pause{"moved again"},
            collection::resume{"back"},  collection::supersede{{3}},  collection::retire{"no more"}, collection::discard{"no"},           collection::hand_over{wei.id, mei.id}};
}
bool handbook_allows(const collection::state& p, std::string_view command, const core::person& who) {
    using s = collection_status;
    const bool om = manages(who), author = who.id == p.author, owner = who.id == p.owner, in_force = p.is == s::active || p.is == s::paused;
    if (!who.active || command == "collection.supersede" || command == "collection.hand_over") return false;
    if (command == "collection.revise") return p.is == s::draft && (author || om);
    if (command == "collection.submit") return author && (p.is == s::draft || p.is == s::submitted);  // again: already so
    if (command == "collection.return") return p.is == s::submitted && om;
    if (command == "collection.activate") return p.is == s::submitted && om;
    if (command == "collection.pause") return p.is == s::active && (om || owner);
    if (command == "collection.resume") return p.is == s::paused && (om || owner);
    if (command == "collection.retire") return in_force && (om || owner);
    return (p.is == s::draft || p.is == s::submitted) && (author || om);  // collection.discard
}
cast within_empty() {
    return {everybody, [](const core::person& p) { return within(empty, p); }};
}

/// What comes of a draft that is changed so.
template <class Change>
outcome<collection> drafting(Change change, const world& w = empty) {
    auto f = f14();
    change(f);
    return given<collection>().when(collection::draft{f}, within(w, na));
}

}  // namespace

TEST_CASE("collection: every (status, command, person) that is not in the handbook is refused with a clause", "[core][collection][S4.1.2][table]") {
    auto asked = commands();
    // Activating what is active already succeeds and changes nothing.
    const auto allows = [](const collection::state& p, std::string_view command, const core::person& who) {
        const bool again = command == "collection.activate" && p.is == collection_status::active && manages(who);
        return again || handbook_allows(p, command, who);
    };
    CHECK(check_every_pair<collection>(situations(), asked, allows, within_empty()) == situations().size() * asked.size() * everybody.size());
    check_rows_agree<collection>(situations(), asked, within_empty());
}

TEST_CASE("collection: an analyst or a manager drafts it, and everyone in the directory may know it", "[core][collection][S4.1.2][S2.3.1]") {
    for (const auto* who : everybody) {
        CHECK(given<collection>().when(collection::draft{f14()}, within(empty, *who)).passed() == (who->active && (who->has("DA") || who->has("OM") || who->has("SL"))));
        CHECK(may_see(given<collection>(drafted_by_na).state(), as(*who)) == (who->active && !who->roles.empty()));
    }
    CHECK(drafting([](auto&) {}) == drafted_by_na);
}

TEST_CASE("collection: the manager activates exactly what was read, and nobody their own", "[core][collection][S4.1.2][D1]") {
    const auto waits = given<collection>(drafted_by_na, submitted);
    CHECK(waits.when(collection::activate{std::string(64, 'a'), {}}, within(empty, lin)) == no::other_form);
    const auto active = waits.after(collection::activate{f14_print, "go"}, within(empty, lin));
    CHECK(active.state().is == collection_status::active);
    CHECK(active.state().from == tomorrow);
    CHECK(active.state().number == 1);
    CHECK(core::flow::turn_of<collection>(collection::flow[4], waits.state(), within(empty, lin)).who == std::vector{lin.id, mei.id});
    // A manager who drafted, submitted or changed it leaves it to another.
    auto by_lin = drafted_by_na;
    by_lin.by = lin.id;
    const auto own = given<collection>(by_lin, submitted);
    CHECK(own.when(collection::activate{f14_print, {}}, within(empty, lin)) == no::own_plan);
    CHECK(own.when(collection::activate{f14_print, {}}, within(empty, mei)).passed());
    auto changed = f14();
    changed.name = "改";
    const auto revised = given<collection>(drafted_by_na).after(collection::revise{changed}, within(empty, lin)).after(collection::submit{}, within(empty, na));
    CHECK(revised.when(collection::activate{prints.of(changed), {}}, within(empty, lin)) == no::own_plan);
    CHECK(revised.when(collection::activate{prints.of(changed), {}}, within(empty, mei)).passed());
}

TEST_CASE("collection: its source is there, holds such data, and is connected when it begins", "[core][collection][S4.1.1][S4.1.2][S2.3.1]") {
    CHECK(drafting([](auto& f) { f.source = {2}; }) == no::no_such_source);
    CHECK(drafting([](auto& f) { f.holds = events::source::content::market; }) == no::bad_holds);
    auto from = connected_source();
    world w;
    from.is = core::source_status::registered;
    w.put<core::source>(1, from);
    CHECK(drafting([](auto&) {}, w).passed());
    CHECK(given<collection>(drafted_by_na, submitted).when(collection::activate{f14_print, {}}, within(w, lin)) == no::source_not_connected);
    from.is = core::source_status::retired;
    w.put<core::source>(1, from);
    CHECK(drafting([](auto&) {}, w) == no::no_such_source);
}

TEST_CASE("collection: columns are told apart, one is the day, and personal data is never kept as it is", "[core][collection][S4.1.2]") {
    using namespace happened;
    CHECK(drafting([](auto& f) { f.columns.clear(); }) == bad_field{"form/columns"});
    CHECK(drafting([](auto& f) { f.columns[0].name = " "; }) == bad_field{"form/columns/0/name"});
    CHECK(drafting([](auto& f) { f.columns[2].places = 7; }) == bad_field{"form/columns/2/places"});
    for (const auto* bad : {"Ordered", "1st", "_x", "a-b", "日期"}) CHECK(drafting([&](auto& f) { f.columns[0].code = bad; }) == no::bad_column_code);
    CHECK(drafting([](auto& f) { f.columns[1].code = f.columns[0].code; }) == no::column_twice);
    CHECK(drafting([](auto& f) { f.columns[1].name = f.columns[0].name; }) == no::column_twice);
    CHECK(drafting([](auto& f) { f.columns[0].role = column_role::label; }) == no::no_day_column);
    CHECK(drafting([](auto& f) { f.columns[0].type = column_type::text; }) == no::no_day_column);
    CHECK(drafting([](auto& f) { f.columns[1].role = column_role::day; }) == no::no_day_column);
    CHECK(drafting([](auto& f) { f.columns[3].treatment = treatment::keep; }) == no::kept_personal);
    CHECK(drafting([](auto& f) { f.columns[3].treatment = treatment::drop; }).passed());
    CHECK(drafting([](auto& f) { f.columns[3].treatment = treatment::drop, f.columns[3].key = true; }) == no::unread_key);
    CHECK(drafting([](auto& f) { f.columns[1].role = column_role::ignored; }) == no::unread_key);
    CHECK(drafting([](auto& f) { f.columns[1].places = 1; }) == no::bad_places);
    CHECK(drafting([](auto& f) { f.columns[3].values = {"a", "a"}; }) == no::bad_values);
    CHECK(drafting([](auto& f) { f.columns[2].values = {"1"}; }) == no::bad_values);
}

TEST_CASE("collection: limits are numbers, in order", "[core][collection][S4.1.2][S2.3.5][D17]") {
    const auto limits = [](const char* hard_least, const char* least, const char* most, const char* hard_most) {
        return drafting([&](auto& f) {
            const auto set = [](std::optional<std::string>& to, const char* text) { to = text ? std::optional<std::string>(text) : std::nullopt; };
            auto& c = f.columns[2];
            set(c.hard_least, hard_least), set(c.least, least), set(c.most, most), set(c.hard_most, hard_most);
        });
    };
    CHECK(limits(nullptr, nullptr, nullptr, nullptr).passed());
    CHECK(limits("-1000", "-0.5", "999999999999.999999", "999999999999.999999").passed());
    for (const auto* bad : {"1,000", "x", "1.", ".5", "--1", "1e3", "1234567890123", "0.1234567", "-", "+1"}) CHECK(limits(nullptr, bad, nullptr, nullptr) == no::bad_limits);
    CHECK(limits(nullptr, "2", "1.999999", nullptr) == no::limits_out_of_order);
    CHECK(limits("0", "-1", nullptr, nullptr) == no::limits_out_of_order);
    CHECK(limits("5", nullptr, nullptr, "4") == no::limits_out_of_order);
    CHECK(drafting([](auto& f) { f.columns[1].least = "1"; }) == no::bad_limits);
}

TEST_CASE("collection: checks are listed once, and compare with another set", "[core][collection][S4.1.2][S2.3.5]") {
    using namespace happened;
    const auto with = [](std::vector<check> checks) { return drafting([&](auto& f) { f.checks = checks; }); };
    CHECK(with({{check_kind::volume, severity::warn, 500, {}}, {check_kind::key, severity::block, {}, {}}}).passed());
    CHECK(with({{check_kind::volume, severity::warn, {}, {}}, {check_kind::volume, severity::off, {}, {}}}) == no::check_twice);
    CHECK(with({{check_kind::references, severity::warn, {}, {}}}) == no::bad_against);
    CHECK(with({{check_kind::reconciliation, severity::warn, 50, "orders"}}) == no::bad_against);
    CHECK(with({{check_kind::reconciliation, severity::warn, 50, "ledger"}}).passed());
    CHECK(with({{check_kind::references, severity::off, {}, {}}}).passed());
    CHECK(with({{check_kind::key, severity::warn, {}, "ledger"}}) == no::bad_against);
}

TEST_CASE("collection: its days fit its rhythm, and its place the way that data comes", "[core][collection][S4.1.2]") {
    using namespace happened;
    const auto due = [](rhythm r, std::optional<std::uint8_t> weekday, std::optional<std::uint8_t> day) {
        return drafting([&](auto& f) { f.schedule.rhythm = r, f.schedule.weekday = weekday, f.schedule.day_of_month = day; });
    };
    CHECK(due(rhythm::weekly, 1, {}).passed());
    CHECK(due(rhythm::weekly, {}, {}) == no::bad_weekday);
    CHECK(due(rhythm::weekly, 8, {}) == bad_field{"form/schedule/weekday"});
    CHECK(due(rhythm::daily, 1, {}) == no::bad_weekday);
    CHECK(due(rhythm::monthly, {}, 31).passed());
    CHECK(due(rhythm::monthly, {}, {}) == no::bad_day_of_month);
    CHECK(due(rhythm::weekly, 1, 5) == no::bad_day_of_month);
    CHECK(drafting([](auto& f) { f.schedule.due_minutes = 1440; }) == bad_field{"form/schedule/due_minutes"});
    const auto comes = [](way w, std::optional<std::string> place, std::optional<std::string> query) {
        return drafting([&](auto& f) { f.way = w, f.place = place, f.query = query; });
    };
    CHECK(comes(way::folder, "orders/*.csv", {}).passed());
    for (const auto* out : {"../x", "/etc/x", "c:\\x"}) CHECK(comes(way::folder, out, {}) == no::bad_place);
    CHECK(comes(way::http, "https://shop.example/orders.csv", {}).passed());
    CHECK(comes(way::http, "file:///x", {}) == no::bad_place);
    CHECK(comes(way::query, "shop", "select 1").passed());
    CHECK(comes(way::query, "shop", {}) == no::bad_query);
    const auto queried = [&](auto change) {
        return drafting([&](auto& f) {
            f.way = way::query, f.place = "shop", f.query = "select 1";
            change(f.reading);
        });
    };
    CHECK(queried([](auto&) {}).passed());
    CHECK(queried([](auto& r) { r.type = events::collection::file_type::xlsx; }) == no::bad_reading);
    CHECK(queried([](auto& r) { r.encoding = events::collection::encoding::gb18030; }) == no::bad_reading);
    CHECK(queried([](auto& r) { r.separator = events::collection::separator::tab; }) == no::bad_reading);
    CHECK(queried([](auto& r) { r.skip = 1; }) == no::bad_reading);
    CHECK(queried([](auto& r) { r.skip_end = 1; }) == no::bad_reading);
    CHECK(comes(way::upload, {}, "select 1") == no::bad_query);
    CHECK(comes(way::upload, "x", {}) == no::bad_place);
    CHECK(drafting([](auto& f) { f.reading.sheet = "Sheet1"; }) == no::bad_sheet);
}

TEST_CASE("collection: one plan fills a set at a time, and the next version takes its place", "[core][collection][S4.1.2]") {
    auto w = collecting();
    CHECK(drafting([](auto& f) { f.set = "Orders"; }) == no::bad_set);
    CHECK(drafting([](auto&) {}, w) == no::set_taken);
    CHECK(drafting([](auto& f) { f.set = "returns"; }, w).passed());
    CHECK(drafting([](auto& f) { f.set = "returns", f.replaces = core::collection_id{1}; }, w) == no::bad_replaces);
    auto f = f14();
    f.name = "每日订单 第二版";
    f.replaces = core::collection_id{1};
    CHECK(drafting([&](auto& form) { form = f; }, w).passed());
    auto drafted = drafted_by_na;
    drafted.form = f;
    drafted.sha256 = prints.of(f);
    auto second = given<collection>(drafted, submitted);
    const auto active = second.after(collection::activate{prints.of(f), {}}, within(w, lin));
    CHECK(active.state().number == 2);
    CHECK(active.state().from == today);  // what is due today it asks for, where the version before has not
    // The one before follows by itself, and what is drafted on it is drafted anew.
    auto after = active.state();
    after.id = {2};
    w.put<collection>(2, after);
    const auto all = core::policies::follow({{{9}, {events::category::collection, 2}, {3}, now, lin.id, {}, {}}, events::any(collection::event(happened::activated{prints.of(f), 2, today, {}}))}, within(w));
    const auto found = std::find_if(all.begin(), all.end(), [](const auto& one) { return type_of(one.what) == "collection.supersede"; });
    REQUIRE(found != all.end());
    CHECK(found->target == stream_of(core::collection_id{1}));
    const auto* first = w.find<collection>(1);
    const auto replaced = situation<collection>(*first).after(collection::supersede{{2}}, within(w));
    CHECK(replaced.state().superseded_by == core::collection_id{2});
    CHECK(situation<collection>(*first).when(collection::supersede{{1}}, within(w)) == no::bad_replaces);
    w.put<collection>(1, replaced.state());
    CHECK(second.when(collection::activate{prints.of(f), {}}, within(w, lin)) == no::not_current);
    CHECK(core::line_of({2}, within(w)) == core::collection_id{1});
}

TEST_CASE("collection: who leaves hands it over", "[core][collection][S1.3.4]") {
    const auto runs = given<collection>(drafted_by_na, submitted, activated);
    CHECK(is_work_of(runs.state(), wei.id));
    CHECK(!is_work_of(runs.state(), na.id));
    CHECK(is_work_of(given<collection>(drafted_by_na).state(), na.id));
    CHECK(!is_work_of(given<collection>(drafted_by_na, submitted, activated, happened::retired{"x"}).state(), wei.id));
    CHECK(runs.after(collection::hand_over{wei.id, mei.id}, within(empty)).state().owner == mei.id);
    for (const auto* who : everybody) CHECK(!runs.when(collection::hand_over{wei.id, mei.id}, within(empty, *who)).passed());
}
