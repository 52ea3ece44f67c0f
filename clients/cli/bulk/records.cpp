#include "clients/cli/bulk/records.hpp"

#include "clients/cli/failure.hpp"
#include "clients/cli/bulk/xlsx.hpp"
#include "clients/cli/table.hpp"
#include "clients/cli/written.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cli::bulk {
namespace {

std::string plain(std::string_view heading) {
    auto out = as_kept(heading);
    while (out.starts_with("\uFEFF")) out.erase(0, 3);
    if (out.ends_with('*')) out = as_kept(out.substr(0, out.size() - 1));
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string all_headings(std::span<const column_about> columns, language l) {
    std::string out;
    for (const auto& c : columns)
        if (!c.listed) out += fmt::format("{}{}", out.empty() ? "" : l == language::zh ? "、" : ", ", c.heading.in(l));
    return out;
}

const column_about* known(std::span<const column_about> columns, std::string_view heading) {
    const auto h = plain(heading);
    for (const auto& c : columns)
        if (h == c.key || h == plain(c.heading.zh) || h == plain(c.heading.en)) return &c;
    return nullptr;
}

/// The column that each cell of a row belongs to; null: none, as it has no heading.
std::vector<const column_about*> read_headings(const sheet_row& row, std::span<const column_about> columns) {
    std::vector<const column_about*> out;
    if (!row.bad.empty())
        throw failure(exit_code::invalid, fmt::format("第 {} 行（列名）{} 列：{}", row.number, letters_of(row.bad[0].column), row.bad[0].why.zh),
                      fmt::format("row {} (the headings), column {}: {}", row.number, letters_of(row.bad[0].column), row.bad[0].why.en));
    for (const auto& given : row.cells) {
        const auto cell = as_kept(given);
        const auto* c = cell.empty() ? nullptr : known(columns, cell);
        if (!c && !cell.empty())
            throw failure(exit_code::invalid,
                          fmt::format("第 {} 行没有“{}”这样的列：可用 {}（--template 可写出）", row.number, cell,
                                      all_headings(columns, language::zh)),
                          fmt::format("row {}: there is no column “{}”: use {} (--template writes them)", row.number, cell,
                                      all_headings(columns, language::en)));
        if (c && std::find(out.begin(), out.end(), c) != out.end())
            throw failure(exit_code::invalid, fmt::format("列“{}”出现了两次", cell),
                          fmt::format("the column “{}” is there twice", cell));
        out.push_back(c);
    }
    return out;
}

}  // namespace

const std::string& record::operator[](std::string_view key) const {
    static const std::string nothing;
    const auto found = values.find(key);
    return found == values.end() ? nothing : found->second;
}

std::vector<record> records_of(const sheet& from, std::span<const column_about> columns) {
    const auto headings = read_headings(from.front(), columns);
    std::vector<record> all;
    for (std::size_t i = 1; i < from.size(); ++i) {
        record r{from[i].number, {}};
        const auto& cells = from[i].cells;
        for (const auto& bad : from[i].bad) {
            const auto* of = bad.column < headings.size() ? headings[bad.column] : nullptr;
            if (!of || !of->listed) r.faults.push_back({r.row, of ? std::string(of->key) : letters_of(bad.column), bad.why.zh, bad.why.en});
        }
        for (std::size_t at = 0; at < cells.size(); ++at) {
            auto value = without_guard(as_kept(cells[at]));
            if (value.empty()) continue;
            if (at >= headings.size() || !headings[at])
                throw failure(
                    exit_code::invalid, fmt::format("第 {} 行第 {} 列有内容，但该列没有列名：请补上列名或删去内容", r.row, at + 1),
                    fmt::format("row {}, column {} holds something, but has no heading: name the column or empty it", r.row, at + 1));
            if (!headings[at]->listed) r.values.emplace(headings[at]->key, std::move(value));
        }
        if (!r.values.empty() || !r.faults.empty()) all.push_back(std::move(r));
    }
    if (all.empty()) throw failure(exit_code::invalid, "只有列名，没有内容", "there are headings and no rows below them");
    return all;
}

std::string template_of(std::span<const column_about> columns, language l) {
    std::vector<std::string> headings, example;
    for (const auto& c : columns) {
        if (c.listed) continue;
        headings.push_back(std::string(c.heading.in(l)) + (c.required ? "*" : ""));
        example.emplace_back(c.example.in(l));
    }
    return "\xEF\xBB\xBF" + csv_line(headings) + csv_line(example);
}

std::string heading_of(std::span<const column_about> columns, std::string_view key, language l) {
    for (const auto& c : columns)
        if (c.key == key) return std::string(c.heading.in(l));
    return std::string(key);
}

}  // namespace cli::bulk
