#include "server/data_worker/workbook_file.hpp"

#include "server/data_worker/cast.hpp"
#include "server/data_worker/trouble.hpp"
#include "server/data_worker/written_file.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <string_view>

namespace data_worker {
namespace {

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

void see(lxw_error failed) {
    if (failed == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        throw trouble("too_large", "有文字超过工作簿单元格的 32,767 个字符：请改用 CSV 或 Parquet", "a text has more than the 32,767 characters of a workbook's cell: take CSV or Parquet");
    if (failed != LXW_NO_ERROR) not_written();
}

void write_text(workbook_file::cell at, const std::string& value, lxw_format* look) {
    see(worksheet_write_string(at.sheet, at.row, at.column, (value.find("_x") == value.npos ? value : escaped(value)).c_str(), look));
}

}  // namespace

workbook_file::workbook_file(const std::string& path, keeps how) : folder_(std::filesystem::path(path).parent_path().string()) {
    lxw_workbook_options options{};
    options.constant_memory = how == keeps::a_row ? LXW_TRUE : LXW_FALSE;
    options.tmpdir = folder_.empty() ? nullptr : folder_.data();
    book_ = workbook_new_opt(path.c_str(), &options);
    if (!book_) not_written();
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
}

workbook_file::~workbook_file() {
    if (book_) lxw_workbook_free(book_);
}

bool workbook_file::may_be_called(const std::string& sheet) const { return workbook_validate_sheet_name(book_, sheet.c_str()) == LXW_NO_ERROR; }

lxw_worksheet* workbook_file::add_sheet(const std::string& name) {
    auto* sheet = workbook_add_worksheet(book_, name.c_str());
    if (!sheet) not_written();
    return sheet;
}

lxw_format* workbook_file::look(const std::string& code) {
    auto& f = looks_[code];
    if (!f) {
        f = workbook_add_format(book_);
        format_set_num_format(f, code.c_str());
    }
    return f;
}

void workbook_file::heading(cell at, const std::string& text) { write_text(at, text, bold_); }

void workbook_file::text(cell at, const std::string& value) { write_text(at, value, nullptr); }

void workbook_file::number(cell at, const std::string& value) {
    constexpr std::size_t exact = 15;
    if (digits_in(value) > exact) return text(at, value);
    double n = 0;
    std::from_chars(value.data(), value.data() + value.size(), n);
    const auto places = places_in(value);
    see(worksheet_write_number(at.sheet, at.row, at.column, n, look(places ? "0." + std::string(places, '0') : "0")));
}

/// Days since the end of 1899, in which 1900 had a 29 February. What is before, and what is less than a millisecond, a spreadsheet
/// can't have.
void workbook_file::time(cell at, const std::string& value) {
    constexpr std::int64_t a_day = 86'400'000'000, a_millisecond = 1000, to_1970 = 25'569, march_1900 = 61;
    const auto moment = cast_moment(value);
    if (!moment.value || *moment.value % a_millisecond) return text(at, value);
    auto day = *moment.value / a_day, rest = *moment.value % a_day;
    if (rest < 0) --day, rest += a_day;
    day += to_1970;
    if (day < march_1900) --day;
    if (day < 1) return text(at, value);
    const char* code = value.size() <= std::string_view("2026-11-30").size() ? "yyyy-mm-dd" : rest % 1'000'000 ? "yyyy-mm-dd hh:mm:ss.000" : "yyyy-mm-dd hh:mm:ss";
    see(worksheet_write_number(at.sheet, at.row, at.column, static_cast<double>(day) + static_cast<double>(rest) / static_cast<double>(a_day), look(code)));
}

void workbook_file::close() {
    const auto failed = workbook_close(book_);
    book_ = nullptr;
    if (failed != LXW_NO_ERROR) not_written();
}

}  // namespace data_worker
