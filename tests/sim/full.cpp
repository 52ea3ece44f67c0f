// What the machine can't do, whoever asks: a full disk, a person's key that is lost, a place in the log that can't be read.
// It is refused to who asked, nothing that was acknowledged is missing, and the rest goes on.

#include "events/ending/ending.hpp"
#include "events/log/verify.hpp"
#include "server/engine/refusals.hpp"
#include "server/feeds/hub.hpp"
#include "tests/sim/room.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <thread>

namespace sim::full_tests {

namespace {

/// Has room for so many appends, and then none until it is given more.
class small_log final : public slow_log {
public:
    using slow_log::slow_log;
    boost::system::result<events::position, events::append_refusal> append(std::span<const events::entry> batch, std::span<const events::idle_command> idle) override {
        if (room.load() <= 0) {
            ++refused;
            return events::append_refusal(events::no_room{});
        }
        --room;
        return slow_log::append(batch, idle);
    }
    std::atomic<int> room{INT_MAX};
    std::atomic<int> refused{0};
};

/// Gives none of what was written under a stream of channels.
class damaged_log final : public slow_log {
public:
    using slow_log::slow_log;
    std::atomic<bool> damaged{false};
    void read_stream(events::stream_id s, events::version n, events::direction d, const events::visitor& v) const override {
        if (damaged && s.kind == events::category::channel) throw std::runtime_error("a flipped bit");
        slow_log::read_stream(s, n, d, v);
    }
    std::optional<events::outcome> find_command(const events::command_key& k) const override {
        if (damaged && k.actor == events::member_id{2}) throw events::index_broken("a flipped bit");
        return slow_log::find_command(k);
    }
};

bool is(const engine::answer& a, const core::refusal& why) {
    const auto* no = std::get_if<engine::refused>(&a);
    return no && no->why.code == why.code;
}

}  // namespace

TEST_CASE("full: what is refused for want of room is not there, what is acknowledged is, and the same is asked again", "[sim][engine][full][property]") {
    for (unsigned seed = 0; seed < 4; ++seed) {
        INFO(seed);
        std::mt19937 random(seed);
        events::memory_log under;
        events::memory_keyring keys;
        small_log log(under);
        std::atomic<bool> has_room{true};
        room r(log, keys, {.utc_offset = 0min, .has_room = [&] { return has_room.load(); }});
        r.start();
        r.join("lin", "OM");
        r.channel(1, "general");
        std::set<std::string> acknowledged;
        std::vector<std::pair<events::uuid, std::string>> again;
        const auto post = [&](events::uuid id, const std::string& text) {
            return r.send<core::channel>(1, core::channel::post{text, {}}, events::stream_id{events::category::channel, 1}, id);
        };
        log.room = static_cast<int>(random() % 4);
        // All at once, so that one batch is decided while another meets the full disk.
        std::vector<std::pair<std::shared_ptr<waiting>, std::pair<events::uuid, std::string>>> sent;
        for (std::uint64_t i = 0; i < 40; ++i) {
            const auto id = id_no(500 + i);
            const auto text = "message " + std::to_string(i);
            sent.push_back({post(id, text), {id, text}});
            if (random() % 5 == 0) std::this_thread::sleep_for(1ms);
        }
        for (auto& [who, what] : sent) {
            const auto a = who->get();
            if (std::holds_alternative<engine::done>(a)) acknowledged.insert(what.second);
            else if (is(a, engine::disk_full)) again.push_back(what);
            else FAIL("neither done nor refused for want of room");
        }
        CHECK(acknowledged.size() + again.size() == 40);
        // Reading goes on, and shows what was acknowledged.
        r.settle();
        CHECK(r.writer.views().position() == log.head());
        // Room again; who was refused asks again, with the same id.
        log.room = INT_MAX;
        for (const auto& [id, text] : again) {
            for (int tries = 0;; ++tries) {
                const auto a = post(id, text)->get();
                if (std::holds_alternative<engine::done>(a)) break;
                REQUIRE(is(a, engine::disk_full));
                REQUIRE(tries < 1000);
                std::this_thread::sleep_for(10ms);
            }
            acknowledged.insert(text);
        }
        r.settle();
        CHECK(acknowledged.size() == 40);
        // Each is there once.
        std::multiset<std::string> there;
        events::decoder decode;
        under.read_all({1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
            auto e = decode.decode(bytes).value();
            events::open_personal(e, keys);
            if (const auto* c = events::get_if<events::channel::any>(&e.event))
                if (const auto* p = std::get_if<events::channel::posted>(c)) there.insert(p->text.text);
            return true;
        });
        CHECK(there == std::multiset<std::string>(acknowledged.begin(), acknowledged.end()));
        CHECK_FALSE(events::verify(under, {}, {}).fault);
        // Told beforehand, nothing is even tried; what was done is answered as ever.
        has_room = false;
        const auto tried = log.refused.load();
        CHECK(is(post(id_no(9'000), "later")->get(), engine::disk_full));
        CHECK(std::holds_alternative<engine::done>(post(id_no(500), "message 0")->get()));
        CHECK(log.refused == tried);
        has_room = true;
        CHECK(std::holds_alternative<engine::done>(post(id_no(9'000), "later")->get()));
    }
}

TEST_CASE("full: a stop finishes, though nothing can be kept", "[sim][engine][full]") {
    events::memory_log under;
    events::memory_keyring keys;
    class full final : public slow_log {
    public:
        using slow_log::slow_log;
        void keep(std::string_view, std::string_view) override { throw std::runtime_error("no space left"); }
    } log(under);
    std::string why;
    {
        room r(log, keys, {.utc_offset = 0min}, [&](const engine::snapshot_report& one) { why = one.failed; });
        r.start();
        r.join("lin", "OM");
    }
    CHECK(why == "no space left");
}

TEST_CASE("lost key: whose words can't be kept is refused, and everybody else is not", "[sim][engine][lost]") {
    events::memory_log log;
    events::memory_keyring keys;
    {
        room r(log, keys);
        r.start();
        r.join("lin", "OM");
        r.join("mei", "SP");
        r.channel(1, "general");
        r.must<core::channel>(2, core::channel::join{}, events::stream_id{events::category::channel, 1});
        r.post(2, 1, "before");
    }
    keys.destroy({2});  // nobody erased them: the file went
    room r(log, keys);
    r.start();
    CHECK(keys.lost({2}));
    const events::stream_id general{events::category::channel, 1};
    CHECK(is(r.ask<core::channel>(2, core::channel::post{"after", {}}, general), engine::key_lost));
    r.post(1, 1, "the others go on");
    r.join("zhao", "SP");
    // What they wrote is unreadable, and not said to be erased.
    bool seen = false;
    log.read_stream(general, {1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        const auto shown = events::show(bytes, keys);
        seen = seen || shown.find(R"("unreadable":true)") != std::string::npos;
        CHECK(shown.find(R"("erased")") == std::string::npos);
        return true;
    });
    CHECK(seen);
}

TEST_CASE("damaged: what can't be read is refused to who needs it", "[sim][engine][damaged]") {
    events::memory_log under;
    events::memory_keyring keys;
    damaged_log log(under);
    room r(log, keys);
    r.start();
    r.join("lin", "OM");
    r.join("mei", "SP");
    r.channel(1, "general");
    r.post(1, 1, "an old message");
    r.settle();
    log.damaged = true;
    CHECK(is(r.ask<core::channel>(2, core::channel::post{"mine", {}}, events::stream_id{events::category::channel, 1}), engine::being_mended));
    r.post(1, 1, "somebody else's");

    // A feed of it ends with the reason, and the others go on.
    class reading final : public server::feeds::subscriber {
    public:
        std::vector<std::string> lines;
        void send(server::feeds::frame one) override { lines.push_back(*one); }
        bool has_room() const override { return true; }
        events::member_id who() const override { return {1}; }
        events::language reader() const override { return events::language::en; }
        void end_session() override {}
    } me;
    std::vector<std::function<void()>> later;
    std::string told;
    server::feeds::hub hub(r.read, [&](std::function<void()> f) { later.push_back(std::move(f)); }, {.failed = [&](const std::string& why) { told = why; }});
    r.settle();
    CHECK_FALSE(hub.subscribe(me, {server::wire::feed_kind::channel, 1}, events::position{1}));
    CHECK_FALSE(hub.subscribe(me, {server::wire::feed_kind::board, 0}, std::nullopt));
    for (std::size_t i = 0; i < later.size(); ++i) {
        const auto f = later[i];  // it may ask for more
        f();
    }
    REQUIRE(me.lines.size() == 2);
    std::sort(me.lines.begin(), me.lines.end(), [](const auto& a, const auto& b) { return a.find("unreadable") < b.find("unreadable"); });
    CHECK(me.lines[0].find("\"unreadable\"") != std::string::npos);
    CHECK(me.lines[1].find("\"snapshot\"") != std::string::npos);
    CHECK(told == "a flipped bit");
    hub.remove(me);
}

TEST_CASE("snapshots: one of another log is thrown away, and said", "[sim][engine][snapshots]") {
    events::memory_log one, other;
    events::memory_keyring keys, others_keys;
    const auto fill = [](events::log& log, events::keyring& k, const std::string& name) {
        room r(log, k);
        r.start();
        r.join("lin", "OM");
        r.channel(1, name);
    };
    fill(one, keys, "ours");
    fill(other, others_keys, "theirs");
    one.keep("state", *other.kept("state"));
    room r(one, keys);
    const auto list = r.read.channels({1}, {});
    REQUIRE(std::holds_alternative<wire::document>(list));
    CHECK(std::get<wire::document>(list).body.find("\"ours\"") != std::string::npos);
    CHECK(std::get<wire::document>(list).body.find("theirs") == std::string::npos);
}

}  // namespace sim::full_tests
