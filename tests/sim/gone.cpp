// Rows that somebody may not see any more: they are told, and nobody else is.

#include "tests/sim/thin_client.hpp"

#include <random>

namespace sim::gone_tests {

using core::channel;
using core::member;
using core::task;
using visibility = core::channel::visibility;

namespace {

struct department {
    events::memory_log log;
    events::memory_keyring keys;
    room r{log, keys};
    std::uint64_t lin, wei, mei, rui, aud, ada;

    department() {
        r.start();
        lin = r.join("lin", "OM");
        wei = r.join("wei", "SP");
        mei = r.join("mei", "RQ", "marketing");
        rui = r.join("rui", "RQ", "marketing");
        aud = r.join("aud", "AU", "audit");
        ada = r.join("ada", "AD", "technology");
        r.channel(lin, "general");
        r.channel(lin, "secret", visibility::members_only);
        r.must<channel>(lin, channel::join{events::member_id{wei}}, channel_no(2));
        r.must<channel>(lin, channel::join{events::member_id{mei}}, channel_no(2));
        r.settle();
    }
    void give(std::uint64_t which, std::uint64_t to) { r.must<task>(lin, task::reassign{{to}, "no time"}, task_no(which)); }
    void put_out(std::uint64_t who) { r.must<channel>(lin, channel::leave{events::member_id{who}}, channel_no(2)); }
};

}  // namespace

TEST_CASE("gone: a task that goes to somebody else leaves the board of whoever had it, and of nobody else", "[sim][feeds][S1.3.4]") {
    department d;
    shard s(d.r);
    const auto lent = d.r.task(d.lin, d.mei);
    const auto own = d.r.task(d.lin, d.wei);
    s.settle();
    watcher lin(d.lin), wei(d.wei), mei(d.mei), rui(d.rui), aud(d.aud);
    for (auto* w : {&lin, &wei, &mei, &rui, &aud}) REQUIRE_FALSE(s.hub.subscribe(*w, board, {}));
    CHECK(held(mei, "board") == ids{lent});
    const auto at = d.log.head();
    d.give(lent, d.wei);
    s.settle();
    REQUIRE(mei.of("events").size() == 1);
    const auto line = mei.of("events")[0];
    CHECK(line.at("gone") == json::array({lent}));
    CHECK(line.at("events").empty());
    CHECK(line.at("rows").empty());
    CHECK(line.at("position") == d.log.head().value);
    // It goes on being nobody's business.
    d.r.must<task>(d.wei, task::start{}, task_no(lent));
    d.r.must<task>(d.wei, task::start{}, task_no(own));
    s.settle();
    CHECK(mei.of("events").size() == 1);
    CHECK(rui.of("events").empty());
    for (const auto* w : {&lin, &wei, &aud}) {
        CHECK(told_gone(*w, "board").empty());
        CHECK(held(*w, "board") == ids{lent, own});
    }
    // Who comes back later is told as well, and who was never in it is told nothing.
    watcher again(d.mei), late(d.rui);
    REQUIRE_FALSE(s.hub.subscribe(again, board, at));
    REQUIRE_FALSE(s.hub.subscribe(late, board, at));
    s.run_later();
    CHECK(told_gone(again, "board") == std::vector{lent});
    CHECK(late.of("events").empty());
    // And back again it is there.
    d.give(lent, d.mei);
    s.settle();
    CHECK(held(mei, "board") == ids{lent});
    CHECK(held(again, "board") == ids{lent});
    CHECK(held(rui, "board").empty());
}

TEST_CASE("gone: who assigned a task, or has its department, goes on seeing it", "[sim][feeds][S1.3.4]") {
    department d;
    shard s(d.r);
    const auto chief = d.r.join("zhou", "SL", "board");
    const auto which = d.r.must<task>(chief, task::assign{"figures", {}, "complete", std::chrono::year(2026) / 12 / 1, {d.mei}, events::department{"marketing"}, {}, {}});
    s.settle();
    watcher by(chief), own(d.rui);
    REQUIRE_FALSE(s.hub.subscribe(by, board, {}));
    REQUIRE_FALSE(s.hub.subscribe(own, board, {}));
    CHECK(held(own, "board") == ids{which});  // it is on their department's board
    for (const auto to : {d.rui, d.wei}) d.r.must<task>(chief, task::reassign{{to}, "no time"}, task_no(which));
    s.settle();
    CHECK(told_gone(by, "board").empty());
    CHECK(told_gone(own, "board").empty());
    CHECK(held(own, "board") == ids{which});
}

TEST_CASE("gone: who is taken out of a channel for members loses its row within the tick", "[sim][feeds][D5]") {
    department d;
    shard s(d.r);
    s.settle();
    watcher lin(d.lin), wei(d.wei), rui(d.rui), aud(d.aud), mei(d.mei);
    for (auto* w : {&lin, &wei, &rui, &aud, &mei}) REQUIRE_FALSE(s.hub.subscribe(*w, channels, {}));
    CHECK(held(wei, "channels") == ids{1, 2});
    CHECK(held(rui, "channels") == ids{1});
    d.put_out(d.wei);
    d.r.post(d.lin, 2, "he is gone");
    s.settle();
    // Asked for between the event and the tick: the snapshot does not have it, and there is nothing to take back.
    watcher meanwhile(d.wei);
    REQUIRE_FALSE(s.hub.subscribe(meanwhile, channels, {}));
    s.hub.tick();
    CHECK(told_gone(wei, "channels") == std::vector<std::uint64_t>{2});
    CHECK(wei.of("events").back().at("rows").empty());
    CHECK(meanwhile.of("events").empty());
    CHECK(rui.of("events").empty());
    for (const auto* w : {&lin, &aud, &mei}) {
        CHECK(told_gone(*w, "channels").empty());
        CHECK(held(*w, "channels") == ids{1, 2});
    }
    // Once.
    const auto lines = wei.lines.size();
    d.r.post(d.lin, 2, "and more");
    s.settle();
    s.hub.tick();
    CHECK(wei.lines.size() == lines);
    // One for everybody stays, as one that they are not in.
    d.r.must<channel>(d.wei, channel::join{}, channel_no(1));
    d.r.must<channel>(d.wei, channel::leave{}, channel_no(1));
    s.settle();
    s.hub.tick();
    CHECK(told_gone(wei, "channels").size() == 1);
    CHECK(wei.of("events").back().at("rows")[0].at("joined") == false);
    // Who comes back in the same tick has lost nothing.
    d.put_out(d.mei);
    d.r.must<channel>(d.lin, channel::join{events::member_id{d.mei}}, channel_no(2));
    s.settle();
    s.hub.tick();
    CHECK(told_gone(mei, "channels").empty());
    CHECK(held(mei, "channels") == ids{1, 2});
}

TEST_CASE("gone: who becomes somebody else is shown what they may see now", "[sim][feeds][D5][S1.3.4]") {
    department d;
    shard s(d.r);
    d.r.task(d.lin, d.mei);
    const auto own = d.r.task(d.lin, d.wei);
    s.settle();
    watcher aud(d.aud), wei(d.wei), mei(d.mei);
    for (auto* w : {&aud, &wei, &mei})
        for (const auto& f : {board, channels}) REQUIRE_FALSE(s.hub.subscribe(*w, f, {}));
    CHECK(held(aud, "channels") == ids{1, 2});
    const auto at = d.log.head();
    d.r.must<member>(0, member::set_roles{{{"SP"}}}, member_no(d.aud));
    d.r.must<member>(0, member::set_department{{"operations"}}, member_no(d.mei));
    d.r.must<member>(0, member::set_department{{"marketing"}}, member_no(d.wei));
    s.settle();
    CHECK(held(aud, "channels") == ids{1});
    CHECK(held(aud, "board").empty());
    CHECK(held(mei, "board") == visible(d.r, d.mei, board));
    CHECK(held(wei, "board") == ids{own});
    // And with another name they stay who they are.
    const auto lines = wei.lines.size();
    d.r.must<member>(d.ada, member::rename{"wei wei"}, member_no(d.wei));
    s.settle();
    CHECK(wei.lines.size() == lines);
    // A resume from before that is no resume; from after it, it is.
    watcher before(d.wei), after(d.wei);
    REQUIRE_FALSE(s.hub.subscribe(before, board, at));
    REQUIRE_FALSE(s.hub.subscribe(after, board, d.log.head()));
    s.run_later();
    CHECK(before.of("snapshot").size() == 1);
    CHECK(held(before, "board") == ids{own});
    CHECK(after.of("snapshot").empty());
    CHECK(after.of("subscribed").size() == 1);
}

TEST_CASE("gone: who stands in for somebody has their tasks on the board while they do", "[sim][feeds][D13]") {
    department d;
    shard s(d.r);
    const auto weis = d.r.task(d.lin, d.wei);
    s.settle();
    watcher rui(d.rui), mei(d.mei);
    for (auto* w : {&rui, &mei}) REQUIRE_FALSE(s.hub.subscribe(*w, board, {}));
    CHECK(held(rui, "board").empty());
    const auto today = d.r.read.today();
    d.r.must<member>(d.wei, member::delegate{{d.rui}, today, {}, "away"}, member_no(d.wei));
    s.settle();
    CHECK(held(rui, "board") == ids{weis});
    CHECK(held(mei, "board").empty());
    d.r.must<task>(d.wei, task::start{}, task_no(weis));
    s.settle();
    CHECK(rows_held(rui, "board") == rows_visible(d.r, d.rui, board));
    d.r.must<member>(d.wei, member::end_delegation{{d.rui}, {}}, member_no(d.wei));
    s.settle();
    CHECK(held(rui, "board").empty());
}

TEST_CASE("gone: who stands in for somebody begins and ends with the day", "[sim][feeds][D13][D15]") {
    department d;
    const auto weis = d.r.task(d.lin, d.wei);
    const auto today = d.r.read.today(), tomorrow = events::date(std::chrono::sys_days(today) + std::chrono::days(1));
    d.r.must<member>(d.wei, member::delegate{{d.rui}, today, today, "away"}, member_no(d.wei));
    d.r.must<member>(d.wei, member::delegate{{d.mei}, tomorrow, {}, "away"}, member_no(d.wei));
    d.r.must<task>(d.wei, task::start{}, task_no(weis));
    d.r.settle();
    auto now = noon;
    const wire::documents read(d.r.writer.views(), d.log, d.keys, [&] { return now; }, 0min);
    std::deque<std::function<void()>> later;
    feeds::hub hub(read, [&](std::function<void()> f) { later.push_back(std::move(f)); });
    watcher rui(d.rui), mei(d.mei);
    for (auto* w : {&rui, &mei}) REQUIRE_FALSE(hub.subscribe(*w, board, {}));
    hub.tick();
    CHECK(held(rui, "board") == ids{weis});
    CHECK(held(mei, "board").empty());
    now += std::chrono::hours(24);
    hub.tick();
    for (; !later.empty(); later.pop_front()) later.front()();
    CHECK(held(rui, "board").empty());
    CHECK(held(mei, "board") == ids{weis});
    // What waits is in their inbox, with in whose place it is.
    const auto inbox = std::get<wire::document>(read.inbox({d.mei}, {})).body;
    CHECK(inbox.find(R"("why":"in_progress","in_place_of":)" + std::to_string(d.wei)) != std::string::npos);
    for (auto* w : {&rui, &mei}) hub.remove(*w);
}

namespace {

/// What each member was once in, or had: from the log alone.
struct entitled {
    std::map<std::uint64_t, ids> channels, tasks;

    explicit entitled(const events::log& log) {
        in_log(log, {}, [&](const events::recorded& e) {
            const auto number = e.envelope.stream.number;
            if (const auto* said = events::get_if<events::channel::any>(&e.event)) {
                if (const auto* joined = std::get_if<events::channel::joined>(said)) channels[joined->member.value].insert(number);
            } else if (const auto* work = events::get_if<events::task::any>(&e.event)) {
                if (const auto* given = std::get_if<events::task::assigned>(work)) tasks[given->to.value].insert(number);
                if (const auto* given = std::get_if<events::task::reassigned>(work)) tasks[given->to.value].insert(number);
            }
            return false;
        });
    }
};

/// A client that comes and goes, and says where it was when it comes back.
struct client {
    std::uint64_t person;
    std::unique_ptr<watcher> who;
    bool away = false;

    /// Where it was on the board; nothing: it was not told of it yet.
    std::optional<events::position> at() const {
        std::optional<events::position> last;
        for (const auto& l : who->lines)
            if (l.value("feed", "") == "board") last = events::position{l.at("position").get<std::uint64_t>()};
        return last;
    }
};

}  // namespace

TEST_CASE("gone: whatever happens, a thin client holds what it may see, and was told of nothing else", "[sim][feeds][property]") {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        INFO("seed " << seed);
        department d;
        shard s(d.r, {.replay = {.page_events_max = 4, .scan_events_max = 9}});
        std::mt19937_64 random(seed);
        const std::vector people{d.lin, d.wei, d.mei, d.rui, d.aud};
        for (const auto to : {d.wei, d.mei, d.rui, d.mei}) d.r.task(d.lin, to);
        for (int i = 3; i <= 5; ++i) d.r.channel(d.lin, "room " + std::to_string(i), visibility::members_only);
        s.settle();
        std::vector<client> all;
        const auto something_happens = [&] {
            const auto who = people[random() % people.size()];
            const auto in = channel_no(1 + random() % 5);
            const auto what = task_no(1 + random() % 4);
            switch (random() % 10) {
                case 0:
                case 1: return d.r.ask<task>(d.lin, task::reassign{{who}, "so"}, what);
                case 2: return d.r.ask<task>(d.lin, task::reschedule{std::chrono::sys_days(std::chrono::year(2027) / 1 / 1) + std::chrono::days(random() % 300), "so"}, what);
                case 3: return d.r.ask<channel>(d.lin, channel::join{events::member_id{who}}, in);
                case 4: return d.r.ask<channel>(d.lin, channel::leave{events::member_id{who}}, in);
                case 5: return d.r.ask<channel>(d.lin, channel::post{"words", {}}, in);
                case 6: return random() % 4 ? d.r.ask<task>(who, task::start{}, what)
                                            : d.r.ask<member>(0, member::set_department{{random() % 2 ? "operations" : "marketing"}}, member_no(d.rui));
                case 7: return d.r.ask<task>(who, task::block{"no data", events::member_id{people[random() % people.size()]}}, what);
                case 8: return d.r.ask<task>(who, task::unblock{}, what);
                default: return random() % 4 ? d.r.ask<task>(who, task::report_progress{static_cast<std::uint8_t>(random() % 100), {}}, what)
                                             : d.r.ask<member>(0, member::set_roles{{{random() % 2 ? "AU" : "SP"}}}, member_no(d.aud));
            }
        };
        for (int round = 0; round < 250; ++round) {
            something_happens();
            if (random() % 4 == 0) {
                const auto who = people[random() % people.size()];
                auto& w = *all.emplace_back(client{who, std::make_unique<watcher>(who, random() % 2 ? SIZE_MAX : 1 + random() % 3)}).who;
                REQUIRE_FALSE(s.hub.subscribe(w, channels, {}));
                REQUIRE_FALSE(s.hub.subscribe(w, board, {}));
            }
            if (random() % 2) s.turn();
            if (random() % 3 == 0) s.hub.tick();
            for (auto& c : all) {
                if (random() % 4 == 0) s.read(*c.who);
                if (random() % 12) continue;
                if (c.away) REQUIRE_FALSE(s.hub.subscribe(*c.who, board, c.at()));
                else s.hub.unsubscribe(*c.who, board);
                c.away = !c.away;
            }
        }
        for (auto& c : all)
            if (c.away) REQUIRE_FALSE(s.hub.subscribe(*c.who, board, c.at()));
        s.settle();
        s.hub.tick();
        const auto count = [&] {
            std::size_t n = 0;
            for (const auto& c : all) n += c.who->lines.size();
            return n;
        };
        for (std::size_t before = 0; before != count();) {
            before = count();
            for (auto& c : all) s.read(*c.who);
        }
        const entitled to(d.log);
        std::size_t told = 0;
        for (auto& c : all) {
            INFO("member " << c.person);
            CHECK(rows_held(*c.who, "board") == rows_visible(d.r, c.person, board));
            CHECK(rows_held(*c.who, "channels") == rows_visible(d.r, c.person, channels));
            for (const auto id : told_gone(*c.who, "channels")) CHECK(to.channels.at(c.person).contains(id));
            for (const auto id : told_gone(*c.who, "board")) CHECK(to.tasks.at(c.person).contains(id));
            told += told_gone(*c.who, "channels").size() + told_gone(*c.who, "board").size();
            s.hub.remove(*c.who);
        }
        CHECK(told > 0);
    }
}

}  // namespace sim::gone_tests
