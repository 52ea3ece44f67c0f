// The operation export: a set's rows or the figures as a file. Whatever the file, the same number is the same text in it.

#include "server/data_worker/cast.hpp"
#include "server/data_worker/ingest.hpp"
#include "server/data_worker/odata/page.hpp"
#include "server/data_worker/worker.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>

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

[[noreturn]] void not_written() { throw trouble("unreadable", "文件无法写入：请检查磁盘空间和文件夹的权限", "the file can't be written: see whether the disk is full, and who may write into the folder"); }

/// Removed with whatever is in it, unless all of it is.
class kept_file {
public:
    explicit kept_file(std::string path) : path_(std::move(path)) {}
    ~kept_file() {
        std::error_code ignored;
        if (!whole_) fs::remove(path_, ignored);
    }
    kept_file(const kept_file&) = delete;
    kept_file& operator=(const kept_file&) = delete;
    void keep() { whole_ = true; }

private:
    std::string path_;
    bool whole_ = false;
};

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

/// A cell that a spreadsheet would calculate is told to be text.
bool looks_like_a_formula(const std::string& text) { return !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos; }

void add_cell(std::string& to, const std::string& text, bool quoted) {
    if (!quoted && text.find_first_of(",\"\r\n") == text.npos) {
        to += text;
        return;
    }
    to += '"';
    for (const char c : text) {
        if (c == '"') to += '"';
        to += c;
    }
    to += '"';
}

std::uint64_t write_csv(database& in, const asked_rows& asked, const std::string& path) {
    constexpr std::size_t block = 1u << 20;
    std::ofstream to(path, std::ios::binary | std::ios::trunc);
    if (!to) not_written();
    std::string out = "\xEF\xBB\xBF";  // so that spreadsheets read it as UTF-8
    const auto ends = [&](std::size_t column) { out += column + 1 == asked.headings.size() ? "\r\n" : ","; };
    for (std::size_t i = 0; i < asked.headings.size(); ++i) {
        add_cell(out, asked.headings[i], false);
        ends(i);
    }
    const auto rows = each_row(in, asked, [&](const std::vector<result_column>& columns, const text_row& row) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            // Nothing is a missing value, "" an empty text.
            if (row[i]) {
                const bool text = columns[i].kind == column_kind::text;
                if (text && looks_like_a_formula(*row[i])) add_cell(out, "'" + *row[i], false);
                else add_cell(out, *row[i], text && row[i]->empty());
            }
            ends(i);
        }
        if (out.size() < block) return;
        to.write(out.data(), static_cast<std::streamsize>(out.size()));
        if (!to) not_written();
        out.clear();
    });
    to.write(out.data(), static_cast<std::streamsize>(out.size()));
    to.close();
    if (!to) not_written();
    return rows;
}

// ---- Parquet

std::uint64_t write_parquet(database& in, const asked_rows& asked, const std::string& path) {
    const auto select = "SELECT " + joined(asked.columns) + " FROM " + asked.from + " ORDER BY " + asked.order;
    const auto rows = in.one("COPY (" + select + ") TO " + sql_text(path) + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)", asked.with);
    return rows ? std::stoull(*rows) : 0;
}

// ---- XLSX

/// Digits that say something: what a spreadsheet keeps is 15 of them.
std::size_t digits_in(std::string_view number) {
    std::string digits;
    for (const char c : number)
        if (c >= '0' && c <= '9' && !(digits.empty() && c == '0')) digits += c;
    while (!digits.empty() && digits.back() == '0') digits.pop_back();
    return digits.size();
}
std::size_t places_in(std::string_view number) {
    const auto point = number.find('.');
    return point == number.npos ? 0 : number.size() - point - 1;
}

/// "_x0041_" would be read as the character with that number; what is meant is written so that it is not.
std::string escaped(const std::string& text) {
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool number = text.compare(i, 2, "_x") == 0 && i + 6 < text.size() && text[i + 6] == '_' && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i) + 2, text.begin() + static_cast<std::ptrdiff_t>(i) + 6, is_hex);
        out += number ? "_x005F_" : std::string(1, text[i]);
    }
    return out;
}

class workbook {
public:
    workbook(const std::string& path, const std::string& sheet, const std::vector<std::string>& headings) : folder_(fs::path(path).parent_path().string()), columns_(headings.size()) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;  // a row is written when the next one begins
        options.tmpdir = folder_.empty() ? nullptr : folder_.data();
        book_ = workbook_new_opt(path.c_str(), &options);
        if (!book_) not_written();
        // "History" is Excel's own.
        const bool named = sheet != "history" && workbook_validate_sheet_name(book_, sheet.c_str()) == LXW_NO_ERROR;
        sheet_ = workbook_add_worksheet(book_, named ? sheet.c_str() : "rows");
        if (!sheet_) {
            lxw_workbook_free(book_);
            not_written();
        }
        auto* bold = workbook_add_format(book_);
        format_set_bold(bold);
        constexpr double width = 16;
        worksheet_set_column(sheet_, 0, static_cast<lxw_col_t>(columns_ - 1), width, nullptr);
        worksheet_freeze_panes(sheet_, 1, 0);
        for (std::size_t i = 0; i < columns_; ++i) worksheet_write_string(sheet_, 0, static_cast<lxw_col_t>(i), headings[i].c_str(), bold);
    }
    ~workbook() {
        if (book_) lxw_workbook_free(book_);
    }
    workbook(const workbook&) = delete;
    workbook& operator=(const workbook&) = delete;

    void row(const std::vector<result_column>& columns, const text_row& row) {
        ++row_;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!row[i]) continue;
            const auto at = static_cast<lxw_col_t>(i);
            switch (columns[i].kind) {
                case column_kind::decimal:
                case column_kind::whole: number(at, *row[i]); break;
                case column_kind::day:
                case column_kind::moment: time(at, *row[i]); break;
                default: text(at, *row[i]);
            }
        }
    }

    void close() {
        worksheet_autofilter(sheet_, 0, 0, row_, static_cast<lxw_col_t>(columns_ - 1));
        const auto failed = workbook_close(book_);
        book_ = nullptr;
        if (failed != LXW_NO_ERROR) not_written();
    }

private:
    lxw_format* look(const std::string& code) {
        auto& f = looks_[code];
        if (!f) {
            f = workbook_add_format(book_);
            format_set_num_format(f, code.c_str());
        }
        return f;
    }

    static void see(lxw_error failed) {
        if (failed == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
            throw trouble("too_large", "有文字超过工作簿单元格的 32,767 个字符：请改用 CSV 或 Parquet", "a text has more than the 32,767 characters of a workbook's cell: take CSV or Parquet");
        if (failed != LXW_NO_ERROR) not_written();
    }

    void text(lxw_col_t at, const std::string& value) { see(worksheet_write_string(sheet_, row_, at, (value.find("_x") == value.npos ? value : escaped(value)).c_str(), nullptr)); }

    void number(lxw_col_t at, const std::string& value) {
        constexpr std::size_t exact = 15;
        if (digits_in(value) > exact) return text(at, value);
        double n = 0;
        std::from_chars(value.data(), value.data() + value.size(), n);
        const auto places = places_in(value);
        see(worksheet_write_number(sheet_, row_, at, n, look(places ? "0." + std::string(places, '0') : "0")));
    }

    /// Days since the end of 1899, in which 1900 had a 29 February. What is before, and what is less than a millisecond, a spreadsheet
    /// can't have.
    void time(lxw_col_t at, const std::string& value) {
        constexpr std::int64_t a_day = 86'400'000'000, a_millisecond = 1000, to_1970 = 25'569, march_1900 = 61;
        const auto moment = cast_moment(value);
        if (!moment.value || *moment.value % a_millisecond) return text(at, value);
        auto day = *moment.value / a_day, rest = *moment.value % a_day;
        if (rest < 0) --day, rest += a_day;
        day += to_1970;
        if (day < march_1900) --day;
        if (day < 1) return text(at, value);
        const char* code = value.size() <= std::string_view("2026-11-30").size() ? "yyyy-mm-dd" : rest % 1'000'000 ? "yyyy-mm-dd hh:mm:ss.000" : "yyyy-mm-dd hh:mm:ss";
        see(worksheet_write_number(sheet_, row_, at, static_cast<double>(day) + static_cast<double>(rest) / static_cast<double>(a_day), look(code)));
    }

    std::string folder_;
    std::size_t columns_;
    lxw_workbook* book_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    lxw_row_t row_ = 0;
    std::map<std::string, lxw_format*> looks_;
};

std::uint64_t write_xlsx(database& in, const asked_rows& asked, const std::string& path) {
    const auto rows = in.number("SELECT count(*) FROM " + asked.from, asked.with);
    if (rows > sheet_rows_max)
        throw trouble("too_large", fmt::format("有 {} 行，而一张工作表至多 {} 行：请缩短期间或用 only 限定，或改用 CSV、Parquet", rows, sheet_rows_max),
                      fmt::format("there are {} rows, and a sheet has {} at most: ask for a shorter time, narrow it with only, or take CSV or Parquet", rows, sheet_rows_max));
    if (asked.headings.size() > sheet_columns_max)
        throw trouble("too_large", fmt::format("一张工作表至多 {} 列：请改用 CSV、Parquet", sheet_columns_max), fmt::format("a sheet has {} columns at most: take CSV or Parquet", sheet_columns_max));
    workbook book(path, asked.sheet, asked.headings);
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
