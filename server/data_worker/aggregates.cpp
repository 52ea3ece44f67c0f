#include "server/data_worker/aggregates.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace data_worker {

namespace formula = core::formula;
using boost::multiprecision::cpp_int;
using formula::exact;
using formula::function;
using formula::relation;

namespace {

constexpr std::size_t rows_max = 2'000'000;

std::int32_t number_of(formula::date d) { return static_cast<std::int32_t>(std::chrono::sys_days(d).time_since_epoch().count()); }
formula::date date_of(std::int32_t n) { return std::chrono::sys_days(std::chrono::days(n)); }

/// "-123.450"
exact exact_of_text(std::string_view text) {
    const bool below = text.starts_with('-');
    auto made = formula::exact_of(below ? text.substr(1) : text);
    return below ? exact(-made) : made;
}

/// As fold.cpp writes numbers: nothing that is not needed.
bool is_canonical_number(const std::string& t) {
    const std::string_view digits = std::string_view(t).substr(t.starts_with('-') ? 1 : 0);
    const auto point = digits.find('.');
    const auto whole = digits.substr(0, point), after = point == digits.npos ? std::string_view() : digits.substr(point + 1);
    const auto all_digits = [](std::string_view s) { return std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; }); };
    if (whole.empty() || whole.size() > 24 || after.size() > 6 || !all_digits(whole) || !all_digits(after)) return false;
    return (whole == "0" || whole[0] != '0') && (point == digits.npos || (!after.empty() && after.back() != '0')) && t != "-0";
}

bool counts(const formula::aggregate& a) { return a.function == function::count || a.function == function::count_distinct; }

std::string when_list(const std::set<stretch>& when) {
    std::string list;
    for (const auto& s : when) list += fmt::format("{}(DATE '{}', DATE '{}')", list.empty() ? "" : ", ", day_text(s.from), day_text(s.until));
    return "(VALUES " + list + ") AS w(f, u)";
}

std::int32_t day_number(const field_text& t) { return std::stoi(*t); }

}  // namespace

std::optional<std::pair<formula::date, formula::date>> wanted_aggregates::covered(std::string_view) const {
    using namespace std::chrono;
    return std::pair(formula::date(1y / 1 / 1), formula::date(9999y / 12 / 31));
}

formula::value wanted_aggregates::aggregated(const formula::aggregate& of, formula::date from, formula::date until, const std::vector<formula::test>&, bool) const {
    all[&of].insert({number_of(from), number_of(until)});
    return exact(1);
}

std::string passing(const row_set& of, const formula::test& t, parameters& with) {
    const auto* column = of.find(t.dimension);
    if (!column) return t.relation == relation::missing || t.relation == relation::unequal || t.relation == relation::not_in ? "TRUE" : "FALSE";
    const auto name = sql_name(column->code);
    if (t.relation == relation::missing) return name + " IS NULL";
    std::string list;
    for (const auto& v : t.values) {
        if (column->is_number && !is_canonical_number(v)) continue;
        list += (list.empty() ? "" : ", ") + std::string(column->is_number ? "CAST(? AS DECIMAL(38,6))" : "?");
        with.emplace_back(v);
    }
    const auto text = column->is_number || column->type == column_type::text || column->type == column_type::yes_no ? name : "CAST(" + name + " AS VARCHAR)";
    const auto among = list.empty() ? std::string("FALSE") : "coalesce(" + text + " IN (" + list + "), FALSE)";
    return t.relation == relation::equal || t.relation == relation::in ? among : "NOT " + among;
}

database_aggregates::database_aggregates(database& in, store& known, const loaded_catalogue& names, asked_aggregates how) : db_(in), store_(known), names_(names), how_(std::move(how)) {}

/// Few deliveries were corrected, and a row is held against the numbers of these several times as fast as against all others.
const std::string& database_aggregates::live(const std::string& set) const {
    constexpr std::size_t few = 50;
    const auto [at, is_new] = live_.try_emplace(set);
    if (!is_new) return at->second;
    const auto dead = db_.all(fmt::format("SELECT n FROM (SELECT *, n AS _delivery FROM _deliveries) WHERE set_code = ? AND NOT ({}) LIMIT {}", live_rows(how_.as_of), few + 1), {set});
    std::string list;
    for (const auto& row : dead) list += (list.empty() ? "" : ", ") + *row[0];
    return at->second = dead.size() > few ? live_rows(how_.as_of) : dead.empty() ? "TRUE" : "_delivery NOT IN (" + list + ")";
}

database_aggregates::statement database_aggregates::rows_of(const formula::aggregate& a, bool filtered, std::int32_t first, std::int32_t last) const {
    const auto& set = *names_.set(a.set);
    const auto* column = a.field.empty() ? nullptr : names_.column(a.field);
    const auto* member = how_.by.empty() ? nullptr : set.find(how_.by);
    statement made;
    made.from = fmt::format("(SELECT {} AS m, CAST({} AS DATE) AS day, {} AS x FROM {} WHERE {}", member && filtered ? "CAST(" + sql_name(member->code) + " AS VARCHAR)" : "CAST(NULL AS VARCHAR)",
                            sql_name(set.day().code), column ? sql_name(column->code) : "NULL", set_table(set.code), live(set.code));
    if (filtered) {
        for (const auto& t : how_.only) made.from += " AND " + passing(set, t, made.with);
        std::string any;
        for (const auto& all : a.where) {
            std::string every;
            for (const auto& t : all) every += (every.empty() ? "" : " AND ") + passing(set, t, made.with);
            any += (any.empty() ? "(" : " OR (") + (every.empty() ? "TRUE" : every) + ")";
        }
        if (!any.empty()) made.from += " AND (" + any + ")";
    }
    const auto day = "CAST(" + sql_name(set.day().code) + " AS DATE)";
    made.from += fmt::format(" AND {} BETWEEN DATE '{}' AND DATE '{}') AS r", day, day_text(first), day_text(last));
    return made;
}

void database_aggregates::find(const wanted_aggregates& what) {
    for (const auto& [a, when] : what.all) {
        auto& into = found_[a];
        const auto covered_days = covered(a->set);
        if (!covered_days || !names_.set(a->set)) continue;
        // Only of what there is: a period before all data needs no question.
        std::int32_t first = INT32_MAX, last = INT32_MIN;
        for (const auto& s : when) first = std::min(first, s.from), last = std::max(last, s.until);
        first = std::max(first, number_of(covered_days->first));
        last = std::min(last, number_of(covered_days->second));
        if (first > last) continue;
        std::set<stretch> cut;
        for (const auto& s : when)
            if (s.from <= last && s.until >= first) cut.insert({std::max(s.from, first), std::min(s.until, last)});
        switch (a->function) {
            case function::count_distinct: find_different(*a, cut, into); break;
            case function::median: case function::quantile: find_quantile(*a, cut, into); break;
            case function::last: find_recorded(*a, first, last, into); [[fallthrough]];
            default: find_days(*a, first, last, into); break;
        }
    }
}

void database_aggregates::find_days(const formula::aggregate& a, std::int32_t first, std::int32_t last, found& into) {
    const auto s = rows_of(a, true, first, last);
    // No more than what it comes to.
    const auto numbers = counts(a) ? "NULL, NULL, NULL" : a.function == function::min ? "NULL, min(x), NULL" : a.function == function::max ? "NULL, NULL, max(x)" : "sum(x), NULL, NULL";
    // By days alone the engine has a table of them, and need not hash.
    const bool split = !how_.by.empty() && names_.set(a.set)->find(how_.by);
    auto rows = db_.ask(fmt::format("SELECT {}, day - DATE '1970-01-01', count(*), count(x), {} FROM {} GROUP BY {}day ORDER BY day", split ? "m" : "CAST(NULL AS VARCHAR)", numbers, s.from, split ? "m, " : ""), s.with);
    std::size_t n = 0;
    for (text_row row; rows.next(row);) {
        if (++n > rows_max) throw trouble("limit", "分组过多：请缩短期间，或换一个维度", "too many groups: ask for a shorter time, or another dimension");
        of_day d;
        d.day = day_number(row[1]);
        d.rows = cpp_int(*row[2]);
        d.filled = cpp_int(*row[3]);
        if (row[4]) d.total = exact_of_text(*row[4]);
        if (row[5]) d.least = exact_of_text(*row[5]);
        if (row[6]) d.most = exact_of_text(*row[6]);
        into.days[row[0]].push_back(std::move(d));
    }
}

void database_aggregates::find_recorded(const formula::aggregate& a, std::int32_t first, std::int32_t last, found& into) {
    const auto s = rows_of(a, false, first, last);
    auto rows = db_.ask("SELECT DISTINCT day - DATE '1970-01-01' FROM " + s.from + " WHERE x IS NOT NULL ORDER BY 1", s.with);
    for (text_row row; rows.next(row);) into.recorded.push_back(day_number(row[0]));
}

void database_aggregates::find_different(const formula::aggregate& a, const std::set<stretch>& when, found& into) {
    const auto s = rows_of(a, true, when.begin()->from, std::max_element(when.begin(), when.end(), [](const auto& x, const auto& y) { return x.until < y.until; })->until);
    auto rows = db_.ask("SELECT m, f - DATE '1970-01-01', u - DATE '1970-01-01', count(DISTINCT x), count(*) FROM " + when_list(when) + " JOIN " + s.from + " ON day BETWEEN f AND u GROUP BY m, f, u", s.with);
    for (text_row row; rows.next(row);) into.direct[{row[0], {day_number(row[1]), day_number(row[2])}}] = exact(cpp_int(*row[3]));
}

/// Between the two values that the place lies between, in proportion: the database finds these two.
void database_aggregates::find_quantile(const formula::aggregate& a, const std::set<stretch>& when, found& into) {
    const auto share = a.function == function::median ? exact(1) / 2 : formula::exact_of(a.quantile);
    const auto s = rows_of(a, true, when.begin()->from, std::max_element(when.begin(), when.end(), [](const auto& x, const auto& y) { return x.until < y.until; })->until);
    const auto low = fmt::format("(CAST({} AS HUGEINT) * (n - 1) // {})", numerator(share).str(), denominator(share).str());
    auto rows = db_.ask("SELECT m, f - DATE '1970-01-01', u - DATE '1970-01-01', n, place, x FROM (SELECT m, f, u, x, row_number() OVER (PARTITION BY m, f, u ORDER BY x) - 1 AS place, count(*) OVER (PARTITION BY m, f, u) AS n FROM " + when_list(when) +
                            " JOIN " + s.from + " ON day BETWEEN f AND u WHERE x IS NOT NULL) WHERE place = " + low + " OR place = " + low + " + 1 ORDER BY m, f, u, place", s.with);
    for (text_row row; rows.next(row);) {
        const auto key = std::pair(row[0], stretch{day_number(row[1]), day_number(row[2])});
        const exact at = share * (cpp_int(*row[3]) - 1);
        const cpp_int whole = numerator(at) / denominator(at);
        const auto x = exact_of_text(*row[5]) / per(a);
        const bool is_low = cpp_int(*row[4]) == whole;
        const exact part = at - exact(whole);
        if (is_low) into.direct[key] = x;
        else if (part != 0) into.direct[key] += (x - into.direct[key]) * part;
    }
}

std::set<database_aggregates::member> database_aggregates::members() const {
    std::set<member> all;
    for (const auto& [a, f] : found_) {
        for (const auto& [m, days] : f.days) all.insert(m);
        for (const auto& [key, x] : f.direct) all.insert(key.first);
    }
    return all;
}

std::optional<std::pair<formula::date, formula::date>> database_aggregates::covered(std::string_view set) const {
    const auto known = covered_.find(set);
    if (known != covered_.end()) return known->second;
    const auto days = store_.covered(std::string(set), how_.as_of);
    return covered_[std::string(set)] = days ? std::optional(std::pair(date_of(days->first), date_of(days->second))) : std::nullopt;
}

bool database_aggregates::has_dimension(std::string_view set, std::string_view code) const {
    const auto* s = names_.set(set);
    return s && s->find(code);
}

unsigned database_aggregates::per(const formula::aggregate& a) const {
    const auto* column = names_.column(a.field);
    return column ? formula::shown_per(column->unit) : 1;
}

formula::value database_aggregates::aggregated(const formula::aggregate& a, formula::date from_day, formula::date until_day, const std::vector<formula::test>&, bool missing_is_zero) const {
    const auto at = found_.find(&a);
    if (at == found_.end()) return formula::no_value::no_data;
    const auto& f = at->second;
    const auto days = *covered(a.set);
    auto from = std::max(number_of(from_day), number_of(days.first)), until = std::min(number_of(until_day), number_of(days.second));
    if (a.function == function::count_distinct || a.function == function::median || a.function == function::quantile) {
        const auto found = f.direct.find({member_, {from, until}});
        if (found != f.direct.end()) return found->second;
        return a.function == function::count_distinct ? formula::value(exact(0)) : formula::no_value::no_data;
    }
    if (a.function == function::last) {
        const auto after = std::upper_bound(f.recorded.begin(), f.recorded.end(), until);
        const auto newest = after == f.recorded.begin() ? from : std::max(from, *(after - 1));
        from = until = newest;
    }
    cpp_int rows = 0, filled = 0;
    exact total = 0;
    std::optional<exact> least, most;
    if (const auto own = f.days.find(member_); own != f.days.end()) {
        const auto& all = own->second;
        for (auto d = std::lower_bound(all.begin(), all.end(), from, [](const of_day& x, std::int32_t day) { return x.day < day; }); d != all.end() && d->day <= until; ++d) {
            rows += d->rows;
            filled += d->filled;
            if (d->filled == 0) continue;
            total += d->total;
            least = least ? std::min(*least, d->least) : d->least;
            most = most ? std::max(*most, d->most) : d->most;
        }
    }
    if (a.function == function::count) return exact(a.field.empty() ? rows : filled);
    if (filled == 0) return missing_is_zero && (a.function == function::sum || a.function == function::last) ? formula::value(exact(0)) : formula::no_value::no_data;
    switch (a.function) {
        case function::min: return exact(*least / per(a));
        case function::max: return exact(*most / per(a));
        case function::avg: return exact(total / per(a) / exact(filled));
        default: return exact(total / per(a));
    }
}

}  // namespace data_worker
