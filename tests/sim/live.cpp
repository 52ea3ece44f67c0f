// One connection without its socket: lines in, frames out.

#include "server/ws/live.hpp"
#include "tests/sim/watcher.hpp"

#include <thread>

namespace sim::live_tests {

using core::channel;
namespace ws = server::ws;

namespace {

/// What a shard is to its connections. Its own thread is the test's: answers wait until turn().
struct place {
    events::memory_log log;
    slow_log slow{log};
    events::memory_keyring keys;
    room r{slow, keys};
    shard s{r};
    ws::presence presence;
    wire::parser parser{1 << 20};
    std::vector<std::pair<std::uint64_t, std::uint64_t>> typed;
    server::shares::backlog backlog;
    ws::surroundings around{r.writer, s.hub, presence, r.read, parser, 0,
                            [this](events::channel_id c, events::member_id m) { typed.emplace_back(c.value, m.value); }, {}, backlog};

    place() {
        r.start();
        r.join("lin", "OM");
        r.join("mei", "RQ", "marketing");
        r.channel(1, "general");
        r.channel(1, "secret", channel::visibility::members_only);
        s.settle();
    }
};

struct connection {
    std::shared_ptr<ws::live> live;
    std::optional<ws::close_code> closed;

    connection(place& in, std::uint64_t who)
        : live(std::make_shared<ws::live>(in.around, server::identity::principal{{who}}, [] {}, [this](ws::close_code why) { closed = why; })) {
        live->start(true);
    }
    ~connection() { live->gone(); }

    std::vector<json> said() {
        std::vector<json> all;
        while (live->has_output())
            for (const auto& f : live->take(1 << 16)) all.push_back(json::parse(*f));
        return all;
    }
    /// The one line that this is answered with at once.
    json reply(const std::string& line) {
        said();
        live->received(line);
        const auto all = said();
        REQUIRE(all.size() == 1);
        return all[0];
    }
};

std::string post(std::uint64_t n, const std::string& text = "hello") {
    return json{{"type", "command"}, {"id", events::to_string(id_no(n))}, {"command", "channel.post"}, {"target", "channel/1"}, {"data", {{"text", text}}}}.dump();
}

std::string code(const json& line) { return line.at("problem").at("code"); }

}  // namespace

TEST_CASE("live: hello, ping, presence", "[sim][live]") {
    place p;
    {
        connection c(p, 1);
        const auto hello = c.said().at(0);
        CHECK(hello.at("type") == "hello");
        CHECK(hello.at("member") == 1);
        CHECK(hello.at("position") == p.log.head().value);
        CHECK(hello.at("protocol") == "opsroom.v1.json");
        CHECK(c.reply(R"({"type":"ping","n":7})") == json::parse(R"({"type":"pong","n":7})"));
        CHECK(c.reply(R"({"type":"ping"})") == json::parse(R"({"type":"pong","n":0})"));
        CHECK(p.presence.online().size() == 1);
        connection again(p, 1);
        CHECK(p.presence.online().size() == 1);
    }
    CHECK(p.presence.online().empty());
}

TEST_CASE("live: what can't be followed is answered, and the connection goes on", "[sim][live]") {
    place p;
    connection c(p, 1);
    for (const auto* bad : {"{", "nonsense", "{\"type\":\"ping\"", "\"\xff\"", "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]"}) {
        const auto no = c.reply(bad);
        CHECK(no.at("type") == "error");
        CHECK(code(no) == "malformed_json");
        CHECK(no.at("problem").at("status") == 400);
    }
    CHECK(code(c.reply("[]")) == "bad_fields");
    CHECK(code(c.reply("{}")) == "unknown_type");
    CHECK(code(c.reply(R"({"type":"dance"})")) == "unknown_type");
    CHECK(code(c.reply(R"({"type":"ping","m":1})")) == "bad_fields");
    CHECK(c.reply(R"({"type":"ping","n":-1})").at("problem").at("errors")[0].at("pointer") == "/n");
    CHECK(c.reply(R"({"type":"typing"})").at("problem").at("errors")[0].at("pointer") == "/channel");
    CHECK(c.reply(R"({"type":"command","id":"x","command":"channel.post"})").at("problem").at("code") == "bad_command_id");
    const auto id = events::to_string(id_no(5));
    // A command that can't be read is rejected under its id, wherever in the line that is.
    for (const auto& line : {R"({"type":"command","id":")" + id + R"(","command":"channel.post","target":"nowhere","data":{}})",
                             R"({"type":"command","target":"nowhere","command":"channel.post","data":{},"id":")" + id + R"("})"}) {
        const auto no = c.reply(line);
        CHECK(no.at("type") == "reject");
        CHECK(no.at("id") == id);
        CHECK(no.at("problem").at("errors")[0].at("pointer") == "/target");
    }
    const auto field = c.reply(R"({"type":"command","id":")" + id + R"(","command":"channel.post","target":"channel/1","data":{"text":5}})");
    CHECK(field.at("type") == "reject");
    CHECK(field.at("problem").at("status") == 422);
    CHECK(field.at("problem").at("errors")[0].at("pointer") == "/data/text");
    CHECK(code(c.reply(R"({"type":"command","id":")" + id + R"(","command":"channel.sing","target":"channel/1"})")) == "unknown_command");
    CHECK(c.reply(R"({"type":"ping","n":1})").at("type") == "pong");
    CHECK_FALSE(c.closed);
}

TEST_CASE("live: a resume of another history is a snapshot, whatever position it names; of this one, it is what came after", "[sim][live][backup]") {
    place p;
    p.r.read.stand_in("this-one");
    for (int i = 0; i < 5; ++i) p.r.post(1, 1, "message " + std::to_string(i));
    p.s.settle();
    const auto head = p.log.head().value;
    connection c(p, 1);
    CHECK(c.said().at(0).at("history") == "this-one");
    for (const auto* feed : {"channel/1", "board", "task/1", "audit"}) {
        const bool there = std::string(feed) == "channel/1" || std::string(feed) == "board";
        for (std::uint64_t after = 0; after <= head + 3; ++after) {
            for (const std::string history : {"", "this-one", "another"}) {
                json line{{"type", "subscribe"}, {"feed", feed}, {"after", after}};
                if (!history.empty()) line["history"] = history;
                c.said();
                c.live->received(line.dump());
                auto all = c.said();
                for (int turns = 0; turns < 10 && all.empty(); ++turns) {  // what was missed is read a little later
                    p.s.turn();
                    all = c.said();
                }
                REQUIRE_FALSE(all.empty());
                if (!there) continue;  // refused, whatever it says
                const bool resumes = history != "another" && after <= head && (std::string(feed) != "board" || p.r.read.placed({1}).value <= after);
                INFO(feed << " after " << after << " of " << history);
                CHECK((all[0].at("type") == "snapshot") == !resumes);
            }
        }
    }
    CHECK(code(c.reply(R"({"type":"subscribe","feed":"board","history":7})")) == "bad_fields");
}

TEST_CASE("live: subscribing to what is not there, or not for one", "[sim][live]") {
    place p;
    connection c(p, 2);
    CHECK(code(c.reply(R"({"type":"subscribe"})")) == "bad_fields");
    for (const auto* name : {"weather", "task", "task/", "task/0", "task/x", "task/1x", "board/1", "channel/99999999999999999999"})
        CHECK(code(c.reply(std::string(R"({"type":"subscribe","feed":")") + name + R"("})")) == "bad_feed");
    const auto no = c.reply(R"({"type":"subscribe","feed":"channel/2"})");
    CHECK(no.at("type") == "ended");
    CHECK(no.at("feed") == "channel/2");
    CHECK(code(no) == "not_found");
    CHECK(code(c.reply(R"({"type":"subscribe","feed":"audit"})")) == "forbidden");
    CHECK(code(c.reply(R"({"type":"subscribe","feed":"task/17"})")) == "not_found");
    CHECK(c.reply(R"({"type":"subscribe","feed":"channel/1"})").at("type") == "snapshot");
    c.live->received(R"({"type":"unsubscribe","feed":"channel/1"})");
    CHECK(p.s.hub.subscriptions() == 0);
    // Typing where one may not look is not passed on.
    c.live->received(R"({"type":"typing","channel":2})");
    CHECK(p.typed.empty());
    c.live->received(R"({"type":"typing","channel":1})");
    CHECK(p.typed.size() == 1);
}

TEST_CASE("live: several lines in a message are several things said, and commands of one message are taken together", "[sim][live]") {
    place p;
    connection c(p, 1);
    c.said();
    const auto begun = p.slow.sizes().size();
    const auto head = p.log.head().value;
    c.live->received(post(1) + "\n\n" + R"({"type":"ping","n":1})" + "\r\n{oops\n" + post(2) + "\n" + R"({"type":"subscribe","feed":"channel/1"})" + "\n");
    for (int i = 0; i < 10'000 && p.log.head().value < head + 2; ++i) std::this_thread::sleep_for(1ms);
    p.s.settle();
    CHECK(p.slow.sizes().size() == begun + 1);
    std::map<std::string, int> types;
    for (const auto& l : c.said()) ++types[l.at("type")];
    CHECK(types["pong"] == 1);
    CHECK(types["error"] == 1);
    CHECK(types["snapshot"] == 1);
    CHECK(types["ack"] == 2);
}

TEST_CASE("live: more outstanding than it may have are refused, and nothing else is", "[sim][live]") {
    place p;
    p.around.limits.outstanding_max = 4;
    connection c(p, 1);
    c.said();
    const auto begun = p.slow.sizes().size();
    p.slow.hold();
    std::string six;
    for (std::uint64_t n = 1; n <= 6; ++n) six += post(n) + "\n";
    c.live->received(six);
    auto refused = c.said();
    REQUIRE(refused.size() == 2);
    for (const auto& l : refused) {
        CHECK(code(l) == "too_many_outstanding");
        CHECK(l.at("problem").at("status") == 429);
    }
    CHECK(refused[0].at("id") == events::to_string(id_no(5)));
    REQUIRE(p.slow.wait_begun(begun + 1));
    p.slow.release();
    p.r.writer.stop();
    p.s.turn();
    std::size_t acks = 0;
    for (const auto& l : c.said()) acks += l.at("type") == "ack";
    CHECK(acks == 4);
    // And a server that is stopping takes no more, and says so.
    const auto no = c.reply(post(7));
    CHECK(code(no) == "draining");
    CHECK(no.at("problem").at("status") == 503);
    CHECK(code(c.reply(post(8))) == "draining");
}

TEST_CASE("live: a connection that reads nothing costs a bounded outbox, then loses nothing", "[sim][live]") {
    place p;
    p.around.limits.outbox_bytes_max = 4'000;
    connection c(p, 2);
    c.said();
    c.live->received(R"({"type":"subscribe","feed":"channel/1"})");
    const auto at = c.said().at(0).at("position").get<std::uint64_t>();
    for (int i = 0; i < 200; ++i) p.r.post(1, 1, "message " + std::to_string(i) + std::string(400, '.'));
    p.s.settle();
    std::size_t bytes = 0;
    std::vector<std::uint64_t> positions;
    const auto take = [&] {
        for (const auto& f : c.live->take(1'500)) {
            bytes += f->size();
            const auto line = json::parse(*f);
            if (line.at("type") != "events") continue;
            for (const auto& e : line.at("events")) positions.push_back(e.at("position"));
        }
    };
    for (int i = 0; i < 2'000 && c.live->has_output(); ++i) {
        take();
        p.s.turn();
    }
    CHECK(positions == in_log(p.log, {at}, of_stream(channel_no(1))));
    CHECK_FALSE(c.closed);
}

TEST_CASE("live: one that does not take its answers is not listened to until it does", "[sim][live][shares]") {
    place p;
    p.around.limits.outbox_bytes_max = 4'000;
    connection c(p, 2);
    c.said();
    std::string lines;
    for (int i = 0; i < 2'000; ++i) lines += json{{"type", "ping"}, {"n", i}}.dump() + "\n{\n";
    c.live->received(lines);
    CHECK_FALSE(c.live->is_listening());
    CHECK(c.live->outbox_bytes() < 4'000);
    CHECK(p.backlog.bytes() == c.live->outbox_bytes());
    // Everything is answered, in order, as it is taken.
    int next = 0;
    for (const auto& l : c.said())
        if (l.at("type") == "pong") CHECK(l.at("n") == next++);
    CHECK(next == 2'000);
    CHECK_FALSE(c.closed);
    CHECK(c.live->is_listening());
    c.live->written();
    CHECK(p.backlog.bytes() == 0);
}

TEST_CASE("live: what one person does not take, over however many connections, is bounded, and others are sent theirs", "[sim][live][shares]") {
    place p;
    server::shares::backlog small({20'000, 1'000'000});
    ws::surroundings around{p.r.writer, p.s.hub, p.presence, p.r.read, p.parser, 0, {}, {}, small};
    const auto connect = [&](std::uint64_t who) {
        auto live = std::make_shared<ws::live>(around, server::identity::principal{{who}}, [] {}, [](ws::close_code) {});
        live->start(true);
        live->received(R"({"type":"subscribe","feed":"channel/1"})");
        return live;
    };
    std::vector<std::shared_ptr<ws::live>> idle;
    for (int i = 0; i < 30; ++i) idle.push_back(connect(2));
    const auto other = connect(1);
    std::vector<std::uint64_t> seen;
    const auto take = [&](ws::live& from) {
        std::vector<std::uint64_t> positions;
        while (from.has_output())
            for (const auto& f : from.take(1 << 16))
                if (const auto line = json::parse(*f); line.at("type") == "events")
                    for (const auto& e : line.at("events")) positions.push_back(e.at("position"));
        from.written();
        return positions;
    };
    const auto at = p.log.head();
    for (auto& one : idle) take(*one);
    take(*other);
    for (int i = 0; i < 200; ++i) {
        p.r.post(1, 1, "message " + std::to_string(i) + std::string(400, '.'));
        p.s.settle();
        for (const auto n : take(*other)) seen.push_back(n);
        CHECK(small.bytes() < 20'000 + 30 * 2'000);
    }
    CHECK(seen == in_log(p.log, at, of_stream(channel_no(1))));
    // Whoever takes theirs at last has everything, too.
    for (int round = 0; round < 400; ++round)
        for (auto& one : idle) {
            one->take(1 << 16);
            one->written();
            one->look_again();
            p.s.turn();
        }
    CHECK(small.bytes() == 0);
    p.r.post(1, 1, "at last");
    p.s.settle();
    for (auto& one : idle) CHECK(take(*one).size() == 1);
    for (auto& one : idle) one->gone();
    other->gone();
}

TEST_CASE("live: who says too much at once is told when to come again, and nobody else is", "[sim][live][shares]") {
    place p;
    server::shares::rates::limits how{};
    how[server::shares::rates::commands] = {2, 20};
    how[server::shares::rates::subscriptions] = {1, 2};
    server::shares::rates rates(how);
    p.around.rates = &rates;
    std::vector<std::chrono::milliseconds> paused;
    std::vector<std::function<void()>> later;
    p.around.after = [&](std::chrono::milliseconds so_long, std::function<void()> what) {
        paused.push_back(so_long);
        later.push_back(std::move(what));
    };
    p.r.must<core::channel>(2, core::channel::join{}, channel_no(1));
    p.s.settle();
    connection fast(p, 2), other(p, 1);
    fast.said();
    other.said();
    std::string lines;
    for (int i = 0; i < 19; ++i) lines += post(static_cast<std::uint64_t>(100 + i)) + '\n';
    // What so many commands were answered.
    const auto answers = [&](connection& to, std::size_t count) {
        std::vector<json> all;
        for (int i = 0; i < 10'000 && all.size() < count; ++i) {
            p.s.turn();
            for (auto& l : to.said()) all.push_back(std::move(l));
            if (all.size() < count) std::this_thread::sleep_for(1ms);
        }
        return all;
    };
    fast.live->received(lines);
    const auto first = answers(fast, 19);
    CHECK(first.size() == 19);
    for (const auto& l : first) {
        INFO(l.dump());
        CHECK(l.at("type") == "ack");
    }
    CHECK(paused.empty());
    // A little more is taken, and then it is not read from for a moment.
    fast.live->received(post(200));
    CHECK_FALSE(fast.live->is_listening());
    REQUIRE(paused.size() == 1);
    CHECK(paused[0] <= 500ms);
    CHECK(answers(fast, 1).size() == 1);
    later[0]();
    CHECK(fast.live->is_listening());
    // Much more is refused, each with when.
    lines.clear();
    for (int i = 0; i < 18; ++i) lines += post(static_cast<std::uint64_t>(300 + i)) + '\n';
    fast.live->received(lines);
    const auto refused = fast.said();
    CHECK(refused.size() == 18);
    for (const auto& l : refused) {
        CHECK(code(l) == "rate_limited");
        CHECK(l.at("problem").at("retry_after") >= 1);
    }
    // Others are not their neighbours.
    other.live->received(post(400));
    CHECK(answers(other, 1).at(0).at("type") == "ack");
    // Subscriptions have a rate of their own.
    std::size_t ended = 0;
    for (int i = 0; i < 5; ++i) other.live->received(R"({"type":"subscribe","feed":"channel/1"})");
    for (const auto& l : other.said()) ended += l.at("type") == "ended" && code(l) == "rate_limited";
    CHECK(ended == 2);
    p.around.after = {};
    p.around.rates = nullptr;
}

TEST_CASE("live: who says much at once has it looked at in turns, in order, and others come in between", "[sim][live][shares]") {
    place p;
    std::vector<std::function<void()>> later;
    p.around.after = [&](std::chrono::milliseconds so_long, std::function<void()> what) {
        CHECK(so_long.count() == 0);
        later.push_back(std::move(what));
    };
    connection much(p, 1), other(p, 2);
    much.said();
    other.said();
    constexpr int many = 1'000;
    std::string lines;
    for (int i = 0; i < many; ++i) lines += R"({"type":"ping","n":)" + std::to_string(i) + "}\n";
    much.live->received(lines);
    std::vector<json> answers;
    std::size_t turns = 0, most = 0;
    const auto hear = [&] {
        const auto before = answers.size();
        for (auto& l : much.said()) answers.push_back(std::move(l));
        most = std::max(most, answers.size() - before);
    };
    hear();
    for (; !later.empty() && turns < many; ++turns) {
        CHECK_FALSE(much.live->is_listening());
        other.live->received(R"({"type":"ping","n":7})");
        CHECK(other.said().size() == 1);
        std::exchange(later, {}).front()();
        hear();
    }
    CHECK(most <= 128);
    CHECK(turns >= many / 128);
    REQUIRE(answers.size() == many);
    for (int i = 0; i < many; ++i) CHECK(answers[static_cast<std::size_t>(i)].at("n") == i);
    CHECK(much.live->is_listening());
    p.around.after = {};
}

}  // namespace sim::live_tests
