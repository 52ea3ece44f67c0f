#include "server/data_worker/odata/reading.hpp"

#include "server/data_worker/cast.hpp"
#include "server/data_worker/days.hpp"
#include "server/data_worker/odata/condition.hpp"
#include "server/data_worker/odata/page.hpp"
#include "server/data_worker/odata/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace data_worker::odata {
namespace {

constexpr std::size_t mark_bytes_max = 4096;
const std::string mark = "$skiptoken";

void append(parameters& to, const parameters& more) { to.insert(to.end(), more.begin(), more.end()); }

writing written(const entity_set& set, const options& how, bool numbers_as_text) {
    writing made{how.select, numbers_as_text};
    if (made.properties.empty())
        for (const auto& p : set.properties) made.properties.push_back(&p);
    return made;
}

/// What rows are in order by: as asked, and then by what tells each from all others.
std::vector<ordering> order_of(const entity_set& set, const options& how) {
    std::vector<ordering> made;
    const auto add = [&](const ordering& o) {
        if (std::none_of(made.begin(), made.end(), [&](const ordering& m) { return m.by == o.by; })) made.push_back(o);
    };
    for (const auto& o : how.orderby) add(o);
    for (const auto& name : set.order) add({set.find(name)});
    return made;
}

sql_condition filter_of(const entity_set& set, const options& how) { return how.filter ? condition_of(*how.filter, set) : sql_condition{"TRUE", {}}; }

/// Values are parameters, and no column is called so.
bool is_about_number(const sql_condition& c) { return c.sql.find(number_name) != c.sql.npos; }

/// What a mark has of a property: text that came from a row once, and is believed no more than any other.
literal marked(const property& p, const std::string& text) {
    switch (p.is) {
        case kind::decimal:
        case kind::whole: return number_literal(text, mark, 1);
        case kind::day: return time_literal(text.substr(0, std::string("2026-11-30").size()), mark, 1);
        case kind::moment: {
            const auto moment = cast_moment(text);
            if (!moment.value) wrong(mark, "$skiptoken 中的时刻无法读取：请从第一页重新开始", "a moment in this $skiptoken can't be read: begin again with the first page");
            return {kind::moment, false, moment_text(*moment.value), 0};
        }
        default: return {kind::text, false, text, 0};
    }
}

/// Rows behind the one that the mark is of. Missing values come before all others, as OData has it.
sql_condition behind(const std::vector<ordering>& order, const std::string& given) {
    const auto values = values_in(given);
    if (values.size() != order.size()) wrong(mark, "$skiptoken 属于另一种 $orderby：请从第一页重新开始", "this $skiptoken is of another $orderby: begin again with the first page");
    sql_condition made;
    const auto value = [&](std::size_t i) { return sql_value(marked(*order[i].by, *values[i]), order[i].by->is, order[i].by->places, made.with); };
    // Said once more, so that the engine can pass over blocks.
    if (values[0] && !order[0].down) made.sql = order[0].by->sql + " >= " + value(0) + " AND ";
    made.sql += "(";
    for (std::size_t i = 0; i < order.size(); ++i) {
        made.sql += i > 0 ? " OR (" : "(";
        for (std::size_t k = 0; k < i; ++k) made.sql += order[k].by->sql + (values[k] ? " = " + value(k) : std::string(" IS NULL")) + " AND ";
        const auto& by = order[i].by->sql;
        if (!values[i]) made.sql += order[i].down ? "FALSE" : by + " IS NOT NULL";
        else if (order[i].down) made.sql += "(" + by + " < " + value(i) + " OR " + by + " IS NULL)";
        else made.sql += by + " > " + value(i);
        made.sql += ")";
    }
    made.sql += ")";
    return made;
}

std::string joined(const std::vector<std::string>& list) {
    std::string all;
    for (const auto& one : list) all += (all.empty() ? "" : ", ") + one;
    return all;
}

/// Takes rows until the page is full, and knows then whether there is another.
class filling {
public:
    filling(writing as, std::size_t fields, std::size_t rows_max) : as_(std::move(as)), fields_(fields), rows_max_(rows_max) {}

    std::size_t wanted() const { return rows_max_ - made.count; }

    void take(rows_read from) {
        for (text_row row; !more && from.next(row);) {
            if (made.count == rows_max_ || made.rows.size() >= page_bytes_max) {
                more = true;
                return;
            }
            made.rows += made.count++ > 0 ? ",{" : "{";
            as_.row(made.rows, row);
            made.rows += '}';
            last.assign(row.begin() + static_cast<std::ptrdiff_t>(fields_), row.end());
        }
    }

    page made;
    std::vector<field_text> last;
    bool more = false;

private:
    writing as_;
    std::size_t fields_, rows_max_;
};

void in_order(database& in, const entity_set& set, const options& how, const std::string& list, const std::vector<ordering>& order, filling& into, const sql_condition& within = {"TRUE", {}}) {
    auto with = set.with;
    const auto filter = filter_of(set, how);
    append(with, within.with);
    append(with, filter.with);
    auto sql = fmt::format("SELECT {} FROM {} WHERE {} AND {}", list, set.rows, within.sql, filter.sql);
    if (how.after) {
        const auto after = behind(order, *how.after);
        sql += " AND " + after.sql;
        append(with, after.with);
    }
    sql += " ORDER BY ";
    // Rows of a set that nobody asked to order come as they were delivered, and so do the pages behind the first (in_windows).
    const bool as_delivered = how.orderby.empty() && !set.table.empty();
    for (std::size_t i = 0; i < order.size() && !as_delivered; ++i) sql += (i > 0 ? ", " : "") + order[i].by->sql + (order[i].down ? " DESC NULLS LAST" : " NULLS FIRST");
    if (as_delivered) sql += "_delivery, _line";
    sql += fmt::format(" LIMIT {}", into.wanted() + 1);
    if (how.skip && !how.after) sql += fmt::format(" OFFSET {}", *how.skip);
    into.take(in.ask(sql, with, true));
}

/// So many more rows to look at as, by what passed of the last ones, fill the page.
std::size_t more_rows(std::size_t wanted, std::size_t looked_at, std::size_t passed) {
    constexpr std::size_t times = 8, least = 1000, most = 1ull << 40;
    return std::clamp(passed > 0 ? 2 * wanted * (looked_at / passed + 1) : looked_at * times, least, most);
}

/// Figures by their metrics, a few metrics at a time: those of all of them need not be put in order for one page.
void in_metrics(database& in, const entity_set& set, const options& how, const std::string& list, const std::vector<ordering>& order, filling& into) {
    if (how.after) behind(order, *how.after);  // what is wrong with it is told first
    auto with = set.with;
    with.emplace_back(how.after ? values_in(*how.after).front().value_or("") : std::string());
    const auto all = in.all(fmt::format("SELECT metric, count(*) FROM {} WHERE metric >= CAST(? AS VARCHAR) GROUP BY metric ORDER BY metric", set.rows), with);
    const auto rows_in = [&](std::size_t i) { return static_cast<std::size_t>(std::stoull(*all[i][1])); };
    auto few = 2 * into.wanted();
    for (std::size_t i = 0; i < all.size() && !into.more; ++i) {
        const auto first = i;
        const auto before = into.made.count;
        auto rows = rows_in(i);
        for (; i + 1 < all.size() && rows + rows_in(i + 1) <= few; rows += rows_in(i)) ++i;
        in_order(in, set, how, list, order, into, {"metric >= CAST(? AS VARCHAR) AND metric <= CAST(? AS VARCHAR)", {*all[first][0], *all[i][0]}});
        few = more_rows(into.wanted(), std::max(few, rows), into.made.count - before);
    }
}

/// Rows as they were delivered. Each question is about so few of them that a page takes no longer at the end of a large set than at its
/// beginning; where few rows pass the filter the questions get larger.
void in_windows(database& in, const entity_set& set, const options& how, const std::string& list, filling& into) {
    std::int64_t first = 0, line = -1;
    if (how.after) {
        const auto values = values_in(*how.after);
        if (values.size() != 2 || !values[0] || !values[1]) wrong(mark, "$skiptoken 属于另一种 $orderby：请从第一页重新开始", "this $skiptoken is of another $orderby: begin again with the first page");
        const auto n = in.one("SELECT n FROM _deliveries WHERE delivery = ?", {*values[0]});
        if (!n) wrong(mark, "$skiptoken 中的交付已不存在，数据已更新：请从第一页重新开始", "the delivery of this $skiptoken is gone, and the data are newer: begin again with the first page");
        constexpr std::size_t long_digits = 18;
        const auto number = number_literal(*values[1], mark, 1);
        if (number.places > 0 || number.text.size() > long_digits) wrong(mark, "$skiptoken 中的行号无法读取", "the line in this $skiptoken can't be read");
        first = std::stoll(*n);
        line = std::stoll(number.text);
    }
    struct delivery {
        std::int64_t n;
        std::string number;
        std::size_t rows;
    };
    std::vector<delivery> all;
    for (const auto& row : in.all("SELECT n, delivery, rows FROM (SELECT *, n AS _delivery FROM _deliveries) WHERE set_code = ? AND n >= ? AND " + live_rows({}) + " ORDER BY n", {set.name, first}))
        all.push_back({std::stoll(*row[0]), *row[1], static_cast<std::size_t>(std::stoull(*row[2]))});
    const auto filter = filter_of(set, how);
    constexpr std::size_t deliveries_max = 200;
    auto few = 2 * into.wanted();
    if (!all.empty() && all[0].n != first) line = -1;
    for (std::size_t i = 0; i < all.size() && !into.more;) {
        auto end = i;
        const auto before = into.made.count;
        auto list_of_them = std::to_string(all[i].n);
        // Of the first one what is behind the line, as far as lines and rows are alike.
        auto rows = all[i].rows - std::min(all[i].rows, static_cast<std::size_t>(std::max<std::int64_t>(line, 0)));
        const bool part = rows > few;
        for (; !part && end + 1 < all.size() && end + 1 - i < deliveries_max && rows + all[end + 1].rows <= few; rows += all[end].rows) list_of_them += fmt::format(", {}", all[++end].n);
        // The bounds let the engine pass over blocks; what lies between two deliveries may have been replaced.
        auto where = end > i ? fmt::format("_delivery >= {} AND _delivery <= {} AND _delivery IN ({})", all[i].n, all[end].n, list_of_them) : "_delivery = " + list_of_them;
        if (line >= 0) where += end > i ? fmt::format(" AND (_delivery > {} OR _line > {})", all[i].n, line) : fmt::format(" AND _line > {}", line);
        const auto last = std::max<std::int64_t>(line, 0) + static_cast<std::int64_t>(few);
        if (part) where += fmt::format(" AND _line <= {}", last);
        const auto rest = fmt::format("WHERE {} AND {} ORDER BY _delivery, _line LIMIT {}", where, filter.sql, into.wanted() + 1);
        if (end == i) {
            parameters with{all[i].number};
            append(with, filter.with);
            into.take(in.ask(fmt::format("SELECT {} FROM (SELECT *, CAST(? AS VARCHAR) AS {} FROM {}) {}", list, number_name, set.table, rest), with, true));
        } else {
            // Looked up for what was found alone, but where the filter is about it.
            const auto found = is_about_number(filter) ? fmt::format("SELECT * EXCLUDE ({}) FROM ({}) {}", number_name, numbered(set.table), rest) : fmt::format("SELECT * FROM {} {}", set.table, rest);
            into.take(in.ask(fmt::format("SELECT {} FROM ({}) ORDER BY _delivery, _line", list, numbered("(" + found + ")")), filter.with, true));
        }
        if (part) line = last;
        else i = end + 1, line = -1;
        few = more_rows(into.wanted(), part ? few : std::max(few, rows), into.made.count - before);
    }
}

}  // namespace

page read_page(database& in, const entity_set& set, const options& how, bool numbers_as_text, std::size_t rows_max) {
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(how.top.value_or(rows_max), rows_max));
    const auto as = written(set, how, numbers_as_text);
    const auto order = order_of(set, how);
    auto list = as.expressions();
    filling into(as, list.size(), want);
    for (const auto& o : order) list.push_back(o.by->sql);
    if (want == 0) {
        // Nothing is read, and what is wrong is told all the same.
        filter_of(set, how);
    } else if (how.orderby.empty() && !set.table.empty() && (!how.skip || how.after)) {
        in_windows(in, set, how, joined(list), into);
    } else if (how.orderby.empty() && set.is_figures && (!how.skip || how.after)) {
        in_metrics(in, set, how, joined(list), order, into);
    } else {
        in_order(in, set, how, joined(list), order, into);
    }
    auto made = std::move(into.made);
    if (into.more && (!how.top || made.count < *how.top)) {
        made.after = mark_of(into.last);
        if (made.after->size() > mark_bytes_max)
            wrong("$orderby", fmt::format("$orderby 的列中有过长的文字，无法分页：请用 $top（至多 {}）", page_rows_max), fmt::format("texts in $orderby are too long to go on from page to page: take $top (up to {})", page_rows_max));
    }
    return made;
}

std::int64_t count_rows(database& in, const entity_set& set, const options& how) {
    const auto filter = filter_of(set, how);
    auto with = set.with;
    append(with, filter.with);
    // Deliveries' numbers are not looked up for nothing.
    const auto rows = set.table.empty() || is_about_number(filter) ? set.rows : set.table + " WHERE " + live_rows({});
    return in.number(fmt::format("SELECT count(*) FROM {} {} {}", rows, rows == set.rows ? "WHERE" : "AND", filter.sql), with);
}

std::optional<std::string> read_one(database& in, const entity_set& set, const place& at, const options& how, bool numbers_as_text) {
    auto with = set.with;
    std::string where = "TRUE";
    std::size_t keys = 0;
    for (const auto& p : set.properties) keys += p.key;
    if (at.key.size() != keys) wrong("key", fmt::format("{} 的键有 {} 项（见 $metadata）", set.name, keys), fmt::format("the key of {} has {} parts (see $metadata)", set.name, keys));
    std::vector<const property*> given;
    for (const auto& [name, value] : at.key) {
        const auto* p = name.empty() && keys == 1 ? &*std::find_if(set.properties.begin(), set.properties.end(), [](const property& k) { return k.key; }) : set.find(name);
        if (!p || !p->key || std::find(given.begin(), given.end(), p) != given.end()) wrong(name.empty() ? "key" : name, fmt::format("{} 的键没有这一项，或重复：{}", set.name, name), fmt::format("the key of {} has no part {}, or it is there twice", set.name, name));
        given.push_back(p);
        const bool fits = p->is == value.is || (p->is == kind::whole && value.is == kind::decimal && value.places == 0);
        if (!fits) wrong(p->name, fmt::format("键 {} 应为 {}", p->name, edm_name(p->is)), fmt::format("the key's {} is to be {}", p->name, edm_name(p->is)));
        where += " AND " + p->sql + " = " + sql_value(value, p->is, p->places, with);
        if (p->sql == number_name) {
            // The engine finds rows by its own number of the delivery without reading all of them.
            const auto n = in.one("SELECT n FROM _deliveries WHERE delivery = ?", {value.text});
            if (!n) return std::nullopt;
            where += " AND _delivery = " + *n;
        }
    }
    if (set.is_figures) { // and the metric's rows by the metric
        const auto& id = at.key.front().second.text;
        where += " AND metric = CAST(? AS VARCHAR)";
        with.emplace_back(id.substr(0, id.find('/')));
    }
    const auto as = written(set, how, numbers_as_text);
    const auto rows = in.all(fmt::format("SELECT {} FROM {} WHERE {} LIMIT 1", joined(as.expressions()), set.rows, where), with);
    if (rows.empty()) return std::nullopt;
    std::string made = "{";
    as.row(made, rows.front());
    return made + "}";
}

}  // namespace data_worker::odata
