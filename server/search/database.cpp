#include "server/search/database.hpp"

#include "server/search/tokens.hpp"

#include <sqlite3.h>

namespace server::search {
namespace {

constexpr int cache_kib = 32 * 1'024;  // all of the index that is held in memory

// A leaf of FTS5 has to fit a page without what the seal takes.
constexpr const char* schema = R"(
CREATE VIRTUAL TABLE texts USING fts5(text, kind, number UNINDEXED, message UNINDEXED, columnsize=0, tokenize='opsroom');
INSERT INTO texts(texts, rank) VALUES('pgsz', 4000); INSERT INTO texts(texts, rank) VALUES('automerge', 8);
CREATE TABLE entities(id INTEGER PRIMARY KEY, hidden INTEGER, title TEXT, head INTEGER, pieces TEXT, bytes INTEGER);
CREATE TABLE later(entity INTEGER, at INTEGER, section TEXT, bytes INTEGER, PRIMARY KEY(entity, at)) WITHOUT ROWID;
CREATE INDEX forms ON later(entity, section) WHERE section <> '';
CREATE TABLE messages(id INTEGER PRIMARY KEY, at INTEGER, owner INTEGER, bytes INTEGER);
CREATE TABLE totals(owner INTEGER PRIMARY KEY, bytes INTEGER);
CREATE TABLE unread(whose INTEGER PRIMARY KEY);
)";

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

}  // namespace

database::database(sealed_pages* on) : vfs_(on ? std::make_unique<pages_vfs>(*on) : nullptr) {
    try {
        if (sqlite3_open_v2(on ? "texts" : ":memory:", &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, on ? vfs_->name() : nullptr) !=
            SQLITE_OK)
            fail("open");
        int reserved = static_cast<int>(sealed_pages::seal_bytes);
        if (on) sqlite3_file_control(handle_, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
        auto* api = api_of(handle_);
        fts5_tokenizer ours{make, unmake, tokenize};
        if (!api || api->xCreateTokenizer(api, "opsroom", nullptr, &ours, nullptr) != SQLITE_OK) fail("find FTS5");
        set_up();
    } catch (...) {
        sqlite3_close_v2(handle_);
        throw;
    }
}

database::~database() { sqlite3_close_v2(handle_); }

void database::set_up() {
    run("PRAGMA page_size=4096");
    run("PRAGMA locking_mode=EXCLUSIVE");
    run("PRAGMA journal_mode=OFF");  // where something fails the pages are opened again
    run("PRAGMA synchronous=OFF");
    run("PRAGMA temp_store=MEMORY");
    run(("PRAGMA cache_size=-" + std::to_string(cache_kib)).c_str());
    // What is removed is overwritten.
    run("PRAGMA secure_delete=ON");
    statement known(*this, "SELECT 1 FROM sqlite_master WHERE name = 'texts'");
    if (statement::use(known).step()) return;
    run("BEGIN");
    run(schema);
    run("COMMIT");
}

std::int64_t database::changes() const { return sqlite3_total_changes64(handle_); }

void database::fail(const std::string& doing) const {
    if (vfs_) vfs_->rethrow();
    const auto why = "the search index could not " + doing + ": " + (handle_ ? sqlite3_errmsg(handle_) : "no memory");
    const int code = handle_ ? sqlite3_errcode(handle_) & 0xFF : SQLITE_NOMEM;
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) throw sealed_pages::damaged(why);
    throw std::runtime_error(why);
}

void database::run(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

statement::statement(database& in, const char* sql) : in_(in) {
    if (sqlite3_prepare_v3(in.handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle_, nullptr) != SQLITE_OK) in.fail(sql);
}

statement::~statement() { sqlite3_finalize(handle_); }

statement::use::~use() {
    sqlite3_reset(of_.handle_);
    sqlite3_clear_bindings(of_.handle_);
}

statement::use& statement::use::bind(std::uint64_t number) {
    sqlite3_bind_int64(of_.handle_, ++bound_, static_cast<sqlite3_int64>(number));
    return *this;
}

statement::use& statement::use::bind(std::string_view text) {
    // An empty one that is nowhere would be NULL.
    sqlite3_bind_text(of_.handle_, ++bound_, text.empty() ? "" : text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    return *this;
}

bool statement::use::step() {
    const int code = sqlite3_step(of_.handle_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) of_.in_.fail(sqlite3_sql(of_.handle_));
    return code == SQLITE_ROW;
}

std::uint64_t statement::use::number(int column) const { return static_cast<std::uint64_t>(sqlite3_column_int64(of_.handle_, column)); }

std::string_view statement::use::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(of_.handle_, column));
    return text ? std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(of_.handle_, column))) : std::string_view();
}

}  // namespace server::search
