#pragma once
// For the files of this folder: the handles.

#include "server/data_worker/duckdb_api.hpp"
#include "server/data_worker/engine/database.hpp"

namespace data_worker {

struct database::impl {
    duck::duckdb_database file = nullptr;
    duck::duckdb_connection connection = nullptr;
    ~impl();
};

[[noreturn]] void engine_failed(const char* why);

}  // namespace data_worker
