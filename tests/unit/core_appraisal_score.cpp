// Scores are pure functions: examples, and what must hold for any input.

#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/org/org.hpp"
#include "tests/support/appraised.hpp"

#include "core/appraisal/score.hpp"

#include <random>

using namespace opsroom_test;
namespace scores = core::scores;
using events::appraisal::grade;

namespace {

using parts = std::vector<scores::part>;

std::uint32_t sum_used(const events::appraisal::mean& m) {
    std::uint32_t sum = 0;
    for (const auto& p : m.parts) sum += p.used;
    return sum;
}

class chance {
public:
    explicit chance(std::uint64_t seed) : engine_(seed) {}
    std::uint32_t up_to(std::uint32_t most) { return static_cast<std::uint32_t>(engine_() % (most + 1)); }
    bool one_in(std::uint32_t n) { return up_to(n - 1) == 0; }
    /// Weights that add up to 100, some parts missing.
    parts some() {
        parts all;
        std::uint16_t left = 100;
        const auto count = 1 + up_to(7);
        for (std::uint32_t i = 0; i < count; ++i) {
            const auto weight = static_cast<std::uint16_t>(i + 1 == count ? left : up_to(left));
            left = static_cast<std::uint16_t>(left - weight);
            all.push_back({"i" + std::to_string(i), weight, one_in(4) ? std::nullopt : std::optional(up_to(10'000))});
        }
        return all;
    }
    std::mt19937_64& engine() { return engine_; }

private:
    std::mt19937_64 engine_;
};

}  // namespace

TEST_CASE("score: weighted, rounded half up, with the weights as used", "[core][appraisal][score][D2]") {
    const auto m = scores::weigh(parts{{"a", 40, 8'000}, {"b", 20, std::nullopt}, {"c", 40, 9'000}});
    CHECK(m.score == 8'500u);
    CHECK(m.parts[0].used == 5'000);
    CHECK(m.parts[1].used == 0);
    CHECK(m.parts[1].weight == 20);
    CHECK(!m.parts[1].score.has_value());
    CHECK(scores::weigh(parts{{"a", 1, 1}, {"b", 1, 2}}).score == 2u);  // 1.5
    CHECK(scores::weigh(parts{{"a", 2, 1}, {"b", 1, 2}}).score == 1u);  // 1.33
    const auto thirds = scores::weigh(parts{{"b", 1, 1}, {"a", 1, 1}, {"c", 1, 1}});
    CHECK(thirds.parts[0].used == 3'333);
    CHECK(thirds.parts[1].used == 3'334);  // the remainder goes by code
    CHECK(thirds.parts[2].used == 3'333);
}

TEST_CASE("score: absent is not zero", "[core][appraisal][score][D2]") {
    CHECK(!scores::weigh(parts{}).score.has_value());
    CHECK(!scores::weigh(parts{{"a", 60, std::nullopt}, {"b", 40, std::nullopt}}).score.has_value());
    CHECK(!scores::weigh(parts{{"a", 0, 5'000}}).score.has_value());  // there, but it weighs nothing
    CHECK(scores::weigh(parts{{"a", 60, 0}, {"b", 40, 10'000}}).score == 4'000u);
    CHECK(scores::weigh(parts{{"a", 60, std::nullopt}, {"b", 40, 10'000}}).score == 10'000u);
}

TEST_CASE("score: grades", "[core][appraisal][score][D3]") {
    const events::org::scoring how;
    CHECK(scores::grade_of(10'000, how) == grade::S);
    CHECK(scores::grade_of(9'500, how) == grade::S);
    CHECK(scores::grade_of(9'499, how) == grade::A);
    CHECK(scores::grade_of(8'500, how) == grade::A);
    CHECK(scores::grade_of(8'499, how) == grade::B);
    CHECK(scores::grade_of(7'000, how) == grade::B);
    CHECK(scores::grade_of(6'999, how) == grade::C);
    CHECK(scores::grade_of(6'000, how) == grade::C);
    CHECK(scores::grade_of(5'999, how) == grade::D);
    CHECK(scores::grade_of(0, how) == grade::D);
}

TEST_CASE("score: exact until it is shown, and a grade is of the exact value", "[core][appraisal][score][D2][D3][D17]") {
    const events::org::scoring how;
    auto of = appraisal_story().evaluated().at().state();
    of.indicators.resize(2);
    of.indicators[0].weight = 50;
    of.indicators[1].weight = 50;
    of.self = {100, 99};
    of.superior = {95, 94};
    of.calibrated.assign(2, std::nullopt);
    // 10 % of 99.5 and 90 % of 94.5 are exactly 95: none of the steps takes it away.
    CHECK(scores::result_of(of, {}, how).grade == grade::S);
    CHECK(scores::result_of(of, {}, how).evaluation.exact == "95");
    // Of three equal parts, where one is missing 94⅔: a mean of means that were rounded would come to 94.67.
    const auto thirds = scores::weigh(parts{{"a", 1, 9'500}, {"b", 1, 9'500}, {"c", 1, 9'400}});
    CHECK(thirds.exact == "284/3");
    CHECK(thirds.score == 9'467u);
    const auto again = scores::weigh(parts{{"a", 1, scores::exact_of(thirds)}, {"b", 2, scores::exact(9'500) + scores::exact(50, 3)}});
    CHECK(again.exact == "95");
    CHECK(scores::grade_of(scores::exact_of(again).value(), how) == grade::S);
    // 94.996 is shown as 95.00, and is below it.
    CHECK(scores::grade_of(scores::exact(94'996, 10), how) == grade::A);
    CHECK(scores::weigh(parts{{"a", 1, scores::exact(94'996, 10)}}).score == 9'500u);
}

TEST_CASE("score: what was counted before fractions were kept counts as it was shown", "[core][appraisal][score][D17]") {
    const auto old = upcast(events::appraisal::mean_v1{9'467u, {}});
    CHECK(!old.exact.has_value());
    CHECK(scores::exact_of(old) == scores::exact(9'467));
}

TEST_CASE("score: both sides, and a side that is missing", "[core][appraisal][score][D2]") {
    auto of = appraisal_story().evaluated().at().state();
    const events::org::scoring how;
    const auto b = scores::result_of(of, {}, how);
    CHECK(b.score == 7'510u);
    CHECK(b.evaluation.parts[0].used == 1'000);
    CHECK(b.evaluation.parts[1].used == 9'000);
    of.self_in = false;
    const auto without = scores::result_of(of, {}, how);
    CHECK(without.score == 7'400u);
    CHECK(without.evaluation.parts[0].used == 0);
    CHECK(without.evaluation.parts[0].weight == 10);
    CHECK(without.evaluation.parts[1].used == 10'000);
    of.superior.assign(3, std::nullopt);
    const auto nothing_there = scores::result_of(of, {}, how);
    CHECK(!nothing_there.score.has_value());
    CHECK(!nothing_there.grade.has_value());
    auto half = how;
    half.self_percent = half.superior_percent = 50;
    CHECK(scores::result_of(appraisal_story().evaluated().at().state(), {}, half).score == 7'950u);
}

TEST_CASE("score: a year without a quarter, or without its evaluation", "[core][appraisal][score][D2]") {
    auto of = appraisal_story().evaluated().at().state();
    of.kind = events::cycle::kind::annual;
    const events::org::scoring how;
    const auto alone = scores::result_of(of, {}, how);
    CHECK(alone.score == 7'510u);
    CHECK(alone.rests_on.empty());
    CHECK(alone.quarters->parts.size() == 4);
    CHECK(alone.year->parts[0].used == 0);
    of.self_in = false;
    of.superior.assign(3, std::nullopt);
    const scores::year quarters{{{{5}, 8'000}, {}, {{7}, 9'000}, {}}};
    const auto by_quarters = scores::result_of(of, quarters, how);
    CHECK(by_quarters.score == 8'500u);
    CHECK(by_quarters.year->parts[0].used == 10'000);
    CHECK(by_quarters.rests_on == std::vector<core::appraisal_id>{{5}, {7}});
}

TEST_CASE("score: bounded, renormalised, and the order plays no part", "[core][appraisal][score][property][D2]") {
    chance c(20261123);
    for (int i = 0; i < 20'000; ++i) {
        auto some = c.some();
        const auto m = scores::weigh(some);
        std::uint32_t least = 10'000, most = 0, weight = 0;
        for (const auto& p : some)
            if (p.score && p.weight) {
                least = std::min(least, static_cast<std::uint32_t>(numerator(*p.score)));
                most = std::max(most, static_cast<std::uint32_t>(numerator(*p.score)));
                weight += p.weight;
            }
        REQUIRE(m.score.has_value() == (weight > 0));
        REQUIRE(sum_used(m) == (weight > 0 ? 10'000u : 0u));
        for (std::size_t k = 0; k < some.size(); ++k) {
            REQUIRE(m.parts[k].weight == some[k].weight);
            REQUIRE(m.parts[k].score == some[k].score);
            if (!some[k].score) REQUIRE(m.parts[k].used == 0);
            // What counts, counts at least as much as it is settled.
            else if (weight) REQUIRE(m.parts[k].used + 1u >= some[k].weight * 100u);
        }
        if (m.score) {
            REQUIRE(*m.score >= least);
            REQUIRE(*m.score <= most);
        }
        std::shuffle(some.begin(), some.end(), c.engine());
        auto again = scores::weigh(some);
        REQUIRE(again.score == m.score);
        const auto by_code = [](const auto& a, const auto& b) { return a.code < b.code; };
        auto first = m.parts;
        std::sort(first.begin(), first.end(), by_code);
        std::sort(again.parts.begin(), again.parts.end(), by_code);
        REQUIRE(again.parts == first);
    }
}

TEST_CASE("score: monotone, and what is missing is not what is zero", "[core][appraisal][score][property][D2]") {
    chance c(7);
    for (int i = 0; i < 20'000; ++i) {
        auto some = c.some();
        const auto before = scores::weigh(some).score;
        auto& one = some[c.up_to(static_cast<std::uint32_t>(some.size() - 1))];
        if (!one.score) continue;
        const auto was = static_cast<std::uint32_t>(numerator(*one.score));
        one.score = was + c.up_to(10'000 - was);
        REQUIRE(scores::weigh(some).score >= before);
        // Left out, the others decide; as a zero it can only pull down.
        one.score = 0;
        const auto zero = scores::weigh(some).score;
        one.score.reset();
        const auto missing = scores::weigh(some).score;
        if (missing && zero) REQUIRE(*missing >= *zero);
        if (missing && one.weight > 0 && *missing > 0 && zero) REQUIRE((*missing > *zero || *missing * one.weight < 100u));
    }
}

TEST_CASE("score: any appraisal's result is within bounds and explains itself", "[core][appraisal][score][property][D2][D3]") {
    chance c(99);
    auto of = given<core::appraisal>(appraisal_opened).state();
    const events::org::scoring how;
    for (int i = 0; i < 5'000; ++i) {
        for (auto* side : {&of.self, &of.superior, &of.calibrated})
            for (auto& s : *side) s = c.one_in(3) ? core::appraisal::score{} : core::appraisal::score(static_cast<std::uint8_t>(c.up_to(100)));
        of.self_in = !c.one_in(4);
        of.kind = c.one_in(2) ? events::cycle::kind::annual : events::cycle::kind::quarter;
        scores::year quarters;
        for (std::uint64_t q = 0; q < 4; ++q)
            if (!c.one_in(3)) quarters[q] = {{q + 1}, c.up_to(10'000)};
        const auto b = scores::result_of(of, quarters, how);
        REQUIRE(b.grade.has_value() == b.score.has_value());
        if (b.score) REQUIRE(*b.score <= 10'000);
        REQUIRE(b.year.has_value() == (of.kind == events::cycle::kind::annual));
        REQUIRE(b.score == (b.year ? b.year->score : b.evaluation.score));
        for (const auto* m : {&b.self, &b.superior, &b.evaluation}) REQUIRE(sum_used(*m) == (m->score ? 10'000u : 0u));
        REQUIRE(scores::result_of(of, quarters, how) == b);
    }
}
