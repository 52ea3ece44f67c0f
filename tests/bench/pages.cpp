// Whether lists grow with the past: each list and order that the API has, and lists as they were, of a department after 100,000
// events and after two million, side by side. As much is open in one as in the other.

#include "events/codec/codec.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "server/engine/past_views.hpp"
#include "server/wire/documents.hpp"
#include "server/wire/flows/definitions.hpp"
#include "server/wire/flows/kind_reading.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/history.hpp"

#include <ctime>
#include <stdexcept>

namespace {

using namespace events;
namespace wire = server::wire;

constexpr std::uint64_t few_events = 100'000, many_events = 2'000'000;
constexpr double goal_ratio = 1.5;
constexpr int times = 51, times_as_of = 9;
constexpr member_id manager{5};    // sees what operations do
constexpr member_id requester{4};  // of another department: sees their own
constexpr std::size_t page_rows = 50;
constexpr std::size_t requester_rows = 10;  // as many as they have after 100,000 events, too

/// Of this thread, in ms: what stays the same when others take the cores too.
double cpu_ms() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

class office {
public:
    explicit office(const std::filesystem::path& folder)
        : keys(folder / "keys" / "people"), log(open(folder)), read(views, *log, keys, [this] { return now_; }, std::chrono::minutes(480)) {
        decoder decode;
        views.change(log->head(), [&](core::views::views& v) {
            log->read_all({1}, direction::forwards, [&](position, std::string_view bytes) {
                auto event = decode.decode(bytes);
                if (!event) throw std::runtime_error(event.error().message());
                if (event->envelope.stream.kind == category::member) open_personal(*event, keys);
                now_ = event->envelope.time;
                v.fold(*event);
                return true;
            });
            v.settle();
        });
    }

    file_keyring keys;
    std::unique_ptr<rocksdb_log> log;
    server::engine::shared_views views;
    wire::documents read;

private:
    static std::unique_ptr<rocksdb_log> open(const std::filesystem::path& folder) {
        auto opened = rocksdb_log::open(folder);
        if (!opened) throw std::runtime_error(opened.error().message(language::en));
        return std::move(*opened);
    }
    instant now_{};
};

/// What has to be answered, and not refused.
void answered(const wire::reading& r) {
    if (!std::holds_alternative<wire::document>(r)) throw std::runtime_error("a reading is refused");
}

struct list {
    std::string name;
    std::function<wire::reading(const wire::documents&)> read;
};

std::vector<list> lists() {
    using core::views::task_sort;
    std::vector<list> all;
    const std::pair<const char*, task_sort> orders[] = {{"changed", task_sort::changed}, {"due", task_sort::due},     {"priority", task_sort::priority},
                                                        {"status", task_sort::status},   {"title", task_sort::title}, {"id", task_sort::id}};
    const std::pair<const char*, member_id> readers[] = {{"", manager}, {".by_requester", requester}};
    for (const auto& [of, who] : readers) {
        const auto rows = who == manager ? page_rows : requester_rows;
        for (const auto& [name, by] : orders)
            for (const bool down : {false, true})
                for (const auto* which : {"", ".open", ".done", ".assigned_by"}) {
                    core::views::task_query q;
                    q.by = by;
                    q.descending = down;
                    const std::string_view w(which);
                    if (w == ".open") q.open = true;
                    if (w == ".done") q.status = static_cast<std::uint8_t>(core::task_status::done);
                    if (w == ".assigned_by") q.assigned_by = manager;
                    all.push_back({std::string("tasks") + which + (down ? ".down_" : ".by_") + name + of,
                                   [q, rows, who = who](const wire::documents& from) { return from.sorted_tasks(who, q, {}, rows); }});
                }
        all.push_back({std::string("tasks.newest") + of, [rows, who = who](const wire::documents& from) { return from.tasks(who, {}, false, {rows, 0}); }});
        all.push_back({std::string("tasks.overdue") + of, [who = who](const wire::documents& from) { return from.tasks(who, {}, true, {page_rows, 0}); }});
        all.push_back({std::string("board") + of, [rows, who = who](const wire::documents& from) {
                           return from.tasks(who, {}, false, {rows, 0, wire::task_order::open_first});
                       }});
        for (const auto* field : {"changed", "due", "name", "status", "since", "id"})
            for (const bool down : {false, true}) {
                wire::flow_query q;
                q.sort = (down ? "-" : "") + std::string(field);
                const auto named = (down ? ".down_" : ".by_") + std::string(field) + of;
                all.push_back({"requests" + named, [q, who = who](const wire::documents& from) { return wire::read_entities(from, events::category::request, who, q); }});
                all.push_back({"projects" + named, [q, who = who](const wire::documents& from) { return wire::read_entities(from, events::category::project, who, q); }});
            }
        all.push_back({std::string("members") + of, [who = who](const wire::documents& from) { return from.members(who, {page_rows, 0}); }});
        all.push_back({std::string("channels") + of, [who = who](const wire::documents& from) { return from.channels(who, {page_rows, 0}); }});
        all.push_back({std::string("messages") + of, [who = who](const wire::documents& from) { return from.messages(who, {1}, {}); }});
        all.push_back({std::string("inbox") + of, [who = who](const wire::documents& from) { return from.inbox(who, {page_rows, 0}); }});
        all.push_back({std::string("waiting") + of, [who = who](const wire::documents& from) { return wire::waiting_document(from, who, {}); }});
    }
    return all;
}

double median_of(std::vector<double>& took) { return bench::percentile(took, 0.5); }

void measure(const list& l, const office& few, const office& many) {
    std::vector<double> took_few, took_many;
    const auto once = [&](const office& d, std::vector<double>& took) {
        const auto start = cpu_ms();
        answered(l.read(d.read));
        took.push_back(cpu_ms() - start);
    };
    for (int i = 0; i < times; ++i) {
        once(few, took_few);
        once(many, took_many);
    }
    const auto a = median_of(took_few), b = median_of(took_many);
    bench::figure("pages." + l.name).value(b, "CPU-ms").beside("after 100,000 events", a).at_most(b / a, goal_ratio);
}

/// Keeps the moments that are due, as the running server does by and by. How long that takes, in CPU-ms an event.
double keep_moments(office& d) {
    server::engine::past_views past(*d.log, d.keys, {.present = &d.views});
    const auto start = cpu_ms();
    if (!past.keep_up({})) throw std::runtime_error("no moments are kept");
    return (cpu_ms() - start) / static_cast<double>(d.log->head().value);
}

/// A list of the past that nobody has asked for in a while: at moments all over it.
double cold(office& d, const std::function<wire::reading(const wire::documents&)>& read, bool from_kept = true) {
    std::vector<double> took;
    for (int i = 1; i <= (from_kept ? times_as_of : 1); ++i) {
        // At no round number, where a moment might be kept.
        const position p{from_kept ? d.log->head().value * static_cast<std::uint64_t>(2 * i - 1) / (2 * times_as_of) + 1'234 : d.log->head().value / 2};
        server::engine::past_options how;
        if (from_kept) how.present = &d.views;
        const auto start = cpu_ms();
        {
            server::engine::past_views past(*d.log, d.keys, how);
            answered(read(d.read.as_of(past.at(p), {p, d.read.now()})));
        }
        took.push_back(cpu_ms() - start);
    }
    return median_of(took);
}

}  // namespace

void bench::pages(const std::filesystem::path& in) {
    const auto small = history_with_projects(in, few_events), large = history_with_projects(in, many_events);
    office few(small), many(large);
    for (const auto& l : lists()) measure(l, few, many);
    const auto keeping_few = keep_moments(few) * 1e3, keeping_many = keep_moments(many) * 1e3;
    figure("pages.keeping_moments").value(keeping_many, "CPU-us/event").beside("after 100,000 events", keeping_few)
        .with("kept", static_cast<double>(server::engine::past_snapshots(*many.log).positions().size()))
        .with("kept_bytes", static_cast<double>(server::engine::past_snapshots(*many.log).bytes()));
    core::views::task_query open_by_due, done_by_title;
    open_by_due.open = true;
    open_by_due.by = core::views::task_sort::due;
    done_by_title.status = static_cast<std::uint8_t>(core::task_status::done);
    done_by_title.by = core::views::task_sort::title;
    const list as_of[] = {
        {"tasks_by_due", [=](const wire::documents& from) { return from.sorted_tasks(manager, open_by_due, {}, page_rows); }},
        {"done_by_title", [=](const wire::documents& from) { return from.sorted_tasks(manager, done_by_title, {}, page_rows); }},
        {"projects", [](const wire::documents& from) { return wire::read_entities(from, events::category::project, manager, {}); }},
        {"waiting", [](const wire::documents& from) { return wire::waiting_document(from, manager, {}); }},
        {"channels", [](const wire::documents& from) { return from.channels(manager, {page_rows, 0}); }},
    };
    for (const auto& l : as_of) {
        const auto a = cold(few, l.read), b = cold(many, l.read);
        figure("pages.as_of." + l.name).value(b, "CPU-ms").beside("after 100,000 events", a).at_most(b / a, goal_ratio)
            .with("from_the_beginning", cold(many, l.read, false));
    }
}
