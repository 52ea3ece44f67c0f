// Ten thousand formulas made up at random (S2.3.2), each compared with a fold of its own over the same rows: written anew, the
// simplest way, with days and their labels instead of periods, and lists of numbers instead of aggregates.

#include "core/formula/evaluate.hpp"
#include "tests/support/formula_data.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <ctime>
#include <memory>
#include <random>
#include <set>

using namespace core::formula;
using fraction = boost::multiprecision::cpp_rational;
using outcome = std::variant<fraction, no_value>;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

struct record {
    sys_days day;
    std::optional<int> cents;   ///< column "x"
    std::optional<int> tenths;  ///< column "y", in %
    std::string who;            ///< "" : missing
    std::string where;
};

struct world {
    std::vector<record> all;
    sys_days begins, ends;
    grain by;
    sys_days asked;
    bool to_date;
};

/// What the day belongs to, as the C library says.
std::string label(grain g, sys_days day) {
    const std::time_t at = day.time_since_epoch().count() * 86'400;
    std::tm t{};
    gmtime_r(&at, &t);
    char as[32];
    std::strftime(as, sizeof as, g == grain::day ? "%F" : g == grain::week ? "%G-%V" : g == grain::year ? "%Y" : "%Y-%m", &t);
    return g == grain::quarter ? std::string(as, 4) + "Q" + std::to_string(t.tm_mon / 3) : as;
}

/// The days of a period, by trying those around.
struct stretch {
    sys_days first, last;
};
stretch around(grain g, sys_days day) {
    stretch s{day, day};
    while (label(g, s.first - days(1)) == label(g, day)) s.first -= days(1);
    while (label(g, s.last + days(1)) == label(g, day)) s.last += days(1);
    return s;
}

/// Any day of the same period `years` before.
sys_days same_of_earlier_year(grain g, sys_days day, int years) {
    auto wanted = label(g, day);
    wanted.replace(0, 4, std::to_string(std::stoi(wanted.substr(0, 4)) - years));
    const auto near = day - days(365 * years + years / 4 + 2);
    for (int attempt = 0; attempt < 2; ++attempt) {
        for (auto d = near - days(12); d < near + days(16); d += days(1))
            if (label(g, d) == wanted) return d;
        wanted = g == grain::week ? wanted.substr(0, 5) + "52" : wanted.substr(0, 8) + "28";
    }
    return day;
}

/// A formula, and what it has to come to.
struct tree {
    std::string text;
    /// Of the days that it is asked for: any day of the last period, and how many periods.
    std::function<outcome(const world&, sys_days, int)> comes_to;
    bool sum = false, signed_or_product = false, rolls = false;
    int deep = 0, aggregates = 0;
};

outcome none_of(const outcome& a, const outcome& b) {
    no_value worst{};
    for (const auto* o : {&a, &b})
        if (const auto* why = std::get_if<no_value>(o)) worst = static_cast<int>(*why) > static_cast<int>(worst) ? *why : worst;
    return worst;
}
template <class Does>
outcome both(const outcome& a, const outcome& b, Does does) {
    if (a.index() == 0 && b.index() == 0) return does(std::get<0>(a), std::get<0>(b));
    return none_of(a, b);
}

class maker {
public:
    explicit maker(std::uint64_t seed) : engine_(seed) {}

    world made_up() {
        world w;
        w.begins = sys_days(std::chrono::year(2019) / 1 / 1) + days(up_to(900));
        w.ends = w.begins + days(up_to(900));
        w.by = static_cast<grain>(up_to(4));
        w.asked = w.begins - days(30) + days(up_to(static_cast<int>((w.ends - w.begins).count()) + 60));
        w.to_date = one_in(2);
        for (int n = up_to(40); n > 0; --n) {
            // Most of them where they matter.
            auto day = one_in(3) ? w.begins + days(up_to(static_cast<int>((w.ends - w.begins).count()))) : w.asked - days(up_to(8));
            day = std::clamp(day, w.begins, w.ends);
            w.all.push_back({day, one_in(5) ? std::nullopt : std::optional(up_to(2000) - 500), one_in(5) ? std::nullopt : std::optional(up_to(1000)),
                             one_in(6) ? "" : std::string(1, static_cast<char>('a' + up_to(4))), one_in(6) ? "" : one_in(2) ? "东" : "西"});
        }
        return w;
    }

    tree formula(int deep, const std::vector<std::pair<std::string, tree>>& metrics, bool in_rolling = false) {
        switch (deep == 0 ? up_to(3) : up_to(9)) {
            case 0: return constant();
            case 1: if (const auto* m = metrics.empty() ? nullptr : &metrics[static_cast<std::size_t>(up_to(static_cast<int>(metrics.size()) - 1))]; m && !(in_rolling && m->second.rolls)) {
                    auto t = m->second;
                    t.text = m->first;
                    t.sum = t.signed_or_product = false;
                    t.deep = 0;
                    return t;
                }
                [[fallthrough]];
            case 2: case 3: return aggregated();
            case 4: case 5: return added(deep, metrics, in_rolling);
            case 6: case 7: return multiplied(deep, metrics, in_rolling);
            case 8: {
                auto t = formula(deep - 1, metrics, in_rolling);
                t.text = "-" + bracketed(t, t.sum || t.signed_or_product);
                t.sum = false;
                t.signed_or_product = true;
                t.comes_to = [of = t.comes_to](const world& w, sys_days d, int n) { auto v = of(w, d, n); if (v.index() == 0) v = fraction(-std::get<0>(v)); return v; };
                return t;
            }
            default: return moved(deep, metrics, in_rolling);
        }
    }

private:
    int up_to(int most) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(most + 1)); }
    bool one_in(int n) { return up_to(n - 1) == 0; }
    std::string bracketed(tree& t, bool needed) {
        if (!needed) return t.text;
        ++t.deep;
        return "(" + t.text + ")";
    }

    tree constant() {
        const int units = up_to(300), places = up_to(2);
        const int over = places == 0 ? 1 : places == 1 ? 10 : 100;
        auto text = std::to_string(units / over);
        if (places) text += "." + std::string(static_cast<std::size_t>(places) - std::to_string(units % over).size(), '0') + std::to_string(units % over);
        return {text, [v = fraction(units, over)](const world&, sys_days, int) -> outcome { return v; }};
    }

    using passing = std::function<bool(const record&)>;
    std::pair<std::string, passing> tested() {
        const bool by_place = one_in(2);
        const auto name = std::string(by_place ? "地" : "who");
        const std::vector<std::string> values = by_place ? std::vector<std::string>{"东", "西"} : std::vector<std::string>{"a", "b", "c"};
        const auto of = [by_place](const record& r) { return by_place ? r.where : r.who; };
        const auto v = values[static_cast<std::size_t>(up_to(static_cast<int>(values.size()) - 1))];
        switch (up_to(4)) {
            case 0: return {name + " = \"" + v + "\"", [=](const record& r) { return of(r) == v; }};
            case 1: return {name + " != \"" + v + "\"", [=](const record& r) { return of(r) != v; }};
            case 2: return {name + " in (\"" + v + "\", \"" + values[0] + "\")", [=](const record& r) { return of(r) == v || of(r) == values[0]; }};
            case 3: return {name + " not in (\"" + v + "\", \"" + values[0] + "\")", [=](const record& r) { return of(r) != v && of(r) != values[0]; }};
            default: return {name + " is missing", [=](const record& r) { return of(r).empty(); }};
        }
    }

    std::pair<std::string, passing> filtered() {
        if (one_in(2)) return {"", [](const record&) { return true; }};
        auto [text, all] = tested();
        if (one_in(2)) return {" where " + text, all};
        auto [other, also] = tested();
        if (one_in(2)) return {" where " + text + " and " + other, [all = all, also = also](const record& r) { return all(r) && also(r); }};
        auto [third, too] = tested();
        return {" where " + text + " or " + other + " and " + third, [all = all, also = also, too = too](const record& r) { return all(r) || (also(r) && too(r)); }};
    }

    tree aggregated() {
        static const std::array<std::string, 10> kinds{"sum", "count", "avg", "min", "max", "last", "median", "quantile", "count_distinct", "rows"};
        const auto kind = kinds[static_cast<std::size_t>(up_to(9))];
        const bool cents = one_in(2);
        const auto field = kind == "rows" ? std::string() : kind == "count_distinct" || (kind == "count" && one_in(2)) ? std::string("buyer") : std::string(cents ? "x" : "y");
        const int share = up_to(20);
        auto [where, passes] = filtered();
        const auto text = (kind == "rows" ? "count" : kind) + "(" + field + (kind == "quantile" ? share == 20 ? ", 1" : ", 0." + std::string(share < 2 ? "0" : "") + std::to_string(share * 5) : "") + ")" + where;
        const auto number = [cents](const record& r) -> std::optional<fraction> {
            if (cents) return r.cents ? std::optional(fraction(*r.cents, 100)) : std::nullopt;
            return r.tenths ? std::optional(fraction(*r.tenths, 1000)) : std::nullopt;  // tenths of a per cent
        };
        return {text, [=, passes = passes](const world& w, sys_days day, int periods) -> outcome {
            auto s = around(w.by, day);
            for (int n = 1; n < periods; ++n) s.first = around(w.by, s.first - days(1)).first;
            if (s.first > w.ends) return no_value::not_yet;
            if (s.last < w.begins) return no_value::no_data;
            if (s.first < w.begins || (s.last > w.ends && !w.to_date)) return no_value::partial;
            std::vector<record> rows;
            for (const auto& r : w.all)
                if (r.day >= s.first && r.day <= s.last) rows.push_back(r);
            if (kind == "last") {
                std::optional<sys_days> newest;
                for (const auto& r : rows)
                    if (number(r) && (!newest || r.day > *newest)) newest = r.day;
                std::erase_if(rows, [&](const record& r) { return !newest || r.day != *newest; });
            }
            std::erase_if(rows, [&](const record& r) { return !passes(r); });
            if (kind == "rows") return fraction(rows.size());
            if (field == "buyer") {
                std::multiset<std::string> all;
                for (const auto& r : rows)
                    if (!r.who.empty()) all.insert(r.who);
                return fraction(kind == "count" ? all.size() : std::set<std::string>(all.begin(), all.end()).size());
            }
            std::vector<fraction> all;
            for (const auto& r : rows)
                if (const auto v = number(r)) all.insert(std::upper_bound(all.begin(), all.end(), *v), *v);
            if (kind == "count") return fraction(all.size());
            if (all.empty()) return no_value::no_data;
            fraction total = 0;
            for (const auto& v : all) total = total + v;
            if (kind == "sum" || kind == "last") return total;
            if (kind == "avg") return fraction(total / fraction(all.size()));
            if (kind == "min") return all.front();
            if (kind == "max") return all.back();
            // In twentieths of the way from the first to the last.
            const std::size_t steps = static_cast<std::size_t>(kind == "median" ? 10 : share) * (all.size() - 1);
            const auto low = all[steps / 20], high = all[std::min(steps / 20 + 1, all.size() - 1)];
            return fraction(low + (high - low) * fraction(steps % 20, 20));
        }, false, false, false, 0, 1};
    }

    tree joined(tree a, tree b, const std::string& sign, std::function<outcome(const outcome&, const outcome&)> does) {
        return {a.text + sign + b.text, [=, x = a.comes_to, y = b.comes_to](const world& w, sys_days d, int n) { return does(x(w, d, n), y(w, d, n)); },
                false, false, a.rolls || b.rolls, std::max(a.deep, b.deep), a.aggregates + b.aggregates};
    }

    tree added(int deep, const std::vector<std::pair<std::string, tree>>& metrics, bool in_rolling) {
        auto a = formula(deep - 1, metrics, in_rolling);
        a.text = bracketed(a, a.sum && one_in(2));  // with and without, which is the same
        for (int n = 1 + up_to(1); n > 0; --n) {
            auto b = formula(deep - 1, metrics, in_rolling);
            b.text = bracketed(b, b.sum);
            const bool minus = one_in(2);
            a = joined(a, b, minus ? " - " : " + ", [minus](const outcome& x, const outcome& y) { return both(x, y, [minus](const fraction& p, const fraction& q) -> outcome { return minus ? fraction(p - q) : fraction(p + q); }); });
        }
        a.sum = true;
        return a;
    }

    tree multiplied(int deep, const std::vector<std::pair<std::string, tree>>& metrics, bool in_rolling) {
        auto a = formula(deep - 1, metrics, in_rolling);
        a.text = bracketed(a, a.sum || a.signed_or_product);
        for (int n = 1 + up_to(1); n > 0; --n) {
            auto b = formula(deep - 1, metrics, in_rolling);
            b.text = bracketed(b, b.sum || b.signed_or_product);
            const bool over = one_in(2) && b.text.find_first_not_of("0.()-") != b.text.npos;
            a = joined(a, b, over ? "/" : "*", [over](const outcome& x, const outcome& y) -> outcome {
                const bool zero = over && y.index() == 0 && std::get<0>(y) == 0;
                if (zero) return none_of(x, no_value::zero_denominator);
                return both(x, y, [over](const fraction& p, const fraction& q) -> outcome { return over ? fraction(p / q) : fraction(p * q); });
            });
        }
        a.signed_or_product = true;
        return a;
    }

    tree moved(int deep, const std::vector<std::pair<std::string, tree>>& metrics, bool in_rolling) {
        const int kind = in_rolling ? up_to(1) : up_to(2);
        const int count = kind == 1 ? 1 + up_to(1) : 2 + up_to(4);
        auto t = formula(deep - 1, metrics, in_rolling || kind == 2);
        t.text = (kind == 0 ? "previous(" : kind == 1 ? "year_ago(" : "rolling(") + t.text + ", " + std::to_string(count) + ")";
        ++t.deep;
        t.sum = t.signed_or_product = false;
        t.rolls = t.rolls || kind == 2;
        t.comes_to = [of = t.comes_to, kind, count](const world& w, sys_days d, int n) {
            if (kind == 2) return of(w, d, count);
            if (kind == 1) return of(w, same_of_earlier_year(w.by, d, count), n);
            for (int i = 0; i < count; ++i) d = around(w.by, d).first - days(1);
            return of(w, d, n);
        };
        return t;
    }

    std::mt19937_64 engine_;
};

support::data_in_memory data_of(const world& w) {
    support::data_in_memory d;
    auto& rows = d.sets["s"];
    rows.columns = {{"x", ""}, {"y", "%"}, {"buyer", ""}, {"who", ""}, {"地", ""}};
    rows.covers = std::pair(date(w.begins), date(w.ends));
    const auto text = [](const std::string& s) { return s.empty() ? cell() : cell(s); };
    for (const auto& r : w.all)
        rows.all.push_back({date(r.day), {r.cents ? cell(decimal{*r.cents, 2}) : cell(), r.tenths ? cell(decimal{*r.tenths, 1}) : cell(), text(r.who), text(r.who), text(r.where)}});
    return d;
}

}  // namespace

TEST_CASE("formula: ten thousand random ones come to what a plain fold in fractions comes to", "[core][formula][S2.3.2]") {
    support::catalogue_in_memory known;
    known.sets = {{"s", ""}};
    known.fields = {{"x", "s", field_type::number, "", nature::flow}, {"y", "s", field_type::number, "%", nature::flow}, {"buyer", "s", field_type::text, "", nature::flow}};
    known.dimensions = {{"who", {"s"}, std::nullopt}, {"地", {"s"}, std::vector<std::string>{"东", "西"}}};
    unsigned tried = 0, values = 0;
    std::array<unsigned, 4> without{};
    for (std::uint64_t seed = 1; tried < 10'000; ++seed) {
        maker make(seed);
        const auto w = make.made_up();
        known.metrics.clear();
        std::vector<std::pair<std::string, tree>> metrics;
        int aggregates = 0;
        for (int i = 0; i < 3; ++i) {
            auto m = make.formula(2, metrics);
            if (m.aggregates > 8 || m.deep > 7) continue;
            metrics.emplace_back("指标" + std::to_string(i), m);
            known.metrics.push_back({metrics.back().first, m.text, "", false});
        }
        const auto t = make.formula(static_cast<int>(seed % 5), metrics);
        aggregates = t.aggregates;
        if (aggregates > 32 || t.deep > 8 || t.text.size() > bytes_max) continue;
        CAPTURE(seed, t.text);
        const auto made = check({"", t.text, "", false}, known);
        if (!made.has_value()) INFO(made.error().front().zh);
        REQUIRE(made.has_value());
        ++tried;
        const auto wanted = t.comes_to(w, w.asked, 1);
        const auto got = evaluate(*made, data_of(w), {period::of(w.by, w.asked), {}, w.to_date}, 2);
        if (const auto* v = std::get_if<fraction>(&wanted)) {
            ++values;
            REQUIRE(got.exact == v->str());
            // Half up, by hand: of the size, whole cents and whether half a cent or more is left.
            const fraction size = abs(*v) * 100;
            auto cents = boost::multiprecision::cpp_int(numerator(size) / denominator(size));
            if (size - fraction(cents) >= fraction(1, 2)) ++cents;
            auto digits = cents.str();
            while (digits.size() < 3) digits = "0" + digits;
            REQUIRE(got.shown == (*v < 0 && cents != 0 ? "-" : "") + digits.substr(0, digits.size() - 2) + "." + digits.substr(digits.size() - 2));
        } else {
            ++without[static_cast<std::size_t>(std::get<no_value>(wanted))];
            REQUIRE(got.why == std::get<no_value>(wanted));
        }
    }
    // All of it was met with.
    CHECK(values > 3000);
    for (const auto n : without) CHECK(n > 30);
}
