#pragma once
// A metric's formula as it is understood (S2.3.2): what parse.hpp makes of the text, print.hpp writes back, check.hpp binds to
// the catalogue, and evaluate.hpp, or whatever asks a database, goes through with std::visit.
//
// Sums and products hold all their members side by side, as the grammar does, so that a long chain is no deep tree; what is
// nested is bounded by depth_max, and so is every recursion over it.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace core::formula {

inline constexpr std::size_t bytes_max = 4096;
inline constexpr unsigned depth_max = 8;       ///< brackets within brackets; also metrics that refer to metrics
inline constexpr unsigned aggregates_max = 32;  ///< of a formula with all that it refers to
inline constexpr unsigned count_max = 366;     ///< periods that previous() and rolling() go back
inline constexpr unsigned years_max = 10;      ///< that year_ago() goes back
inline constexpr unsigned asked_max = 1000;    ///< metrics and periods that one value may come from

/// Which character of the text something begins at, counted from 1. Formulas are the same wherever their parts stand.
struct place {
    std::uint32_t at = 0;
    constexpr bool operator==(const place&) const { return true; }
};

/// One value, owned, that a type may hold of itself. Never empty, unless moved from.
template <class T>
class box {
public:
    box(T value) : held_(std::make_unique<T>(std::move(value))) {}
    box(const box& other) : held_(std::make_unique<T>(*other)) {}
    box(box&&) noexcept = default;
    box& operator=(const box& other) { return *this = box(other); }
    box& operator=(box&&) noexcept = default;
    ~box() = default;

    T& operator*() { return *held_; }
    const T& operator*() const { return *held_; }
    bool operator==(const box& other) const { return *held_ == *other; }

private:
    std::unique_ptr<T> held_;
};

struct expression;
struct term;
struct factor;

/// Not below zero, as it is written canonically: "0.5", "12".
struct number {
    std::string digits;
    bool operator==(const number&) const = default;
};

/// The value of another metric, by its code or name.
struct reference {
    static constexpr std::size_t unbound = static_cast<std::size_t>(-1);

    std::string code;
    std::size_t part = unbound;  ///< of a checked formula: which of its parts that is
    bool operator==(const reference&) const = default;
};

enum class function : std::uint8_t { sum, count, avg, min, max, last, median, quantile, count_distinct };

enum class relation : std::uint8_t { equal, unequal, in, not_in, missing };

/// A row passes by what a dimension of it is. A row without it passes `unequal` and `not_in`, as what passes these and what
/// passes their opposites is together all that there is.
struct test {
    std::string dimension;
    formula::relation relation = relation::equal;
    std::vector<std::string> values;  ///< one for equal and unequal, one or more for in and not_in, none for missing
    place at;
    std::vector<place> values_at;  ///< where there are any, one a value
    bool operator==(const test&) const = default;
};

/// Alternatives, in each of which all has to hold: "and" binds more than "or". Empty: every row passes.
using filter = std::vector<std::vector<test>>;

struct aggregate {
    formula::function function = function::count;
    std::string field;    ///< empty: count() of rows
    std::string quantile;  ///< canonical digits; empty but for that function
    filter where;
    place field_at;
    std::string set;  ///< of a checked formula: whose rows
    bool operator==(const aggregate&) const = default;
};

struct negated {
    box<expression> of;
    bool operator==(const negated&) const = default;
};

struct sum {
    std::vector<term> terms;  ///< two or more, the first added
    bool operator==(const sum&) const;
};

struct product {
    std::vector<factor> factors;  ///< two or more, the first multiplied
    bool operator==(const product&) const;
};

enum class shift : std::uint8_t { previous, year_ago, rolling };

/// The same of other periods. rolling() is not a mean of values: it is the formula over all of these periods together.
struct shifted {
    formula::shift shift = shift::previous;
    box<expression> of;
    unsigned count = 1;
    bool operator==(const shifted&) const = default;
};

struct expression {
    std::variant<number, reference, aggregate, negated, sum, product, shifted> is;
    place at;
    bool operator==(const expression&) const = default;
};

struct term {
    bool minus = false;
    expression of;
    bool operator==(const term&) const = default;
};

struct factor {
    bool over = false;
    expression of;
    bool operator==(const factor&) const = default;
};

inline bool sum::operator==(const sum& other) const { return terms == other.terms; }
inline bool product::operator==(const product& other) const { return factors == other.factors; }

template <class... F>
struct cases : F... {
    using F::operator()...;
};
template <class... F>
cases(F...) -> cases<F...>;

/// Calls `visit` with the expression and all within it, from left to right, what holds before what is held. `Expression` may be const.
template <class Expression, class Visit>
void each(Expression& of, Visit&& visit) {
    visit(of);
    std::visit(cases{[&](auto& x) requires requires { *x.of; } { each(*x.of, visit); },
                     [&](auto& x) requires requires { x.terms; } { for (auto& t : x.terms) each(t.of, visit); },
                     [&](auto& x) requires requires { x.factors; } { for (auto& f : x.factors) each(f.of, visit); },
                     [](const number&) {}, [](const reference&) {}, [](const aggregate&) {}},
               of.is);
}

}  // namespace core::formula
