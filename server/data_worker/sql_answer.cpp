#include "server/data_worker/sql_answer.hpp"

#include "server/data_worker/engine/appender.hpp"
#include "server/data_worker/engine/database.hpp"
#include "server/data_worker/request.hpp"
#include "server/data_worker/written_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <set>
#include <utility>
#include <string_view>
#include <vector>

namespace data_worker {
namespace fs = std::filesystem;
namespace {

constexpr unsigned memory_mb = 256;

column_kind kind_named(std::string_view name) {
    constexpr std::array names{"text", "number", "whole", "decimal", "day", "moment", "yes_no"};
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? column_kind::text : static_cast<column_kind>(found - names.begin());
}

std::vector<result_column> columns_of(const json& answer) {
    std::vector<result_column> all;
    for (const auto& c : answer.at("columns")) all.push_back({c.at("name").get<std::string>(), kind_named(c.at("type").get<std::string>())});
    return all;
}

text_row row_of(const json& from) {
    text_row row;
    for (const auto& v : from) row.push_back(v.is_null() ? field_text() : field_text(v.get<std::string>()));
    return row;
}

// ---- JSON

void write_json(const json& answer, const std::string& path, std::optional<std::int64_t> query) {
    const auto text = [](const json& of) { return of.dump(-1, ' ', false, json::error_handler_t::replace); };
    text_file to(path);
    to.out = "{" + (query ? fmt::format("\"query\":{},", *query) : std::string()) + "\"columns\":" + text(answer.at("columns")) + ",\"cut\":" + (answer.at("more").get<bool>() ? "true" : "false") + ",\"rows\":[";
    bool first = true;
    for (const auto& row : answer.at("rows")) {
        if (!std::exchange(first, false)) to.out += ",\n";
        to.out += text(row);
        to.flush_if_much();
    }
    to.out += "]}\n";
    to.close();
}

// ---- CSV

void write_csv(const json& answer, const std::string& path, std::optional<std::int64_t>) {
    const auto columns = columns_of(answer);
    std::vector<std::string> headings;
    for (const auto& c : columns) headings.push_back(c.name);
    csv_file to(path, headings);
    for (const auto& row : answer.at("rows")) to.row(columns, row_of(row));
    to.close();
}

// ---- Parquet

/// Two columns of a file can't be called the same: the second is "name_2".
std::vector<std::string> told_apart(const std::vector<result_column>& columns) {
    std::set<std::string> taken;
    std::vector<std::string> all;
    for (const auto& c : columns) {
        auto name = c.name;
        for (int n = 2; !taken.insert(name).second; ++n) name = fmt::format("{}_{}", c.name, n);
        all.push_back(std::move(name));
    }
    return all;
}

/// As which type it is kept, so that no digit is lost.
std::string type_of(const json& answer, std::size_t column, column_kind kind) {
    constexpr std::size_t digits_of_a_word = 18;
    std::size_t places = 0, whole = 0;
    if (kind == column_kind::decimal || kind == column_kind::whole)
        for (const auto& row : answer.at("rows")) {
            if (row[column].is_null()) continue;
            const auto& text = row[column].get_ref<const std::string&>();
            const auto point = std::min(text.find('.'), text.size());
            whole = std::max(whole, point - (text.starts_with('-') ? 1 : 0));
            places = std::max(places, text.size() - std::min(point + 1, text.size()));
        }
    switch (kind) {
        case column_kind::number: return "DOUBLE";
        case column_kind::whole: return whole <= digits_of_a_word ? "BIGINT" : whole <= 38 ? "DECIMAL(38, 0)" : "VARCHAR";
        case column_kind::decimal: return fmt::format("DECIMAL({}, {})", whole + places <= digits_of_a_word ? 18 : 38, places);
        case column_kind::day: return "DATE";
        case column_kind::moment: return "TIMESTAMP";
        case column_kind::yes_no: return "BOOLEAN";
        case column_kind::text: break;
    }
    return "VARCHAR";
}

void write_parquet(const json& answer, const std::string& path, std::optional<std::int64_t>) {
    const auto columns = columns_of(answer);
    const auto names = told_apart(columns);
    database_options how;
    how.path = ":memory:";
    how.memory_mb = memory_mb;
    how.threads = 1;
    how.folders = {fs::path(path).parent_path().string()};
    database in(how);
    std::string made, taken;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        made += fmt::format("{}c{} VARCHAR", i ? ", " : "", i);
        taken += fmt::format("{}CAST(c{} AS {}) AS {}", i ? ", " : "", i, type_of(answer, i, columns[i].kind), sql_name(names[i]));
    }
    in.run("CREATE TEMP TABLE answer (" + made + ")");
    appender to(in, "answer", std::vector<appended_column>(columns.size()));
    for (const auto& row : answer.at("rows")) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (!row[i].is_null()) to.text(i, row[i].get_ref<const std::string&>());
        to.end_row();
    }
    to.close();
    in.run("COPY (SELECT " + taken + " FROM answer) TO " + sql_text(path) + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
}

}  // namespace

json write_sql_answer(const json& answer, const std::string& format, const std::string& path, std::optional<std::int64_t> query) {
    static constexpr struct {
        std::string_view name;
        const char* type;
        void (*write)(const json&, const std::string&, std::optional<std::int64_t>);
    } formats[] = {{"json", "application/json", write_json}, {"csv", "text/csv; charset=utf-8", write_csv}, {"parquet", "application/vnd.apache.parquet", write_parquet}};
    const auto* known = std::find_if(std::begin(formats), std::end(formats), [&](const auto& f) { return f.name == format; });
    if (known == std::end(formats)) request::wrong("format", "应为 json、csv 或 parquet", "json, csv or parquet is expected");
    kept_file file(path);
    known->write(answer, path, query);
    std::error_code failed;
    const auto bytes = fs::file_size(path, failed);
    if (failed) not_written();
    file.keep();
    return {{"rows", answer.at("rows").size()}, {"bytes", bytes}, {"type", known->type}};
}

}  // namespace data_worker
