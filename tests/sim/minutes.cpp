// What moves with the clock alone: its tag has to say so, or a browser shows what was.

#include "tests/sim/after_a_while.hpp"

namespace sim::minutes_tests {

TEST_CASE("minutes: what shows something else a minute later says so, and nothing else", "[sim][wire]") {
    std::size_t moving = 0;
    for (std::uint64_t seed = 361; seed <= 363; ++seed) {
        after_a_while all(seed, 3'000);
        events::instant now = std::chrono::floor<std::chrono::days>(all.c.now) + 10h;
        while (!all.c.live.days().is_working_day(std::chrono::floor<std::chrono::days>(now))) now += 24h;
        const wire::documents read(all.present, all.c.log, all.c.keys, [&] { return now; }, 0min);
        for (const auto who : readers(all.c)) {
            const auto look = [&] {
                std::vector<std::pair<std::string, wire::reading>> found;
                wire::flow_query q;
                q.limit = 100;
                found.emplace_back("waiting", wire::waiting_document(read, who, q));
                for (const auto& [name, body] : lists_of(read, who))
                    if (name != "waiting") found.emplace_back(name, wire::document{body, {}});
                for (std::uint64_t n = 1; n <= 12; ++n) {
                    const wire::reader by{who, events::language::en};
                    found.emplace_back("task", read.task(by, {n}));
                    found.emplace_back("request", wire::read_entity(read, {events::category::request, n}, by));
                    found.emplace_back("project", wire::read_entity(read, {events::category::project, n}, by));
                    found.emplace_back("appraisal", wire::read_entity(read, {events::category::appraisal, n}, by));
                    found.emplace_back("election", wire::read_entity(read, {events::category::election, n}, by));
                    found.emplace_back("task as of", read.task(by, {n}, wire::moment{{500}, noon}));
                    found.emplace_back("project as of", wire::read_entity(read, {events::category::project, n}, by, wire::moment{{500}, noon}));
                }
                return found;
            };
            const auto before = look();
            now += 1min;
            const auto after = look();
            now += 5h;  // the same day
            const auto later = look();
            now -= 5h + 1min;
            REQUIRE(before.size() == after.size());
            for (std::size_t i = 0; i < before.size(); ++i) {
                INFO(before[i].first << " of " << who.value);
                const auto *a = std::get_if<wire::document>(&before[i].second), *b = std::get_if<wire::document>(&after[i].second),
                           *c = std::get_if<wire::document>(&later[i].second);
                REQUIRE(!a == !b);
                if (!a) continue;
                if (a->body != b->body || a->body != c->body) CHECK(a->moves);
                moving += a->body != b->body;
                if (before[i].first.ends_with("as of")) CHECK(!a->moves);
            }
        }
    }
    CHECK(moving > 50);
}

}  // namespace sim::minutes_tests
