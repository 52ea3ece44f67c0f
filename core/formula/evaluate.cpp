#include "core/formula/evaluate.hpp"

#include "core/formula/source.hpp"

#include <algorithm>
#include <map>

namespace core::formula {
namespace {

using boost::multiprecision::cpp_int;

constexpr unsigned digits_max = 9;

/// Periods that are looked at together: `length` of them, of which this is the last.
struct window {
    period last;
    unsigned length = 1;
    auto operator<=>(const window&) const = default;
};

value worse(const value& a, const value& b) {
    const auto *x = std::get_if<no_value>(&a), *y = std::get_if<no_value>(&b);
    if (x && y) return std::max(*x, *y);
    return x ? a : b;
}

/// Each part is calculated once for each window, however many refer to it.
class evaluator {
public:
    evaluator(const checked& metric, const source& from, const question& asked) : metric_(metric), data_(from), asked_(asked) {}

    value run() { return of_part(metric_.parts.size() - 1, {asked_.period}); }

private:
    value of_part(std::size_t part, const window& when) {
        const auto key = std::pair(part, when);
        if (const auto known = known_.find(key); known != known_.end()) return known->second;
        auto made = of(metric_.parts[part].formula, when, metric_.parts[part].missing_is_zero);
        return known_.emplace(key, std::move(made)).first->second;
    }

    // NOLINTNEXTLINE(misc-no-recursion): as deep as brackets and references go
    value of(const expression& e, const window& when, bool zero) {
        return std::visit(cases{
            [](const number& n) -> value { return exact_of(n.digits); },
            [&](const reference& r) -> value { return of_part(r.part, when); },
            [&](const aggregate& a) -> value { return aggregated(a, when, zero); },
            [&](const negated& n) -> value {
                auto made = of(*n.of, when, zero);
                if (auto* x = std::get_if<exact>(&made)) *x = -*x;
                return made;
            },
            [&](const sum& s) -> value {
                value total = exact(0);
                for (const auto& t : s.terms) {
                    const auto next = of(t.of, when, zero);
                    auto* x = std::get_if<exact>(&total);
                    const auto* y = std::get_if<exact>(&next);
                    if (!x || !y) total = worse(total, next);
                    else if (t.minus) *x -= *y;
                    else *x += *y;
                }
                return total;
            },
            [&](const product& p) -> value { return multiplied(p, when, zero); },
            [&](const shifted& s) -> value { return of(*s.of, moved(s, when), zero); },
        }, e.is);
    }

    value multiplied(const product& p, const window& when, bool zero) {
        value total = exact(1);
        for (const auto& f : p.factors) {
            value next = of(f.of, when, zero);
            if (const auto* y = std::get_if<exact>(&next); y && f.over && y->is_zero()) next = no_value::zero_denominator;
            auto* x = std::get_if<exact>(&total);
            const auto* y = std::get_if<exact>(&next);
            if (!x || !y) total = worse(total, next);
            else if (f.over) *x /= *y;
            else *x *= *y;
        }
        return total;
    }

    static window moved(const shifted& s, window when) {
        switch (s.shift) {
            case shift::previous: when.last = when.last.moved(-static_cast<int>(s.count)); break;
            case shift::year_ago: when.last = when.last.years_before(s.count); break;
            case shift::rolling: when.length = s.count; break;
        }
        return when;
    }

    value aggregated(const aggregate& a, const window& when, bool zero) const {
        const auto known = data_.covered(a.set);
        if (!known) return no_value::no_data;
        const auto from = when.last.moved(1 - static_cast<int>(when.length)).first(), until = when.last.last();
        if (from > known->second) return no_value::not_yet;
        if (until < known->first) return no_value::no_data;
        if (from < known->first || (until > known->second && !asked_.to_date)) return no_value::partial;
        if (std::any_of(asked_.only.begin(), asked_.only.end(), [&](const test& t) { return !data_.has_dimension(a.set, t.dimension); })) return no_value::no_data;
        return data_.aggregated(a, from, until, asked_.only, zero);
    }

    const checked& metric_;
    const source& data_;
    const question& asked_;
    std::map<std::pair<std::size_t, window>, value> known_;
};

class rows_in_memory : public source {
public:
    explicit rows_in_memory(const data& from) : data_(from) {}
    std::optional<std::pair<date, date>> covered(std::string_view set) const override {
        const auto* over = data_.find(set);
        return over ? over->covered() : std::nullopt;
    }
    bool has_dimension(std::string_view set, std::string_view code) const override { return data_.find(set)->column(code).has_value(); }
    value aggregated(const aggregate& of, date from, date until, const std::vector<test>& only, bool missing_is_zero) const override {
        return fold(of, *data_.find(of.set), from, until, only, missing_is_zero);
    }

private:
    const data& data_;
};

std::string shown(const exact& x, unsigned digits) {
    const bool below = x < 0;
    const cpp_int scale = boost::multiprecision::pow(cpp_int(10), digits), over = denominator(x);
    const cpp_int rounded = (2 * abs(numerator(x)) * scale + over) / (2 * over);
    auto text = rounded.str();
    if (digits > 0) {
        if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
        text.insert(text.size() - digits, ".");
    }
    return below && rounded != 0 ? "-" + text : text;
}

}  // namespace

answer evaluate(const checked& metric, const source& from, const question& asked, unsigned digits) {
    const auto made = evaluator(metric, from, asked).run();
    if (const auto* why = std::get_if<no_value>(&made)) return {.why = *why};
    const auto& x = std::get<exact>(made);
    return {shown(x * metric.shown_per, std::min(digits, digits_max)), x.str(), std::nullopt};
}

answer evaluate(const checked& metric, const data& from, const question& asked, unsigned digits) { return evaluate(metric, rows_in_memory(from), asked, digits); }

}  // namespace core::formula
