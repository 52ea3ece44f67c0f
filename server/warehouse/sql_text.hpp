#pragma once
// What of a statement in SQL is statement, and what is text, a quoted name or a comment in it. Pure.

#include <string>
#include <string_view>

namespace server::warehouse {

/// With $1 for :from and $2 for :until, wherever they stand as parameters, as PostgreSQL writes them. Other names are as they were.
struct numbered_sql {
    std::string text;
    bool has_from = false, has_until = false;
};
numbered_sql with_numbers(std::string_view statement);

/// The first word, in small letters, behind comments and opening parentheses: "select".
std::string first_word(std::string_view statement);

/// Whether it begins as what only reads does. What it then does is for the database to hold it to.
bool begins_as_query(std::string_view statement);

}  // namespace server::warehouse
