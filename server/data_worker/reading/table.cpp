#include "server/data_worker/reading/table.hpp"

#include "server/data_worker/cast.hpp"
#include "server/data_worker/reading/csv.hpp"
#include "server/data_worker/reading/decode.hpp"
#include "server/data_worker/reading/xlsx.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace data_worker {
namespace {

void see_that_it_is(const std::string& path, file_type type) {
    char first[8] = {};
    const auto n = open_file(path)->read(first, sizeof first);
    const std::string_view begins(first, n);
    if (n == 0) throw trouble("unreadable", "文件是空的", "the file is empty");
    if (begins.starts_with("\xD0\xCF\x11\xE0")) throw trouble("unreadable", "这是旧格式的 .xls（或加了密码）：请另存为 .xlsx 或 CSV", "this is an old .xls, or has a password: save it as .xlsx or CSV");
    const bool zip = begins.starts_with("PK\x03\x04");
    if (type == file_type::csv && zip) throw trouble("unreadable", "计划中是 CSV，交付的是 XLSX 或压缩包", "the plan says CSV, and this is an XLSX or an archive");
    if (type == file_type::xlsx && !zip) throw trouble("unreadable", "计划中是 XLSX，交付的不是", "the plan says XLSX, and this is none");
}

}  // namespace

std::unique_ptr<record_source> open_rows(const std::string& path, const reading_rules& how) {
    see_that_it_is(path, how.type);
    if (how.type == file_type::xlsx) return xlsx_rows(path, how.sheet);
    return csv_rows(decoded(open_file(path), how.encoding), how.separator);
}

table::table(const std::string& path, const plan& by) : plan_(by), rows_(open_rows(path, by.reading)) {
    record row;
    for (;;) {
        if (!rows_->next(row)) throw trouble("unreadable", "文件中没有列名所在的行", "there is no row of headings in the file");
        if (row.line > by.reading.skip && !row.is_blank()) break;
    }
    if (row.bad) throw trouble("unreadable", fmt::format("第 {} 行（列名）：{}", row.line, row.bad->zh), fmt::format("line {} (headings): {}", row.line, row.bad->en));
    heading_.line = row.line;
    for (std::size_t i = 0; i < row.size(); ++i) heading_.names.emplace_back(trimmed(row[i]));
    while (!heading_.names.empty() && heading_.names.back().empty()) heading_.names.pop_back();
    std::size_t before = 0;
    for (const auto& c : by.columns) {
        const auto& names = heading_.names;
        const auto found = std::find(names.begin(), names.end(), c.name);
        heading_.at.emplace_back();
        if (found == names.end()) {
            if (c.role != column_role::ignored) heading_.missing.push_back(c.name);
            continue;
        }
        if (c.role != column_role::ignored && std::find(found + 1, names.end(), c.name) != names.end())
            throw trouble("unreadable", fmt::format("有两列都叫“{}”", c.name), fmt::format("two columns are called “{}”", c.name));
        const auto at = static_cast<std::size_t>(found - names.begin());
        heading_.moved = heading_.moved || at < before;
        before = at;
        heading_.at.back() = at;
    }
    for (const auto& n : heading_.names)
        if (std::none_of(by.columns.begin(), by.columns.end(), [&](const plan_column& c) { return c.name == n; })) heading_.more.push_back(n);
}

bool table::next_read(record& row) {
    do {
        if (!rows_->next(row)) return false;
    } while (row.is_blank());
    const auto wanted = heading_.names.size();
    if (row.bad) return true;
    std::size_t filled = row.size();
    while (filled > wanted && row[filled - 1].empty()) --filled;
    // A workbook leaves out what is empty at a row's end; in a text file a row without all its separators is a broken one.
    if (filled > wanted || (plan_.reading.type == file_type::csv && row.size() < wanted)) {
        row.bad = said{fmt::format("有 {} 列，应为 {} 列", row.size(), wanted), fmt::format("{} columns where {} are expected", row.size(), wanted)};
        row.bad_column = std::min(row.size(), wanted);
    }
    return true;
}

bool table::next(record& row) {
    if (plan_.reading.skip_end == 0) {
        if (!next_read(row)) return false;
    } else {
        while (held_.size() <= plan_.reading.skip_end) {
            held_.emplace_back();
            if (next_read(held_.back())) continue;
            held_.pop_back();
            return false;
        }
        std::swap(row, held_.front());
        held_.pop_front();
    }
    if (++count_ > bounds::rows_max) throw trouble("too_large", fmt::format("超过 {} 行：请分成几次交付", bounds::rows_max), fmt::format("more than {} rows: deliver it in parts", bounds::rows_max));
    return true;
}

}  // namespace data_worker
