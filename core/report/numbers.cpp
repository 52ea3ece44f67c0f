#include "core/report/numbers.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>

namespace core::reporting {
namespace {

using boost::multiprecision::cpp_int;
using exact = boost::multiprecision::cpp_rational;

constexpr std::size_t digits_most = 200;  ///< of a number from outside

cpp_int ten_to(unsigned places) { return boost::multiprecision::pow(cpp_int(10), places); }

/// Digits alone.
std::optional<cpp_int> whole_of(std::string_view text) {
    if (text.empty() || text.size() > digits_most || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    text.remove_prefix(std::min(text.find_first_not_of('0'), text.size() - 1));  // else it would be octal
    return cpp_int(std::string(text));
}

/// "-12.5", "1/8"; nothing where it is no such thing.
std::optional<exact> number_of(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    std::optional<exact> made;
    if (const auto stroke = text.find('/'); stroke != text.npos) {
        const auto above = whole_of(text.substr(0, stroke)), below = whole_of(text.substr(stroke + 1));
        if (above && below && !below->is_zero()) made = exact(*above, *below);
    } else if (const auto point = text.find('.'); point != text.npos) {
        const auto places = text.substr(point + 1);
        const auto all = places.empty() || point == 0 ? std::nullopt : whole_of(std::string(text.substr(0, point)) + std::string(places));
        if (all) made = exact(*all, ten_to(static_cast<unsigned>(places.size())));
    } else if (const auto all = whole_of(text)) {
        made = exact(*all);
    }
    if (made && negative) *made = -*made;
    return made;
}

exact or_zero(const std::optional<std::string>& text) { return text ? number_of(*text).value_or(exact(0)) : exact(0); }

/// Half away from 0.
std::string rounded(const exact& x, unsigned places) {
    const bool negative = x < 0;
    const exact scaled = (negative ? exact(-x) : x) * ten_to(places);
    const cpp_int all = (2 * numerator(scaled) + denominator(scaled)) / (2 * denominator(scaled));
    auto digits = all.str();
    if (places > 0) {
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        digits.insert(digits.size() - places, ".");
    }
    return negative && !all.is_zero() ? "-" + digits : digits;
}

events::metric::period period_in(events::report::kind of) {
    using events::report::kind;
    using events::metric::period;
    switch (of) {
        case kind::week: return period::week;
        case kind::month: return period::month;
        case kind::quarter: return period::quarter;
        case kind::year: return period::year;
    }
    return period::week;
}

}  // namespace

std::optional<std::string> change_in_percent(std::string_view before, std::string_view after) {
    const auto from = number_of(before), to = number_of(after);
    if (!from || !to || from->is_zero()) return std::nullopt;
    const exact base = *from < 0 ? exact(-*from) : *from;
    return rounded((*to - *from) / base * 100, 1);
}

std::string less(const std::optional<std::string>& before, const std::optional<std::string>& after, unsigned places) { return rounded(or_zero(after) - or_zero(before), places); }

bool is_same_number(const std::optional<std::string>& a, const std::optional<std::string>& b) {
    if (!a || !b) return a == b;
    const auto x = number_of(*a), y = number_of(*b);
    return x && y ? *x == *y : *a == *b;
}

std::int64_t weight_of(std::string_view part, std::string_view whole) {
    constexpr std::int64_t most = 1'000'000'000'000;
    const auto p = number_of(part), w = number_of(whole);
    if (!p || !w || p->is_zero()) return 0;
    if (w->is_zero()) return most;  // all of it is new
    const exact share = abs(*p / *w) * 1'000'000;
    return share >= most ? most : static_cast<std::int64_t>(cpp_int(numerator(share) / denominator(share)));
}

const metric::target* target_of(const metric::state& metric, events::report::kind kind, events::date first) {
    for (const auto& t : metric.targets)
        if (t.period == period_in(kind) && t.from <= first && (!t.until || *t.until >= first)) return &t;
    return nullptr;
}

std::string shown(const metric::target& target) {
    if (target.value) return *target.value;
    return target.least.value_or("") + " – " + target.most.value_or("");
}

events::report::attainment attained(metric::direction direction, const std::optional<std::string>& value, const metric::target* target) {
    using events::report::attainment;
    const auto is = value ? number_of(*value) : std::nullopt;
    if (!target || !is) return attainment::none;
    const auto against = [&](const std::optional<std::string>& bound, auto compare) {
        const auto b = bound ? number_of(*bound) : std::nullopt;
        return !b || compare(*is, *b);
    };
    bool met = false;
    if (direction == metric::direction::up) met = against(target->value, std::greater_equal<exact>());
    else if (direction == metric::direction::down) met = against(target->value, std::less_equal<exact>());
    else met = against(target->least, std::greater_equal<exact>()) && against(target->most, std::less_equal<exact>());
    return met ? attainment::met : attainment::missed;
}

}  // namespace core::reporting
