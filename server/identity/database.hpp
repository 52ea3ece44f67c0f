#pragma once
// SQLite, as much of it as identity needs: one connection, prepared statements, exceptions for what can't be.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace server::identity {

/// One connection, for one thread at a time. Failures throw boost::system::system_error (identity::error).
class database {
public:
    /// Opens or makes the file for this process alone, and brings it to the present schema.
    explicit database(const std::filesystem::path& file);
    ~database();
    database(const database&) = delete;
    database& operator=(const database&) = delete;

    /// Statements without parameters and results.
    void run(const char* sql);

    std::int64_t last_id() const;

    /// Copies all of it to `file`, made anew and for the owner only, as of one moment.
    void copy_to(const std::filesystem::path& file) const;

    /// Overwrites what was deleted, also in the write-ahead log.
    void wipe_deleted();

    [[noreturn]] void fail(int code) const;

private:
    friend class statement;

    void check(int code) const;
    void set_up();
    std::int64_t pragma(const char* sql);

    std::string name_;
    sqlite3* handle_ = nullptr;
};

/// One use of one SQL statement: bind in order, then step until there are no more rows.
class statement {
public:
    statement(database& in, const char* sql);
    ~statement();
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    statement& bind(std::int64_t value);
    statement& bind(std::string_view text);
    statement& bind(std::span<const std::uint8_t> bytes);

    /// True while there is a row.
    bool step();
    /// For what has no rows.
    void done() {
        while (step()) {
        }
    }

    std::int64_t number(int column) const;
    std::string text(int column) const;
    std::span<const std::uint8_t> bytes(int column) const;  ///< until the next step

private:
    database& in_;
    sqlite3_stmt* handle_ = nullptr;
    int bound_ = 0;
};

/// Rolled back unless committed.
class transaction {
public:
    explicit transaction(database& in) : in_(in) { in_.run("BEGIN IMMEDIATE"); }
    ~transaction();
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;

    void commit();

private:
    database& in_;
    bool open_ = true;
};

}  // namespace server::identity
