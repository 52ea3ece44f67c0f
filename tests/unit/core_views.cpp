#include "core/member/member.hpp"
#include "core/task/task.hpp"
#include "tests/support/told.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace core_views_tests {

using namespace std::chrono_literals;
using core::task_status;
using opsroom_test::looks;
using opsroom_test::told;
namespace views = core::views;
namespace ev = events;

namespace {

constexpr core::date today{2026y / 11 / 23};
constexpr core::date tomorrow{2026y / 11 / 24};

ev::task::assigned order(core::member_id to, std::string board = "operations", core::date due = tomorrow) {
    return {"title", "content", "standard", due, to, {std::move(board)}, ev::priority::high, {"one", "two"}};
}

std::vector<std::uint64_t> ids(const views::task_page& page) {
    std::vector<std::uint64_t> all;
    for (const auto* row : page.rows) all.push_back(row->id.value);
    return all;
}

std::vector<std::uint64_t> numbers(const std::vector<views::message_view>& range) {
    std::vector<std::uint64_t> all;
    for (const auto& m : range) all.push_back(m.number.value);
    return all;
}

using list = std::vector<std::uint64_t>;

struct office : told {
    core::member_id lin = joins("lin", "operations", {{"OM"}});
    core::member_id wei = joins("wei", "operations", {{"SP"}});
    core::member_id na = joins("na", "operations", {{"DA"}});
    core::member_id zhou = joins("zhou", "board", {{"SL"}});
    core::member_id other = joins("other", "marketing", {{"RQ"}});

    ev::position post(std::uint64_t channel_number, core::member_id by, std::string topic = {}) {
        const auto* row = views.channels.row({channel_number});
        // As it is when it is read from the log: sealed.
        return channel(channel_number, ev::channel::posted{{row->messages.last() + 1ull}, {by, "c2VhbGVk", ev::personal::form::sealed}, topic}, by);
    }
    std::vector<std::pair<views::waiting, std::uint64_t>> inbox(core::member_id who) {
        std::vector<std::pair<views::waiting, std::uint64_t>> all;
        for (const auto& item : items_of(who)) all.emplace_back(item.why, std::visit([](const auto* row) { return row->id.value; }, item.about));
        return all;
    }
    std::vector<views::inbox_item> items_of(core::member_id who, std::size_t limit = 200) {
        return opsroom_test::inbox_of(views, person(who), time(), limit);
    }
};

}  // namespace

namespace {

/// Of everyone, one by one, and as the directory knows them.
bool knows_managers(const views::directory& d) {
    std::set<std::uint64_t> looked_at, known;
    d.each_active([&](const core::person& p) {
        if (p.has("OM")) looked_at.insert(p.id.value);
        return true;
    });
    d.each_manager([&](const core::person& p) { return known.insert(p.id.value).second; });
    return looked_at == known && !known.empty();
}

}  // namespace

TEST_CASE("directory: people by id and by login", "[core][views][S1.2]") {
    office o;
    const auto& d = o.views.directory;
    CHECK(d.with_login("wei") == o.wei);
    CHECK(!d.with_login("nobody"));
    CHECK(d.find(o.wei)->active);
    CHECK(!d.find({0}));
    CHECK(!d.find({99}));
    CHECK(d.row(o.wei)->name == "name of wei");
    CHECK(d.row(o.wei)->version.value == 1);
    CHECK(d.page({0}, 2).size() == 2);
    CHECK(d.page({3}, 10).front()->who.id == o.zhou);

    o.member(o.wei.value, ev::member::renamed{{o.wei, "伟"}});
    o.member(o.wei.value, ev::member::roles_changed{{{"OM"}}});
    o.member(o.wei.value, ev::member::department_changed{{"technology"}});
    o.member(o.wei.value, ev::member::language_chosen{ev::language::en});
    CHECK(d.row(o.wei)->name == "伟");
    CHECK(d.find(o.wei)->has("OM"));
    CHECK(d.find(o.wei)->department.code == "technology");
    CHECK(d.row(o.wei)->language == ev::language::en);
    CHECK(d.row(o.wei)->version.value == 5);
    CHECK(d.row(o.wei)->placed.value == 8);  // department_changed: neither a name nor a language is a place
    CHECK(d.row(o.lin)->placed.value == 1);
    CHECK(d.has_manager({"technology"}, o.lin));
    CHECK(!d.has_manager({"technology"}, o.wei));
    CHECK(knows_managers(d));

    o.member(o.wei.value, ev::member::left{"x"});
    CHECK(knows_managers(d));
    CHECK(!d.find(o.wei)->active);
    CHECK(d.with_login("wei") == o.wei);
    CHECK(!d.has_manager({"technology"}, o.lin));
}

TEST_CASE("directory: who was erased is forgotten", "[core][views][D9]") {
    office o;
    o.member(o.wei.value, ev::member::left{"x"});
    o.member(o.wei.value, ev::member::erased{"x"});
    const auto* row = o.views.directory.row(o.wei);
    CHECK(row->status == core::member_status::erased);
    CHECK(row->who.erased);
    CHECK(!row->name);
    CHECK(!row->login);
    CHECK(!o.views.directory.with_login("wei"));
    // Read from the log later on, the name itself comes erased.
    told again;
    again.member(1, ev::member::joined{{{1}, "", ev::personal::form::erased}, ev::personal{{1}, "", ev::personal::form::erased}, {}, {"operations"}, {}, ev::language::zh});
    CHECK(!again.views.directory.row({1})->name);
    CHECK(!again.views.directory.with_login(""));
}

TEST_CASE("task board: a row follows its task", "[core][views][S3.2.2]") {
    office o;
    o.task(1, order(o.wei), o.lin);
    const auto assigned_at = o.time();
    const auto row = [&] { return *o.views.board.row({1}); };
    CHECK(row().status == task_status::assigned);
    CHECK(row().by == o.lin);
    CHECK(row().title == "title");
    CHECK(row().checklist.size() == 2);
    o.task(1, ev::task::started{}, o.wei);
    CHECK(row().status == task_status::in_progress);
    o.task(1, ev::task::progress_reported{40, "x"}, o.wei);
    CHECK(row().percent == 40);
    o.task(1, ev::task::blocked{"no access", o.na}, o.wei);
    CHECK(row().status == task_status::blocked);
    CHECK(row().blocked_on == o.na);
    CHECK(row().reason == "no access");
    o.task(1, ev::task::unblocked{""}, o.wei);
    CHECK(!row().blocked_on);
    CHECK(row().reason.empty());
    o.task(1, ev::task::submitted{"sent"}, o.wei);
    CHECK(row().result == "sent");
    o.task(1, ev::task::returned{"one is missing"}, o.lin);
    CHECK(row().status == task_status::returned);
    CHECK(row().reason == "one is missing");
    o.task(1, ev::task::rescheduled{2026y / 12 / 1, "x"}, o.lin);
    CHECK(row().due == 2026y / 12 / 1);
    CHECK(row().reason == "one is missing");
    const auto moved = o.task(1, ev::task::reassigned{o.na, "x"}, o.lin);
    CHECK(row().status == task_status::assigned);
    CHECK(row().to == o.na);
    CHECK(row().taken_from(moved) == o.wei);
    CHECK(!row().taken_from({moved.value - 1}));
    o.task(1, ev::task::started{}, o.na);
    o.task(1, ev::task::submitted{"all of it"}, o.na);
    const auto last = o.task(1, ev::task::accepted{"fine"}, o.lin);
    CHECK(row().status == task_status::done);
    CHECK(row().assigned_at == assigned_at);
    CHECK(row().changed_at == o.time());
    CHECK(row().changed == last);
    CHECK(row().version.value == 12);
    CHECK(!o.views.board.row({2}));
    CHECK(!o.views.board.row({0}));
}

TEST_CASE("task board: overdue is derived from the day", "[core][views][S3.2.2]") {
    office o;
    o.task(1, order(o.wei, "operations", today), o.lin);
    CHECK(!o.views.board.row({1})->overdue(today));
    CHECK(o.views.board.row({1})->overdue(tomorrow));
    o.task(1, ev::task::cancelled{"x"}, o.lin);
    CHECK(!o.views.board.row({1})->overdue(tomorrow));
}

TEST_CASE("task board: pages are filtered and newest changed first", "[core][views][S3.2.2]") {
    office o;
    const auto& board = o.views.board;
    const auto all_seeing = o.person(o.zhou);
    for (std::uint64_t n = 1; n <= 6; ++n)
        o.task(n, order(n % 2 ? o.wei : o.na, n <= 4 ? "operations" : "technology", n == 2 ? today : 2026y / 12 / 1), o.lin);
    o.task(3, ev::task::started{}, o.wei);
    o.task(2, ev::task::started{}, o.na);
    o.task(6, ev::task::cancelled{"x"}, o.lin);
    const auto page = [&](views::task_filter f, std::size_t limit = 50, ev::position before = {}) {
        return board.page(f, looks(all_seeing), before, limit);
    };
    CHECK(ids(page({})) == list{6, 2, 3, 5, 4, 1});
    CHECK(ids(page({.status = task_status::assigned})) == list{5, 4, 1});
    CHECK(ids(page({.status = task_status::done})).empty());
    CHECK(ids(page({.assignee = o.na})) == list{6, 2, 4});
    CHECK(ids(page({.assignee = core::member_id{77}})).empty());
    CHECK(ids(page({.department = ev::department{"technology"}})) == list{6, 5});
    CHECK(ids(page({.department = ev::department{"nowhere"}})).empty());
    CHECK(ids(page({.overdue_on = tomorrow})) == list{2});
    CHECK(ids(page({.assignee = o.wei, .overdue_on = tomorrow})).empty());
    CHECK(ids(page({.status = task_status::in_progress, .assignee = o.na, .department = ev::department{"operations"}})) == list{2});
    CHECK(ids(page({.status = task_status::cancelled, .assignee = o.na})) == list{6});
    CHECK(ids(page({.status = task_status::cancelled, .overdue_on = tomorrow})).empty());

    const auto first = page({}, 4);
    CHECK(ids(first) == list{6, 2, 3, 5});
    REQUIRE(first.next);
    const auto rest = page({}, 4, first.next);
    CHECK(ids(rest) == list{4, 1});
    CHECK(!rest.next);
    CHECK(!page({}, 6).next);
    // What changes meanwhile goes to the front, and the pages after lose and repeat nothing else.
    o.task(5, ev::task::progress_reported{5, ""}, o.wei);
    CHECK(ids(page({}, 4, first.next)) == list{4, 1});
    CHECK(ids(page({}, 2)) == list{5, 6});
}

TEST_CASE("task board: what is open comes before what is not, over any pages", "[core][views][S3.2.2]") {
    office o;
    // 1 to 9; every third is closed, the last of all; the open ones were left alone longest.
    for (std::uint64_t t = 1; t <= 9; ++t) o.task(t, order(o.wei, t == 5 ? "marketing" : "operations"), o.lin);
    for (const std::uint64_t t : {3, 6, 9}) o.task(t, ev::task::cancelled{"x"}, o.lin);
    o.task(2, ev::task::started{}, o.wei);
    const auto whole = [&](core::member_id who, std::size_t limit, const views::task_filter& wanted = {}) {
        list all;
        views::task_place from;
        for (;;) {
            const auto page = o.views.board.open_first(wanted, looks(o.person(who)), from, limit);
            CHECK(page.rows.size() <= limit);
            for (const auto* row : page.rows) all.push_back(row->id.value);
            if (!page.next) return all;
            CHECK(page.rows.size() == limit);
            from = *page.next;
        }
    };
    for (std::size_t limit = 1; limit <= 10; ++limit) {
        INFO(limit);
        CHECK(whole(o.zhou, limit) == list{2, 8, 7, 5, 4, 1, 9, 6, 3});
        CHECK(whole(o.lin, limit) == list{2, 8, 7, 5, 4, 1, 9, 6, 3});  // 5 she assigned
        CHECK(whole(o.na, limit) == list{2, 8, 7, 4, 1, 9, 6, 3});
        CHECK(whole(o.other, limit) == list{5});
        CHECK(whole(o.zhou, limit, {.status = task_status::cancelled}) == list{9, 6, 3});
        CHECK(whole(o.zhou, limit, {.status = task_status::in_progress}) == list{2});
        CHECK(whole(o.zhou, limit, {.assignee = o.lin}) == list{});
        CHECK(whole(o.zhou, limit, {.department = events::department{"marketing"}}) == list{5});
    }
    CHECK(o.views.board.open_first({}, looks(o.person(o.zhou)), {false, {}}, 2).rows.size() == 2);
}

TEST_CASE("task board: a page holds only what its reader may see", "[core][views][S1.3.4]") {
    office o;
    o.task(1, order(o.wei), o.lin);
    o.task(2, order(o.wei, "technology"), o.lin);
    o.task(3, order(o.other, "technology"), o.zhou);
    const auto seen_by = [&](core::member_id who) { return ids(o.views.board.page({}, looks(o.person(who)), {}, 50)); };
    CHECK(seen_by(o.zhou) == list{3, 2, 1});
    CHECK(seen_by(o.wei) == list{2, 1});
    CHECK(seen_by(o.lin) == list{2, 1});
    CHECK(seen_by(o.na) == list{1});
    CHECK(seen_by(o.other) == list{3});
    CHECK(o.views.board.page({}, looks(o.person(o.na)), {}, 1).next.value == 0);
}

TEST_CASE("timeline: a channel, its people and its messages", "[core][views][S5.1.3]") {
    office o;
    o.channel(1, ev::channel::created{"general", "", ev::channel::visibility::everyone}, o.wei);
    o.channel(1, ev::channel::joined{o.wei}, o.wei);
    o.channel(1, ev::channel::joined{o.na}, o.wei);
    const auto said = o.post(1, o.wei);
    o.post(1, o.na, "plan");
    o.post(1, o.wei, "plan");
    const auto row = [&]() -> const views::channel_row& { return *o.views.channels.row({1}); };
    CHECK(row().name == "general");
    CHECK(row().people.all().size() == 2);
    CHECK(row().messages.last() == 3);
    CHECK(row().version.value == 6);
    CHECK(row().messages.find({1})->author == o.wei);
    CHECK(row().messages.find({1})->said == said);
    CHECK(row().messages.find({2})->topic == "plan");
    CHECK(!row().messages.find({4}));
    CHECK(!row().messages.find({0}));

    const auto edit = o.channel(1, ev::channel::edited{{1}, {o.wei, "", ev::personal::form::sealed}}, o.wei);
    CHECK(row().messages.find({1})->said == said);
    CHECK(row().messages.find({1})->text == edit);
    CHECK(row().messages.find({1})->edited);

    o.channel(1, ev::channel::reacted{{1}, o.na, "👍"}, o.na);
    o.channel(1, ev::channel::reacted{{1}, o.wei, "👍"}, o.wei);
    o.channel(1, ev::channel::reacted{{1}, o.na, "🎉"}, o.na);
    REQUIRE(row().messages.find({1})->reactions->size() == 2);
    CHECK(row().messages.find({1})->reactions->front() == views::reaction{"👍", {3, 2}});
    o.channel(1, ev::channel::reaction_removed{{1}, o.na, "👍"}, o.na);
    o.channel(1, ev::channel::reaction_removed{{1}, o.na, "🎉"}, o.na);
    CHECK(*row().messages.find({1})->reactions == std::vector<views::reaction>{{"👍", {2}}});
    CHECK(row().messages.find({2})->reactions->empty());

    o.channel(1, ev::channel::pinned{{3}}, o.na);
    o.channel(1, ev::channel::pinned{{1}}, o.na);
    CHECK(row().messages.pins() == std::vector<std::uint32_t>{1, 3});
    o.channel(1, ev::channel::unpinned{{3}}, o.na);
    o.channel(1, ev::channel::deleted{{1}}, o.wei);
    CHECK(row().messages.pins().empty());
    CHECK(row().messages.find({1})->deleted);

    o.channel(1, ev::channel::imported{{4}, o.zhou, {}, {o.zhou, ""}, "", "irc"}, o.lin);
    CHECK(row().messages.find({4})->author == o.zhou);
    o.channel(1, ev::channel::described{"talk"}, o.wei);
    o.channel(1, ev::channel::archived{}, o.wei);
    CHECK(row().description == "talk");
    CHECK(row().archived);
}

TEST_CASE("timeline: pages of messages, by topic too", "[core][views][S5.1.2]") {
    office o;
    o.channel(1, ev::channel::created{"general", "", ev::channel::visibility::everyone}, o.wei);
    for (int i = 1; i <= 10; ++i) o.post(1, o.wei, i % 2 ? "odd" : "");
    const auto& log = o.views.channels.row({1})->messages;
    const auto range = [&](views::message_range r) { return numbers(log.range(r)); };
    CHECK(range({.limit = 3}) == list{8, 9, 10});
    CHECK(range({.before = ev::message_no{4}, .limit = 2}) == list{2, 3});
    CHECK(range({.before = ev::message_no{1}}).empty());
    CHECK(range({.before = ev::message_no{99}, .limit = 2}) == list{9, 10});
    CHECK(range({.after = ev::message_no{4}, .limit = 2}) == list{5, 6});
    CHECK(range({.after = ev::message_no{10}}).empty());
    CHECK(range({.after = ev::message_no{~0ull}}).empty());
    CHECK(range({.before = ev::message_no{8}, .after = ev::message_no{4}}) == list{5, 6, 7});
    CHECK(range({.before = ev::message_no{3}, .after = ev::message_no{7}}).empty());
    CHECK(range({.topic = "odd"}) == list{1, 3, 5, 7, 9});
    CHECK(range({.before = ev::message_no{7}, .topic = "odd", .limit = 2}) == list{3, 5});
    CHECK(range({.after = ev::message_no{3}, .topic = "odd", .limit = 2}) == list{5, 7});
    CHECK(range({.topic = ""}) == list{2, 4, 6, 8, 10});
    CHECK(range({.topic = "other"}).empty());
    CHECK(range({.limit = 0}).empty());

    o.channel(1, ev::channel::topic_set{{4}, "odd"}, o.wei);
    o.channel(1, ev::channel::topic_set{{9}, "new"}, o.wei);
    CHECK(range({.topic = "odd"}) == list{1, 3, 4, 5, 7});
    REQUIRE(log.topics().size() == 2);
    CHECK(log.topics()[0].name == "odd");
    CHECK(log.topics()[0].messages == 5);
    CHECK(log.topics()[1].messages == 1);
    o.channel(1, ev::channel::topic_set{{9}, ""}, o.wei);
    CHECK(log.topics().size() == 1);
    // What was deleted counts nowhere (D14).
    o.channel(1, ev::channel::deleted{{3}}, o.wei);
    CHECK(log.topics()[0].messages == 4);
    for (const std::uint64_t n : {1, 4, 5, 7}) o.channel(1, ev::channel::deleted{{n}}, o.wei);
    CHECK(log.topics().empty());
}

TEST_CASE("timeline: what is unread, and who is where", "[core][views][S5.3.2]") {
    office o;
    for (std::uint64_t n : {1, 2}) {
        o.channel(n, ev::channel::created{"general", "", ev::channel::visibility::everyone}, o.wei);
        o.channel(n, ev::channel::joined{o.wei}, o.wei);
    }
    o.post(1, o.wei);
    o.post(1, o.wei);
    o.channel(1, ev::channel::joined{o.na}, o.na);
    const auto& row = *o.views.channels.row({1});
    CHECK(row.unread(o.na) == 0);  // said before they came
    CHECK(row.unread(o.wei) == 0);
    o.post(1, o.wei);
    o.post(1, o.wei);
    CHECK(row.unread(o.na) == 2);
    o.channel(1, ev::channel::read{{3}, o.na}, o.na);
    CHECK(row.unread(o.na) == 1);
    o.post(1, o.na);
    CHECK(row.unread(o.na) == 0);
    CHECK(row.unread(o.wei) == 1);
    CHECK(row.unread(o.zhou) == 0);
    o.post(1, o.na);
    CHECK(row.unread(o.wei) == 2);
    o.channel(1, ev::channel::deleted{{5}}, o.na);  // deleted is not unread (D14)
    CHECK(row.unread(o.wei) == 1);
    o.channel(1, ev::channel::read{{6}, o.wei}, o.wei);
    CHECK(row.unread(o.wei) == 0);
    o.channel(1, ev::channel::deleted{{1}}, o.wei);
    CHECK(row.unread(o.wei) == 0);
    CHECK(o.views.channels.channels_of(o.wei) == std::vector<core::channel_id>{{1}, {2}});
    o.channel(1, ev::channel::left{o.wei}, o.wei);
    CHECK(o.views.channels.channels_of(o.wei) == std::vector<core::channel_id>{{2}});
    CHECK(o.views.channels.channels_of(o.zhou).empty());
}

TEST_CASE("timeline: a list of channels holds only what its reader may see", "[core][views][D5]") {
    office o;
    o.channel(1, ev::channel::created{"general", "", ev::channel::visibility::everyone}, o.wei);
    o.channel(2, ev::channel::created{"private", "", ev::channel::visibility::members_only}, o.wei);
    o.channel(2, ev::channel::joined{o.wei}, o.wei);
    o.channel(3, ev::channel::created{"talk", "", ev::channel::visibility::everyone}, o.wei);
    CHECK(o.views.channels.page(o.person(o.wei), {}, 50).size() == 3);
    CHECK(o.views.channels.page(o.person(o.zhou), {}, 50).size() == 2);
    CHECK(o.views.channels.page(o.person(o.zhou), {1}, 50).front()->id.value == 3);
    CHECK(o.views.channels.page(o.person(o.wei), {}, 1).size() == 1);
}

TEST_CASE("inbox: what waits on whom", "[core][views][S3.2.2][S1.3.3]") {
    using enum views::waiting;
    using items = std::vector<std::pair<views::waiting, std::uint64_t>>;
    office o;
    for (std::uint64_t n = 1; n <= 4; ++n) o.task(n, order(o.wei), o.lin);
    for (std::uint64_t n = 2; n <= 4; ++n) o.task(n, ev::task::started{}, o.wei);
    o.task(3, ev::task::blocked{"x", o.na}, o.wei);
    o.task(4, ev::task::submitted{"x"}, o.wei);
    CHECK(o.inbox(o.wei) == items{{to_start, 1}, {in_progress, 2}});
    CHECK(o.inbox(o.na) == items{{blocked_on_me, 3}});
    CHECK(o.inbox(o.lin) == items{{to_accept, 4}});
    CHECK(o.inbox(o.zhou).empty());
    o.task(4, ev::task::returned{"x"}, o.lin);
    CHECK(o.inbox(o.wei) == items{{returned, 4}, {to_start, 1}, {in_progress, 2}});
    CHECK(o.inbox(o.lin).empty());

    o.channel(1, ev::channel::created{"general", "", ev::channel::visibility::everyone}, o.lin);
    o.channel(1, ev::channel::joined{o.na}, o.lin);
    o.channel(1, ev::channel::joined{o.lin}, o.lin);
    o.post(1, o.lin);
    CHECK(o.inbox(o.na) == items{{blocked_on_me, 3}, {unread, 1}});
    CHECK(o.inbox(o.lin).empty());
    CHECK(o.items_of(o.na, 1).size() == 1);
    o.member(o.na.value, ev::member::left{"x"});
    CHECK(o.inbox(o.na).empty());
}

TEST_CASE("inbox: a verdict on a manager's own work waits on the superior", "[core][views][D1]") {
    using enum views::waiting;
    using items = std::vector<std::pair<views::waiting, std::uint64_t>>;
    office o;
    o.task(1, order(o.lin), o.lin);
    o.task(1, ev::task::started{}, o.lin);
    o.task(1, ev::task::submitted{"x"}, o.lin);
    CHECK(o.inbox(o.lin).empty());
    CHECK(o.inbox(o.zhou) == items{{to_accept, 1}});
    const auto second = o.joins("second", "operations", {{"OM"}});
    CHECK(o.inbox(second) == items{{to_accept, 1}});
    CHECK(o.inbox(o.zhou).empty());
}

}  // namespace core_views_tests
