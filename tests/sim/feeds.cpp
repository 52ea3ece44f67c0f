// A feed is a snapshot at a position and then every event after it: no hole, nothing twice, nothing that one may not see.

#include "tests/sim/watcher.hpp"

#include <numeric>
#include <random>
#include <thread>

namespace sim::feeds_tests {

using core::channel;
using core::member;
using visibility = core::channel::visibility;

namespace {

struct department {
    events::memory_log log;
    events::memory_keyring keys;
    room r{log, keys};
    std::uint64_t lin, wei, mei, aud;

    department() {
        r.start();
        lin = r.join("lin", "OM");
        wei = r.join("wei", "SP");
        mei = r.join("mei", "RQ", "marketing");
        aud = r.join("aud", "AU", "audit");
        r.channel(lin, "general");
        r.channel(lin, "secret", visibility::members_only);
        for (const auto who : {wei, mei}) r.must<channel>(who, channel::join{}, channel_no(1));
        r.must<channel>(lin, channel::join{events::member_id{wei}}, channel_no(2));
        r.task(lin, wei);
        r.task(lin, wei);
        r.settle();  // acknowledged is durable, but not in the views yet
    }
};

bool is_task(const events::recorded& e) { return e.envelope.stream.kind == events::category::task; }

/// What a feed has after a position.
std::vector<std::uint64_t> due(const department& d, const feed& f, events::position after) {
    return in_log(d.log, after, [&](const events::recorded& e) {
        if (f.kind == feed_kind::audit) return true;
        if (f.kind == feed_kind::board) return is_task(e);
        const auto kind = f.kind == feed_kind::task ? events::category::task : events::category::channel;
        const auto* said = events::get_if<events::channel::any>(&e.event);
        return e.envelope.stream == events::stream_id{kind, f.number} && !(said && std::holds_alternative<events::channel::read>(*said));
    });
}

/// Posts, reads and task moves until told to stop, or enough: who is slow to watch would have ever more to watch.
void bustle(department& d, std::stop_token until, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    constexpr std::uint64_t rounds_max = 300;
    for (std::uint64_t n = 1; n <= rounds_max && !until.stop_requested(); ++n) {
        std::vector<std::shared_ptr<waiting>> some;
        for (std::size_t i = random() % 12; i > 0; --i) {
            const auto text = "text " + std::to_string(n) + '.' + std::to_string(i);
            switch (random() % 4) {
                case 0: some.push_back(d.r.send<core::task>(d.lin, core::task::reschedule{std::chrono::sys_days(std::chrono::year(2026) / 12 / 1) + std::chrono::days(random() % 300), text}, task_no(1 + random() % 2))); break;
                case 1: some.push_back(d.r.send<channel>(d.lin, channel::post{text, {}}, channel_no(2))); break;
                case 2: some.push_back(d.r.send<channel>(d.wei, channel::read{{1 + random() % 40}}, channel_no(1))); break;
                default: some.push_back(d.r.send<channel>(d.wei, channel::post{text, {}}, channel_no(1)));
            }
        }
        for (auto& s : some) s->get();
        std::this_thread::sleep_for(2ms);
    }
}

}  // namespace

TEST_CASE("feeds: a snapshot or a resume, then everything once, whenever one comes", "[sim][feeds][property]") {
    const feed feeds_of[]{{feed_kind::board, 0}, {feed_kind::task, 1}, {feed_kind::channel, 1}, {feed_kind::audit, 0}};
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        INFO("seed " << seed);
        department d;
        // Small chunks, so that catching up takes many turns while more comes.
        shard s(d.r, {.subscriptions_max = 64, .replay = {.page_events_max = 5, .scan_events_max = 11}, .board_replay_max = 5'000});
        std::jthread busy([&](std::stop_token t) { bustle(d, t, seed); });
        std::mt19937_64 random(seed);
        struct one {
            std::unique_ptr<watcher> who;
            feed f;
            std::optional<events::position> after;
        };
        std::vector<one> all;
        for (int round = 0; round < 120; ++round) {
            const auto& f = feeds_of[random() % 4];
            const auto reader = f.kind == feed_kind::audit ? d.aud : random() % 2 ? d.lin : f.kind == feed_kind::channel ? d.mei : d.wei;
            // Some have no room for more than a few frames, and read now and then.
            auto w = std::make_unique<watcher>(reader, random() % 2 ? SIZE_MAX : 1 + random() % 3);
            std::optional<events::position> after;
            if (random() % 2) after = events::position{random() % (d.r.writer.views().position().value + 1)};
            REQUIRE_FALSE(s.hub.subscribe(*w, f, after));
            all.push_back({std::move(w), f, after});
            if (random() % 3 == 0) std::this_thread::sleep_for(1ms);
            if (random() % 2) s.turn();
            for (auto& a : all)
                if (random() % 4 == 0) s.read(*a.who);
        }
        busy.request_stop();
        busy.join();
        s.settle();
        // Everybody reads until there is no more.
        const auto count = [&] { return std::accumulate(all.begin(), all.end(), std::size_t{0}, [](std::size_t n, const one& a) { return n + a.who->lines.size(); }); };
        for (std::size_t before = 0; before != count();) {
            before = count();
            for (auto& a : all) s.read(*a.who);
        }
        std::set<std::string> wrong;
        for (auto& a : all) {
            const auto name = to_string(a.f);
            auto from = a.after;
            if (const auto shots = a.who->of("snapshot", name); !shots.empty()) {
                REQUIRE(shots.size() == 1);
                from = events::position{shots.front().at("position").get<std::uint64_t>()};
            } else {
                if (a.who->of("subscribed", name).size() != 1) wrong.insert(name + " was not told that it caught up");
            }
            REQUIRE(from);
            if (a.who->positions(name) != due(d, a.f, *from)) wrong.insert(name + (a.after ? " resumed" : " from a snapshot"));
            // Nothing after what the frame says.
            for (const auto& l : a.who->of("events", name))
                if (!l.at("events").empty() && l.at("events").back().at("position") > l.at("position")) wrong.insert(name + " is past its position");
            s.hub.remove(*a.who);
        }
        CHECK(wrong == std::set<std::string>{});
        CHECK(s.hub.subscriptions() == 0);
    }
}

TEST_CASE("feeds: a task's and the audit's snapshot hold nothing that comes again", "[sim][feeds]") {
    department d;
    shard s(d.r);
    std::jthread busy([&](std::stop_token t) { bustle(d, t, 9); });
    for (int i = 0; i < 200; ++i) {
        for (const auto& [f, reader, list] : {std::tuple{feed{feed_kind::task, 1}, d.lin, "history"}, std::tuple{feed{feed_kind::audit, 0}, d.aud, "items"}}) {
            watcher w(reader);
            REQUIRE_FALSE(s.hub.subscribe(w, f, {}));
            const auto shot = w.of("snapshot").at(0);
            for (const auto& e : shot.at("data").at(list)) REQUIRE(e.at("position") <= shot.at("position"));
            s.hub.remove(w);
        }
    }
}

TEST_CASE("feeds: the board's rows are the tasks as they are now", "[sim][feeds]") {
    department d;
    shard s(d.r);
    s.settle();
    watcher w(d.wei);
    REQUIRE_FALSE(s.hub.subscribe(w, {feed_kind::board, 0}, {}));
    CHECK(w.of("snapshot").at(0).at("data").at("items").size() == 2);
    d.r.must<core::task>(d.wei, core::task::start{}, task_no(1));
    d.r.must<core::task>(d.wei, core::task::report_progress{40, {}}, task_no(1));
    s.settle();
    const auto last = w.of("events").back();
    CHECK(last.at("rows").size() == 1);
    CHECK(last.at("rows")[0].at("percent") == 40);
    CHECK(last.at("rows")[0].at("status") == "in_progress");
    // Somebody of another department sees none of it.
    watcher other(d.mei);
    REQUIRE_FALSE(s.hub.subscribe(other, {feed_kind::board, 0}, events::position{0}));
    d.r.must<core::task>(d.wei, core::task::report_progress{50, {}}, task_no(1));
    s.settle();
    CHECK(other.positions("board").empty());
    CHECK(s.hub.subscribe(other, {feed_kind::task, 1}, {})->status == 404);
    // Too far behind for events: the whole board.
    shard brief(d.r, {.board_replay_max = 3});
    watcher late(d.wei);
    REQUIRE_FALSE(brief.hub.subscribe(late, {feed_kind::board, 0}, events::position{1}));
    CHECK(late.of("snapshot").size() == 1);
}

TEST_CASE("feeds: what is for members only reaches nobody else", "[sim][feeds][D5]") {
    department d;
    shard s(d.r);
    s.settle();
    watcher lin(d.lin), wei(d.wei), mei(d.mei), aud(d.aud);
    CHECK(s.hub.subscribe(mei, {feed_kind::channel, 2}, {})->status == 404);
    CHECK(s.hub.subscribe(mei, {feed_kind::channel, 2}, events::position{1})->status == 404);
    CHECK(s.hub.subscribe(mei, {feed_kind::channel, 99}, {})->status == 404);
    CHECK(s.hub.subscribe(mei, {feed_kind::audit, 0}, {})->status == 403);
    REQUIRE_FALSE(s.hub.subscribe(mei, {feed_kind::channel, 1}, {}));
    REQUIRE_FALSE(s.hub.subscribe(mei, {feed_kind::channels, 0}, {}));
    REQUIRE_FALSE(s.hub.subscribe(mei, {feed_kind::inbox, 0}, {}));
    REQUIRE_FALSE(s.hub.subscribe(wei, {feed_kind::channel, 2}, {}));
    REQUIRE_FALSE(s.hub.subscribe(lin, {feed_kind::channel, 2}, {}));
    REQUIRE_FALSE(s.hub.subscribe(aud, {feed_kind::channel, 2}, {}));
    d.r.post(d.lin, 2, "between us");
    d.r.must<channel>(d.wei, channel::read{{1}}, channel_no(2));
    s.settle();
    s.hub.tick();
    for (const auto& l : mei.lines) {
        CHECK(l.dump().find("between us") == std::string::npos);
        CHECK(l.dump().find("secret") == std::string::npos);
    }
    // How far somebody has read is theirs to know.
    CHECK(wei.positions("channel/2").size() == 2);
    CHECK(lin.positions("channel/2").size() == 1);
    CHECK(aud.positions("channel/2").size() == 1);
    watcher again(d.lin);
    REQUIRE_FALSE(s.hub.subscribe(again, {feed_kind::channel, 2}, events::position{0}));
    for (const auto& l : again.of("events"))
        for (const auto& e : l.at("events")) CHECK(e.at("type") != "channel.read.v1");
}

TEST_CASE("feeds: access that is taken away ends the feed", "[sim][feeds][D5]") {
    department d;
    shard s(d.r);
    const auto ada = d.r.join("ada", "AD", "technology");
    s.settle();
    watcher wei(d.wei), aud(d.aud), mei(d.mei);
    REQUIRE_FALSE(s.hub.subscribe(wei, {feed_kind::channel, 2}, {}));
    REQUIRE_FALSE(s.hub.subscribe(wei, {feed_kind::channel, 1}, {}));
    REQUIRE_FALSE(s.hub.subscribe(aud, {feed_kind::audit, 0}, {}));
    d.r.must<channel>(d.lin, channel::leave{events::member_id{d.wei}}, channel_no(2));
    d.r.post(d.lin, 2, "he is gone");
    s.settle();
    CHECK(wei.of("ended", "channel/2").size() == 1);
    CHECK(wei.of("ended", "channel/1").empty());
    for (const auto& l : wei.lines) CHECK(l.dump().find("he is gone") == std::string::npos);

    const auto before = aud.lines.size();
    d.r.must<member>(ada, member::set_roles{{{"SP"}}}, member_no(d.aud));
    d.r.post(d.lin, 1, "after that");
    s.settle();
    REQUIRE(aud.lines.size() >= before + 1);
    CHECK(aud.of("ended", "audit").size() == 1);
    CHECK(aud.lines.back().at("type") == "ended");

    SECTION("a task that goes to somebody else, off the board of whoever had it") {
        const auto lent = d.r.task(d.lin, d.mei);
        s.settle();
        REQUIRE_FALSE(s.hub.subscribe(mei, {feed_kind::task, lent}, {}));
        d.r.must<core::task>(d.lin, core::task::reassign{{d.wei}, "not theirs"}, task_no(lent));
        s.settle();
        CHECK(mei.of("ended", "task/" + std::to_string(lent)).size() == 1);
    }
    SECTION("who has left") {
        REQUIRE_FALSE(s.hub.subscribe(mei, {feed_kind::channel, 1}, {}));
        d.r.must<member>(ada, member::leave{"moved on"}, member_no(d.mei));
        s.settle();
        CHECK(mei.ended);
        CHECK(s.hub.subscribe(mei, {feed_kind::channel, 1}, {})->status == 401);
    }
}

TEST_CASE("feeds: the inbox is sent again when it changed, and only then", "[sim][feeds]") {
    department d;
    shard s(d.r);
    s.settle();
    watcher mei(d.mei);
    REQUIRE_FALSE(s.hub.subscribe(mei, {feed_kind::inbox, 0}, {}));
    s.hub.tick();
    CHECK(mei.lines.size() == 1);
    d.r.must<core::task>(d.wei, core::task::start{}, task_no(1));  // none of hers
    s.settle();
    s.hub.tick();
    CHECK(mei.lines.size() == 1);
    d.r.post(d.wei, 1, "news");
    d.r.post(d.wei, 1, "more news");
    s.settle();
    s.hub.tick();
    CHECK(mei.lines.size() == 2);
    CHECK(mei.lines.back().at("data").at("items")[0].at("channel").at("unread") == 2);
    s.hub.tick();
    CHECK(mei.lines.size() == 2);
}

TEST_CASE("feeds: bounds, lists that show the latest, presence and typing", "[sim][feeds]") {
    department d;
    shard s(d.r, {.subscriptions_max = 3});
    s.settle();
    watcher wei(d.wei, 2), mei(d.mei);
    REQUIRE_FALSE(s.hub.subscribe(mei, {feed_kind::channel, 1}, {}));
    REQUIRE_FALSE(s.hub.subscribe(mei, {feed_kind::channels, 0}, {}));
    REQUIRE_FALSE(s.hub.subscribe(mei, {feed_kind::directory, 0}, {}));
    CHECK(s.hub.subscribe(mei, {feed_kind::inbox, 0}, {})->status == 429);
    REQUIRE_FALSE(s.hub.subscribe(mei, {feed_kind::channel, 1}, {}));  // the same again replaces
    CHECK(s.hub.subscriptions() == 3);
    s.hub.unsubscribe(mei, {feed_kind::directory, 0});
    REQUIRE_FALSE(s.hub.subscribe(mei, {feed_kind::presence, 0}, {}));
    mei.lines.clear();
    s.hub.presence({{1}, {2}});
    s.hub.typing({1}, {d.wei});
    s.hub.typing({1}, {d.mei});
    CHECK(mei.of("presence").size() == 1);
    CHECK(mei.of("typing").size() == 1);

    // Without room it is told nothing; with room again, how things are now.
    REQUIRE_FALSE(s.hub.subscribe(wei, {feed_kind::channels, 0}, {}));
    REQUIRE_FALSE(s.hub.subscribe(wei, {feed_kind::directory, 0}, {}));
    wei.lines.clear();
    d.r.channel(d.lin, "new");
    d.r.join("zhou", "SL", "board");
    s.settle();
    s.hub.tick();
    CHECK(wei.lines.empty());
    s.read(wei);
    REQUIRE(wei.of("snapshot", "channels").size() == 1);
    CHECK(wei.of("snapshot", "channels")[0].dump().find("\"new\"") != std::string::npos);
    CHECK(wei.of("snapshot", "directory")[0].dump().find("zhou") != std::string::npos);
}

TEST_CASE("feeds: the organisation, the calendar, flows and forms are sent again when they changed, and only then", "[sim][feeds][S1.3]") {
    department d;
    shard s(d.r);
    s.settle();
    watcher mei(d.mei);
    const auto sent = [&](const char* feed) { return mei.of("snapshot", feed).size(); };
    for (const auto kind : {feed_kind::org, feed_kind::calendar, feed_kind::flows, feed_kind::forms}) REQUIRE_FALSE(s.hub.subscribe(mei, {kind, 0}, {}));
    const auto follow = [&] {
        s.settle();
        s.hub.tick();
    };
    d.r.post(d.wei, 1, "nothing of that");
    follow();
    CHECK(mei.lines.size() == 4);

    d.r.must<core::member>(0, core::member::set_superior{{d.lin}}, member_no(d.wei));
    follow();
    CHECK(sent("org") == 2);
    d.r.must<core::org>(0, core::org::define_department{{"legal"}, {"法务", "legal"}, {}}, events::stream_id{events::category::org, 1});
    follow();
    CHECK(sent("org") == 3);
    CHECK(mei.lines.back().dump().find("\"legal\"") != std::string::npos);
    d.r.must<core::calendar>(0, core::calendar::publish_year{2026, "the council", {{std::chrono::year(2026) / 12 / 31, {"元旦", "New Year"}}}, {}, {}},
                             events::stream_id{events::category::calendar, 1});
    follow();
    CHECK(sent("calendar") == 2);
    d.r.must<core::definitions>(0, core::definitions::amend_flow{"request", {}, {{"in_assessment", 3}}, "three days are enough", "as amended"},
                                         events::stream_id{events::category::definitions, 1});
    follow();
    CHECK(sent("flows") == 2);
    CHECK(sent("forms") == 1);
    CHECK(sent("org") == 3);
}

TEST_CASE("feeds: a subscriber that goes while it is sent to takes nobody with it", "[sim][feeds]") {
    department d;
    shard s(d.r);
    s.settle();
    std::vector<std::unique_ptr<watcher>> all;
    for (int i = 0; i < 20; ++i) {
        auto& w = *all.emplace_back(std::make_unique<watcher>(d.wei));
        REQUIRE_FALSE(s.hub.subscribe(w, {feed_kind::channel, 1}, {}));
    }
    // As a connection does whose outbox is past all bounds.
    for (int i = 0; i < 20; i += 2) all[i]->on_send = [&, i] { s.hub.remove(*all[i]); };
    for (int i = 0; i < 5; ++i) d.r.post(d.lin, 1, "too much");
    s.settle();
    for (int i = 0; i < 20; ++i) {
        INFO(i);
        if (i % 2) CHECK(all[i]->positions("channel/1").size() == 5);
        else CHECK(all[i]->of("events").size() == 1);
    }
    CHECK(s.hub.subscriptions() == 10);
    // The same while it catches up.
    watcher behind(d.wei);
    behind.on_send = [&] { s.hub.remove(behind); };
    s.hub.subscribe(behind, {feed_kind::channel, 1}, events::position{0});
    s.run_later();
    CHECK(s.hub.subscriptions() == 10);
}

}  // namespace sim::feeds_tests
