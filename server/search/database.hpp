#pragma once
// SQLite, as much of it as the index needs: a connection with FTS5 and words of our own, on sealed pages or in memory alone.
// Failures throw std::runtime_error, and sealed_pages::damaged where the pages, or what SQLite finds in them, are.

#include "server/search/pages_vfs.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace server::search {

class database {
public:
    /// null: in memory alone. Has its tables afterwards.
    explicit database(sealed_pages* on);
    ~database();
    database(const database&) = delete;
    database& operator=(const database&) = delete;

    void run(const char* sql);
    /// Rows that were written since it was opened.
    std::int64_t changes() const;
    [[noreturn]] void fail(const std::string& doing) const;

private:
    friend class statement;
    void set_up();

    std::unique_ptr<pages_vfs> vfs_;
    sqlite3* handle_ = nullptr;
};

/// One SQL statement, prepared once.
class statement {
public:
    statement(database& in, const char* sql);
    ~statement();
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    /// One use of it: bind in order, then step until there are no more rows.
    class use {
    public:
        explicit use(statement& of) : of_(of) {}
        ~use();
        use(const use&) = delete;
        use& operator=(const use&) = delete;
        use& bind(std::uint64_t number);
        /// Borrowed until it is over.
        use& bind(std::string_view text);
        bool step();
        void done() {
            while (step()) {
            }
        }
        std::uint64_t number(int column) const;
        std::string_view text(int column) const;  ///< until the next step

    private:
        statement& of_;
        int bound_ = 0;
    };

    template <class... Values>
    void run(const Values&... values) {
        use u(*this);
        (u.bind(values), ...);
        u.done();
    }

private:
    database& in_;
    sqlite3_stmt* handle_ = nullptr;
};

}  // namespace server::search
