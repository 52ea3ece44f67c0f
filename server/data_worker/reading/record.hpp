#pragma once
// Rows of text as they come out of a file, one at a time, from whichever kind of file.

#include "server/data_worker/trouble.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace data_worker {

/// What is read at most: what holds more is refused, never cut.
struct bounds {
    static constexpr std::uint64_t file_bytes_max = 8ull << 30;
    static constexpr std::uint64_t rows_max = 50'000'000;
    static constexpr std::size_t cell_bytes_max = 32'768;
    static constexpr std::size_t row_bytes_max = 1u << 20;
    static constexpr std::size_t columns_max = 512;
    static constexpr std::uint64_t part_bytes_max = 2ull << 30;   ///< of one part of an XLSX, unpacked
    static constexpr std::size_t strings_bytes_max = 256u << 20;  ///< of an XLSX, its texts together
};

/// One row. Its cells lie one behind the other in one text, which is used again for the next row.
class record {
public:
    struct cell {
        std::uint32_t from = 0, size = 0;
        bool is_number = false;  ///< a workbook's number, not a text that looks like one
    };

    std::uint64_t line = 0;      ///< as an editor or a spreadsheet counts, from 1
    std::optional<said> bad;     ///< why the row can't be read
    std::size_t bad_column = 0;  ///< from 0

    std::size_t size() const { return cells_.size(); }
    std::string_view operator[](std::size_t n) const { return std::string_view(bytes_).substr(cells_[n].from, cells_[n].size); }
    bool is_number(std::size_t n) const { return cells_[n].is_number; }
    /// Nothing in it but blanks.
    bool is_blank() const { return !bad && bytes_.find_first_not_of(" \t") == std::string::npos; }

    void clear() {
        bytes_.clear();
        cells_.clear();
        bad.reset();
    }
    void open() { cells_.push_back({static_cast<std::uint32_t>(bytes_.size())}); }
    void add(std::string_view text) { bytes_ += text; }
    void add(char c) { bytes_ += c; }
    void close(bool number = false) {
        cells_.back().size = static_cast<std::uint32_t>(bytes_.size()) - cells_.back().from;
        cells_.back().is_number = number;
    }
    std::size_t bytes() const { return bytes_.size(); }
    std::size_t open_bytes() const { return bytes_.size() - cells_.back().from; }

private:
    std::string bytes_;
    std::vector<cell> cells_;
};

/// Rows in their order, blank ones too. Throws `trouble` (unreadable, too_large) where the file can't be read at all.
class record_source {
public:
    virtual ~record_source() = default;
    virtual bool next(record& row) = 0;
};

/// Bytes in their order.
class byte_source {
public:
    virtual ~byte_source() = default;
    /// 0 at the end.
    virtual std::size_t read(char* to, std::size_t count) = 0;
};

std::unique_ptr<byte_source> open_file(const std::string& path);

}  // namespace data_worker
