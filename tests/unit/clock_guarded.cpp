#include "server/clock/guarded.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace server::clock;
using namespace std::chrono_literals;
using verdict = guarded::verdict;

namespace {

const events::instant noon{std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 12h};

struct machine_of_test {
    readings is{noon, 1h};
    bool synchronised = false;
    std::vector<verdict> told;

    guarded watch(std::optional<events::instant> last = noon) {
        return guarded([this] { return is; }, [this](events::instant) { return synchronised; }, last, [this](const guarded::change& c) { told.push_back(c.what); });
    }
    void pass(std::chrono::microseconds t) {
        is.wall += t;
        is.since_boot += t;
    }
    /// Time passes, and it is looked at each second.
    void pass_looking(guarded& g, std::chrono::seconds t) {
        for (auto s = 0s; s < t; s += 1s) {
            pass(1s);
            g.look();
        }
    }
    events::uuid command() const {
        return events::make_uuid_v7(static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(is.wall.time_since_epoch()).count()), {});
    }
};

}  // namespace

TEST_CASE("clock: as long as nothing jumps it is the machine's, and small corrections are taken", "[server][clock]") {
    machine_of_test m;
    auto g = m.watch();
    for (int day = 0; day < 60; ++day) {
        for (int i = 0; i < 24; ++i) {
            m.pass(1h);
            m.is.wall += 90s;  // corrected, again and again: in sixty days by a day and a half
            g.look();
            CHECK(g.now() == m.is.wall);
        }
    }
    m.is.wall -= 20h;
    CHECK(g.now() == m.is.wall);
    CHECK_FALSE(g.is_held());
    CHECK(m.told.empty());
}

TEST_CASE("clock: any jump of more than a day, to either side, is held from the first reading on", "[server][clock]") {
    for (const auto jump : std::initializer_list<std::chrono::seconds>{24h + 1s, 25h, 24h * 400, 24h * 3650, -(24h + 1s), -24h * 365}) {
        machine_of_test m;
        auto g = m.watch();
        m.pass(10min);
        m.is.wall += jump;
        CHECK(g.now() == noon + 10min);  // nobody looked yet
        CHECK(g.is_held());
        m.pass(5s);
        CHECK(g.now() == noon + 10min + 5s);
        g.look();
        CHECK(m.told == std::vector{verdict::held});
        m.is.wall -= jump;
        g.look();
        CHECK_FALSE(g.is_held());
        CHECK(g.now() == noon + 10min + 5s);
        CHECK(m.told == std::vector{verdict::held, verdict::came_back});
    }
}

TEST_CASE("clock: wrong for two seconds at boot, then right: nothing of it is ever seen", "[server][clock]") {
    machine_of_test m;
    m.is.wall = noon + 24h * 3650;
    auto g = m.watch();
    CHECK(g.is_held());
    m.pass_looking(g, 2s);
    CHECK(g.now() == noon + 2s);
    m.is.wall = noon + 30min;
    g.look();
    CHECK_FALSE(g.is_held());
    CHECK(g.now() == noon + 30min);
}

TEST_CASE("clock: it is believed once it has stood for minutes and something outside agrees", "[server][clock]") {
    machine_of_test m;
    m.is.wall = noon + 72h;
    auto g = m.watch();
    g.look();
    SECTION("the kernel follows a time server") {
        m.synchronised = true;
        m.pass_looking(g, 110s);
        CHECK(g.is_held());
        m.pass_looking(g, 20s);
        CHECK_FALSE(g.is_held());
        CHECK(g.now() == m.is.wall);
        CHECK(m.told.back() == verdict::confirmed);
        CHECK(g.why() == verdict::confirmed);
    }
    SECTION("somebody's command carries the same time") {
        m.pass_looking(g, 10min);
        CHECK(g.is_held());  // alone it proves nothing
        g.heard(m.command());
        g.look();
        CHECK_FALSE(g.is_held());
        CHECK(m.told.back() == verdict::vouched);
        CHECK(g.why() == verdict::vouched);
    }
    SECTION("their machines know better") {
        auto theirs = m;
        theirs.is.wall = noon;
        g.heard(theirs.command());
        m.pass_looking(g, 10min);
        CHECK(g.is_held());
    }
    SECTION("an id that says nothing of the time") {
        auto id = m.command();
        id.bytes[6] = 0x40;
        g.heard(id);
        m.pass_looking(g, 10min);
        CHECK(g.is_held());
    }
    SECTION("it goes on moving") {
        m.synchronised = true;
        for (int i = 0; i < 600; ++i) {
            m.pass_looking(g, 1s);
            m.is.wall += 10s;
        }
        CHECK(g.is_held());
    }
    SECTION("whoever runs the machine says so") {
        g.accept();
        CHECK(g.now() == m.is.wall);
        CHECK(m.told == std::vector{verdict::held, verdict::accepted});
        g.accept();
        CHECK(m.told.size() == 2);
    }
}

TEST_CASE("clock: a log that nothing happened in, or happened in just now, is no reason for doubt", "[server][clock]") {
    machine_of_test m;
    CHECK_FALSE(m.watch(std::nullopt).is_held());
    CHECK_FALSE(m.watch(noon - 23h).is_held());
    CHECK_FALSE(m.watch(noon + 23h).is_held());
    CHECK(m.watch(noon + 25h).is_held());
}

TEST_CASE("clock: the machine's own goes forward", "[server][clock]") {
    const auto one = machine(), other = machine();
    CHECK(other.since_boot >= one.since_boot);
    CHECK(std::chrono::abs(std::chrono::system_clock::now() - other.wall) < 10s);
}
