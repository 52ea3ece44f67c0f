// The engine's promises: acknowledged is durable, a retry does nothing twice, a restart changes nothing.

#include "events/ending/ending.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/log/verify.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "tests/sim/room.hpp"
#include "tests/support/log_kinds.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

namespace sim::engine_tests {

using core::channel;
using core::member;

namespace {

struct in_memory {
    events::memory_log log;
    events::memory_keyring keys;
};

channel::post say(std::string text) { return {std::move(text), {}}; }

bool is_done(const engine::answer& a) { return std::holds_alternative<engine::done>(a); }

bool same(const engine::answer& a, const engine::answer& b) {
    const auto* x = std::get_if<engine::done>(&a);
    const auto* y = std::get_if<engine::done>(&b);
    return x && y && x->position == y->position && x->stream == y->stream && x->version == y->version && x->count == y->count;
}

}  // namespace

TEST_CASE("engine: nothing is answered, shown or published before it is durable", "[sim][engine]") {
    in_memory m;
    slow_log slow(m.log);
    room r(slow, m.keys);
    r.start();
    const auto lin = r.join("lin", "OM");
    const auto room_no = r.channel(lin, "general");
    r.settle();
    r.published();
    const auto head = m.log.head();
    const auto begun = slow.sizes().size();

    slow.hold();
    const auto first = r.send<channel>(lin, say("one"), channel_no(room_no));
    REQUIRE(slow.wait_begun(begun + 1));
    std::vector<std::shared_ptr<waiting>> during;
    for (int i = 0; i < 20; ++i) during.push_back(r.send<channel>(lin, say("during " + std::to_string(i)), channel_no(room_no)));
    const auto refused = r.send<channel>(lin, channel::edit{{99}, "x"}, channel_no(room_no));
    std::this_thread::sleep_for(50ms);
    CHECK(first->count() == 0);
    for (const auto& d : during) CHECK(d->count() == 0);
    CHECK(refused->count() == 0);
    CHECK(r.published().empty());
    CHECK(r.writer.views().position() == head);

    slow.release();
    CHECK(is_done(first->get()));
    std::uint64_t expected = head.value + 2;
    for (const auto& d : during) CHECK(std::get<engine::done>(d->get()).position.value == expected++);
    CHECK(code_of(refused->get()) == "no_such_message");
    // What was decided while the first was being synced is one batch.
    auto sizes = slow.sizes();
    sizes.erase(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(begun));
    CHECK(sizes == std::vector<std::size_t>{1, 20});
    for (const auto& d : during) CHECK(d->count() == 1);
}

TEST_CASE("engine: a retry is answered the same in flight, afterwards and after a restart", "[sim][engine]") {
    in_memory m;
    slow_log slow(m.log);
    const auto id = id_no(1);
    engine::answer told;
    {
        room r(slow, m.keys);
        r.start();
        const auto lin = r.join("lin", "OM");
        r.channel(lin, "general");
        const auto begun = slow.sizes().size();
        slow.hold();
        const auto first = r.send<channel>(lin, say("once"), channel_no(1), id);
        REQUIRE(slow.wait_begun(begun + 1));
        const auto again = r.send<channel>(lin, say("once"), channel_no(1), id);
        const auto other = r.send<channel>(lin, say("twice"), channel_no(1), id, {}, 8);
        slow.release();
        told = first->get();
        CHECK(is_done(told));
        CHECK(same(again->get(), told));
        CHECK(code_of(other->get()) == "command_id_reused");
        CHECK(same(r.send<channel>(lin, say("once"), channel_no(1), id)->get(), told));
        // The same id from somebody else is another command.
        const auto mei = r.join("mei", "SP");
        r.must<channel>(mei, channel::join{}, channel_no(1));
        CHECK(is_done(r.send<channel>(mei, say("hers"), channel_no(1), id)->get()));
    }
    const auto head = m.log.head();
    room r(slow, m.keys);
    r.start();
    CHECK(same(r.send<channel>(1, say("once"), channel_no(1), id)->get(), told));
    CHECK(code_of(r.send<channel>(1, say("no"), channel_no(1), id, {}, 8)->get()) == "command_id_reused");
    CHECK(m.log.head() == head);
}

namespace {

constexpr const char* folder_of_killed = "OPSROOM_SIM_KILLED";

/// What changes nothing, among what does.
std::vector<engine::answer> with_nothing_to_change(room& r) {
    // Joined already: nothing happens. They leave; a retry does not bring them back.
    std::vector<engine::answer> told{r.send<channel>(2, channel::join{}, channel_no(1), id_no(1))->get()};
    told.push_back(r.send<channel>(2, channel::join{}, channel_no(1), id_no(2))->get());
    told.push_back(r.send<channel>(2, channel::leave{}, channel_no(1), id_no(3))->get());
    // Of what nothing had ever happened to.
    told.push_back(r.send<core::org>(3, core::org::configure{events::org::settings{}, "as it is"}, events::stream_id{events::category::org, 1}, id_no(5))->get());
    return told;
}

}  // namespace

// In a process of its own, which the case below starts, and which writes nothing out when it ends.
TEST_CASE("engine: the one that ends without a word", "[.killed]") {
    const char* named = std::getenv(folder_of_killed);
    if (!named) return;
    const std::filesystem::path folder(named);
    events::file_keyring keys(folder / "keys");
    auto log = events::rocksdb_log::open(folder);
    if (!log) ::_exit(1);
    room r(**log, keys);
    r.start();
    r.join("lin", "OM");
    r.join("wei", "SP");
    r.join("hui", "HR");
    r.channel(1, "general");
    const auto told = with_nothing_to_change(r);
    const bool good = std::get<engine::done>(told[0]).count == 1 && std::get<engine::done>(told[1]).count == 0 &&
                      std::get<engine::done>(told[1]).position == std::get<engine::done>(told[0]).position &&
                      std::get<engine::done>(told[3]).count == 0 && std::get<engine::done>(told[3]).position.value == 0;
    ::_exit(good ? 0 : 2);
}

TEST_CASE("engine: a command that changed nothing is answered the same for ever, like any other", "[sim][engine]") {
    const testing::folder folder;
    const auto again = id_no(2), alone = id_no(4);
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::setenv(folder_of_killed, folder.path().c_str(), 1);
        ::execl("/proc/self/exe", "opsroom_sim", "engine: the one that ends without a word", nullptr);
        ::_exit(127);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    REQUIRE(WEXITSTATUS(status) == 0);

    std::vector<engine::answer> first;
    for (int round = 0; round < 3; ++round) {
        INFO(round);
        events::file_keyring keys(folder.path() / "keys");
        const auto log = testing::open_log(folder);
        room r(*log, keys);
        r.start();
        const auto head = log->head();
        const auto told = with_nothing_to_change(r);
        CHECK(log->head() == head);
        CHECK(std::get<engine::done>(told[1]).count == 0);
        CHECK(std::get<engine::done>(told[1]).position == std::get<engine::done>(told[0]).position);
        CHECK(std::get<engine::done>(told[1]).stream == channel_no(1));
        CHECK(std::get<engine::done>(told[1]).version == std::get<engine::done>(told[0]).version);
        CHECK(std::get<engine::done>(told[3]).stream == events::stream_id{events::category::org, 1});
        if (first.empty()) first = told;
        for (std::size_t i = 0; i < told.size(); ++i) CHECK(same(told[i], first[i]));
        CHECK_FALSE(views_of(r.writer).channels.row({1})->people.contains({2}));
        CHECK(code_of(r.send<channel>(2, channel::leave{}, channel_no(1), again, {}, 8)->get()) == "command_id_reused");
        // In flight as well, and what they ask anew is another command.
        if (round == 1) {
            const auto one = r.send<channel>(1, channel::join{}, channel_no(1), alone), other = r.send<channel>(1, channel::join{}, channel_no(1), alone);
            CHECK(same(one->get(), other->get()));
            CHECK(std::get<engine::done>(one->get()).count == 0);
        }
    }
}

TEST_CASE("engine: stale expectations, unknown and wrong targets", "[sim][engine]") {
    in_memory m;
    room r(m.log, m.keys);
    r.start();
    const auto lin = r.join("lin", "OM");
    const auto wei = r.join("wei", "SP");
    const auto secret = r.channel(lin, "secret", channel::visibility::members_only);
    r.task(lin, wei);

    const auto stale = r.send<core::task>(wei, core::task::start{}, task_no(1), {}, events::version{5})->get();
    CHECK(code_of(stale) == "stale_version");
    CHECK(std::get<engine::refused>(stale).present == events::version{1});
    CHECK(is_done(r.send<core::task>(wei, core::task::start{}, task_no(1), {}, events::version{1})->get()));
    CHECK(code_of(r.ask<core::task>(wei, core::task::start{}, task_no(77))) == "not_found");
    CHECK(code_of(r.ask<core::task>(wei, core::task::start{}, task_no(0))) == "not_found");
    CHECK(code_of(r.ask<core::task>(wei, core::task::start{}, channel_no(1))) == "wrong_target");
    CHECK(code_of(r.ask<core::task>(wei, core::task::start{})) == "wrong_target");
    CHECK(code_of(r.ask<channel>(wei, channel::create{"x", {}, channel::visibility::everyone}, channel_no(1))) == "wrong_target");
    // What one may not see is as if it were not there.
    CHECK(code_of(r.ask<channel>(wei, say("hi"), channel_no(secret))) == "not_found");
    CHECK(code_of(r.send<channel>(wei, say("hi"), channel_no(secret), {}, events::version{9})->get()) == "not_found");
    CHECK(code_of(r.ask<channel>(99, say("hi"), channel_no(secret))) == "not_found");
}

TEST_CASE("engine: a full inbox takes a submission whole or not at all, and stop() finishes what was taken", "[sim][engine]") {
    in_memory m;
    slow_log slow(m.log);
    room r(slow, m.keys, {.inbox_requests_max = 8, .batch_events_max = 2, .utc_offset = 0min});
    r.start();
    const auto lin = r.join("lin", "OM");
    r.channel(lin, "general");
    const auto begun = slow.sizes().size();
    slow.hold();
    std::vector<std::shared_ptr<waiting>> taken{r.send<channel>(lin, say("first"), channel_no(1))};
    REQUIRE(slow.wait_begun(begun + 1));
    std::uint64_t n = 0;
    const auto submit = [&](std::size_t count) {
        std::vector<engine::request> some;
        std::vector<std::shared_ptr<waiting>> who;
        for (std::size_t i = 0; i < count; ++i) {
            who.push_back(std::make_shared<waiting>());
            some.push_back({{id_no(++n), {lin}, channel_no(1), {}, core::any_command(channel::command(say("x"))), 7}, who.back(), 0});
        }
        if (!r.writer.submit(some)) {
            for (const auto& s : some) CHECK(s.from);  // left as it was
            return false;
        }
        taken.insert(taken.end(), who.begin(), who.end());
        return true;
    };
    CHECK_FALSE(submit(9));
    // Bounded: the inbox, what the decider has taken from it, and its open batch.
    std::size_t rounds = 0;
    while (submit(3) && rounds < 100) {
        ++rounds;
        std::this_thread::sleep_for(2ms);
    }
    CHECK(rounds >= 2);
    CHECK(rounds < 20);

    std::jthread stopper([&] { r.writer.stop(); });
    while (!r.writer.stopping()) std::this_thread::sleep_for(1ms);
    CHECK_FALSE(submit(1));
    slow.release();
    stopper.join();
    for (const auto& w : taken) {
        CHECK(w->count() == 1);
        CHECK(is_done(w->get()));
    }
    CHECK(r.writer.views().position() == m.log.head());
    std::uint64_t published = 0;
    for (const auto& b : r.published()) {
        CHECK(b->first().value == published + 1);
        published = b->last().value;
    }
    CHECK(published == m.log.head().value);
}

TEST_CASE("engine: who asks much waits behind themselves", "[sim][engine][shares]") {
    in_memory m;
    slow_log slow(m.log);
    room r(slow, m.keys, {.inbox_requests_max = 4'000, .inbox_each_max = 2'000, .batch_events_max = 64, .slice_requests = 16, .utc_offset = 0min});
    r.start();
    const auto lin = r.join("lin", "OM"), mei = r.join("mei", "SP");
    r.channel(lin, "general");
    r.must<channel>(mei, channel::join{}, channel_no(1));
    const auto begun = slow.sizes().size();
    slow.hold();
    std::vector<std::shared_ptr<waiting>> many{r.send<channel>(lin, say("first"), channel_no(1))};
    REQUIRE(slow.wait_begun(begun + 1));
    const auto submit = [&](std::uint64_t who, std::size_t count) {
        static std::uint64_t n = 0;
        std::vector<engine::request> some;
        for (std::size_t i = 0; i < count; ++i) {
            many.push_back(std::make_shared<waiting>());
            some.push_back({{id_no(++n), {who}, channel_no(1), {}, core::any_command(channel::command(say("x"))), 7}, many.back(), 0});
        }
        const bool taken = r.writer.submit(some);
        if (!taken) many.resize(many.size() - count);
        return taken;
    };
    while (submit(lin, 100)) {
    }
    CHECK(many.size() >= 2'000);
    // Their line is full, and nobody else's: and who comes last has their turn among the first.
    const auto before = m.log.head().value;
    REQUIRE(submit(mei, 1));
    const auto mine = many.back();
    slow.release();
    const auto said = mine->get();
    REQUIRE(is_done(said));
    CHECK(std::get<engine::done>(said).position.value - before < 64 + 2 * 16 + 4);
    for (const auto& w : many) CHECK(is_done(w->get()));
}

TEST_CASE("engine: a second writer on the log ends the process before anything is answered", "[sim][engine]") {
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::close(STDERR_FILENO);
        in_memory m;
        room one(m.log, m.keys), two(m.log, m.keys);
        one.start();
        two.start();
        one.join("lin", "OM");
        two.send<member>(0, member::join{"mei", "mei", {}, {"operations"}, {{"OM"}}, events::language::en}, {}, id_no(5))->get();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == static_cast<int>(events::ending::in_use));
}

TEST_CASE("engine: who is erased is nowhere, and the proof still holds", "[sim][engine][D9]") {
    in_memory m;
    const auto look = [&](room& r) {
        r.settle();
        CHECK_FALSE(m.keys.has({3}));
        r.writer.views().read([](const core::views::views& v, events::position) {
            const auto* row = v.directory.row({3});
            REQUIRE(row);
            CHECK_FALSE(row->name);
            CHECK_FALSE(row->login);
            CHECK(row->status == core::member_status::erased);
        });
        const auto messages = std::get<wire::document>(r.read.messages({1}, {1}, {})).body;
        CHECK(messages.find("plans of wei") == messages.npos);
        CHECK(messages.find(R"("erased":true)") != messages.npos);
        CHECK(messages.find("plans of lin") != messages.npos);
        const auto log = std::get<wire::document>(r.read.log_page({2}, {1}, events::direction::forwards, 200)).body;
        CHECK(log.find("plans of wei") == log.npos);
        CHECK(log.find("wei.zhang") == log.npos);
        const auto proof = events::verify(m.log, {}, {});
        CHECK_FALSE(proof.fault);
    };
    {
        slow_log slow(m.log);
        room r(slow, m.keys);
        r.start();
        r.join("lin.yutang", "OM");
        r.join("ada.lovelace", "AD");
        r.join("wei.zhang", "SP");
        r.channel(1, "general");
        r.must<channel>(3, channel::join{}, channel_no(1));
        r.post(1, 1, "plans of lin");
        r.post(3, 1, "plans of wei");
        r.must<member>(2, member::leave{"moved on"}, member_no(3));
        const auto root = m.log.root(m.log.tree_size());
        const auto size = m.log.tree_size();
        const auto begun = slow.sizes().size();
        slow.hold();
        const auto erased = r.send<member>(2, member::erase{"asked for it"}, member_no(3));
        REQUIRE(slow.wait_begun(begun + 1));
        CHECK(m.keys.has({3}));  // not before it is durable
        slow.release();
        CHECK(is_done(erased->get()));
        CHECK_FALSE(m.keys.has({3}));
        CHECK(m.log.root(size) == root);
        look(r);
    }
    const auto snapshot = m.log.kept("state");
    REQUIRE(snapshot);
    for (const auto* word : {"lin.yutang", "ada.lovelace", "wei.zhang", "plans"}) CHECK(snapshot->find(word) == snapshot->npos);
    room again(m.log, m.keys);
    look(again);
    // And from the log alone.
    m.log.keep("state", "");
    room from_log(m.log, m.keys);
    look(from_log);
    CHECK(views_of(from_log.writer) == views_of(again.writer));
}

TEST_CASE("engine: a key that outlived its person's erasure is destroyed when loading", "[sim][engine][D9]") {
    in_memory m;
    {
        room r(m.log, m.keys);
        r.start();
        r.join("ada", "AD");
        r.join("wei", "SP");
        r.must<member>(1, member::leave{"moved on"}, member_no(2));
        r.must<member>(1, member::erase{"asked for it"}, member_no(2));
    }
    m.keys.create({2});  // as if the process had died between the two
    room r(m.log, m.keys);
    CHECK_FALSE(m.keys.has({2}));
    CHECK(m.keys.has({1}));
}

TEST_CASE("engine: a clock that is set back never makes the log go back, not over a restart either", "[sim][engine]") {
    in_memory m;
    {
        room r(m.log, m.keys);
        r.start();
        r.join("lin", "OM");
        r.channel(1, "general");
        r.now = noon + 1h;
        r.post(1, 1, "later");
        r.now = noon;
        r.post(1, 1, "set back");
    }
    {
        room r(m.log, m.keys);
        r.start();
        r.post(1, 1, "after a restart from the snapshot");
    }
    events::instant last{};
    events::decoder decode;
    m.log.read_all({1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        const auto about = decode.decode_envelope(bytes);
        REQUIRE(about.has_value());
        CHECK(about->time >= last);
        last = about->time;
        return true;
    });
}

}  // namespace sim::engine_tests
