// The board's snapshot, where there are more tasks than it holds.

#include "tests/sim/thin_client.hpp"

#include <random>
#include <thread>

namespace sim::board_tests {

using core::task;

namespace {

/// A log with a department's tasks in it, without anybody having decided them: many, quickly.
class made_up {
public:
    events::memory_log log;
    events::memory_keyring keys;

    void member(std::uint64_t n, std::string role, std::string department) {
        keys.create({n});
        happened<events::member::any>(member_no(n), events::member::joined{{{n}, "member"}, {}, {}, {std::move(department)}, {{std::move(role)}}, events::language::en});
    }
    void task(std::uint64_t n) {
        happened<events::task::any>(task_no(n), events::task::assigned{"figures", {}, "complete", std::chrono::year(2027) / 1 / 1, {2}, {"operations"}, {}, {}});
    }
    void done(std::uint64_t n) { happened<events::task::any>(task_no(n), events::task::accepted{}); }
    void write() {
        REQUIRE(log.append(batch_).has_value());
        batch_.clear();
    }

private:
    template <class Group, class Event>
    void happened(events::stream_id stream, Event e) {
        events::envelope about;
        about.position = {log.head().value + batch_.size() + 1};
        about.stream = stream;
        about.version = {++versions_[stream]};
        about.time = noon;
        about.actor = {1};
        bytes_.push_back(events::encode(about, events::any(Group(std::move(e))), keys).stored);
        batch_.push_back({about, bytes_.back()});
    }
    std::map<events::stream_id, std::uint64_t> versions_;
    std::deque<std::string> bytes_;
    std::vector<events::entry> batch_;
};

std::vector<std::uint64_t> in_order(const json& page) {
    std::vector<std::uint64_t> all;
    for (const auto& row : page.at("items")) all.push_back(row.at("id"));
    return all;
}

}  // namespace

TEST_CASE("board: five thousand done tasks do not hide the one that is open", "[sim][feeds][S3.2.2]") {
    constexpr std::uint64_t closed = 5'050;
    made_up m;
    m.member(1, "OM", "operations");
    m.member(2, "SP", "operations");
    for (std::uint64_t n = 1; n <= closed + 1; ++n) m.task(n);
    for (std::uint64_t n = 2; n <= closed + 1; ++n) m.done(n);
    m.write();
    room r(m.log, m.keys);
    r.start();
    shard s(r);
    watcher w(2);
    REQUIRE_FALSE(s.hub.subscribe(w, {feed_kind::board, 0}, {}));
    const auto data = w.of("snapshot").at(0).at("data");
    const auto first = in_order(data);
    REQUIRE(first.size() == 5'000);
    CHECK(first[0] == 1);
    CHECK(first[1] == closed + 1);
    // It says that there are more, and where.
    REQUIRE(data.at("next").is_string());
    std::set<std::uint64_t> all(first.begin(), first.end());
    wire::page p{.limit = 20};
    std::string next = data.at("next");
    CHECK(next.starts_with("closed-"));
    while (!next.empty()) {
        REQUIRE(wire::read_task_cursor(next, p));
        const auto page = json::parse(std::get<wire::document>(r.read.tasks({2}, {}, false, p)).body);
        for (const auto id : in_order(page)) CHECK(all.insert(id).second);
        next = page.at("next").is_string() ? page.at("next").get<std::string>() : "";
    }
    CHECK(all.size() == closed + 1);
    // What is all there says that, too.
    REQUIRE(wire::read_task_cursor("open-0", p));
    p.limit = 10'000;
    CHECK(json::parse(std::get<wire::document>(r.read.tasks({1}, {}, false, p)).body).at("next").is_null());
}

TEST_CASE("board: more open tasks than a snapshot holds go on among the open ones", "[sim][feeds][S3.2.2]") {
    made_up m;
    m.member(1, "OM", "operations");
    m.member(2, "SP", "operations");
    for (std::uint64_t n = 1; n <= 5'003; ++n) m.task(n);
    m.done(5'003);
    m.write();
    room r(m.log, m.keys);
    shard s(r);
    watcher w(2);
    REQUIRE_FALSE(s.hub.subscribe(w, {feed_kind::board, 0}, {}));
    const auto data = w.of("snapshot").at(0).at("data");
    CHECK(in_order(data).front() == 5'002);
    CHECK(in_order(data).back() == 3);
    std::string next = data.at("next");
    CHECK(next.starts_with("open-"));
    wire::page p{.limit = 50};
    REQUIRE(wire::read_task_cursor(next, p));
    const auto rest = json::parse(std::get<wire::document>(r.read.tasks({2}, {}, false, p)).body);
    CHECK(in_order(rest) == std::vector<std::uint64_t>{2, 1, 5'003});
    CHECK(rest.at("next").is_null());
    // The order of the list itself is that of change, as it was.
    CHECK(in_order(json::parse(std::get<wire::document>(r.read.tasks({2}, {}, false, {})).body)).front() == 5'003);
    for (const auto* bad : {"", "open", "open-", "open-x", "open-1x", "shut-5", "-5", "open--5", "99999999999999999999"}) {
        INFO(bad);
        wire::page q;
        CHECK_FALSE(wire::read_task_cursor(bad, q));
    }
}

TEST_CASE("board: a long one that is read while its tasks change, and what follows it, are the board", "[sim][feeds][property]") {
    constexpr std::uint64_t many = 4'700;
    made_up m;
    m.member(1, "OM", "operations");
    m.member(2, "SP", "operations");
    m.member(3, "RQ", "marketing");  // sees what is theirs alone, though all has to be looked at
    for (std::uint64_t n = 1; n <= many; ++n) m.task(n);
    for (std::uint64_t n = 1; n <= many; n += 3) m.done(n);
    m.write();
    room r(m.log, m.keys);
    r.start();
    shard s(r);
    std::jthread busy([&](std::stop_token until) {
        std::mt19937_64 random(7);
        while (!until.stop_requested()) {
            std::vector<std::shared_ptr<waiting>> some;
            for (int i = 0; i < 16; ++i) {
                const auto which = task_no(1 + random() % many);
                switch (random() % 3) {
                    case 0: some.push_back(r.send<task>(1, task::cancel{"no"}, which)); break;
                    default: some.push_back(r.send<task>(1, task::reassign{{2 + random() % 2}, "so"}, which));
                }
            }
            for (auto& one : some) one->get();
            std::this_thread::yield();
        }
    });
    std::vector<std::unique_ptr<watcher>> all;
    std::size_t newer = 0;
    for (int i = 0; i < 24; ++i) {
        auto& w = *all.emplace_back(std::make_unique<watcher>(i % 6 ? 3 : 1));
        REQUIRE_FALSE(s.hub.subscribe(w, board, {}));
        newer += r.writer.views().position().value > w.lines[0].at("position").get<std::uint64_t>();
        s.turn();
    }
    busy.request_stop();
    busy.join();
    s.settle();
    CHECK(newer > 0);  // some were overtaken
    for (const auto& w : all) CHECK(rows_held(*w, "board") == rows_visible(r, w->who().value, board));
}

}  // namespace sim::board_tests
