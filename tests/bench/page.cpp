// A filtered, sorted page of 100,000 tasks or 5,000 projects, and a document as it was: at the server, as JSON, the log on
// disk. What it stands beside is the same page with every row that is wanted sorted, and the same document as it is.

#include "core/access/access.hpp"
#include "events/catalog/project.hpp"
#include "events/codec/codec.hpp"
#include "events/keys/memory_keyring.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "server/wire/documents.hpp"
#include "server/wire/flows/kind_reading.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/figure.hpp"

#include <algorithm>
#include <deque>
#include <stdexcept>

namespace {

using namespace events;
using bench::clock_type;
using bench::seconds_since;
namespace wire = server::wire;

constexpr std::uint64_t members = 500;
constexpr std::uint64_t tasks = 100'000;
constexpr std::uint64_t projects = 5'000;
constexpr std::uint64_t requests = 5'000;     // that wait
constexpr std::uint64_t reports = 20;         // of a project
constexpr std::uint64_t many_reports = 1'000; // of the first one
constexpr std::size_t batch_events = 4'096;
constexpr int times = 101;
constexpr double page_goal_ms = 5, as_of_goal_ms = 50;
constexpr member_id leader{1};      // sees everything
constexpr member_id manager{35};    // has all the requests waiting
constexpr member_id specialist{2};  // sees a department

const instant now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23);

date day(std::uint64_t n) { return date(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1) + std::chrono::days(n % 700)); }

class company {
public:
    explicit company(const std::filesystem::path& folder) : log_(open(folder)), read(views_, *log_, keys_, [] { return now; }, std::chrono::minutes(480)) {
        const char* departments[] = {"operations", "marketing", "business", "technology", "finance"};
        for (std::uint64_t m = 1; m <= members; ++m) {
            keys_.create({m});
            happened(stream_of(member_id{m}), member::any(member::joined{{{m}, "成员 Member " + std::to_string(m)}, personal{{m}, "member." + std::to_string(m)}, {},
                                                                        {departments[m % 5]}, {{m == 1 ? "SL" : m % 7 == 0 ? "OM" : "SP"}}, language::zh}));
        }
        for (std::uint64_t p = 1; p <= projects; ++p) run_project(p, departments[p % 5]);
        for (std::uint64_t r = 1; r <= requests; ++r) run_request(r, departments[r % 5]);
        for (std::uint64_t t = 1; t <= tasks; ++t) run_task(t, departments[t % 5]);
        flush();
        log_->wait_indexed(log_->head(), std::chrono::minutes(5));
    }

    const server::engine::shared_views& views() const { return views_; }
    position head() const { return log_->head(); }

private:
    static std::unique_ptr<rocksdb_log> open(const std::filesystem::path& folder) {
        auto opened = rocksdb_log::open(folder);
        if (!opened) throw std::runtime_error(opened.error().message(language::en));
        return std::move(*opened);
    }

    void run_project(std::uint64_t n, const char* department) {
        const auto at = stream_of(project_id{n});
        project::charter c{};
        c.name = "会员积分改版 points redesign " + std::to_string(n * 7919 % projects);
        c.lead = {1 + n % members};
        c.team = {c.lead, {1 + (n + 3) % members}, {1 + (n + 7) % members}};
        c.starts = day(n);
        c.ends = day(n * 31 + 200);
        c.milestones = {{"方案", day(n + 60), "方案文档"}, {"上线", day(n + 120), "上线版本"}};
        c.budget = {5'000'000, "CNY", "开发与推广"};
        c.objectives = {"兑换率提升 20%", "投诉减少一半"};
        happened(at, project::any(project::initiated{{}, c.name, {department}, 1}));
        happened(at, project::any(project::charter_submitted{{7}, c, "sha"}));
        happened(at, project::any(project::charter_approved{"sha", ""}));
        for (std::uint64_t i = 0, many = n == 1 ? many_reports : reports; i < many; ++i)
            happened(at, project::any(project::progress_reported{static_cast<std::uint8_t>(i % 100), project::health::on_track, "联调完成，灰度发布中。"}));
    }
    /// Waits for an operations manager.
    void run_request(std::uint64_t n, const char* department) {
        const auto at = stream_of(request_id{n});
        request::form f{"需求 Request " + std::to_string(n), "背景", "目标", "内容", day(n * 13 + 330), {}, priority::normal, {true, "合规"}, {}};
        happened(at, request::any(request::drafted{{1 + n % members}, {department}, f, 1}));
        happened(at, request::any(request::submitted{}));
    }

    void run_task(std::uint64_t n, const char* department) {
        const auto at = stream_of(task_id{n});
        happened(at, task::any(task::assigned{"整理客服高频问题 " + std::to_string(n * 7919 % tasks), "按渠道分类，每类给出答复。", "每条有答复与负责人。", day(n * 17),
                                              {1 + n % members}, {department}, static_cast<priority>(n % 4), {}, {1 + n % projects}}));
        happened(at, task::any(task::started{}));
        if (n % 10 == 0) happened(at, task::any(task::blocked{"等待数据", {}}));
        if (n % 3 == 0) happened(at, task::any(task::cancelled{"不再需要"}));
    }

    void happened(stream_id at, any&& what) {
        envelope about;
        about.position = {++head_};
        about.stream = at;
        about.version = {++versions_[at]};
        about.actor = {7};
        about.time = now - std::chrono::hours(24 * 300) + std::chrono::seconds(head_ * 60);
        about.causation.bytes[0] = 1;
        about.digest = head_;
        bytes_.push_back(encode(about, what, keys_).stored);
        batch_.push_back({about, bytes_.back()});
        made_.push_back({about, std::move(what)});
        if (made_.size() == batch_events) flush();
    }
    void flush() {
        if (batch_.empty()) return;
        if (!log_->append(batch_)) throw std::runtime_error("the log refused an append");
        views_.change({head_}, [&](core::views::views& v) {
            for (const auto& e : made_) v.fold(e);
            v.settle();
        });
        batch_.clear();
        bytes_.clear();
        made_.clear();
    }

    std::uint64_t head_ = 0;
    std::unordered_map<stream_id, std::uint64_t> versions_;
    std::deque<std::string> bytes_;
    std::vector<entry> batch_;
    std::vector<recorded> made_;
    server::engine::shared_views views_;
    memory_keyring keys_;
    std::unique_ptr<rocksdb_log> log_;

public:
    wire::documents read;
};

template <class F>
double median_ms(F f) {
    std::vector<double> took;
    for (int i = 0; i < times; ++i) {
        const auto start = clock_type::now();
        f();
        took.push_back(seconds_since(start) * 1'000);
    }
    return bench::percentile(took, 0.5);
}

/// What has to be answered, and not refused.
void answered(const wire::reading& r) {
    if (!std::holds_alternative<wire::document>(r)) throw std::runtime_error("a reading is refused");
}

struct page {
    std::string name;
    std::function<void()> read;
};

std::vector<page> pages_of(const company& all) {
    using core::views::task_sort;
    const auto tasks_page = [&all](std::string name, member_id who, core::views::task_query q, std::size_t offset = 0) {
        // The place where the page before that one ends.
        std::optional<core::views::task_cursor> after;
        if (offset > 0)
            all.read.with_reader(who, [&](const core::views::views& v, events::position, const core::context& by) {
                after = v.board.sorted(q, by, {}, offset).next;
                return wire::reading(wire::document{});
            });
        return page{std::move(name), [&all, who, q, after] { answered(all.read.sorted_tasks(who, q, after, 50)); }};
    };
    const auto projects_page = [&all](std::string name, member_id who, wire::flow_query q) {
        return page{std::move(name), [&all, who, q] { answered(wire::read_entities(all.read, events::category::project, who, q)); }};
    };
    core::views::task_query open;
    open.open = true;
    open.by = task_sort::due;
    core::views::task_query of_department = open;
    of_department.department = events::department{"marketing"};
    of_department.by = task_sort::priority;
    of_department.descending = true;
    core::views::task_query by_title;
    by_title.by = task_sort::title;
    core::views::task_query overdue;
    overdue.overdue_on = day(500);
    overdue.by = task_sort::due;
    wire::flow_query by_due;
    by_due.sort = "due";
    by_due.status = "active";
    wire::flow_query by_name = by_due;
    by_name.sort = "name";
    by_name.text = "Points";
    wire::flow_query late = by_due;
    late.late = true;
    late.sort = "-since";
    return {tasks_page("open_by_due", leader, open),
            tasks_page("open_by_due_of_a_department", specialist, open),
            tasks_page("department_by_priority", leader, of_department),
            tasks_page("all_by_title", leader, by_title),
            tasks_page("all_by_title_page_500", leader, by_title, 25'000),
            tasks_page("open_by_due_page_500", leader, open, 25'000),
            tasks_page("overdue_by_due", leader, overdue),
            projects_page("projects_by_due", leader, by_due),
            projects_page("projects_by_name_with_text", leader, by_name),
            projects_page("late_projects", specialist, late),
            page{"inbox_of_thousands", [&all] { answered(all.read.inbox(manager, {50, 0})); }}};
}

/// The open tasks by due date, all of them sorted for one page.
void sort_all(const company& all) {
    all.views().read([](const core::views::views& v, position) {
        std::vector<const core::views::task_row*> rows;
        for (std::uint64_t n = 1; n <= tasks; ++n)
            if (const auto* row = v.board.row({n}); core::is_open(row->status)) rows.push_back(row);
        std::sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return std::tuple(a->due, a->id) < std::tuple(b->due, b->id); });
        if (rows.empty()) throw std::runtime_error("nothing is open");
    });
}

}  // namespace

void bench::page(const std::filesystem::path& in) {
    const auto folder = in / "page";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    {
        const company all(folder);
        double slowest = 0;
        std::vector<std::pair<std::string, double>> each;
        for (const auto& p : pages_of(all)) {
            each.emplace_back(p.name, median_ms(p.read));
            slowest = std::max(slowest, each.back().second);
        }
        {
            bench::figure f("page");
            f.value(slowest, "ms").beside("every open task sorted", median_ms([&] { sort_all(all); })).at_most(slowest, page_goal_ms);
            for (const auto& [name, ms] : each) f.with(name, ms);
        }
        const wire::reader by{leader, language::zh};
        const wire::moment then{{all.head().value / 2}, now - std::chrono::hours(24 * 100)};
        const auto project = [&](std::uint64_t n, const std::optional<wire::moment>& as_of) {
            return median_ms([&, n] { answered(wire::read_entity(all.read, {events::category::project, n}, by, as_of)); });
        };
        const auto task = [&](const std::optional<wire::moment>& as_of) { return median_ms([&] { answered(all.read.task(by, {10}, as_of)); }); };
        const wire::moment long_ago{all.head(), now};
        const double worst = project(1, long_ago);
        bench::figure("as_of").value(worst, "ms").beside("the same project as it is", project(1, {})).at_most(worst, as_of_goal_ms)
            .with("events", static_cast<double>(many_reports + 3)).with("a_project_of_23_events", project(projects / 2, then)).with("a_task", task(long_ago));
    }
    std::filesystem::remove_all(folder);
}
