#pragma once
// DuckDB, owned: one database file and one connection, of one thread. What fails throws `trouble` (engine).

#include "server/data_worker/engine/int128.hpp"
#include "server/data_worker/trouble.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace data_worker {

/// What is bound to a `?`: values never become part of a statement's text.
using parameter = std::variant<std::monostate, std::int64_t, std::string>;
using parameters = std::vector<parameter>;

enum class column_kind { text, number, whole, decimal, day, moment, yes_no };

/// A value as text, the same everywhere: decimals with all their places, days as 2026-12-01, moments as 2026-12-01 08:30:00.
using field_text = std::optional<std::string>;
using text_row = std::vector<field_text>;

struct result_column {
    std::string name;
    column_kind kind;
};

/// The rows of a result, a block at a time.
class rows_read {
public:
    struct impl;
    explicit rows_read(std::unique_ptr<impl> from);
    rows_read(rows_read&&) noexcept;
    ~rows_read();

    const std::vector<result_column>& columns() const;
    /// False at the end.
    bool next(text_row& row);

private:
    std::unique_ptr<impl> impl_;
};

struct database_options {
    std::string path;
    unsigned memory_mb = 512;
    unsigned threads = 2;
    bool read_only = false;
    std::vector<std::string> folders;  ///< beside the file's own, the only ones that files may be written in
    std::string spill;                 ///< folder for what does not fit into memory; empty: nothing is spilled
};

class database {
public:
    explicit database(const database_options& how);
    ~database();
    database(const database&) = delete;
    database& operator=(const database&) = delete;

    static std::string version();

    void run(const std::string& sql, const parameters& with = {});
    /// With `streaming` the rows are made as they are read, and nothing else may be asked meanwhile.
    rows_read ask(const std::string& sql, const parameters& with = {}, bool streaming = false);
    std::vector<text_row> all(const std::string& sql, const parameters& with = {});
    /// The one value of the one row; nothing where it is missing.
    field_text one(const std::string& sql, const parameters& with = {});
    std::int64_t number(const std::string& sql, const parameters& with = {});

    /// Of what somebody else wrote: one statement that only reads, else `trouble` (refused).
    rows_read ask_untrusted(const std::string& sql, const parameters& with);

    /// All of it, or nothing.
    void transaction(const std::function<void()>& does);

    struct impl;
    impl& inner() { return *impl_; }

private:
    std::unique_ptr<impl> impl_;
};

/// "name", as SQL has it.
std::string sql_name(std::string_view name);
std::string sql_text(std::string_view text);

}  // namespace data_worker
