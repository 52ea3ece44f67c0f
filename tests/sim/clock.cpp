// The clock of a room against its log: a log that ended days ago is no proof that days have passed.

#include "server/clock/room_clock.hpp"
#include "tests/sim/room.hpp"
#include "tests/support/temp_folder.hpp"

#include <fstream>

namespace sim::clock_tests {

namespace server_clock = server::clock;

namespace {

struct office {
    support::temp_folder home;
    events::memory_log log;
    events::memory_keyring keys;
    std::vector<bool> told;

    explicit office(std::chrono::hours ago) {
        room r(log, keys);
        r.now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()) - ago;
        r.start();
        r.join("ada", "AD", "technology");
        r.settle();
    }
    server_clock::room_clock start(bool believe = false) {
        server_clock::rules how;
        return server_clock::room_clock(log, home.path(), how, believe, [this](bool held) { told.push_back(held); });
    }
    events::instant last() const {
        events::instant t{};
        log.read_one(log.head(), [&](events::position, std::string_view bytes) {
            t = events::decoder().decode_envelope(bytes)->time;
            return false;
        });
        return t;
    }
};

}  // namespace

TEST_CASE("clock: days after the last event, and days before it, it is held until whoever runs the machine says that it is right", "[sim][clock]") {
    for (const auto ago : {72h, 24h * 365, -72h, -24h * 3650}) {
        office o(ago);
        auto clock = o.start();
        CHECK(clock.is_held());
        CHECK(o.told == std::vector{true});
        CHECK(std::chrono::abs(clock.now() - o.last()) < 10s);
        CHECK(std::abs(clock.ahead_seconds() - std::chrono::duration<double>(ago).count()) < 60);
        clock.look();
        CHECK(clock.is_held());
        // What was said at another time says nothing of this one.
        std::ofstream(o.home / "clock.accepted") << "2020-01-01T00:00:00.000000Z\n";
        clock.look();
        CHECK(clock.is_held());
        CHECK(clock.witness() == events::org::time_witness::nobody);
        server_clock::say_accepted(o.home.path());
        CHECK(clock.look());
        CHECK_FALSE(clock.look());
        CHECK_FALSE(clock.is_held());
        CHECK(clock.witness() == events::org::time_witness::keeper);
        CHECK(o.told == std::vector{true, false});
        CHECK(std::chrono::abs(clock.now() - std::chrono::system_clock::now()) < 10s);
        CHECK_FALSE(std::filesystem::exists(o.home / "clock.accepted"));
        const auto record = o.log.kept("clock").value_or("");
        CHECK(record.find("held") != std::string::npos);
        CHECK(record.find("accepted") != std::string::npos);
    }
}

TEST_CASE("clock: said before the start, it holds for that start", "[sim][clock]") {
    office o(72h);
    server_clock::say_accepted(o.home.path());
    CHECK_FALSE(o.start().is_held());
}

TEST_CASE("clock: a log that went on until just now, and the demo, start as they are", "[sim][clock]") {
    CHECK_FALSE(office(20h).start().is_held());
    CHECK_FALSE(office(24h * 300).start(true).is_held());
}

TEST_CASE("clock: since when no tick came is known over restarts", "[sim][clock]") {
    office o(0h);
    {
        auto clock = o.start();
        CHECK_FALSE(clock.slept_since());  // there was none before
        clock.ticked();
        CHECK_FALSE(clock.slept_since());
    }
    CHECK_FALSE(o.start().slept_since());
    o.log.keep("ticked", "2020-01-01T00:00:00.000000Z");
    CHECK(o.start().slept_since() == events::instant(std::chrono::sys_days(std::chrono::year(2020) / 1 / 1)));
}

}  // namespace sim::clock_tests
