#pragma once
// Rows under known headings, in either language.

#include "clients/cli/bulk/sheet.hpp"
#include "clients/cli/client.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cli::bulk {

struct column_about {
    std::string_view key;  ///< of the field; also taken as a heading
    text heading;
    bool required = false;  ///< by what is new
    text example = {};      ///< in the second row of a template
    bool listed = false;    ///< in what is listed as CSV, and not for a table to say: it is passed over
};

/// What is wrong with one row, and what would make it pass.
struct fault {
    std::uint64_t row;
    std::string column;  ///< key; empty: the row as a whole
    std::string zh;
    std::string en;
};

struct record {
    std::uint64_t row;
    std::map<std::string, std::string, std::less<>> values;  ///< by key; as the server keeps them (as_kept); none is empty
    std::vector<fault> faults = {};                          ///< of cells that can't be had

    /// Empty where it is not given.
    const std::string& operator[](std::string_view key) const;
    bool has(std::string_view key) const { return values.contains(key); }
};

/// Throws `failure` (invalid) where a heading is not known, there twice, or a required one is missing.
std::vector<record> records_of(const sheet& from, std::span<const column_about> columns);

/// The row of headings and an example, as CSV that a spreadsheet opens rightly.
std::string template_of(std::span<const column_about> columns, language l);

/// The heading of a column; the key where it is none.
std::string heading_of(std::span<const column_about> columns, std::string_view key, language l);

}  // namespace cli::bulk
