// The operation workbook: sheets as they are given, and charts of their rows. It asks nothing of the database.

#include "server/data_worker/odata/page.hpp"
#include "server/data_worker/workbook_file.hpp"
#include "server/data_worker/worker.hpp"
#include "server/data_worker/written_file.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>

namespace data_worker {
namespace {

constexpr std::size_t sheets_max = 8, columns_max = 64, rows_max = 10'000, charts_max = 12;

const json& list_of(const request& r, const char* key, std::size_t least, std::size_t most) {
    const auto& all = r.needs(key);
    if (!all.is_array() || all.size() < least || all.size() > most) request::wrong(key, fmt::format("应为列表，{}–{} 项", least, most), fmt::format("a list of {}–{} is expected", least, most));
    return all;
}

void each_object(const json& list, const char* key, const auto& take) {
    for (const auto& one : list) {
        if (!one.is_object()) request::wrong(key, "应为对象", "objects are expected");
        take(request(one));
    }
}

struct written_sheet {
    std::string name;
    lxw_worksheet* is;
    const json* rows;
};

/// Nothing, a text, or {number}.
void write_cell(workbook_file& book, workbook_file::cell at, const json& value) {
    if (value.is_null()) return;
    if (value.is_string()) return book.text(at, value.get_ref<const std::string&>());
    if (!value.is_object()) request::wrong("sheets.rows", "应为文字、{number} 或 null", "a text, {number} or null is expected");
    const auto number = request(value).text("number");
    if (odata::is_number_text(number)) book.number(at, number);
    else book.text(at, number);
}

written_sheet write_sheet(workbook_file& book, const request& of) {
    const auto& headings = list_of(of, "headings", 1, columns_max);
    const auto& rows = list_of(of, "rows", 0, rows_max);
    written_sheet made{of.text("name"), nullptr, &rows};
    if (!book.may_be_called(made.name)) request::wrong("sheets.name", "不能作为工作表名称，或已使用", "no sheet may be called so, or another one is");
    made.is = book.add_sheet(made.name);
    constexpr double first_width = 28, width = 16;
    worksheet_set_column(made.is, 0, 0, first_width, nullptr);
    if (headings.size() > 1) worksheet_set_column(made.is, 1, static_cast<lxw_col_t>(headings.size() - 1), of.find("wide") ? 4 * width : width, nullptr);
    worksheet_freeze_panes(made.is, 1, 0);
    worksheet_set_landscape(made.is);
    worksheet_fit_to_pages(made.is, 1, 0);
    worksheet_repeat_rows(made.is, 0, 0);
    for (std::size_t i = 0; i < headings.size(); ++i) {
        if (!headings[i].is_string()) request::wrong("sheets.headings", "应为文字", "texts are expected");
        book.heading({made.is, 0, static_cast<std::uint16_t>(i)}, headings[i].get_ref<const std::string&>());
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (!rows[r].is_array() || rows[r].size() > headings.size()) request::wrong("sheets.rows", "应为列表，不多于标题数", "lists are expected, no longer than the headings");
        for (std::size_t i = 0; i < rows[r].size(); ++i) write_cell(book, {made.is, static_cast<std::uint32_t>(r + 1), static_cast<std::uint16_t>(i)}, rows[r][i]);
    }
    return made;
}

/// A column of its sheet.
lxw_col_t column_in(const request& chart, const char* key, const json& row) {
    const auto at = chart.number(key);
    if (at < 0 || static_cast<std::size_t>(at) >= row.size()) request::wrong(std::string("charts.each.") + key, "没有这一列", "there is no such column");
    return static_cast<lxw_col_t>(at);
}

bool is_below_zero(const json& cell) { return cell.is_object() && request(cell).text("number").starts_with('-'); }

/// The cells of one row, beside one another. Its title and unit are those of cells too: a text of its own could be a formula.
lxw_chart* chart_of(workbook_file& book, const std::vector<written_sheet>& sheets, const request& of) {
    const auto n = of.number("sheet"), at = of.number("row");
    if (n < 0 || static_cast<std::size_t>(n) >= sheets.size()) request::wrong("charts.each.sheet", "没有这张工作表", "there is no such sheet");
    const auto& sheet = sheets[static_cast<std::size_t>(n)];
    if (at < 0 || static_cast<std::size_t>(at) >= sheet.rows->size()) request::wrong("charts.each.row", "没有这一行", "there is no such row");
    const auto& cells = (*sheet.rows)[static_cast<std::size_t>(at)];
    const auto from = column_in(of, "from", cells), to = column_in(of, "to", cells), title = column_in(of, "title", cells), unit = column_in(of, "unit", cells);
    if (to < from) request::wrong("charts.each.to", "不得在 from 之前", "it is not before from");
    const auto row = static_cast<lxw_row_t>(at + 1);
    auto* chart = workbook_add_chart(book.library(), LXW_CHART_COLUMN);
    if (!chart) not_written();
    auto* series = chart_add_series(chart, nullptr, nullptr);
    if (!series) not_written();
    chart_series_set_categories(series, sheet.name.c_str(), 0, from, 0, to);
    chart_series_set_values(series, sheet.name.c_str(), row, from, row, to);
    chart_series_set_labels(series);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    if (cells[title].is_string()) chart_title_set_name_range(chart, sheet.name.c_str(), row, title);
    if (cells[unit].is_string()) chart_axis_set_name_range(chart->y_axis, sheet.name.c_str(), row, unit);
    // A bar that begins anywhere else says what is not so.
    if (std::none_of(cells.begin() + from, cells.begin() + to + 1, is_below_zero)) chart_axis_set_min(chart->y_axis, 0);
    return chart;
}

std::size_t write_charts(workbook_file& book, const std::vector<written_sheet>& sheets, const request& of) {
    const auto name = of.text("name");
    const auto& each = list_of(of, "each", 0, charts_max);
    if (each.empty()) return 0;
    if (!book.may_be_called(name)) request::wrong("charts.name", "不能作为工作表名称，或已使用", "no sheet may be called so, or another one is");
    auto* sheet = book.add_sheet(name);
    worksheet_fit_to_pages(sheet, 1, 0);
    std::size_t n = 0;
    each_object(each, "charts.each", [&](const request& one) {
        constexpr std::size_t beside = 2, rows_apart = 16, columns_apart = 8;
        auto* chart = chart_of(book, sheets, one);
        if (worksheet_insert_chart(sheet, static_cast<lxw_row_t>(n / beside * rows_apart), static_cast<lxw_col_t>(n % beside * columns_apart), chart) != LXW_NO_ERROR) not_written();
        ++n;
    });
    return n;
}

}  // namespace

json workbook_of(const request& r) {
    const auto path = r.text("file");
    const auto& asked = list_of(r, "sheets", 1, sheets_max);
    kept_file file(path);
    workbook_file book(path, workbook_file::keeps::all);
    std::vector<written_sheet> sheets;
    each_object(asked, "sheets", [&](const request& one) { sheets.push_back(write_sheet(book, one)); });
    std::size_t charts = 0;
    if (const auto* wanted = r.find("charts")) {
        if (!wanted->is_object()) request::wrong("charts", "应为对象", "an object is expected");
        charts = write_charts(book, sheets, request(*wanted));
    }
    book.close();
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(path, failed);
    if (failed) not_written();
    file.keep();
    return {{"sheets", sheets.size() + (charts ? 1 : 0)}, {"charts", charts}, {"bytes", bytes}, {"type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};
}

}  // namespace data_worker
