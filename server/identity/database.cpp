#include "server/identity/database.hpp"

#include "server/identity/error.hpp"

#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace server::identity {
namespace {

constexpr std::int64_t our_application_id = 0x6f707372;  // "opsr"
constexpr std::int64_t our_version = 2;

constexpr const char* schema_v1 = R"sql(
    CREATE TABLE account(
        member INTEGER PRIMARY KEY,
        login TEXT NOT NULL UNIQUE,
        password TEXT NOT NULL,
        changed INTEGER NOT NULL
    ) STRICT;
    -- AUTOINCREMENT: an id is never given out twice, so whoever still holds an old one holds nothing.
    CREATE TABLE session(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        member INTEGER NOT NULL REFERENCES account(member) ON DELETE CASCADE,
        fingerprint BLOB NOT NULL UNIQUE,
        created INTEGER NOT NULL,
        expires INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX session_member ON session(member);
    CREATE TABLE token(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        member INTEGER NOT NULL REFERENCES account(member) ON DELETE CASCADE,
        fingerprint BLOB NOT NULL UNIQUE,
        label TEXT NOT NULL,
        created INTEGER NOT NULL,
        expires INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX token_member ON token(member);
)sql";

// 2: passes say where they are used, one-time links, what is known of where somebody signs in from, and whether a password is
// one that is printed for everybody to read (1; 0: it is not; null: nobody has looked).
constexpr const char* schema_v2 = R"sql(
    ALTER TABLE account ADD COLUMN published INTEGER;
    ALTER TABLE session ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '';
    ALTER TABLE session ADD COLUMN agent TEXT NOT NULL DEFAULT '';
    ALTER TABLE token ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE link(
        member INTEGER PRIMARY KEY REFERENCES account(member) ON DELETE CASCADE,
        fingerprint BLOB NOT NULL UNIQUE,
        created INTEGER NOT NULL,
        expires INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE known(
        member INTEGER NOT NULL REFERENCES account(member) ON DELETE CASCADE,
        fingerprint BLOB NOT NULL,
        used INTEGER NOT NULL,
        PRIMARY KEY(member, fingerprint)
    ) STRICT;
)sql";

error kind_of(int code) {
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return error::locked;
        case SQLITE_CORRUPT: return error::damaged;
        case SQLITE_NOTADB: return error::not_ours;
        case SQLITE_FULL: return error::no_room;
        default: return error::io_failed;
    }
}

// Before SQLite does, as it would leave the file readable for the group.
void make_private(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        throw boost::system::system_error(make_error_code(error::io_failed), file.string() + ": " + std::strerror(errno));
    }
    ::close(fd);
}

}  // namespace

database::database(const std::filesystem::path& file) : name_(file.string()) {
    make_private(file);
    const int code = sqlite3_open_v2(name_.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, nullptr);
    try {
        check(code);
        set_up();
    } catch (...) {
        sqlite3_close(handle_);
        throw;
    }
}

database::~database() { sqlite3_close(handle_); }

void database::set_up() {
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, 500);
    // What accounts keeps in memory is only right while nobody else writes.
    run("PRAGMA locking_mode=EXCLUSIVE");
    const auto application = pragma("PRAGMA application_id");
    const auto version = pragma("PRAGMA user_version");
    const bool empty = pragma("SELECT count(*) FROM sqlite_schema") == 0;
    const auto refuse = [&](error e) { throw boost::system::system_error(make_error_code(e), name_); };
    if (!empty && application != our_application_id) refuse(error::not_ours);
    if (version > our_version) {
        throw boost::system::system_error(make_error_code(error::newer_version),
                                          name_ + " (version " + std::to_string(version) + ", known " + std::to_string(our_version) + ")");
    }
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
    run("PRAGMA foreign_keys=ON");
    run("PRAGMA secure_delete=ON");
    run("PRAGMA trusted_schema=OFF");
    if (!empty) {
        statement verdict(*this, "PRAGMA quick_check(1)");
        if (!verdict.step() || verdict.text(0) != "ok") refuse(error::damaged);
    }
    if (!empty && version == our_version) return;
    transaction all(*this);
    if (empty) run(schema_v1);
    run(schema_v2);
    run(("PRAGMA application_id=" + std::to_string(our_application_id)).c_str());
    run(("PRAGMA user_version=" + std::to_string(our_version)).c_str());
    all.commit();
}

std::int64_t database::pragma(const char* sql) {
    statement s(*this, sql);
    return s.step() ? s.number(0) : 0;
}

void database::run(const char* sql) { check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }

std::int64_t database::last_id() const { return sqlite3_last_insert_rowid(handle_); }

void database::wipe_deleted() { check(sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr)); }

void database::copy_to(const std::filesystem::path& file) const {
    std::filesystem::remove(file);
    make_private(file);
    sqlite3* copy = nullptr;
    int code = sqlite3_open_v2(file.c_str(), &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, nullptr);
    if (code == SQLITE_OK) {
        auto* copying = sqlite3_backup_init(copy, "main", handle_, "main");
        if (copying) sqlite3_backup_step(copying, -1);
        code = copying ? sqlite3_backup_finish(copying) : sqlite3_errcode(copy);
        // One file: nothing of it in a log beside.
        if (code == SQLITE_OK) code = sqlite3_exec(copy, "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr);
    }
    sqlite3_close(copy);
    if (code != SQLITE_OK)
        throw boost::system::system_error(make_error_code(kind_of(code)), file.string() + ": " + sqlite3_errstr(code));
}

void database::check(int code) const {
    if (code != SQLITE_OK) fail(code);
}

void database::fail(int code) const {
    const std::string why = handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
    throw boost::system::system_error(make_error_code(kind_of(code)), name_ + ": " + why);
}

statement::statement(database& in, const char* sql) : in_(in) { in_.check(sqlite3_prepare_v2(in_.handle_, sql, -1, &handle_, nullptr)); }

statement::~statement() { sqlite3_finalize(handle_); }

statement& statement::bind(std::int64_t value) {
    in_.check(sqlite3_bind_int64(handle_, ++bound_, value));
    return *this;
}

statement& statement::bind(std::string_view text) {
    in_.check(sqlite3_bind_text64(handle_, ++bound_, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

statement& statement::bind(std::span<const std::uint8_t> bytes) {
    in_.check(sqlite3_bind_blob64(handle_, ++bound_, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

bool statement::step() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) in_.fail(code);
    return false;
}

std::int64_t statement::number(int column) const { return sqlite3_column_int64(handle_, column); }

std::string statement::text(int column) const {
    const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    return start ? std::string(start, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))) : std::string();
}

std::span<const std::uint8_t> statement::bytes(int column) const {
    const auto* start = static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_, column));
    return {start, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

transaction::~transaction() {
    if (!open_) return;
    try {
        in_.run("ROLLBACK");
    } catch (const boost::system::system_error&) {
        // SQLite has rolled back by itself; the first failure is the one that is told.
    }
}

void transaction::commit() {
    in_.run("COMMIT");
    open_ = false;
}

}  // namespace server::identity
