// How fast events become durable, beside RocksDB with nothing around it, in the same run: the same events, in
// batches of the same size, each synced, one key an event, with the same options, in the same closed loop.
// Then what the log costs elsewhere: closing, opening, verifying and indexing it anew.

#include "events/codec/codec.hpp"
#include "events/log/verify.hpp"
#include "events/rocksdb/options.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/figure.hpp"
#include "tests/support/log_batch.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <stdexcept>
#include <thread>
#include <vector>

namespace {

using namespace events;
using bench::clock_type;
using bench::seconds_since;

constexpr std::uint64_t count = 1'000'000;

constexpr std::size_t event_size = 400;
constexpr std::uint64_t outstanding = 1024;
constexpr std::uint64_t batch_max = outstanding / 2;  // while one half is being synced the other one comes in
constexpr std::uint64_t people = 64;
constexpr std::uint64_t channels = 50;
constexpr std::uint64_t moves_a_task = 4;

void against_raw(const char* name, double value, double raw, double goal) {
    bench::figure(name).value(value, "events/s").beside("raw RocksDB", raw).at_least(value / raw, goal);
}

/// Chat posts and task moves half and half, a command each, by many people in turn. Made before the clock runs.
struct load {
    explicit load(std::uint64_t count) {
        std::vector<std::uint64_t> said(channels + 1);
        std::string text;
        bytes.reserve(count);
        entries.reserve(count);
        for (std::uint64_t n = 0; n < count; ++n) {
            envelope about;
            about.position = {n + 1};
            const auto half = n / 2;
            about.stream = n % 2 == 0 ? stream_of(channel_id{1 + half % channels}) : stream_of(task_id{1 + half / moves_a_task});
            about.version = {n % 2 == 0 ? ++said[1 + half % channels] : 1 + half % moves_a_task};
            about.time = instant{std::chrono::microseconds{1'764'000'000'000'000 + n}};
            about.actor = {1 + n % people};
            about.causation = about.correlation = testing::command_id(n);
            about.digest = n * 0x9E3779B97F4A7C15ull | 1;
            text.clear();
            for (auto x = n + 1; text.size() < event_size;) text += "abcdefghijklmnopqrstuvwxyz     ."[(x = x * 6364136223846793005ull + 1) >> 59];
            auto bare = encode(about, channel::any(channel::described{""}), testing::no_keys{}).stored.size();
            text.resize(event_size - bare);
            bytes.push_back(encode(about, channel::any(channel::described{text}), testing::no_keys{}).stored);
            entries.push_back({about, bytes.back()});
        }
    }

    std::vector<std::string> bytes;
    std::vector<entry> entries;
};

/// Keeps `outstanding` events handed in and not acknowledged, while `append` takes what is there. Seconds until
/// the last one is acknowledged.
double closed_loop(const load& of, const std::function<void(std::span<const entry>)>& append) {
    const std::uint64_t count = of.entries.size();
    std::atomic<std::uint64_t> handed_in{0}, acknowledged{0};
    const auto start = clock_type::now();
    std::thread producer([&] {
        for (std::uint64_t a = 0; a < count; a = acknowledged.load()) {
            handed_in = std::min(count, a + outstanding);
            handed_in.notify_one();
            acknowledged.wait(a);
        }
    });
    for (std::uint64_t taken = 0; taken < count;) {
        handed_in.wait(taken);
        const auto some = std::min(batch_max, handed_in.load() - taken);
        append({of.entries.data() + taken, some});
        acknowledged = taken += some;
        acknowledged.notify_one();
    }
    producer.join();
    return seconds_since(start);
}

double raw_seconds(const load& of, const std::filesystem::path& folder) {
    std::filesystem::remove_all(folder);
    auto options = rocks::log_options({rocks::make_cache(256u << 20)});
    options.create_if_missing = true;
    rocksdb::DB* db = nullptr;
    if (const auto status = rocksdb::DB::Open(options, folder.string(), &db); !status.ok()) rocks::die("raw RocksDB", status);
    const std::unique_ptr<rocksdb::DB> owner(db);
    rocksdb::WriteBatch batch;
    rocksdb::WriteOptions durable;
    durable.sync = true;
    return closed_loop(of, [&](std::span<const entry> some) {
        batch.Clear();
        char key[8];
        for (const auto& e : some) {
            rocks::put_big_endian(key, e.envelope.position.value);
            batch.Put({key, sizeof key}, {e.bytes.data(), e.bytes.size()});
        }
        if (const auto status = db->Write(durable, &batch); !status.ok()) rocks::die("raw RocksDB", status);
    });
}

std::unique_ptr<rocksdb_log> open(const std::filesystem::path& folder) {
    auto log = rocksdb_log::open(folder);
    if (!log) throw std::runtime_error("the log can't be opened: " + log.error().message(language::en));
    return std::move(*log);
}

void after(const std::filesystem::path& folder) {
    auto start = clock_type::now();
    auto log = open(folder);
    bench::figure("log.open").value(seconds_since(start), "s");
    start = clock_type::now();
    const auto verified = verify(*log, {}, {});
    const auto seconds = seconds_since(start);
    if (verified.fault) throw std::runtime_error("the log does not verify: " + verified.fault->message(language::en));
    bench::figure("log.verify").value(static_cast<double>(count) / seconds, "events/s");
    log.reset();
    std::filesystem::remove_all(folder / "index");
    start = clock_type::now();
    log = open(folder);
    bench::figure("log.index_anew").value(static_cast<double>(count) / seconds_since(start), "events/s");
}

}  // namespace

void bench::append(const std::filesystem::path& in) {
    const auto folder = in / "append";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const load events(count);

    // Before and after, as the disk is not the same all the time.
    const double first_raw = raw_seconds(events, folder / "raw");
    auto log = open(folder / "log");
    const auto start = clock_type::now();
    const double acknowledged = closed_loop(events, [&](std::span<const entry> some) {
        if (!log->append(some)) throw std::runtime_error("the log refused an append");
    });
    log->wait_indexed({count}, std::chrono::hours(1));
    const double indexed = seconds_since(start);
    log.reset();
    const double closed = seconds_since(start) - indexed;
    const double raw = static_cast<double>(count) / ((first_raw + raw_seconds(events, folder / "raw")) / 2);

    against_raw("append.acknowledged", static_cast<double>(count) / acknowledged, raw, 0.6);
    against_raw("append.indexed", static_cast<double>(count) / indexed, raw, 0.25);
    bench::figure("log.close").value(closed, "s");
    after(folder / "log");
    std::filesystem::remove_all(folder);
}
