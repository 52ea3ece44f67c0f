#pragma once
// How a spreadsheet shows a number: the format codes of Office Open XML (ECMA-376, 18.8.31), by their grammar.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli::bulk {

/// The code of a format that has none in the file, by its number. Empty: General.
std::string_view built_in_format(unsigned number);

class number_format {
public:
    explicit number_format(std::string_view code);

    /// What the cell shows; days always as 2026-12-01, times as 08:30. Nothing where the format has parts that are not
    /// followed here (fractions, digits in words), or the number is no day.
    std::optional<std::string> show(double value, bool from_1904) const;

    /// What a cell of text shows.
    std::string show(std::string_view text) const;

    /// Of its first section.
    bool is_percent() const;
    bool is_date() const;

private:
    enum class part { literal, digit, point, comma, percent, exponent, slash, text, general, day, hour, minute, second, half_day, elapsed, unknown };
    struct token {
        part is;
        std::string text;  ///< of a literal; of a digit "0", "#" or "?"; of what is elapsed "h", "m" or "s"
    };
    struct condition {
        std::string op;
        double than = 0;
        bool holds(double value) const;
    };
    struct section {
        std::vector<token> tokens;
        std::optional<condition> when;

        bool has(part p) const;
        std::size_t count(part p) const;
        bool is_date() const;
        bool is_number() const;
    };

    static section read_section(std::string_view code, std::size_t& at);
    static void read_bracket(std::string_view inside, section& into);
    static void tell_minutes_from_months(section& s);
    const section* chosen(double value, bool& magnitude) const;
    static std::optional<std::string> as_date(const section& s, double value, bool from_1904);
    static std::optional<std::string> as_number(const section& s, double value);

    std::vector<section> sections_;
};

/// Without a format: up to 15 digits, as the spreadsheet keeps them. Nothing for what has more before the point: its last
/// digits are lost.
std::optional<std::string> plain_number(double value);

}  // namespace cli::bulk
