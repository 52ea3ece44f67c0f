#pragma once
// What somebody else's statement answered, as the file that it was asked for.

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace data_worker {

/// `answer`: {columns, rows, more, sets}, as the child that ran it gives it. `format`: json, csv or parquet. `query`: the number by which it is on
/// record, which JSON says. What is said of the file: {rows, bytes, type}. Throws `trouble` (bad_request, engine, unreadable); nothing is left
/// behind then.
nlohmann::json write_sql_answer(const nlohmann::json& answer, const std::string& format, const std::string& path, std::optional<std::int64_t> query);

}  // namespace data_worker
