#include "server/data_worker/rejects.hpp"

#include <algorithm>

namespace data_worker {
namespace {

constexpr std::uint64_t rows_max = 100'000;

}  // namespace

rejects_file::rejects_file(const std::string& path, const std::vector<std::string>& headings, std::vector<bool> hidden) : hidden_(std::move(hidden)) {
    if (path.empty()) return;
    to_.open(path, std::ios::binary | std::ios::trunc);
    if (!to_) throw trouble("unreadable", "无法写入被拒行的文件", "the file for rejected rows can't be written");
    open_ = true;
    to_ << "\xEF\xBB\xBF";  // so that spreadsheets read it as UTF-8
    for (const auto* h : {"行号 line", "列 column", "原因", "reason"}) put(h);
    for (std::size_t i = 0; i < headings.size(); ++i) put(headings[i], i + 1 == headings.size());
}

void rejects_file::add(const record& row, const std::string& column, const said& why) {
    any_ = true;
    if (!open_ || ++written_ > rows_max) return;
    put(std::to_string(row.line));
    put(column);
    put(why.zh);
    put(why.en, row.size() == 0);
    // In a row that is out of step any cell may be a hidden one.
    const bool out_of_step = row.bad && std::find(hidden_.begin(), hidden_.end(), true) != hidden_.end();
    for (std::size_t i = 0; i < row.size(); ++i) put(out_of_step || (i < hidden_.size() && hidden_[i]) ? std::string_view("***") : row[i], i + 1 == row.size());
}

void rejects_file::add(std::uint64_t line, const std::string& column, const said& why) {
    any_ = true;
    if (!open_ || ++written_ > rows_max) return;
    put(std::to_string(line));
    put(column);
    put(why.zh);
    put(why.en, true);
}

void rejects_file::put(std::string_view text, bool last) {
    to_ << '"';
    for (const char c : text) {
        if (c == '"') to_ << '"';
        to_ << c;
    }
    to_ << (last ? "\"\r\n" : "\",");
}

}  // namespace data_worker
