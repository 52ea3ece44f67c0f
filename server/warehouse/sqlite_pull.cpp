// A query in a SQLite file, which is opened to be read and nothing else.

#include "server/warehouse/day_text.hpp"
#include "server/warehouse/sql_pull.hpp"

#include <sqlite3.h>

#include <array>
#include <memory>
#include <optional>

namespace server::warehouse::detail {
namespace {

constexpr int steps_between_looks = 10'000;
constexpr int text_bytes_most = 1 << 20, columns_most = 2'000;
constexpr int busy_ms = 5'000;

/// As a URI has it.
std::string uri_of(const std::string& file) {
    std::string made = "file:";
    for (const char c : file) {
        constexpr const char* digits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '-' || c == '_';
        if (plain) made += c;
        else (made += '%') += std::string{digits[byte >> 4], digits[byte & 15]};
    }
    return made + "?mode=ro";
}

int allows(void*, int action, const char*, const char* name, const char*, const char*) {
    switch (action) {
        case SQLITE_SELECT: case SQLITE_READ: case SQLITE_RECURSIVE: return SQLITE_OK;
        case SQLITE_FUNCTION: return name && std::string_view(name) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
        default: return SQLITE_DENY;
    }
}

struct watch {
    std::chrono::steady_clock::time_point end;
    const std::stop_token& stop;
};
int is_over(void* data) {
    const auto& w = *static_cast<const watch*>(data);
    return w.stop.stop_requested() || std::chrono::steady_clock::now() > w.end ? 1 : 0;
}

[[noreturn]] void fail(sqlite3* in, int code, const watch& w, const sql_pull_limits& within) {
    if (w.stop.stop_requested()) throw pull_failed("服务器正在停止", "the server is stopping");
    if (code == SQLITE_INTERRUPT) throw pull_failed("查询超过 " + std::to_string(within.ends_within.count()) + " 秒", "the query took longer than " + std::to_string(within.ends_within.count()) + " seconds");
    if (code == SQLITE_AUTH) throw pull_failed("只接受查询（SELECT）", "only a query (SELECT) is taken");
    const std::string why = in ? sqlite3_errmsg(in) : sqlite3_errstr(code);
    throw pull_failed("数据库报告：" + why, "the database says: " + why);
}

void bind_days(sqlite3_stmt* to, const sql_question& what) {
    const auto from = day_text(what.from), until = day_text(what.until);
    for (int i = 1; i <= sqlite3_bind_parameter_count(to); ++i) {
        const char* name = sqlite3_bind_parameter_name(to, i);
        const std::string_view is = name ? name : "?";
        if (is != ":from" && is != ":until") throw pull_failed("查询中的参数只能是 :from 和 :until", "the query has parameters other than :from and :until");
        const auto& day = is == ":from" ? from : until;
        sqlite3_bind_text(to, i, day.c_str(), static_cast<int>(day.size()), SQLITE_TRANSIENT);
    }
}

void write_row(sqlite3_stmt* from, csv_rows& to) {
    for (int i = 0; i < sqlite3_column_count(from); ++i) {
        const auto type = sqlite3_column_type(from, i);
        if (type == SQLITE_BLOB) throw pull_failed("结果中有二进制内容，无法写成 CSV", "the result has binary contents, which CSV can't have");
        if (type == SQLITE_NULL) {
            to.missing();
            continue;
        }
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(from, i));
        to.text({text ? text : "", static_cast<std::size_t>(sqlite3_column_bytes(from, i))});
    }
    to.end_row();
}

}  // namespace

void pull_from_sqlite(const std::string& file, const sql_question& what, const sql_pull_limits& within, pulled_file& to, const std::stop_token& stop) {
    watch w{std::chrono::steady_clock::now() + within.ends_within, stop};
    sqlite3* opened = nullptr;
    const int open = sqlite3_open_v2(uri_of(file).c_str(), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOMUTEX, nullptr);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)> in(opened, &sqlite3_close_v2);
    if (open != SQLITE_OK) fail(opened, open, w, within);
    sqlite3_busy_timeout(opened, busy_ms);
    sqlite3_limit(opened, SQLITE_LIMIT_LENGTH, text_bytes_most);
    sqlite3_limit(opened, SQLITE_LIMIT_COLUMN, columns_most);
    sqlite3_limit(opened, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_progress_handler(opened, steps_between_looks, &is_over, &w);
    sqlite3_set_authorizer(opened, &allows, nullptr);
    sqlite3_stmt* prepared = nullptr;
    const char* rest = nullptr;
    const int ready = sqlite3_prepare_v2(opened, what.query.data(), static_cast<int>(what.query.size()), &prepared, &rest);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(prepared, &sqlite3_finalize);
    if (ready != SQLITE_OK) fail(opened, ready, w, within);
    const std::string_view behind(rest, static_cast<std::size_t>(what.query.data() + what.query.size() - rest));
    sqlite3_stmt* another = nullptr;
    // A comment is none.
    const bool has_more = sqlite3_prepare_v2(opened, behind.data(), static_cast<int>(behind.size()), &another, nullptr) != SQLITE_OK || another != nullptr;
    sqlite3_finalize(another);
    if (!prepared || !sqlite3_stmt_readonly(prepared) || sqlite3_column_count(prepared) == 0) throw pull_failed("只接受查询（SELECT）", "only a query (SELECT) is taken");
    if (has_more) throw pull_failed("一次只能执行一条语句", "exactly one statement is taken");
    bind_days(prepared, what);
    csv_rows rows(to, within.rows_max);
    for (int i = 0; i < sqlite3_column_count(prepared); ++i) rows.text(sqlite3_column_name(prepared, i));
    rows.end_row();
    int step = SQLITE_OK;
    while ((step = sqlite3_step(prepared)) == SQLITE_ROW) write_row(prepared, rows);
    if (step != SQLITE_DONE) fail(opened, step, w, within);
    rows.finish();
}

}  // namespace server::warehouse::detail
