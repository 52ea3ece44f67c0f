#pragma once
// What is asked of the database: a page of rows by key, never by their number; one row; how many there are.

#include "server/data_worker/odata/asked.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace data_worker::odata {

constexpr std::size_t page_rows_max = 5000, page_bytes_max = 8u << 20;

struct page {
    std::string rows;  ///< "{…},{…}"
    std::size_t count = 0;
    std::optional<std::string> after;  ///< the mark of the page behind it, where there is one
};

page read_page(database& in, const entity_set& set, const options& how, bool numbers_as_text, std::size_t rows_max);
std::int64_t count_rows(database& in, const entity_set& set, const options& how);
/// {…}; nothing where no row has that key.
std::optional<std::string> read_one(database& in, const entity_set& set, const place& at, const options& how, bool numbers_as_text);

}  // namespace data_worker::odata
