// Everybody comes back at once: what they missed is read once for all of them, and nobody else waits for it.

#include "tests/sim/watcher.hpp"

#include "server/wire/documents.hpp"

namespace sim::replay_tests {

using core::channel;

namespace {

struct place {
    events::memory_log log;
    events::memory_keyring keys;
    room r{log, keys};
    shard s;

    explicit place(feeds::hub_options how = {}) : s(r, how) {
        r.start();
        r.join("lin", "OM");
        r.join("wei", "SP");
        r.join("bo", "RQ", "marketing");
        r.channel(1, "general");
        s.settle();
    }
    events::position say(int count, const std::string& what = "message ") {
        for (int i = 0; i < count; ++i) r.post(1, 1, what + std::to_string(i));
        s.settle();
        return log.head();
    }
};

const feed general{feed_kind::channel, 1};

std::string everything(const watcher& w) {
    std::string all;
    for (const auto& l : w.lines) all += l.dump();
    return all;
}

}  // namespace

TEST_CASE("replay: what many have missed is read from the log once", "[sim][feeds][shares]") {
    place p({.replay = {.page_events_max = 20}});
    const auto after = p.log.head();
    p.say(100);
    const auto expected = in_log(p.log, after, of_stream(channel_no(1)));
    std::deque<watcher> all;
    for (int i = 0; i < 60; ++i) {
        auto& w = all.emplace_back(1 + static_cast<std::uint64_t>(i % 3));
        CHECK_FALSE(p.s.hub.subscribe(w, general, after));
    }
    p.s.run_later();
    for (const auto& w : all) {
        CHECK(w.positions("channel/1") == expected);
        CHECK(w.of("subscribed").size() == 1);
    }
    CHECK(p.s.hub.log_reads() == 5);
    // What was read is not kept for long.
    for (int i = 0; i < 100; ++i) p.s.hub.tick();
    watcher late(1);
    p.s.hub.subscribe(late, general, after);
    p.s.run_later();
    CHECK(p.s.hub.log_reads() == 10);
    CHECK(late.positions("channel/1") == expected);
    p.s.hub.remove(late);
    for (auto& w : all) p.s.hub.remove(w);
}

TEST_CASE("replay: others have their turn between any two who are caught up", "[sim][feeds][shares]") {
    place p({.replay = {.page_events_max = 20}, .slice_bytes = 4'000});
    const auto after = p.log.head();
    p.say(100);
    watcher live(2);
    p.s.hub.subscribe(live, general, std::nullopt);
    std::deque<watcher> all;
    for (int i = 0; i < 40; ++i) p.s.hub.subscribe(all.emplace_back(1), general, after);
    std::size_t turns = 0, most = 0;
    for (bool more = true; more; ++turns) {
        std::size_t before = 0, now = 0;
        for (const auto& w : all) before += w.lines.size();
        more = p.s.run_one();
        for (const auto& w : all) now += w.lines.size();
        most = std::max(most, now - before);
        if (turns == 3) {
            p.r.post(1, 1, "meanwhile");
            p.s.publish_only();
            CHECK(everything(live).find("meanwhile") != std::string::npos);
        }
    }
    CHECK(turns > 40);
    CHECK(most <= 4);
    const auto expected = in_log(p.log, after, of_stream(channel_no(1)));
    p.s.settle();
    for (const auto& w : all) CHECK(w.positions("channel/1") == expected);
    p.s.hub.remove(live);
    for (auto& w : all) p.s.hub.remove(w);
}

TEST_CASE("replay: what was taken back meanwhile is in no page that was read before", "[sim][feeds][shares][D14]") {
    place p;
    const auto after = p.log.head();
    p.say(10, "the secret word ");
    watcher first(2), second(2);
    p.s.hub.subscribe(first, general, after);
    p.s.run_later();
    CHECK(everything(first).find("secret word 3") != std::string::npos);
    const auto reads = p.s.hub.log_reads();
    p.r.must<channel>(1, channel::delete_message{{4}}, channel_no(1));
    p.s.settle();
    p.s.hub.subscribe(second, general, after);
    p.s.run_later();
    CHECK(p.s.hub.log_reads() > reads);
    CHECK(everything(second).find("secret word 3") == std::string::npos);
    CHECK(everything(second).find("secret word 4") != std::string::npos);
    p.s.hub.remove(first);
    p.s.hub.remove(second);
}

TEST_CASE("replay: a board is made once for all who see the same of it, and anew once it has moved", "[sim][feeds][shares]") {
    place p;
    p.r.join("mei", "SP");
    p.r.join("an", "RQ", "marketing");
    for (int i = 0; i < 30; ++i) p.r.task(1, 2);
    p.s.settle();
    std::deque<watcher> all;
    const auto look = [&](std::uint64_t who) -> const json& {
        auto& w = all.emplace_back(who);
        p.s.hub.subscribe(w, {feed_kind::board, 0}, std::nullopt);
        return w.lines.at(0);
    };
    const auto& lins = look(1);
    CHECK(lins.at("data").at("items").size() == 30);
    CHECK(look(2) == lins);
    CHECK(look(4) == lins);
    CHECK(look(5).at("data").at("items").empty());  // another department
    p.r.task(1, 2);
    p.s.settle();
    CHECK(look(4).at("data").at("items").size() == 31);
    for (auto& w : all) p.s.hub.remove(w);
}

}  // namespace sim::replay_tests
