// How long the longest reads keep the projector waiting: somebody folds an event every now and then, and while one of
// the reads is made, the longest that it had to wait for the views is noted.

#include "events/keys/memory_keyring.hpp"
#include "events/log/memory_log.hpp"
#include "server/wire/documents.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/figure.hpp"

#include <atomic>
#include <thread>

namespace {

using namespace events;
using bench::clock_type;
using bench::seconds_since;
namespace wire = server::wire;

constexpr std::uint64_t members = 10'000;
constexpr std::uint64_t channels = 10'000;
constexpr std::uint64_t people_a_channel = 20;
constexpr std::uint64_t tasks = 200'000;
constexpr std::uint64_t open_tasks = 8'000;
constexpr int times = 40;
constexpr double goal_ms = 5;

constexpr member_id manager{1};   // sees every task
constexpr member_id stranger{2};  // sees none, though all have to be looked at

class office {
public:
    office() : read(views_, log_, keys_, [] { return instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23)); }, std::chrono::minutes(0)) {
        for (std::uint64_t n = 1; n <= members; ++n)
            happened(stream_of(member_id{n}), member::any(member::joined{{{n}, "专员 Specialist " + std::to_string(n)}, personal{{n}, "login." + std::to_string(n)}, {},
                                                                        {n == stranger.value ? "marketing" : "operations"}, {{n == 1 ? "OM" : "RQ"}}, language::zh}));
        for (std::uint64_t n = 1; n <= channels; ++n) {
            const auto at = stream_of(channel_id{n});
            happened(at, channel::any(channel::created{"频道 channel " + std::to_string(n), "活动与日报 campaigns and daily reports", channel::visibility::everyone}));
            for (std::uint64_t i = 0; i < people_a_channel; ++i) happened(at, channel::any(channel::joined{{1 + (n * 7 + i) % members}}));
        }
        for (std::uint64_t n = 1; n <= tasks; ++n) {
            const auto at = stream_of(task_id{n});
            happened(at, task::any(task::assigned{"整理客服高频问题 the questions customers ask most", "按渠道分类，每类给出答复。", "每条有答复与负责人。",
                                                  std::chrono::year(2027) / 1 / 15, {3 + n % 100}, {"operations"}, priority::normal, {}}));
            happened(at, task::any(task::started{}));
            if (n > open_tasks) happened(at, task::any(task::cancelled{"不再需要"}));
        }
        fold();
    }

    /// One more event, as the projector does it. How long it waited for the views, in milliseconds.
    double one_more() {
        happened(stream_of(task_id{1 + open_tasks + head_ % 1'000}), task::any(task::rescheduled{std::chrono::year(2027) / 2 / 1, "改期"}));
        const auto start = clock_type::now();
        double waited = 0;
        views_.change({head_}, [&](core::views::views& v) {
            waited = seconds_since(start) * 1'000;
            for (const auto& e : made_) v.apply(e);
        });
        made_.clear();
        return waited;
    }

private:
    void happened(stream_id at, any&& what) {
        envelope about;
        about.position = {++head_};
        about.stream = at;
        about.version = {++versions_[at]};
        about.actor = manager;
        made_.push_back({about, std::move(what)});
        if (made_.size() == 4'096) fold();
    }
    void fold() {
        views_.change({head_}, [&](core::views::views& v) {
            for (const auto& e : made_) v.apply(e);
        });
        made_.clear();
    }

    std::uint64_t head_ = 0;
    std::unordered_map<stream_id, std::uint64_t> versions_;
    std::vector<recorded> made_;
    server::engine::shared_views views_;
    memory_log log_;
    memory_keyring keys_;

public:
    wire::documents read;
};

/// The median, over some reads, of the longest wait during one.
template <class Read>
void measure(office& in, std::string_view name, Read read) {
    std::vector<double> longest, took;
    std::size_t bytes = 0;
    for (int i = 0; i < times; ++i) {
        std::atomic<bool> begun{false}, over{false};
        double most = 0;
        std::jthread projector([&] {
            begun = true;
            while (!over) {
                most = std::max(most, in.one_more());
                std::this_thread::sleep_for(std::chrono::microseconds(50));
            }
        });
        while (!begun) std::this_thread::yield();
        const auto start = clock_type::now();
        bytes = read();
        took.push_back(seconds_since(start) * 1'000);
        over = true;
        projector.join();
        longest.push_back(most);
    }
    const auto median = bench::percentile(longest, 0.5);
    bench::figure("reads." + std::string(name)).value(median, "ms").beside("the whole read", bench::percentile(took, 0.5)).at_most(median, goal_ms)
        .with("worst", longest.back()).with("bytes", static_cast<double>(bytes));
}

std::size_t size_of(const std::variant<wire::snapshot, wire::problem>& line) {
    const auto* whole = std::get_if<wire::snapshot>(&line);
    if (!whole) throw std::runtime_error("a feed is refused");
    return whole->line.size();
}

}  // namespace

void bench::reads(const std::filesystem::path&) {
    office all;
    const auto snapshot = [&](wire::feed_kind kind, member_id who) { return [&all, kind, who] { return size_of(all.read.first_line({kind, 0}, who, language::zh)); }; };
    measure(all, "board", snapshot(wire::feed_kind::board, manager));
    measure(all, "board_of_nobody", snapshot(wire::feed_kind::board, stranger));
    measure(all, "channels", snapshot(wire::feed_kind::channels, manager));
    measure(all, "directory", snapshot(wire::feed_kind::directory, manager));
    measure(all, "inbox", snapshot(wire::feed_kind::inbox, manager));
    std::set<std::uint64_t> some;
    for (std::uint64_t n = 1; n <= 4'096; ++n) some.insert(n);
    measure(all, "channels_tick", [&] { return all.read.rows_line({wire::feed_kind::channels, 0}, some, {}, {}, manager)->size(); });
    const std::vector<std::uint64_t> list(some.begin(), some.end());
    measure(all, "board_rows", [&] {
        std::string out;
        all.read.write_task_rows(out, list, *all.read.person(manager));
        return out.size();
    });
}
