#include "core/formula/fold.hpp"

#include <algorithm>
#include <set>

namespace core::formula {
namespace {

using boost::multiprecision::cpp_int;

cpp_int ten_to(unsigned places) { return boost::multiprecision::pow(cpp_int(10), places); }

/// A test, with the column that it looks at.
struct bound_test {
    const test* of;
    std::optional<std::size_t> column;
};
using bound_filter = std::vector<std::vector<bound_test>>;

std::vector<bound_test> bound(const std::vector<test>& all, const rows& over) {
    std::vector<bound_test> made;
    for (const auto& t : all) made.push_back({&t, over.column(t.dimension)});
    return made;
}

/// A number is compared as it is written canonically.
std::string text_of(const decimal& d) {
    std::string digits = std::to_string(d.units < 0 ? 0 - static_cast<std::uint64_t>(d.units) : static_cast<std::uint64_t>(d.units));
    if (d.places > 0) {
        if (digits.size() <= d.places) digits.insert(0, d.places + 1 - digits.size(), '0');
        digits.insert(digits.size() - d.places, ".");
        digits.erase(digits.find_last_not_of('0') + 1);
        if (digits.back() == '.') digits.pop_back();
    }
    return d.units < 0 ? "-" + digits : digits;
}

bool passes(const rows& over, std::size_t row, const bound_test& t) {
    const auto held = t.column ? over.at(row, *t.column) : cell();
    if (t.of->relation == relation::missing) return std::holds_alternative<std::monostate>(held);
    bool among = false;
    if (!std::holds_alternative<std::monostate>(held)) {
        const auto* text = std::get_if<std::string>(&held);
        const auto& all = t.of->values;
        among = std::find(all.begin(), all.end(), text ? *text : text_of(std::get<decimal>(held))) != all.end();
    }
    return among == (t.of->relation == relation::equal || t.of->relation == relation::in);
}

bool passes(const rows& over, std::size_t row, const std::vector<bound_test>& all) {
    return std::all_of(all.begin(), all.end(), [&](const bound_test& t) { return passes(over, row, t); });
}

/// Between the two values that the place lies between, in proportion (Hyndman and Fan 1996, definition 7).
exact quantile(std::vector<exact>& all, const exact& share) {
    std::sort(all.begin(), all.end());
    const exact at = share * (all.size() - 1);
    const cpp_int whole = numerator(at) / denominator(at);
    const auto below = static_cast<std::size_t>(whole);
    const auto above = std::min(below + 1, all.size() - 1);
    return all[below] + (all[above] - all[below]) * (at - exact(whole));
}

class folder {
public:
    folder(const aggregate& of, const rows& over, date from, date until, const std::vector<test>& only)
        : of_(of), over_(over), from_(from), until_(until), only_(bound(only, over)) {
        if (!of.field.empty()) column_ = over.column(of.field);
        for (const auto& alternative : of.where) where_.push_back(bound(alternative, over));
    }

    value run(bool missing_is_zero) {
        if (of_.function == function::count || of_.function == function::count_distinct) return counted();
        if (of_.function == function::last) from_ = until_ = last_day();
        auto all = numbers();
        if (all.empty()) return missing_is_zero && (of_.function == function::sum || of_.function == function::last) ? value(exact(0)) : no_value::no_data;
        return of_numbers(all);
    }

private:
    /// Rows of the days, through the filters.
    template <class Visit>
    void visit(Visit visit) const {
        for (std::size_t row = 0; row < over_.size(); ++row) {
            const auto day = over_.day(row);
            if (day < from_ || day > until_ || !passes(over_, row, only_)) continue;
            if (where_.empty() || std::any_of(where_.begin(), where_.end(), [&](const auto& all) { return passes(over_, row, all); })) visit(row);
        }
    }

    value counted() const {
        std::size_t n = 0;
        std::set<std::string> different;
        visit([&](std::size_t row) {
            if (of_.field.empty()) {
                ++n;
                return;
            }
            const auto held = column_ ? over_.at(row, *column_) : cell();
            if (std::holds_alternative<std::monostate>(held)) return;
            ++n;
            if (of_.function != function::count_distinct) return;
            const auto* text = std::get_if<std::string>(&held);
            different.insert(text ? *text : text_of(std::get<decimal>(held)));
        });
        return exact(of_.function == function::count_distinct ? different.size() : n);
    }

    /// The last of these days that anything was recorded on, in the filter or not: so that parts add up to the whole, all are of
    /// one day.
    date last_day() const {
        date found = from_;
        for (std::size_t row = 0; column_ && row < over_.size(); ++row)
            if (const auto day = over_.day(row); day > found && day <= until_ && !std::holds_alternative<std::monostate>(over_.at(row, *column_))) found = day;
        return found;
    }

    std::vector<exact> numbers() const {
        std::vector<exact> all;
        if (!column_) return all;
        const unsigned per = shown_per(over_.unit(*column_));
        visit([&](std::size_t row) {
            const auto held = over_.at(row, *column_);
            if (const auto* d = std::get_if<decimal>(&held)) all.push_back(exact_of(*d) / per);
        });
        return all;
    }

    exact of_numbers(std::vector<exact>& all) const {
        switch (of_.function) {
            case function::min: return *std::min_element(all.begin(), all.end());
            case function::max: return *std::max_element(all.begin(), all.end());
            case function::median: return quantile(all, exact(1) / 2);
            case function::quantile: return quantile(all, exact_of(of_.quantile));
            default: break;
        }
        exact total = 0;
        for (const auto& x : all) total += x;
        return of_.function == function::avg ? exact(total / all.size()) : total;
    }

    const aggregate& of_;
    const rows& over_;
    date from_, until_;
    std::vector<bound_test> only_;
    bound_filter where_;
    std::optional<std::size_t> column_;
};

}  // namespace

exact exact_of(const decimal& d) { return exact(cpp_int(d.units), ten_to(d.places)); }

exact exact_of(std::string_view digits) {
    const auto point = digits.find('.');
    std::string all(digits.substr(0, point));
    const auto after = point == digits.npos ? std::string_view() : digits.substr(point + 1);
    all += after;
    all.erase(0, std::min(all.find_first_not_of('0'), all.size() - 1));  // of a leading 0 it would be octal
    return exact(cpp_int(all), ten_to(static_cast<unsigned>(after.size())));
}

value fold(const aggregate& of, const rows& over, date from, date until, const std::vector<test>& only, bool missing_is_zero) {
    return folder(of, over, from, until, only).run(missing_is_zero);
}

}  // namespace core::formula
