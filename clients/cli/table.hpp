#pragma once
// Rows under headings, straight in a terminal whatever script they are written in.

#include <string>
#include <vector>

namespace cli {

enum class paint { plain, dim, bold, red, green, yellow, blue };

struct cell {
    std::string text;
    paint as = paint::plain;
};

struct column {
    std::string head;
    bool right = false;   ///< numbers
    bool shrinks = true;  ///< may be cut when the terminal is narrow; ids, dates and states may not
};

/// `text` in a colour, or as it is.
std::string painted(const std::string& text, paint as, bool color);

/// One line a row, headings first. `columns_at_most` is the terminal's width; 0 cuts nothing.
std::string render_table(const std::vector<column>& columns, const std::vector<std::vector<cell>>& rows, int columns_at_most,
                         bool color);

/// One "label  value" a line; further lines of a value are indented under it.
std::string render_facts(const std::vector<std::pair<std::string, cell>>& facts, bool color);

/// One line of comma separated values (RFC 4180), ended by CR LF. What a spreadsheet would take for a formula is guarded.
std::string csv_line(const std::vector<std::string>& values);

/// A spreadsheet runs what begins with =, +, - or @ (a number does not count): it gets a ' before it, which is a text there.
/// What begins with ' and then so gets another, so that the guard can be taken off again and the text is the same.
std::string with_guard(std::string value);
std::string without_guard(std::string value);

}  // namespace cli
