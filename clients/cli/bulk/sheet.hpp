#pragma once
// Rows of text, from whichever kind of file they came.

#include "clients/cli/language.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace cli::bulk {

/// What is read at most: a file that holds more is refused, never cut.
struct bounds {
    static constexpr std::size_t file_bytes_max = 16u << 20;
    static constexpr std::size_t part_bytes_max = 64u << 20;  ///< of one part of an XLSX, unpacked
    static constexpr std::size_t cell_bytes_max = 32'768;     ///< what Excel itself holds at most
    static constexpr std::size_t columns_max = 256;
    static constexpr std::size_t rows_max = 10'000;  ///< below the headings
};

/// Something to know of what was read.
struct note {
    std::string zh;
    std::string en;
};

/// A cell whose content can't be had as the sheet shows it.
struct bad_cell {
    std::size_t column;
    note why;
};

struct sheet_row {
    std::uint64_t number;            ///< as a spreadsheet shows it: the headings are 1
    std::vector<std::string> cells;  ///< UTF-8; may be fewer than there are headings
    std::vector<bad_cell> bad = {};
};

using sheet = std::vector<sheet_row>;

/// What is asked of a file beside its rows, and what is to be said of it.
struct reading {
    std::string sheet_name;  ///< of a workbook's sheets; empty: the first that is shown
    std::string encoding;    ///< of a text file; empty: told from its bytes
    std::vector<note> notes = {};
};

/// Reads `file` ("-" is stdin, and CSV), by what is in it. Throws `failure` (invalid) saying what is wrong with the file.
sheet read_sheet(const std::string& file, reading& how);

}  // namespace cli::bulk
