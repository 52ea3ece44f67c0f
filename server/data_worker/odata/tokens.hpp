#pragma once
// The words of an expression, and its values: text in '', whole and decimal numbers, days and moments. Pure.

#include "server/data_worker/odata/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace data_worker::odata {

struct literal {
    kind is = kind::text;
    bool null = false;
    /// The text itself; a number as -123.45, without zeros that say nothing; 2026-11-30; a moment on the department's clock,
    /// 2026-11-30 08:30:00; true or false.
    std::string text;
    unsigned places = 0;  ///< of a number, behind the point
};

struct token {
    enum class what { name, value, open, close, comma, equals, slash, end } is = what::end;
    std::string name;
    literal value;
    std::size_t at = 1;  ///< which character of the text it begins at, from 1
};

constexpr std::size_t text_bytes_max = 8 * 1024;

/// `option`, such as $filter, is named where something is wrong.
std::vector<token> tokens_of(std::string_view text, const std::string& option);

/// "$filter, at character 12: …"
[[noreturn]] void wrong_at(const std::string& option, std::size_t at, const std::string& zh, const std::string& en);

/// Values as a request or a mark has them; throw with `option`.
literal number_literal(std::string_view text, const std::string& option, std::size_t at);
literal time_literal(std::string_view text, const std::string& option, std::size_t at);

}  // namespace data_worker::odata
