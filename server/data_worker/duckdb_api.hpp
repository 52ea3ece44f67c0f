#pragma once
// What is used of DuckDB's C interface, version 1.5.6: handles, plain structs and functions by name, as the library exports them.
// Only engine/ includes this.

#include <cstdint>

namespace duck {

/// How types are numbered.
enum type_number : std::int32_t {
    boolean_ = 1, int8_ = 2, int16_ = 3, int32_ = 4, int64_ = 5, uint8_ = 6, uint16_ = 7, uint32_ = 8, uint64_ = 9, float_ = 10, double_ = 11,
    timestamp_ = 12, date_ = 13, hugeint_ = 16, varchar_ = 17, decimal_ = 19
};
constexpr int statement_select = 1;

extern "C" {

// NOLINTBEGIN(readability-identifier-naming): these are the library's names
struct duckdb_database_impl;
struct duckdb_connection_impl;
struct duckdb_config_impl;
struct duckdb_prepared_impl;
struct duckdb_statements_impl;
struct duckdb_appender_impl;
struct duckdb_chunk_impl;
struct duckdb_vector_impl;
struct duckdb_type_impl;
struct duckdb_value_impl;
using duckdb_database = duckdb_database_impl*;
using duckdb_connection = duckdb_connection_impl*;
using duckdb_config = duckdb_config_impl*;
using duckdb_prepared_statement = duckdb_prepared_impl*;
using duckdb_extracted_statements = duckdb_statements_impl*;
using duckdb_appender = duckdb_appender_impl*;
using duckdb_data_chunk = duckdb_chunk_impl*;
using duckdb_vector = duckdb_vector_impl*;
using duckdb_logical_type = duckdb_type_impl*;
using duckdb_value = duckdb_value_impl*;

/// Passed by value. What the first five hold is of no use to anybody any more.
struct duckdb_result {
    std::uint64_t unused[3];
    void* unused_columns;
    char* unused_message;
    void* internal;
};
struct duckdb_hugeint {
    std::uint64_t lower;
    std::int64_t upper;
};
/// Up to 12 bytes lie in it, more are pointed to.
struct duckdb_string_t {
    std::uint32_t length;
    char prefix[4];
    char* pointer;
};

// 0 is success for all that give an int.
const char* duckdb_library_version();
int duckdb_create_config(duckdb_config* made);
int duckdb_set_config(duckdb_config config, const char* name, const char* option);
void duckdb_destroy_config(duckdb_config* config);
int duckdb_open_ext(const char* path, duckdb_database* made, duckdb_config config, char** error);
void duckdb_close(duckdb_database* database);
int duckdb_connect(duckdb_database database, duckdb_connection* made);
void duckdb_disconnect(duckdb_connection* connection);
void duckdb_free(void* pointer);

int duckdb_query(duckdb_connection connection, const char* sql, duckdb_result* made);
std::uint64_t duckdb_extract_statements(duckdb_connection connection, const char* sql, duckdb_extracted_statements* made);
int duckdb_prepare_extracted_statement(duckdb_connection connection, duckdb_extracted_statements all, std::uint64_t index, duckdb_prepared_statement* made);
const char* duckdb_extract_statements_error(duckdb_extracted_statements all);
void duckdb_destroy_extracted(duckdb_extracted_statements* all);
int duckdb_prepare(duckdb_connection connection, const char* sql, duckdb_prepared_statement* made);
const char* duckdb_prepare_error(duckdb_prepared_statement prepared);
int duckdb_prepared_statement_type(duckdb_prepared_statement prepared);
std::uint64_t duckdb_nparams(duckdb_prepared_statement prepared);
int duckdb_bind_varchar_length(duckdb_prepared_statement prepared, std::uint64_t index, const char* text, std::uint64_t length);
int duckdb_bind_int64(duckdb_prepared_statement prepared, std::uint64_t index, std::int64_t number);
int duckdb_bind_null(duckdb_prepared_statement prepared, std::uint64_t index);
int duckdb_execute_prepared(duckdb_prepared_statement prepared, duckdb_result* made);
int duckdb_execute_prepared_streaming(duckdb_prepared_statement prepared, duckdb_result* made);
void duckdb_destroy_prepare(duckdb_prepared_statement* prepared);

const char* duckdb_result_error(duckdb_result* result);
std::uint64_t duckdb_column_count(duckdb_result* result);
const char* duckdb_column_name(duckdb_result* result, std::uint64_t column);
duckdb_logical_type duckdb_column_logical_type(duckdb_result* result, std::uint64_t column);
duckdb_data_chunk duckdb_fetch_chunk(duckdb_result result);
void duckdb_destroy_result(duckdb_result* result);

duckdb_logical_type duckdb_create_logical_type(std::int32_t type);
duckdb_logical_type duckdb_create_decimal_type(std::uint8_t width, std::uint8_t scale);
std::int32_t duckdb_get_type_id(duckdb_logical_type type);
std::uint8_t duckdb_decimal_scale(duckdb_logical_type type);
std::int32_t duckdb_decimal_internal_type(duckdb_logical_type type);
void duckdb_destroy_logical_type(duckdb_logical_type* type);

std::uint64_t duckdb_vector_size();
duckdb_data_chunk duckdb_create_data_chunk(duckdb_logical_type* types, std::uint64_t count);
void duckdb_data_chunk_reset(duckdb_data_chunk chunk);
void duckdb_data_chunk_set_size(duckdb_data_chunk chunk, std::uint64_t size);
std::uint64_t duckdb_data_chunk_get_size(duckdb_data_chunk chunk);
duckdb_vector duckdb_data_chunk_get_vector(duckdb_data_chunk chunk, std::uint64_t column);
void duckdb_destroy_data_chunk(duckdb_data_chunk* chunk);
void* duckdb_vector_get_data(duckdb_vector vector);
std::uint64_t* duckdb_vector_get_validity(duckdb_vector vector);
void duckdb_vector_ensure_validity_writable(duckdb_vector vector);
void duckdb_vector_assign_string_element_len(duckdb_vector vector, std::uint64_t index, const char* text, std::uint64_t length);

int duckdb_appender_create_ext(duckdb_connection connection, const char* catalog, const char* schema, const char* table, duckdb_appender* made);
int duckdb_append_data_chunk(duckdb_appender appender, duckdb_data_chunk chunk);
int duckdb_appender_close(duckdb_appender appender);
int duckdb_appender_destroy(duckdb_appender* appender);
const char* duckdb_appender_error(duckdb_appender appender);

std::uint64_t duckdb_get_list_size(duckdb_value list);
duckdb_value duckdb_get_list_child(duckdb_value list, std::uint64_t index);
char* duckdb_get_varchar(duckdb_value value);
void duckdb_destroy_value(duckdb_value* value);
// NOLINTEND(readability-identifier-naming)
}

}  // namespace duck
