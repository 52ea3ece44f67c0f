#pragma once
// Files that rows are written to. Whatever the file, the same number is the same text in it.

#include "server/data_worker/engine/database.hpp"

#include <fstream>
#include <string>
#include <vector>

namespace data_worker {

/// Throws `trouble` (unreadable).
[[noreturn]] void not_written();

/// Removed with whatever is in it, unless all of it is.
class kept_file {
public:
    explicit kept_file(std::string path) : path_(std::move(path)) {}
    ~kept_file();
    kept_file(const kept_file&) = delete;
    kept_file& operator=(const kept_file&) = delete;
    void keep() { whole_ = true; }

private:
    std::string path_;
    bool whole_ = false;
};

/// Text, a block at a time. Throws `trouble` (unreadable).
class text_file {
public:
    explicit text_file(const std::string& path);
    /// What is to be written next is added here.
    std::string out;
    /// Now and then.
    void flush_if_much();
    void close();

private:
    void flush();
    std::ofstream to_;
};

/// CSV as RFC 4180 has it, in UTF-8 with a BOM, so that spreadsheets open it. Nothing is a missing value, "" an empty text; a text that a
/// spreadsheet would calculate is told to be one.
class csv_file {
public:
    csv_file(const std::string& path, const std::vector<std::string>& headings);
    void row(const std::vector<result_column>& columns, const text_row& row);
    void close() { to_.close(); }

private:
    text_file to_;
};

}  // namespace data_worker
