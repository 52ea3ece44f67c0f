#include "server/data_worker/written_file.hpp"

#include <filesystem>
#include <string_view>

namespace data_worker {
namespace {

constexpr std::size_t block_bytes = 1u << 20;

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

void add_text_cell(std::string& to, const std::string& text) {
    if (looks_like_a_formula(text)) add_cell(to, "'" + text, false);
    else add_cell(to, text, text.empty());
}

}  // namespace

void not_written() { throw trouble("unreadable", "文件无法写入：请检查磁盘空间和文件夹的权限", "the file can't be written: see whether the disk is full, and who may write into the folder"); }

kept_file::~kept_file() {
    std::error_code ignored;
    if (!whole_) std::filesystem::remove(path_, ignored);
}

text_file::text_file(const std::string& path) : to_(path, std::ios::binary | std::ios::trunc) {
    if (!to_) not_written();
}

void text_file::flush() {
    to_.write(out.data(), static_cast<std::streamsize>(out.size()));
    if (!to_) not_written();
    out.clear();
}

void text_file::flush_if_much() {
    if (out.size() >= block_bytes) flush();
}

void text_file::close() {
    flush();
    to_.close();
    if (!to_) not_written();
}

csv_file::csv_file(const std::string& path, const std::vector<std::string>& headings) : to_(path) {
    to_.out = "\xEF\xBB\xBF";  // so that spreadsheets read it as UTF-8
    for (std::size_t i = 0; i < headings.size(); ++i) {
        add_text_cell(to_.out, headings[i]);
        to_.out += i + 1 == headings.size() ? "\r\n" : ",";
    }
}

void csv_file::row(const std::vector<result_column>& columns, const text_row& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i]) {
            if (columns[i].kind == column_kind::text) add_text_cell(to_.out, *row[i]);
            else add_cell(to_.out, *row[i], false);
        }
        to_.out += i + 1 == row.size() ? "\r\n" : ",";
    }
    to_.flush_if_much();
}

}  // namespace data_worker
