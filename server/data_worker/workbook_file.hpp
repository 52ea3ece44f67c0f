#pragma once
// Workbooks (XLSX), by libxlsxwriter. What a spreadsheet can't keep exactly is text in it, and a text is never calculated.

#include <cstdint>
#include <map>
#include <string>

struct lxw_format;
struct lxw_workbook;
struct lxw_worksheet;

namespace data_worker {

class workbook_file {
public:
    enum class keeps {
        a_row,  ///< in memory, until the next one begins: rows in their order, however many
        all,    ///< what charts show is written with them
    };
    /// Throws `trouble` (unreadable). What is not closed is not written whole: see kept_file.
    workbook_file(const std::string& path, keeps how);
    ~workbook_file();
    workbook_file(const workbook_file&) = delete;
    workbook_file& operator=(const workbook_file&) = delete;

    bool may_be_called(const std::string& sheet) const;
    /// It lasts as long as the workbook. Throws `trouble` (unreadable).
    lxw_worksheet* add_sheet(const std::string& name);

    /// From 0.
    struct cell {
        lxw_worksheet* sheet;
        std::uint32_t row;
        std::uint16_t column;
    };
    /// All of these throw `trouble`: too_large where it is more than a cell holds.
    void heading(cell at, const std::string& text);
    void text(cell at, const std::string& value);
    /// A decimal; of more than 15 digits a text.
    void number(cell at, const std::string& value);
    /// A day or a moment; a text where a spreadsheet can't have it.
    void time(cell at, const std::string& value);

    /// Charts are the library's own.
    lxw_workbook* library() { return book_; }
    /// Writes it. Throws `trouble` (unreadable).
    void close();

private:
    lxw_format* look(const std::string& code);

    std::string folder_;
    lxw_workbook* book_ = nullptr;
    lxw_format* bold_ = nullptr;
    std::map<std::string, lxw_format*> looks_;
};

}  // namespace data_worker
