#pragma once
// Comma-separated values (RFC 4180), strictly: the separator is said and never guessed, a row is what stands between its line ends,
// quoted ones left out, and what can't be read as such is said with its line.

#include "server/data_worker/reading/record.hpp"

namespace data_worker {

/// `text` is UTF-8.
std::unique_ptr<record_source> csv_rows(std::unique_ptr<byte_source> text, char separator);

}  // namespace data_worker
