// How fast everything in memory is made again from the log: the views alone, and the engine with its aggregates and
// its views. Beside it the same events only read.

#include "core/views/views.hpp"
#include "events/codec/codec.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "server/engine/engine.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/history.hpp"

#include <ctime>
#include <stdexcept>

namespace {

using namespace events;
using bench::clock_type;
using bench::seconds_since;

constexpr double goal_events_per_second = 500'000;

/// Of this thread, in seconds: what stays the same when others take the cores too.
double cpu_now() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

double only_read(const events::log& from) {
    std::uint64_t bytes = 0;
    const auto start = clock_type::now();
    from.read_all({1}, direction::forwards, [&](position, std::string_view e) {
        bytes += e.size();
        return true;
    });
    const auto seconds = seconds_since(start);
    bench::progress("  " + std::to_string(bytes / from.head().value) + " bytes an event");
    return seconds;
}

double views_alone(const events::log& from, const keyring& keys) {
    core::views::views views;
    decoder decode;
    const auto start = clock_type::now();
    from.read_all({1}, direction::forwards, [&](position, std::string_view bytes) {
        auto event = decode.decode(bytes);
        if (!event) throw std::runtime_error(event.error().message());
        if (event->envelope.stream.kind == category::member) open_personal(*event, keys);
        views.apply(*event);
        return true;
    });
    if (views.position() != from.head()) throw std::runtime_error("the views did not get to the end");
    return seconds_since(start);
}

double whole_engine(events::log& from, keyring& keys) {
    // Anything that is not a snapshot: the log is read from its beginning.
    from.keep("state", "");
    server::engine::engine room(from, keys, [] { return instant{}; }, {});
    const auto start = clock_type::now();
    room.load();
    if (room.views().position() != from.head()) throw std::runtime_error("the engine did not get to the end");
    return seconds_since(start);
}

}  // namespace

void bench::replay(const std::filesystem::path& in) {
    const auto folder = history(in);
    auto log = rocksdb_log::open(folder);
    if (!log) throw std::runtime_error(log.error().message(language::en));
    file_keyring keys(folder / "keys" / "people");
    const auto events = static_cast<double>(history_events);
    only_read(**log);  // from the disk into the page cache
    const auto bare = events / only_read(**log);
    auto cpu = cpu_now();
    const auto rate = events / views_alone(**log, keys);
    cpu = cpu_now() - cpu;
    figure("replay").value(rate, "events/s").beside("read_all without decoding", bare).at_least(rate, goal_events_per_second)
        .with("events_a_cpu_second", events / cpu);
    cpu = cpu_now();
    const auto all = events / whole_engine(**log, keys);
    cpu = cpu_now() - cpu;
    figure("replay.engine").value(all, "events/s").beside("read_all without decoding", bare).with("events_a_cpu_second", events / cpu);
}
