// The table of figures that is published: each metric by day, week, month, quarter and year, and by its dimensions, so that whoever reads a
// snapshot finds the same values as who asks for them one by one.

#include "server/data_worker/worker.hpp"

#include "server/data_worker/days.hpp"
#include "server/data_worker/digest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace data_worker {
namespace {

constexpr std::size_t metrics_max = 2000, asks_max = 200, rows_a_statement = 500;

constexpr const char* schema = R"sql(
CREATE TABLE IF NOT EXISTS figures (metric VARCHAR, grain VARCHAR, period VARCHAR, "from" DATE, until DATE, dimension VARCHAR, member VARCHAR, value DECIMAL(38,9), shown VARCHAR, why VARCHAR,
    unit VARCHAR, version INTEGER);
CREATE TABLE IF NOT EXISTS _figured (metric VARCHAR, stamp VARCHAR);
)sql";

using days = std::optional<std::pair<std::int32_t, std::int32_t>>;

std::vector<std::string> sets_of(const request& metric) {
    const auto& sets = metric.needs("sets");
    if (!sets.is_array()) request::wrong("figures.sets", "应为列表", "a list is expected");
    std::vector<std::string> all;
    for (const auto& s : sets)
        if (s.is_string()) all.push_back(s.get<std::string>());
    return all;
}

/// The days that any of them has rows of.
days covered(store& known, const std::vector<std::string>& sets) {
    days all;
    for (const auto& set : sets)
        if (const auto own = known.covered(set, {})) all = all ? std::pair(std::min(all->first, own->first), std::max(all->second, own->second)) : *own;
    return all;
}

/// The same as long as neither what is asked nor the rows that it is calculated from have changed.
std::string stamp_of(database& in, const json& asked, const std::vector<std::string>& sets) {
    auto text = asked.dump();
    for (const auto& set : sets) text += in.one("SELECT concat_ws(' ', count(*), max(n), max(position)) FROM _deliveries WHERE set_code = ?", {set}).value_or("") + ';';
    return sha256_of(text);
}

class figure_rows {
public:
    explicit figure_rows(database& into) : into_(into) {}

    void add(const std::string& metric, const std::string& unit, const request& ask, const json& value) {
        const auto by = ask.text_or("by", "");
        const auto text = [](const json& of) { return of.is_string() ? sql_text(of.get<std::string>()) : std::string("NULL"); };
        const auto at = [&](const char* key) { return value.contains(key) ? text(value[key]) : std::string("NULL"); };
        rows_ += fmt::format("{}({}, {}, {}, DATE {}, DATE {}, {}, {}, CAST({} AS DECIMAL(38,9)), {}, {}, {}, {})", count_ ? ", " : "", sql_text(metric), sql_text(ask.text("grain")), at("period"), at("from"), at("until"), sql_text(by),
                             by.empty() ? "''" : at("member"), at("shown"), at("shown"), at("why"), sql_text(unit), ask.number("version"));
        if (++count_ == rows_a_statement) write();
    }
    void write() {
        if (count_ > 0) into_.run("INSERT INTO figures VALUES " + rows_);
        rows_.clear();
        count_ = 0;
    }

private:
    database& into_;
    std::string rows_;
    std::size_t count_ = 0;
};

void calculate(database& in, store& known, const request& metric, const json& row_units, const days& of) {
    const auto code = metric.text("metric"), unit = metric.text_or("unit", "");
    in.run("DELETE FROM figures WHERE metric = ?", {code});
    const auto& asks = metric.needs("asks");
    if (!of || !asks.is_array()) return;
    if (asks.size() > asks_max) request::wrong("figures.asks", fmt::format("最多 {} 项", asks_max), fmt::format("{} at most", asks_max));
    figure_rows rows(in);
    for (auto ask : asks) {
        ask["row_units"] = row_units;
        const request asked(ask);
        const auto from = std::max(asked.day("from"), of->first), until = std::min(asked.day("until"), of->second);
        if (from > until) continue;
        ask["from"] = day_text(from);
        ask["until"] = day_text(until);
        try {
            const auto values = values_of(in, known, asked);
            for (const auto& one : values["values"]) rows.add(code, unit, asked, one);
        } catch (const trouble& t) {
            // A column that nothing was delivered for yet, or a dimension that tells too many apart: who asks for it by itself is told so.
            if (t.code != "bad_formula" && t.code != "limit" && t.code != "not_found") throw;
        }
    }
    rows.write();
}

}  // namespace

std::size_t calculate_figures(database& in, store& known, const request& r) {
    in.run(schema);
    const auto* metrics = r.find("figures");
    const auto* row_units = r.find("row_units");
    if (!metrics) return 0;
    if (!metrics->is_array() || metrics->size() > metrics_max) request::wrong("figures", fmt::format("应为列表，最多 {} 项", metrics_max), fmt::format("a list is expected, of {} at most", metrics_max));
    std::size_t calculated = 0;
    std::string codes = "''";
    for (const auto& one : *metrics) {
        if (!one.is_object()) request::wrong("figures", "应为对象的列表", "a list of objects is expected");
        const request metric(one);
        const auto code = metric.text("metric");
        codes += ", " + sql_text(code);
        const auto sets = sets_of(metric);
        const auto stamp = stamp_of(in, one, sets);
        if (in.one("SELECT stamp FROM _figured WHERE metric = ?", {code}) == stamp) continue;
        in.transaction([&] {
            calculate(in, known, metric, row_units ? *row_units : json::object(), covered(known, sets));
            in.run("DELETE FROM _figured WHERE metric = ?", {code});
            in.run("INSERT INTO _figured VALUES (?, ?)", {code, stamp});
        });
        ++calculated;
    }
    in.run("DELETE FROM figures WHERE metric NOT IN (" + codes + ")");
    in.run("DELETE FROM _figured WHERE metric NOT IN (" + codes + ")");
    return calculated;
}

}  // namespace data_worker
