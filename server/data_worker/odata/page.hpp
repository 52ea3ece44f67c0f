#pragma once
// Rows as OData's JSON: numbers are their decimal text, never a double. And the mark of where a page ended. Pure.

#include "server/data_worker/odata/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace data_worker::odata {

/// "text", as JSON has it.
void add_text(std::string& to, std::string_view text);
/// For an address: whatever is no letter or digit of ASCII, nor one of -._~, as %XX.
std::string encoded(std::string_view text);

/// How the answer is written: with IEEE754Compatible numbers are texts.
struct writing {
    std::vector<const property*> properties;
    bool numbers_as_text = false;

    /// Expressions of a row, in the order that row() takes them: one or two a property.
    std::vector<std::string> expressions() const;
    /// "a":1,"b":null of the fields from the first one on; no braces around.
    void row(std::string& to, const text_row& fields) const;
};

/// Whether a JSON number is written so.
bool is_number_text(std::string_view text);

/// Values of a row, in an address.
std::string mark_of(const std::vector<field_text>& values);
/// Throws `refusal` ($skiptoken) where it is none that was given out.
std::vector<field_text> values_in(const std::string& mark);

}  // namespace data_worker::odata
