// A sorted page of tasks is what sorting all that one may see gives, in every order, from any place.

#include "core/access/access.hpp"
#include "tests/support/told.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <set>
#include <tuple>

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

    explicit crowd(std::uint64_t tasks) {
        const char* titles[] = {"周报", "周报", "Weekly figures", "weekly figures", "整理客服高频问题", ""};
        for (std::uint64_t n = 1; n <= tasks; ++n) {
            task(n, ev::task::assigned{titles[below(6)] + std::to_string(below(30)), "", "standard", core::date(std::chrono::sys_days(first) + std::chrono::days(below(40))),
                                       {1 + below(3)}, {below(2) ? "operations" : "marketing"}, static_cast<ev::priority>(below(4)), {}, {below(3)}}, {1 + below(3)});
            if (below(2)) task(1 + below(n), ev::task::started{}, wei);
            if (below(4) == 0) task(1 + below(n), ev::task::cancelled{"no"}, wei);
        }
    }

    /// By going through all of them.
    std::vector<std::uint64_t> expected(const views::task_query& q, const core::person& reader) const {
        std::vector<const views::task_row*> rows;
        for (std::uint64_t n = 1; n <= views.board.size(); ++n) {
            const auto* row = views.board.row({n});
            const bool wanted = (!q.status || static_cast<std::uint8_t>(row->status) == *q.status) && (!q.open || core::is_open(row->status) == *q.open) &&
                                (!q.assignee || row->to == *q.assignee) && (!q.assigned_by || row->by == *q.assigned_by) &&
                                (!q.department || row->department == *q.department) && (!q.project || row->project == *q.project) &&
                                (!q.priority || static_cast<std::uint8_t>(row->priority) == *q.priority) && (!q.overdue_on || row->overdue(*q.overdue_on));
            if (wanted && core::access::may_see_task(*row, looks(reader))) rows.push_back(row);
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

TEST_CASE("task keys: any page of any list is a part of all that one may see, sorted", "[core][views][S3.2.2][S1.3.4]") {
    crowd c(400);
    for (int i = 0; i < 600; ++i) {
        const auto q = c.asked();
        const auto reader = c.person({1 + c.below(3)});
        const auto all = c.expected(q, reader);
        const auto limit = 1 + c.below(50);
        INFO("sort " << static_cast<int>(q.by) << (q.descending ? " down" : " up") << " limit " << limit);
        std::vector<std::uint64_t> got;
        std::optional<views::task_cursor> after;
        do {
            const auto page = c.views.board.sorted(q, looks(reader), after, limit);
            CHECK(page.total == all.size());
            CHECK(page.rows.size() <= limit);
            for (const auto* row : page.rows) got.push_back(row->id.value);
            after = page.next;
        } while (after);
        CHECK(got == all);
    }
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
