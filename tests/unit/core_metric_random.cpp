// Whatever is drafted, amended, published and retired, in whatever order: metrics never go round in circles, neither by formula nor by
// parent, and each that holds works out (S2.3.2).

#include "core/formula/check.hpp"
#include "core/metric/catalogue.hpp"
#include "core/metric/faults.hpp"
#include "tests/support/given.hpp"

#include <functional>
#include <random>
#include <set>

using namespace opsroom_test;
using core::metric;
using core::metric_id;
using core::metric_status;
namespace happened = events::metric;

namespace {

constexpr std::uint64_t many = 12;

class department {
public:
    explicit department(std::uint64_t seed) : random_(seed), states_(many + 1) {}

    /// One command of anybody who may. Whether it passed.
    bool step() {
        const auto which = 1 + below(many);
        auto by = as(below(2) ? lin : na);
        by.others = &world_;
        by.fresh = which;
        const auto asked = some_command(which);
        const auto decided = metric::decide(states_[which], asked, by);
        if (!decided) {
            // Whatever is refused can be told of.
            metric::particulars_of(decided.error(), states_[which], &asked, by);
            return false;
        }
        events::envelope about;
        about.stream = {metric::category, which};
        about.actor = by.who();
        for (const auto& e : *decided) core::flow::evolve<metric>(states_[which], e, about);
        world_.put<metric>(which, states_[which]);
        return !decided->empty();
    }

    void check() {
        auto by = as(lin);
        by.others = &world_;
        const auto known = core::catalogue_in(by);
        for (std::uint64_t n = 1; n <= many; ++n) {
            const auto& m = states_[n];
            if (metric::in_use & core::flow::from(m.is)) {
                INFO(m.code << " = " << m.formula);
                CHECK(!core::formula::check(core::as_named(m), known).has_error());
                CHECK(!reaches(n, n, [&](std::uint64_t one) { return states_[one].versions.back().rests_on; }));
                if (m.parent) CHECK((metric::in_use & core::flow::from(states_[m.parent.value].is)));
            }
            if (metric::live & core::flow::from(m.is)) {
                unsigned levels = 1;
                for (auto at = m.parent; at && (metric::live & core::flow::from(states_[at.value].is)); at = states_[at.value].parent) REQUIRE(++levels <= core::metrics::levels_max);
            }
        }
        for (std::uint64_t n = 1; n <= many; ++n) rested += !states_[n].versions.empty() && !states_[n].versions.back().rests_on.empty();
    }

    std::size_t rested = 0;

private:
    std::uint64_t below(std::uint64_t n) { return random_() % n; }
    std::string code(std::uint64_t n) { return "m" + std::to_string(n); }

    metric::form some_form(std::uint64_t which) {
        metric::form f{code(which), {code(which) + "名", code(which) + " name"}, below(20) ? "元" : "人", 2, happened::direction::up, wei.id, {}, "x", "1", false, {}, {}};
        // Mostly what holds, so that something comes of it.
        const auto other = [&] {
            auto one = 1 + below(many);
            for (int n = 0; n < 6 && !(metric::in_use & core::flow::from(states_[one].is)); ++n) one = 1 + below(many);
            return one;
        };
        if (below(3)) f.formula = code(other());
        for (auto n = below(3); n > 0 && f.formula != "1"; --n) f.formula += (below(2) ? " + " : " - ") + (below(4) ? code(other()) : "`" + code(other()) + " name`");
        if (below(2)) f.parent = metric_id{other()};
        return f;
    }

    metric::command some_command(std::uint64_t which) {
        const auto& now = states_[which];
        const auto sha = now.sha256.empty() ? std::string(64, 'a') : now.sha256;
        if (now.is == metric_status::absent) return metric::draft{some_form(which)};
        if (now.is == metric_status::retired || now.is == metric_status::discarded) {
            states_[which] = {};  // another of that code takes its number: the world is small
            return metric::draft{some_form(which)};
        }
        if (below(3) && now.is != metric_status::published) return metric::publish{sha};
        switch (below(9)) {
            case 0: return metric::revise{some_form(which)};
            case 1: return metric::submit{};
            case 2: return below(4) ? metric::command(metric::publish{sha}) : metric::command(metric::discard{"x"});
            case 3: return below(6) ? metric::command(metric::publish{sha}) : metric::command(metric::retire{"x"});
            case 4: case 5: return metric::amend{some_form(which), "why " + std::to_string(below(1000)), {}};
            case 6: return below(3) ? metric::command(metric::publish{sha}) : metric::command(metric::decline{"x"});
            default: return metric::publish{sha};
        }
    }

    static bool reaches(std::uint64_t from, std::uint64_t to, const std::function<std::vector<metric_id>(std::uint64_t)>& next) {
        std::set<std::uint64_t> seen;
        std::vector<std::uint64_t> open{from};
        while (!open.empty()) {
            const auto at = open.back();
            open.pop_back();
            for (const auto one : next(at)) {
                if (one.value == to) return true;
                if (seen.insert(one.value).second) open.push_back(one.value);
            }
        }
        return false;
    }

    std::mt19937_64 random_;
    std::vector<metric::state> states_;
    world world_;
};

}  // namespace

TEST_CASE("metric: no order of commands makes a circle, or a metric that does not work out", "[core][metric][S2.3.2][property]") {
    std::size_t passed = 0, rested = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        INFO("seed " << seed);
        department d(seed);
        for (int n = 0; n < 400; ++n)
            if (d.step()) {
                ++passed;
                d.check();
            }
        rested += d.rested;
    }
    CHECK(passed > 1'000);
    CHECK(rested > 1'000);
}
