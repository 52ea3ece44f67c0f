#pragma once
// Rows into a temporary table, a block at a time. Nothing of it is there before close().

#include "server/data_worker/engine/database.hpp"

#include <string_view>

namespace data_worker {

struct appended_column {
    column_kind kind = column_kind::text;
    unsigned places = 0;  ///< of a decimal
    bool wide = false;    ///< a decimal of up to 38 digits, and not 18
};

class appender {
public:
    /// `columns` are all those of the table, in its order.
    appender(database& to, const std::string& table, const std::vector<appended_column>& columns);
    ~appender();
    appender(const appender&) = delete;
    appender& operator=(const appender&) = delete;

    /// Of the row that is begun; what is not set is missing.
    void text(std::size_t column, std::string_view value);
    void decimal(std::size_t column, int128 units);
    void day(std::size_t column, std::int32_t days);       ///< since 1970
    void moment(std::size_t column, std::int64_t micros);  ///< since 1970
    void whole(std::size_t column, std::int64_t value);
    void end_row();

    void close();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace data_worker
