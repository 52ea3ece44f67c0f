#include "server/data_worker/engine/appender.hpp"

#include "server/data_worker/engine/database_impl.hpp"

#include <cstring>

namespace data_worker {

using namespace duck;

struct appender::impl {
    duckdb_appender handle = nullptr;
    duckdb_data_chunk chunk = nullptr;
    std::vector<duckdb_vector> vectors;
    std::vector<char*> data;
    std::vector<std::uint64_t*> valid;
    std::vector<bool> wide;
    std::uint64_t rows = 0, capacity = 0;

    impl() = default;
    impl(const impl&) = delete;
    impl& operator=(const impl&) = delete;
    ~impl() {
        if (handle) duckdb_appender_destroy(&handle);
        if (chunk) duckdb_destroy_data_chunk(&chunk);
    }

    void begin() {
        for (std::size_t c = 0; c < vectors.size(); ++c) {
            vectors[c] = duckdb_data_chunk_get_vector(chunk, c);
            duckdb_vector_ensure_validity_writable(vectors[c]);
            data[c] = static_cast<char*>(duckdb_vector_get_data(vectors[c]));
            valid[c] = duckdb_vector_get_validity(vectors[c]);
            std::memset(valid[c], 0, capacity / 8);
        }
    }
    void flush() {
        if (rows == 0) return;
        duckdb_data_chunk_set_size(chunk, rows);
        if (duckdb_append_data_chunk(handle, chunk) != 0) engine_failed(duckdb_appender_error(handle));
        duckdb_data_chunk_reset(chunk);
        rows = 0;
        begin();
    }
    template <class T>
    void put(std::size_t column, const T& value) {
        std::memcpy(data[column] + rows * sizeof(T), &value, sizeof(T));
        set(column);
    }
    void set(std::size_t column) { valid[column][rows / 64] |= std::uint64_t(1) << (rows % 64); }
};

appender::appender(database& to, const std::string& table, const std::vector<appended_column>& columns) : impl_(std::make_unique<impl>()) {
    if (duckdb_appender_create_ext(to.inner().connection, "temp", "main", table.c_str(), &impl_->handle) != 0) engine_failed(duckdb_appender_error(impl_->handle));
    std::vector<duckdb_logical_type> types;
    for (const auto& c : columns) {
        impl_->wide.push_back(c.wide);
        switch (c.kind) {
            case column_kind::decimal: types.push_back(duckdb_create_decimal_type(c.wide ? wide_digits : narrow_digits, static_cast<std::uint8_t>(c.places))); break;
            case column_kind::day: types.push_back(duckdb_create_logical_type(date_)); break;
            case column_kind::moment: types.push_back(duckdb_create_logical_type(timestamp_)); break;
            case column_kind::whole: types.push_back(duckdb_create_logical_type(int64_)); break;
            default: types.push_back(duckdb_create_logical_type(varchar_)); break;
        }
    }
    impl_->chunk = duckdb_create_data_chunk(types.data(), types.size());
    for (auto& t : types) duckdb_destroy_logical_type(&t);
    impl_->capacity = duckdb_vector_size();
    impl_->vectors.resize(columns.size());
    impl_->data.resize(columns.size());
    impl_->valid.resize(columns.size());
    impl_->begin();
}

appender::~appender() = default;

void appender::text(std::size_t column, std::string_view value) {
    duckdb_vector_assign_string_element_len(impl_->vectors[column], impl_->rows, value.data(), value.size());
    impl_->set(column);
}
void appender::decimal(std::size_t column, int128 units) {
    if (!impl_->wide[column]) return impl_->put(column, static_cast<std::int64_t>(units));
    const auto bits = static_cast<uint128>(units);
    impl_->put(column, duckdb_hugeint{static_cast<std::uint64_t>(bits), static_cast<std::int64_t>(static_cast<std::uint64_t>(bits >> 64))});
}
void appender::day(std::size_t column, std::int32_t days) { impl_->put(column, days); }
void appender::moment(std::size_t column, std::int64_t micros) { impl_->put(column, micros); }
void appender::whole(std::size_t column, std::int64_t value) { impl_->put(column, value); }

void appender::end_row() {
    if (++impl_->rows == impl_->capacity) impl_->flush();
}

void appender::close() {
    impl_->flush();
    if (duckdb_appender_close(impl_->handle) != 0) engine_failed(duckdb_appender_error(impl_->handle));
}

}  // namespace data_worker
