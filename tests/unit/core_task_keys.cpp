// A sorted page of tasks is what sorting all that one may see gives, in every order, from any place.

#include "core/task/task.hpp"
#include "core/access/access.hpp"
#include "tests/support/told.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <set>
#include <tuple>

namespace core_task_keys_tests {

using namespace std::chrono_literals;
using opsroom_test::looks;
using opsroom_test::told;
namespace views = core::views;
namespace ev = events;
using views::task_sort;

namespace {

constexpr core::date first{2026y / 11 / 1};

struct crowd : told {
    std::mt19937 random{42};
    core::member_id zhou = joins("zhou", "board", {{"SL"}});
    core::member_id wei = joins("wei", "operations", {{"SP"}});
    core::member_id na = joins("na", "marketing", {{"RQ"}});

    std::uint64_t below(std::uint64_t n) { return random() % n; }

    /// Of a hundred tasks so many are closed; the others are as it comes.
    explicit crowd(std::uint64_t tasks, std::uint64_t closed = 0) {
        const char* titles[] = {"周报", "周报", "Weekly figures", "weekly figures", "整理客服高频问题", ""};
        for (std::uint64_t n = 1; n <= tasks; ++n) {
            task(n, ev::task::assigned{titles[below(6)] + std::to_string(below(30)), "", "standard", core::date(std::chrono::sys_days(first) + std::chrono::days(below(40))),
                                       {1 + below(3)}, {below(2) ? "operations" : "marketing"}, static_cast<ev::priority>(below(4)), {}, {below(3)}}, {1 + below(3)});
            if (below(2)) task(1 + below(n), ev::task::started{}, wei);
            if (below(4) == 0) task(1 + below(n), ev::task::cancelled{"no"}, wei);
            if (below(6) == 0) task(1 + below(n), ev::task::reassigned{{1 + below(3)}, "theirs now"}, zhou);
            if (below(8) == 0) task(1 + below(n), ev::task::rescheduled{core::date(std::chrono::sys_days(first) + std::chrono::days(below(40))), "later"}, zhou);
            if (below(100) < closed) task(n, ev::task::accepted{"fine"}, zhou);
        }
    }

    /// By going through all of them.
    std::vector<std::uint64_t> expected(const views::task_query& q, const core::person& reader) const { return expected(views, q, reader); }
    static std::vector<std::uint64_t> expected(const views::views& views, const views::task_query& q, const core::person& reader) {
        std::vector<const views::task_row*> rows;
        for (std::uint64_t n = 1; n <= views.board.size(); ++n) {
            const auto* row = views.board.row({n});
            const bool wanted = (!q.status || static_cast<std::uint8_t>(row->status) == *q.status) && (!q.open || core::is_open(row->status) == *q.open) &&
                                (!q.assignee || row->to == *q.assignee) && (!q.assigned_by || row->by == *q.assigned_by) &&
                                (!q.department || row->department == *q.department) && (!q.project || row->project == *q.project) &&
                                (!q.priority || static_cast<std::uint8_t>(row->priority) == *q.priority) && (!q.overdue_on || row->overdue(*q.overdue_on));
            if (wanted && core::access::may_see_task(*row, looks(reader, views.directory, first))) rows.push_back(row);
        }
        const auto key = [&](const views::task_row* r) {
            const bool t = q.by == task_sort::title;
            const std::uint64_t n = q.by == task_sort::changed    ? r->changed.value
                                    : q.by == task_sort::due      ? static_cast<std::uint64_t>(std::chrono::sys_days(r->due).time_since_epoch().count())
                                    : q.by == task_sort::priority ? static_cast<std::uint64_t>(r->priority)
                                    : q.by == task_sort::status   ? static_cast<std::uint64_t>(r->status)
                                                                  : 0;
            return std::tuple(t ? r->title : std::string(), n, r->id.value);
        };
        std::sort(rows.begin(), rows.end(), [&](const auto* a, const auto* b) { return q.descending ? key(b) < key(a) : key(a) < key(b); });
        std::vector<std::uint64_t> ids;
        for (const auto* r : rows) ids.push_back(r->id.value);
        return ids;
    }

    views::task_query asked() {
        views::task_query q;
        q.by = static_cast<task_sort>(below(6));
        q.descending = below(2);
        if (below(4) == 0) q.status = static_cast<std::uint8_t>(1 + below(7));
        if (below(3) == 0) q.open = below(2);
        if (below(4) == 0) q.assignee = core::member_id{1 + below(4)};
        if (below(6) == 0) q.assigned_by = core::member_id{1 + below(3)};
        if (below(4) == 0) q.department = ev::department{below(3) ? "marketing" : "nowhere"};
        if (below(5) == 0) q.project = core::project_id{below(3)};
        if (below(5) == 0) q.priority = static_cast<std::uint8_t>(below(4));
        if (below(5) == 0) q.overdue_on = core::date(std::chrono::sys_days(first) + std::chrono::days(below(40)));
        return q;
    }
};

}  // namespace

namespace {

void check_pages(crowd& c, int times) {
    for (int i = 0; i < times; ++i) {
        const auto q = c.asked();
        const auto reader = c.person({1 + c.below(3)});
        const auto all = c.expected(q, reader);
        const auto limit = 1 + c.below(50);
        INFO("sort " << static_cast<int>(q.by) << (q.descending ? " down" : " up") << " limit " << limit);
        std::vector<std::uint64_t> got;
        std::optional<views::task_cursor> after;
        do {
            const auto page = c.views.board.sorted(q, looks(reader, c.views.directory, first), after, limit);
            CHECK(page.total == all.size());
            CHECK(page.rows.size() <= limit);
            for (const auto* row : page.rows) got.push_back(row->id.value);
            after = page.next;
        } while (after);
        CHECK(got == all);
    }
}

}  // namespace

TEST_CASE("task keys: any page of any list is a part of all that one may see, sorted", "[core][views][S3.2.2][S1.3.4]") {
    crowd c(400);
    check_pages(c, 600);
}

TEST_CASE("task keys: who stands in for somebody has what they see in every list, and a guest what is theirs", "[core][views][D13][S1.3.4]") {
    crowd c(400);
    c.member(c.wei.value, ev::member::department_changed{{"nowhere"}});
    c.member(c.wei.value, ev::member::delegated{c.na, first, {}, "away", true});
    const auto seen = [&] { return c.expected({}, c.person(c.na)).size(); };
    const auto with_wei = seen();
    check_pages(c, 300);
    c.member(c.wei.value, ev::member::delegation_ended{c.na});
    CHECK(seen() < with_wei);
    c.member(c.zhou.value, ev::member::delegated{c.wei, first, {}, "away", true});
    CHECK(c.expected({}, c.person(c.wei)).size() == 400);
    check_pages(c, 300);
    c.member(c.na.value, ev::member::delegated{c.wei, first, {}, "away", true});
    c.member(c.zhou.value, ev::member::delegation_ended{c.wei});
    c.member(c.wei.value, ev::member::roles_changed{{}});
    check_pages(c, 300);
}

TEST_CASE("task keys: nothing is skipped or comes twice while others work", "[core][views][S3.2.2][S1.3.4]") {
    for (int i = 0; i < 60; ++i) {
        crowd c(120);
        views::task_query q;
        q.by = static_cast<task_sort>(i % 6);
        q.descending = i % 2;
        const auto reader = c.person(c.zhou);
        const auto all = c.expected(q, reader);
        std::map<std::uint64_t, int> seen;
        std::set<std::uint64_t> changed;
        std::optional<views::task_cursor> after;
        do {
            const auto page = c.views.board.sorted(q, looks(reader), after, 7);
            for (const auto* row : page.rows) ++seen[row->id.value];
            after = page.next;
            for (int k = 0; k < 3; ++k) {
                const auto n = 1 + c.below(120);
                if (changed.insert(n).second) c.task(n, ev::task::rescheduled{core::date(std::chrono::sys_days(first) + std::chrono::days(c.below(40))), "moved"}, c.zhou);
            }
            c.task(c.views.board.size() + 1, ev::task::assigned{"new", "", "standard", first, {1}, {"operations"}, ev::priority::high, {}, {}}, c.zhou);
        } while (after && seen.size() < 1'000);
        INFO("sort " << static_cast<int>(q.by) << (q.descending ? " down" : " up"));
        for (const auto n : all)
            if (!changed.contains(n)) CHECK(seen[n] == 1);
        // Where a row stays what changed is there once, too.
        if (q.by == task_sort::id || q.by == task_sort::title || q.by == task_sort::priority)
            for (const auto n : all) CHECK(seen[n] == 1);
    }
}

TEST_CASE("task keys: a board that was read back sorts as the one that was kept", "[core][views]") {
    crowd c(200);
    std::string kept;
    c.views.save(kept);
    core::views::views back;
    REQUIRE(back.load(kept));
    for (int i = 0; i < 100; ++i) {
        const auto q = c.asked();
        const auto reader = c.person(c.zhou);
        const auto a = c.views.board.sorted(q, looks(reader), {}, 500), b = back.board.sorted(q, looks(reader), {}, 500);
        REQUIRE(a.rows.size() == b.rows.size());
        for (std::size_t n = 0; n < a.rows.size(); ++n) CHECK(a.rows[n]->id == b.rows[n]->id);
    }
}

TEST_CASE("task keys: what is many is found along an order, and is the same", "[core][views][S3.2.2][S1.3.4]") {
    crowd c(9'000, 90);
    for (int i = 0; i < 300; ++i) {
        const auto q = c.asked();
        const auto reader = c.person({1 + c.below(3)});
        const auto all = c.expected(q, reader);
        const auto limit = 1 + c.below(60);
        INFO("sort " << static_cast<int>(q.by) << (q.descending ? " down" : " up") << " limit " << limit << " of " << all.size());
        // A few pages from anywhere: what the cursor says is known from the row before it.
        std::size_t at = all.empty() ? 0 : c.below(all.size());
        std::optional<views::task_cursor> after;
        if (at > 0) after = c.views.board.sorted(q, looks(reader), {}, at).next;
        for (int pages = 0; pages < 3 && at < all.size(); ++pages) {
            const auto page = c.views.board.sorted(q, looks(reader), after, limit);
            REQUIRE(page.total == all.size());
            REQUIRE(page.rows.size() == std::min(limit, all.size() - at));
            for (const auto* row : page.rows) CHECK(row->id.value == all[at++]);
            REQUIRE(page.next.has_value() == (at < all.size()));
            after = page.next;
        }
    }
}

TEST_CASE("task keys: a light board beside the present shows what the whole one of then does, as far as the present lets it be seen",
          "[core][views][as_of][S1.3.4]") {
    for (const std::uint64_t tasks : {60, 500, 3'000}) {
        crowd c(tasks, 70);
        for (int i = 0; i < 4; ++i) {
            const auto then_at = 1 + c.below(c.happened.size()), from = 1 + c.below(then_at);
            INFO("from " << from << ", as of " << then_at << " of " << c.happened.size());
            views::views then, light;
            for (std::uint64_t n = 1; n <= then_at; ++n) then.apply(c.happened[n - 1]);
            {
                views::views there;
                for (std::uint64_t n = 1; n <= from; ++n) there.apply(c.happened[n - 1]);
                std::string kept;
                core::archive::writer to(kept);
                there.save_moment(to);
                core::archive::reader in(kept);
                REQUIRE(light.load_moment(in, {from}));
                REQUIRE(in.finished());
                light.directory = there.directory;
                light.stand_at({from});
            }
            // Here closed tasks change, too.
            const auto put_back = [&](core::task_id which, std::uint64_t until) {
                views::task_row row;
                for (std::uint64_t n = 1; n <= until; ++n)
                    if (const auto& e = c.happened[n - 1]; e.envelope.stream == events::stream_of(which))
                        views::task_board::fold_into(row, events::get<ev::task::any>(e.event), e.envelope);
                light.board.put_back(row);
            };
            for (std::uint64_t n = from + 1; n <= then_at; ++n) {
                const auto& stream = c.happened[n - 1].envelope.stream;
                if (stream.kind == events::category::task && light.board.lacks({stream.number})) put_back({stream.number}, n - 1);
                light.apply(c.happened[n - 1]);
            }
            std::vector<core::task_id> outdated;
            light.board.each_outdated(c.views.board, [&](core::task_id t) { outdated.push_back(t); });
            for (const auto t : outdated) put_back(t, then_at);
            for (std::uint64_t n = 1; n <= then.board.size() + 1; ++n) {
                const auto *a = then.board.row({n}), *b = light.board.row({n}, c.views.board);
                REQUIRE(!a == !b);
                if (a) REQUIRE(*a == *b);
            }
            for (int k = 0; k < 60; ++k) {
                const auto q = c.asked();
                const auto reader = c.person({1 + c.below(3)});
                const views::task_board::present now{c.views.board, [&](core::task_id t) { return core::access::may_see_task(*c.views.board.row(t), looks(reader)); }};
                auto all = crowd::expected(then, q, reader);
                std::erase_if(all, [&](std::uint64_t n) { return !now.sees({n}); });
                INFO("sort " << static_cast<int>(q.by) << (q.descending ? " down" : " up") << " reader " << reader.id.value);
                std::vector<std::uint64_t> got;
                std::optional<views::task_cursor> after;
                const auto limit = 1 + all.size() / (1 + c.below(6));
                do {
                    const auto page = light.board.sorted(q, looks(reader), after, limit, &now);
                    CHECK(page.total == all.size());
                    for (const auto* row : page.rows) got.push_back(row->id.value);
                    after = page.next;
                } while (after && got.size() <= all.size());
                CHECK(got == all);
            }
        }
    }
}

TEST_CASE("task keys: numbers in an order are those of a set", "[core][views][property]") {
    std::mt19937 random(7);
    // By a key that lies elsewhere, then by number.
    std::vector<std::uint32_t> keys(6'000);
    for (auto& k : keys) k = random() % 500;
    const auto before = [&](std::uint32_t a, std::uint32_t b) { return std::tuple(keys[a], a) < std::tuple(keys[b], b); };
    views::ordered_numbers all;
    std::set<std::pair<std::uint32_t, std::uint32_t>> expected;
    const auto check = [&] {
        REQUIRE(all.size() == expected.size());
        const std::pair<std::uint32_t, std::uint32_t> from{random() % 520, random() % keys.size()};
        const auto is_below = [&](std::uint32_t n) { return std::pair(keys[n], n) < from; };
        std::vector<std::uint32_t> up, down, expected_up, expected_down;
        all.upwards(is_below, [&](std::uint32_t n) { up.push_back(n); return up.size() < 700; });
        all.downwards(is_below, [&](std::uint32_t n) { down.push_back(n); return down.size() < 700; });
        const auto middle = expected.lower_bound(from);
        for (auto at = middle; at != expected.end() && expected_up.size() < 700; ++at) expected_up.push_back(at->second);
        for (auto at = middle; at != expected.begin() && expected_down.size() < 700;) expected_down.push_back((--at)->second);
        CHECK(up == expected_up);
        CHECK(down == expected_down);
    };
    for (int round = 0; round < 40; ++round) {
        std::vector<std::uint32_t> many;
        for (std::size_t i = 0; i < (round % 8 == 0 ? 2'500u : 40u); ++i)
            if (const auto n = static_cast<std::uint32_t>(random() % keys.size()); expected.insert({keys[n], n}).second) many.push_back(n);
        if (round % 3) all.insert_all(many, before);
        else
            for (const auto n : many) all.insert(n, before);
        check();
        for (int i = 0; i < (round % 8 == 7 ? 2'400 : 60) && !expected.empty(); ++i) {
            auto at = expected.lower_bound({random() % 500, 0});
            if (at == expected.end()) --at;
            all.erase(at->second, before);
            expected.erase(at);
        }
        check();
    }
}

}  // namespace core_task_keys_tests
