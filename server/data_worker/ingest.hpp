#pragma once
// A delivery's file into a staging table: each row read, cast, held against the plan, and appended or rejected.

#include "server/data_worker/engine/database.hpp"
#include "server/data_worker/findings.hpp"
#include "server/data_worker/plan.hpp"

#include <optional>
#include <string>

namespace data_worker {

struct ingest_request {
    std::string file;
    std::int32_t from = 0, until = 0;  ///< days since 1970
    std::string hash_key;              ///< for columns that are hashed
    std::string rejects;               ///< a file to be written with the rows that are rejected; empty: none
    std::string table;                 ///< to be made
};

struct ingested {
    findings found;
    std::string schema_sha256;
    std::string rows_sha256;  ///< of the rows that were taken, in the order of their key, whatever their order in the file
    bool any_rejects = false;
};

/// Within a transaction of the caller. Says in the plan which of its columns have to be wide. Throws `trouble` where the file can't be
/// read as the plan says; where columns are missing it says so in what it found, and makes no table.
ingested ingest(database& into, plan& by, const ingest_request& asked);

/// Of a stored column: DECIMAL(18,2).
std::string sql_type(const plan_column& c);

/// The beginning of a value, for people.
std::string shortened(std::string_view text, std::size_t characters = 100);

}  // namespace data_worker
