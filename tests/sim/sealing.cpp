// What is costly in an election comes after the rules, and no key that an event names is ever destroyed too early.

#include "server/ballots/returning_officer.hpp"
#include "server/ws/live.hpp"
#include "tests/sim/watcher.hpp"
#include "tests/support/temp_folder.hpp"

namespace sim::sealing_tests {

using core::election;
namespace ws = server::ws;

namespace {

constexpr std::uint64_t hr = 1, specialist = 2;

/// A room whose elections are made whole by the test's thread, when it says so.
struct place {
    events::memory_log log;
    events::memory_keyring keys;
    support::temp_folder folder;
    room r{log, keys};
    server::ballots::returning_officer office{folder.path() / "elections", folder.path() / "apart", r.read};
    std::mutex mutex;
    std::vector<engine::request> waiting;

    place() {
        r.make_whole = [this](engine::request&& one) {
            std::lock_guard hold(mutex);
            waiting.push_back(std::move(one));
        };
        r.start();
        r.join("hui", "HR");
        r.join("wei", "SP");
        r.join("na", "SP");
    }

    std::size_t unmade() {
        std::lock_guard hold(mutex);
        return waiting.size();
    }
    /// Waits for so many to be let pass, and makes them whole.
    void make(std::size_t count) {
        for (int i = 0; i < 10'000 && unmade() < count; ++i) std::this_thread::sleep_for(1ms);
        std::lock_guard hold(mutex);
        REQUIRE(waiting.size() == count);
        for (auto& one : waiting) {
            office.make_whole(one.command);
            REQUIRE(r.writer.submit(std::move(one)));
        }
        waiting.clear();
    }
    std::shared_ptr<sim::waiting> ask(std::uint64_t who, election::command what, engine::unmade left, std::optional<events::stream_id> target = {}) {
        auto asker = std::make_shared<sim::waiting>();
        engine::client_command c{id_no(++ids_), {who}, target, {}, core::any_command(std::move(what)), left.choice ? 0u : 7u};
        c.left = left;
        REQUIRE(r.writer.submit(engine::request{std::move(c), asker, 0}));
        return asker;
    }
    static election::command opening(std::string title) {
        using std::chrono::year;
        return election::open{std::move(title), "2026", 1, {}, {year(2026) / 11 / 24, year(2026) / 11 / 24, year(2026) / 12 / 8}, "AAAA"};
    }
    std::size_t key_files() {
        std::size_t count = 0;
        for (const auto& f : std::filesystem::directory_iterator(folder.path() / "elections")) count += f.path().extension() == ".half";
        return count;
    }

private:
    std::uint64_t ids_ = 0;
};

}  // namespace

TEST_CASE("sealing: for whom the rules refuse, nothing is made", "[sim][shares][D7]") {
    place p;
    for (int i = 0; i < 300; ++i) CHECK(code_of(p.ask(specialist, place::opening("mine"), {})->get()) != "done");
    CHECK(code_of(p.ask(specialist, election::cast{"AAAA"}, {{3}}, events::stream_id{events::category::election, 1})->get()) == "not_found");
    CHECK(code_of(p.ask(hr, place::opening(""), {})->get()) == "bad_title");
    CHECK(p.unmade() == 0);
    CHECK(p.key_files() == 0);
    CHECK(p.log.highest(events::category::election) == 0);
}

TEST_CASE("sealing: of as many elections as are opened at once, each keeps its key", "[sim][shares][D7]") {
    constexpr std::size_t count = 120;
    place p;
    std::vector<std::shared_ptr<sim::waiting>> answers;
    for (std::size_t i = 0; i < count; ++i) answers.push_back(p.ask(hr, place::opening("best of " + std::to_string(i)), {}));
    p.make(count);
    for (auto& a : answers) CHECK(code_of(a->get()) == "done");
    p.r.settle();
    p.office.tidy();
    CHECK(p.key_files() == count);
    std::size_t named = 0;
    events::decoder decode;
    p.log.read_all({1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        const auto e = decode.decode(bytes);
        const auto* about = events::get_if<events::election::any>(&e->event);
        if (const auto* opened = about ? std::get_if<events::election::opened>(about) : nullptr) {
            ++named;
            CHECK(opened->key != "AAAA");
        }
        return true;
    });
    CHECK(named == count);
}

TEST_CASE("sealing: a key that no event came to name goes once that is known, and not before", "[sim][shares][D7]") {
    place p;
    const auto key = p.office.open_poll();
    p.office.tidy();
    CHECK(p.key_files() == 1);  // the command may still be on its way
    p.office.answered(key);
    p.r.settle();
    p.office.tidy();
    CHECK(p.key_files() == 0);
}

TEST_CASE("sealing: a choice is sealed after the vote was let pass, and a retry of it is known", "[sim][shares][D7]") {
    place p;
    const auto opened = p.ask(hr, place::opening("best of the year"), {});
    p.make(1);
    REQUIRE(code_of(opened->get()) == "done");
    const events::stream_id which{events::category::election, 1};
    p.r.must<election>(hr, election::nominate{{specialist}, "steady"}, which);
    p.r.now = noon + 24h * 2;
    auto tick = std::make_shared<sim::waiting>();
    REQUIRE(p.r.writer.submit(engine::tick(tick)));
    tick->get();
    p.r.settle();
    const auto vote = [&](std::uint64_t nominee, events::uuid id) {
        auto asker = std::make_shared<sim::waiting>();
        engine::client_command c{id, {3}, which, {}, core::any_command(election::command(election::cast{"AAAA"})), 0};
        c.left = engine::unmade{{nominee}};
        REQUIRE(p.r.writer.submit(engine::request{std::move(c), asker, 0}));
        p.make(1);
        return asker->get();
    };
    const auto head = p.log.head();
    CHECK(code_of(vote(specialist, id_no(900'000))) == "done");
    CHECK(p.log.head().value == head.value + 1);
    CHECK(code_of(vote(specialist, id_no(900'000))) == "done");  // it was cast
    CHECK(p.log.head().value == head.value + 1);
    CHECK(code_of(vote(hr, id_no(900'000))) != "done");  // no other choice goes by its id
    CHECK(code_of(vote(hr, id_no(900'001))) == "bad_ballot");  // nobody nominated
}

}  // namespace sim::sealing_tests
