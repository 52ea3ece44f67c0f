// What must hold after any history at all.

#include "tests/support/imagined.hpp"
#include "tests/support/told.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace core_histories_tests {

using namespace opsroom_test;
namespace views = core::views;

namespace {

std::string saved(const views::views& v) {
    std::string bytes;
    v.save(bytes);
    return bytes;
}

views::views rebuilt(const std::vector<events::recorded>& history) {
    views::views all;
    for (const auto& e : history) all.apply(e);
    return all;
}

/// What readers are told, in the order in which they are told it.
std::string answers(const views::views& v) {
    std::string all;
    const auto say = [&](auto number) { all += std::to_string(number) + ' '; };
    for (const auto& reader : v.directory.rows()) {
        events::position before;
        core::context by{};
        by.actor = &reader.who;
        do {
            const auto page = v.board.page({}, by, before, 7);
            for (const auto* row : page.rows) say(row->id.value);
            before = page.next;
        } while (before);
        for (const auto& item : inbox_of(v, reader.who, {})) {
            say(static_cast<int>(item.why));
            std::visit([&](const auto* row) { say(row->id.value); }, item.about);
        }
        for (const auto* row : v.channels.page(reader.who, {}, 1'000)) {
            say(row->unread(reader.who.id));
            for (const auto& m : row->messages.range({.limit = 20})) say(m.text.value);
            for (const auto& t : row->messages.topics()) {
                say(t.messages);
                for (const auto& m : row->messages.range({.topic = t.name, .limit = 5})) say(m.number.value);
            }
        }
        all += '\n';
    }
    return all;
}

}  // namespace

TEST_CASE("histories: rebuilt views equal the live ones", "[core][views][property]") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        INFO("seed " << seed);
        random_history history(seed);
        history.go_on(3'000);
        const auto& department = history.department;
        REQUIRE(history.passed > 500);
        REQUIRE(history.refused > 50);
        const auto again = rebuilt(department.happened);
        CHECK(again == department.live);
        CHECK(saved(again) == saved(department.live));
        CHECK(answers(again) == answers(department.live));
        CHECK(again.position().value == department.happened.size());
    }
}

TEST_CASE("histories: a snapshot and the events after it give the live views", "[core][views][property]") {
    for (std::uint64_t seed = 100; seed < 110; ++seed) {
        INFO("seed " << seed);
        random_history history(seed);
        history.go_on(1'000);
        const auto snapshot = saved(history.department.live);
        views::views restarted;
        REQUIRE(restarted.load(snapshot));
        CHECK(restarted == history.department.live);
        CHECK(answers(restarted) == answers(history.department.live));
        CHECK(saved(restarted) == snapshot);
        history.go_on(500);
        for (const auto& e : history.department.happened) restarted.apply(e);  // those that are in are passed over
        CHECK(restarted == history.department.live);
        CHECK(answers(restarted) == answers(history.department.live));
    }
}

TEST_CASE("histories: a damaged snapshot is refused and leaves nothing behind", "[core][views][property]") {
    random_history history(7);
    history.go_on(600);
    const auto good = saved(history.department.live);
    views::views all;
    const auto refuses = [&](const std::string& bytes) { return !all.load(bytes) && all == views::views{}; };
    CHECK(refuses(""));
    CHECK(refuses("opsroom views\n"));
    CHECK(refuses(good + "x"));
    for (std::size_t cut = 0; cut < good.size(); cut += 97) CHECK(refuses(good.substr(0, cut)));
    for (std::size_t i = 0; i < good.size(); i += 31) {
        auto damaged = good;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
        CHECK(refuses(damaged));
    }
    CHECK(all.load(good));
}

// Past the seal, that is: the parts have to stand damaged bytes by themselves.
TEST_CASE("histories: no bytes make a view crash", "[core][views][property]") {
    random_history history(8);
    history.go_on(400);
    const auto batter = [](const auto& view) {
        std::string good;
        core::archive::writer w(good);
        view.save(w);
        for (std::size_t i = 0; i < good.size(); ++i)
            for (const int flip : {0x01, 0x08, 0x80, 0xff}) {
                auto damaged = good;
                damaged[i] = static_cast<char>(damaged[i] ^ flip);
                auto other = std::decay_t<decltype(view)>{};
                core::archive::reader r(damaged);
                if (!other.load(r)) CHECK(other == std::decay_t<decltype(view)>{});
            }
    };
    batter(history.department.live.directory);
    batter(history.department.live.board);
    batter(history.department.live.channels);
}

TEST_CASE("histories: aggregates fold to what they were, and views agree with them", "[core][property]") {
    for (std::uint64_t seed = 200; seed < 210; ++seed) {
        INFO("seed " << seed);
        random_history history(seed);
        history.go_on(1'500);
        const auto& d = history.department;
        std::vector<core::task::state> tasks(d.states<core::task>().size());
        std::vector<core::channel::state> channels(d.states<core::channel>().size());
        for (const auto& e : d.happened) {
            const auto n = e.envelope.stream.number;
            if (const auto* t = events::get_if<events::task::any>(&e.event)) core::flow::evolve<core::task>(tasks[n - 1], *t, e.envelope);
            if (const auto* c = events::get_if<events::channel::any>(&e.event)) core::flow::evolve<core::channel>(channels[n - 1], *c, e.envelope);
        }
        CHECK(tasks == d.states<core::task>());
        CHECK(channels == d.states<core::channel>());
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            const auto& row = *d.live.board.row({i + 1});
            CHECK(row.status == tasks[i].is);
            CHECK(row.to == tasks[i].to);
            CHECK(row.due == tasks[i].due);
        }
        for (std::size_t i = 0; i < channels.size(); ++i) {
            const auto& row = *d.live.channels.row({i + 1});
            CHECK(row.people == channels[i].people);
            REQUIRE(row.messages.last() == channels[i].messages.last());
            std::set<std::string_view> kept;  // topics that have a message left
            for (std::uint32_t n = 1; n <= row.messages.last(); ++n)
                if (const auto& mark = *channels[i].messages.find({n}); !mark.deleted()) kept.insert(channels[i].messages.topics.text(mark.topic()));
            for (std::uint32_t n = 1; n <= row.messages.last(); ++n) {
                const auto m = *row.messages.find({n});
                const auto& mark = *channels[i].messages.find({n});
                CHECK(m.author.value == mark.author);
                CHECK(m.deleted == mark.deleted());
                CHECK(m.pinned == mark.pinned());
                const auto topic = channels[i].messages.topics.text(mark.topic());
                CHECK(m.topic == (kept.contains(topic) ? topic : std::string_view()));
            }
        }
        for (const auto& row : d.live.directory.rows()) {
            const auto& m = d.states<core::member>()[row.who.id.value - 1];
            CHECK(row.status == m.is);
            CHECK(row.who.roles == m.roles);
        }
    }
}

}  // namespace core_histories_tests
