// The operation export: a set's rows or the figures as a file. Whatever the file, the same number is the same text in it.

#include "server/data_worker/ingest.hpp"
#include "server/data_worker/odata/page.hpp"
#include "server/data_worker/workbook_file.hpp"
#include "server/data_worker/worker.hpp"
#include "server/data_worker/written_file.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace data_worker {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t sheet_rows_max = 1'048'575;  // below the headings
constexpr std::size_t sheet_columns_max = 16'384, metrics_max = 10'000;

struct asked_rows {
    std::string sheet;
    std::vector<std::string> columns;  ///< expressions
    std::vector<std::string> headings;
    std::string from;                  ///< what stands behind FROM, with its condition
    std::string order;
    parameters with;
    bool figures = false;
};

/// Where the figures' value and its digits as people see them stand.
constexpr std::size_t value_at = 7, shown_at = 8;

asked_rows of_set(store& known, const request& r, const std::string& code) {
    const auto set = known.set(code);
    if (!set) throw trouble("not_found", "没有数据集 " + code, "there is no set " + code);
    if (r.find("metrics")) request::wrong("metrics", "只用于 figures", "it is for figures alone");
    if (r.find("grain")) request::wrong("grain", "只用于 figures", "it is for figures alone");
    asked_rows made;
    made.sheet = code;
    for (const auto& c : set->columns) made.headings.push_back(c.code);
    made.headings.insert(made.headings.end(), {"_delivery", "_line"});
    for (const auto& h : made.headings) made.columns.push_back(sql_name(h));
    const auto day = sql_name(set->day().code);
    made.from = sql_name(code) + " WHERE TRUE" + only_rows(*set, r.find("only"), made.with);
    if (const auto d = r.day_if("from")) made.from += fmt::format(" AND CAST({} AS DATE) >= DATE '{}'", day, day_text(*d));
    if (const auto d = r.day_if("until")) made.from += fmt::format(" AND CAST({} AS DATE) <= DATE '{}'", day, day_text(*d));
    made.order = day + " NULLS FIRST, _delivery, _line";
    return made;
}

/// Rows of these dimensions, of these members; totals are of none.
std::string only_members(const json& only, parameters& with) {
    if (!only.is_array() || only.size() > 20) request::wrong("only", "应为列表，最多 20 项", "a list is expected, of 20 at most");
    std::string made;
    for (const auto& one : only) {
        if (!one.is_object()) request::wrong("only", "应为 {dimension, values} 的列表", "a list of {dimension, values} is expected");
        const request o(one);
        with.emplace_back(o.text("dimension"));
        made += std::string(made.empty() ? "" : " OR ") + "(dimension = ? AND " + only_values("member", o, with) + ")";
    }
    return made.empty() ? "" : " AND (" + made + ")";
}

asked_rows of_figures(const request& r) {
    const auto& metrics = r.needs("metrics");
    if (!metrics.is_array() || metrics.size() > metrics_max) request::wrong("metrics", fmt::format("应为列表，最多 {} 项", metrics_max), fmt::format("a list is expected, of {} at most", metrics_max));
    asked_rows made;
    made.figures = true;
    made.sheet = "figures";
    made.headings = {"metric", "grain", "period", "from", "until", "dimension", "member", "value", "shown", "why", "unit", "version"};
    for (const auto& h : made.headings) made.columns.push_back(sql_name(h));
    std::string list;
    for (const auto& m : metrics) {
        if (!m.is_string()) request::wrong("metrics", "应为指标代码的列表", "a list of the metrics' codes is expected");
        list += list.empty() ? "?" : ", ?";
        made.with.emplace_back(m.get<std::string>());
    }
    made.from = "figures WHERE " + (list.empty() ? "FALSE" : "metric IN (" + list + ")");
    if (r.find("grain")) {
        const auto grain = r.text("grain");
        constexpr std::array grains{"day", "week", "month", "quarter", "year"};
        if (std::find(grains.begin(), grains.end(), grain) == grains.end()) request::wrong("grain", "应为 day、week、month、quarter 或 year", "day, week, month, quarter or year is expected");
        made.from += " AND grain = ?";
        made.with.emplace_back(grain);
    }
    // Periods that have a day in that time, as the operation values has them.
    if (const auto d = r.day_if("from")) made.from += fmt::format(" AND until >= DATE '{}'", day_text(*d));
    if (const auto d = r.day_if("until")) made.from += fmt::format(" AND \"from\" <= DATE '{}'", day_text(*d));
    if (const auto* only = r.find("only")) made.from += only_members(*only, made.with);
    made.order = "metric, grain, \"from\", dimension, member NULLS FIRST";
    return made;
}

std::string joined(const std::vector<std::string>& list) {
    std::string all;
    for (const auto& one : list) all += (all.empty() ? "" : ", ") + one;
    return all;
}

std::uint64_t each_row(database& in, const asked_rows& asked, const auto& take) {
    auto from = in.ask("SELECT " + joined(asked.columns) + " FROM " + asked.from + " ORDER BY " + asked.order, asked.with, true);
    std::uint64_t rows = 0;
    for (text_row row; from.next(row); ++rows) {
        if (asked.figures && row[value_at] && row[shown_at] && odata::is_number_text(*row[shown_at])) row[value_at] = row[shown_at];
        take(from.columns(), row);
    }
    return rows;
}

// ---- CSV

std::uint64_t write_csv(database& in, const asked_rows& asked, const std::string& path) {
    csv_file to(path, asked.headings);
    const auto rows = each_row(in, asked, [&](const std::vector<result_column>& columns, const text_row& row) { to.row(columns, row); });
    to.close();
    return rows;
}

// ---- Parquet

std::uint64_t write_parquet(database& in, const asked_rows& asked, const std::string& path) {
    const auto select = "SELECT " + joined(asked.columns) + " FROM " + asked.from + " ORDER BY " + asked.order;
    const auto rows = in.one("COPY (" + select + ") TO " + sql_text(path) + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)", asked.with);
    return rows ? std::stoull(*rows) : 0;
}

// ---- XLSX

class sheet_of_rows {
public:
    sheet_of_rows(const std::string& path, const std::string& sheet, const std::vector<std::string>& headings) : book_(path, workbook_file::keeps::a_row), columns_(headings.size()) {
        // "History" is Excel's own.
        sheet_ = sheet != "history" && book_.may_be_called(sheet) ? book_.add_sheet(sheet) : book_.add_sheet("rows");
        constexpr double width = 16;
        worksheet_set_column(sheet_, 0, static_cast<lxw_col_t>(columns_ - 1), width, nullptr);
        worksheet_freeze_panes(sheet_, 1, 0);
        for (std::size_t i = 0; i < columns_; ++i) book_.heading({sheet_, 0, static_cast<std::uint16_t>(i)}, headings[i]);
    }

    void row(const std::vector<result_column>& columns, const text_row& row) {
        ++row_;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!row[i]) continue;
            const workbook_file::cell at{sheet_, row_, static_cast<std::uint16_t>(i)};
            switch (columns[i].kind) {
                case column_kind::decimal:
                case column_kind::whole: book_.number(at, *row[i]); break;
                case column_kind::day:
                case column_kind::moment: book_.time(at, *row[i]); break;
                default: book_.text(at, *row[i]);
            }
        }
    }

    void close() {
        worksheet_autofilter(sheet_, 0, 0, row_, static_cast<lxw_col_t>(columns_ - 1));
        book_.close();
    }

private:
    workbook_file book_;
    std::size_t columns_;
    lxw_worksheet* sheet_ = nullptr;
    std::uint32_t row_ = 0;
};

std::uint64_t write_xlsx(database& in, const asked_rows& asked, const std::string& path) {
    const auto rows = in.number("SELECT count(*) FROM " + asked.from, asked.with);
    if (rows > sheet_rows_max)
        throw trouble("too_large", fmt::format("有 {} 行，而一张工作表至多 {} 行：请缩短期间或用 only 限定，或改用 CSV、Parquet", rows, sheet_rows_max),
                      fmt::format("there are {} rows, and a sheet has {} at most: ask for a shorter time, narrow it with only, or take CSV or Parquet", rows, sheet_rows_max));
    if (asked.headings.size() > sheet_columns_max)
        throw trouble("too_large", fmt::format("一张工作表至多 {} 列：请改用 CSV、Parquet", sheet_columns_max), fmt::format("a sheet has {} columns at most: take CSV or Parquet", sheet_columns_max));
    sheet_of_rows book(path, asked.sheet, asked.headings);
    const auto written = each_row(in, asked, [&](const std::vector<result_column>& columns, const text_row& row) { book.row(columns, row); });
    book.close();
    return written;
}

}  // namespace

json export_of(database& in, store& known, const request& r) {
    static constexpr struct {
        std::string_view name;
        const char* type;
        std::uint64_t (*write)(database&, const asked_rows&, const std::string&);
    } formats[] = {{"csv", "text/csv; charset=utf-8", write_csv},
                   {"parquet", "application/vnd.apache.parquet", write_parquet},
                   {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx}};
    const auto named = r.text("format");
    const auto* format = std::find_if(std::begin(formats), std::end(formats), [&](const auto& f) { return f.name == named; });
    if (format == std::end(formats)) request::wrong("format", "应为 csv、parquet 或 xlsx", "csv, parquet or xlsx is expected");
    const auto path = r.text("file"), set = r.text("set");
    const auto asked = set == odata::figures_name ? of_figures(r) : of_set(known, r, set);
    kept_file file(path);
    const auto rows = format->write(in, asked, path);
    std::error_code failed;
    const auto bytes = fs::file_size(path, failed);
    if (failed) not_written();
    file.keep();
    return {{"rows", rows}, {"bytes", bytes}, {"type", format->type}};
}

}  // namespace data_worker
