#include "server/search/index.hpp"

#include "server/search/tokens.hpp"

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>

#include <sqlite3.h>

#include <cstring>
#include <stdexcept>

namespace server::search {
namespace {

// What FTS5 asks of a tokenizer. It keeps nothing of its own.
int make(void*, const char**, int, Fts5Tokenizer** out) {
    static char nothing;
    *out = reinterpret_cast<Fts5Tokenizer*>(&nothing);
    return SQLITE_OK;
}
void unmake(Fts5Tokenizer*) {}

int tokenize(Fts5Tokenizer*, void* into, int flags, const char* text, int size, int (*take)(void*, int, const char*, int, int, int)) {
    int result = SQLITE_OK;
    tokens_of({text, static_cast<std::size_t>(size)}, (flags & FTS5_TOKENIZE_QUERY) != 0, [&](const token& t) {
        if (result == SQLITE_OK)
            result = take(into, t.same_place ? FTS5_TOKEN_COLOCATED : 0, t.text.data(), static_cast<int>(t.text.size()),
                          static_cast<int>(t.begins), static_cast<int>(t.ends));
    });
    return result;
}

fts5_api* api_of(sqlite3* db) {
    fts5_api* api = nullptr;
    sqlite3_stmt* ask = nullptr;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &ask, nullptr) == SQLITE_OK) {
        sqlite3_bind_pointer(ask, 1, &api, "fts5_api_ptr", nullptr);
        sqlite3_step(ask);
    }
    sqlite3_finalize(ask);
    return api;
}

struct reset {
    sqlite3_stmt* of;
    ~reset() {
        sqlite3_reset(of);
        sqlite3_clear_bindings(of);
    }
};

}  // namespace

std::string_view name_of(kind of) { return boost::describe::enum_to_string(of, ""); }

std::optional<kind> parse_kind(std::string_view name) {
    kind found{};
    const bool known = boost::describe::enum_from_string(std::string(name).c_str(), found);
    return known && found != kind::none ? std::optional(found) : std::nullopt;
}

index::index() {
    if (sqlite3_open_v2(":memory:", &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
        fail("open");
    auto* api = api_of(db_);
    fts5_tokenizer ours{make, unmake, tokenize};
    if (!api || api->xCreateTokenizer(api, "opsroom", nullptr, &ours, nullptr) != SQLITE_OK) fail("find FTS5");
    // What is removed is overwritten, and its words do not stay behind in the index.
    run("PRAGMA secure_delete=ON");
    run("PRAGMA temp_store=MEMORY");
    run("CREATE VIRTUAL TABLE texts USING fts5(text, kind, number UNINDEXED, message UNINDEXED, tokenize='opsroom')");
    put_ = prepared("INSERT INTO texts(rowid, text, kind, number, message) VALUES(?1, ?2, ?3, ?4, ?5)");
    remove_ = prepared("DELETE FROM texts WHERE rowid = ?1");
    find_ =
        prepared("SELECT rowid, text, kind, number, message FROM texts WHERE texts MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT ?3");
    newer_ = prepared("SELECT 1 FROM texts WHERE texts MATCH ?1 AND rowid > ?2 LIMIT 1");
}

index::~index() {
    for (auto* s : {put_, remove_, find_, newer_}) sqlite3_finalize(s);
    sqlite3_close_v2(db_);
}

void index::fail(const char* doing) const {
    throw std::runtime_error(std::string("the search index could not ") + doing + ": " + (db_ ? sqlite3_errmsg(db_) : "no memory"));
}

void index::run(const char* sql) const {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

sqlite3_stmt* index::prepared(const char* sql) const {
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr) != SQLITE_OK) fail(sql);
    return made;
}

namespace {

/// "task 17": its kind and its number, so that texts are found by both.
std::string words_of(const place& of) { return std::string(name_of(of.kind)) + ' ' + std::to_string(of.number); }

}  // namespace

void index::put(std::uint64_t at, const place& of, std::string_view text) {
    const std::lock_guard hold(mutex_);
    const reset after{put_};
    const auto kind = words_of(of);
    sqlite3_bind_int64(put_, 1, static_cast<sqlite3_int64>(at));
    sqlite3_bind_text(put_, 2, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    sqlite3_bind_text(put_, 3, kind.data(), static_cast<int>(kind.size()), SQLITE_STATIC);
    sqlite3_bind_int64(put_, 4, static_cast<sqlite3_int64>(of.number));
    sqlite3_bind_int64(put_, 5, static_cast<sqlite3_int64>(of.message));
    if (sqlite3_step(put_) != SQLITE_DONE) fail("take in a text");
}

void index::clear() {
    const std::lock_guard hold(mutex_);
    run("DELETE FROM texts");
}

void index::remove(std::uint64_t at) {
    const std::lock_guard hold(mutex_);
    const reset after{remove_};
    sqlite3_bind_int64(remove_, 1, static_cast<sqlite3_int64>(at));
    if (sqlite3_step(remove_) != SQLITE_DONE) fail("remove a text");
}

void index::purge() {
    const std::lock_guard hold(mutex_);
    run("INSERT INTO texts(texts) VALUES('optimize')");
}

bool index::has_newer(const std::string& query, const place& of, std::uint64_t at) const {
    const auto whole = "{text} : (" + query + ") AND {kind} : \"" + words_of(of) + "\"";
    const std::lock_guard hold(mutex_);
    const reset after{newer_};
    sqlite3_bind_text(newer_, 1, whole.data(), static_cast<int>(whole.size()), SQLITE_STATIC);
    sqlite3_bind_int64(newer_, 2, static_cast<sqlite3_int64>(at));
    const int step = sqlite3_step(newer_);
    if (step != SQLITE_ROW && step != SQLITE_DONE) fail("search");
    return step == SQLITE_ROW;
}

std::vector<hit> index::find(const std::string& query, kind only, std::uint64_t before, std::size_t limit) const {
    std::vector<hit> all;
    if (query.empty()) return all;
    auto whole = "{text} : (" + query + ")";
    if (only != kind::none) {
        whole += " AND {kind} : \"";
        whole += name_of(only);
        whole += '"';
    }
    const std::lock_guard hold(mutex_);
    const reset after{find_};
    sqlite3_bind_text(find_, 1, whole.data(), static_cast<int>(whole.size()), SQLITE_STATIC);
    sqlite3_bind_int64(find_, 2, static_cast<sqlite3_int64>(before));
    sqlite3_bind_int64(find_, 3, static_cast<sqlite3_int64>(limit));
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(find_)) == SQLITE_ROW) {
        hit h{static_cast<std::uint64_t>(sqlite3_column_int64(find_, 0)), {}, {}};
        h.text.assign(reinterpret_cast<const char*>(sqlite3_column_text(find_, 1)),
                      static_cast<std::size_t>(sqlite3_column_bytes(find_, 1)));
        const std::string_view kind = reinterpret_cast<const char*>(sqlite3_column_text(find_, 2));
        h.place.kind = parse_kind(kind.substr(0, kind.find(' '))).value_or(search::kind::none);
        h.place.number = static_cast<std::uint64_t>(sqlite3_column_int64(find_, 3));
        h.place.message = static_cast<std::uint64_t>(sqlite3_column_int64(find_, 4));
        all.push_back(std::move(h));
    }
    if (step != SQLITE_DONE) fail("search");
    return all;
}

}  // namespace server::search
