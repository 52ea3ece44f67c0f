#pragma once
// Texts that can be searched, in memory alone: SQLite's FTS5 with words of our own. Nothing of it is written anywhere, so
// that what a person wrote lies nowhere in the clear but in the log, sealed; it is made anew from there at each start.
//
// Any thread; one at a time is inside.

#include <boost/describe/enum.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace server::search {

BOOST_DEFINE_FIXED_ENUM_CLASS(kind, std::uint8_t, none, member, task, request, project, channel, message, analysis, strategy, proposal)

/// "task"
std::string_view name_of(kind of);
std::optional<kind> parse_kind(std::string_view name);

/// What a text is of.
struct place {
    search::kind kind{};
    std::uint64_t number = 0;   ///< of the member, task, …; of a message its channel
    std::uint64_t message = 0;  ///< of a message, its number in the channel
    bool operator==(const place&) const = default;
};

struct hit {
    std::uint64_t at;  ///< what it was put under
    search::place place;
    std::string text;
};

class index {
public:
    /// Throws std::runtime_error where SQLite has no FTS5.
    index();
    ~index();
    index(const index&) = delete;
    index& operator=(const index&) = delete;

    /// Under a number that is not in use; the higher ones are found first.
    void put(std::uint64_t at, const place& of, std::string_view text);
    void remove(std::uint64_t at);
    void clear();
    /// Rids memory of what was removed.
    void purge();

    /// Many changes at once.
    template <class F>
    void change(F f) {
        const std::lock_guard hold(mutex_);
        run("BEGIN");
        try {
            f();
        } catch (...) {
            run("ROLLBACK");
            throw;
        }
        run("COMMIT");
    }

    /// Whether there is another text of the same place that the query finds, put under a higher number than `at`.
    bool has_newer(const std::string& query, const place& of, std::uint64_t at) const;
    /// At most `limit` below `before`, the highest first. `query` is of query_of(); `only` none: every kind.
    std::vector<hit> find(const std::string& query, kind only, std::uint64_t before, std::size_t limit) const;

private:
    void run(const char* sql) const;
    sqlite3_stmt* prepared(const char* sql) const;
    [[noreturn]] void fail(const char* doing) const;

    mutable std::recursive_mutex mutex_;
    sqlite3* db_ = nullptr;
    sqlite3_stmt* put_ = nullptr;
    sqlite3_stmt* remove_ = nullptr;
    sqlite3_stmt* find_ = nullptr;
    sqlite3_stmt* newer_ = nullptr;
};

}  // namespace server::search
