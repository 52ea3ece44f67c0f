// A query in PostgreSQL, row by row, in a transaction that only reads. Where this was built without libpq it says so.

#include "server/warehouse/day_text.hpp"
#include "server/warehouse/sql_pull.hpp"
#include "server/warehouse/sql_text.hpp"

#include <string_view>
#include <utility>

#ifndef OPSROOM_WITH_POSTGRESQL

namespace server::warehouse::detail {

std::pair<std::string, std::string> fault_in_postgresql(const std::string&) {
    return {"本程序编译时没有 PostgreSQL：安装 libpq-dev 后重新编译", "this program was not built with PostgreSQL: install libpq-dev and build it again"};
}

void pull_from_postgresql(const std::string&, const sql_question&, const sql_pull_limits&, pulled_file&, const std::stop_token&) {
    auto [zh, en] = fault_in_postgresql({});
    throw pull_failed(std::move(zh), std::move(en));
}

}  // namespace server::warehouse::detail

#else

#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <cerrno>
#include <memory>

namespace server::warehouse::detail {
namespace {

constexpr auto a_look = std::chrono::milliseconds(200);
constexpr auto connects_within = std::chrono::seconds(10);

using connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using result = std::unique_ptr<PGresult, decltype(&PQclear)>;

/// One line of what it says, without what an address might have in it.
std::string first_line(const char* said) {
    std::string text = said ? said : "";
    text.resize(std::min(text.find('\n'), text.size()));
    constexpr std::size_t bytes_most = 300;
    if (text.size() > bytes_most) text.resize(bytes_most);
    return text;
}

class clock {
public:
    clock(std::chrono::seconds within, const std::stop_token& stop) : end_(std::chrono::steady_clock::now() + within), within_(within), stop_(stop) {}

    void end_within(std::chrono::seconds within) { end_ = std::chrono::steady_clock::now() + within, within_ = within; }

    /// Until the socket is ready for one of `events`. Throws pull_failed.
    void wait(int socket, short events) const {
        for (;;) {
            if (stop_.stop_requested()) throw pull_failed("服务器正在停止", "the server is stopping");
            if (std::chrono::steady_clock::now() > end_) throw pull_failed("数据库未在 " + std::to_string(within_.count()) + " 秒内答完", "the database did not answer within " + std::to_string(within_.count()) + " seconds");
            pollfd ready{socket, events, 0};
            const int n = ::poll(&ready, 1, static_cast<int>(a_look.count()));
            if (n > 0) return;
            if (n < 0 && errno != EINTR) throw pull_failed("与数据库的连接中断", "the connection to the database broke");
        }
    }

private:
    std::chrono::steady_clock::time_point end_;
    std::chrono::seconds within_;
    const std::stop_token& stop_;
};

[[noreturn]] void fail(const char* said) {
    const auto why = first_line(said);
    throw pull_failed("数据库报告：" + why, "the database says: " + why);
}

connection open(const std::string& uri, clock& time) {
    const std::array<const char*, 5> names{"dbname", "application_name", "client_encoding", "fallback_application_name", nullptr};
    const std::array<const char*, 5> values{uri.c_str(), "opsroom", "UTF8", "opsroom", nullptr};
    connection made(PQconnectStartParams(names.data(), values.data(), 1), &PQfinish);
    if (!made || PQstatus(made.get()) == CONNECTION_BAD) fail(made ? PQerrorMessage(made.get()) : "out of memory");
    for (auto state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK; state = PQconnectPoll(made.get())) {
        if (state == PGRES_POLLING_FAILED) fail(PQerrorMessage(made.get()));
        time.wait(PQsocket(made.get()), state == PGRES_POLLING_READING ? POLLIN : POLLOUT);
    }
    PQsetnonblocking(made.get(), 1);
    return made;
}

/// Ends what runs, so that the database is not left with it.
struct cancelled {
    PGconn* of;
    bool over = false;
    ~cancelled() {
        if (over) return;
        if (auto* how = PQgetCancel(of)) {
            std::array<char, 256> why{};
            PQcancel(how, why.data(), static_cast<int>(why.size()));
            PQfreeCancel(how);
        }
    }
};

void flush(PGconn* to, const clock& time) {
    for (int left = PQflush(to); left != 0; left = PQflush(to)) {
        if (left < 0) fail(PQerrorMessage(to));
        time.wait(PQsocket(to), POLLOUT | POLLIN);
        if (!PQconsumeInput(to)) fail(PQerrorMessage(to));
    }
}

/// The next of what was sent; null at its end.
result next(PGconn* from, const clock& time) {
    while (PQisBusy(from)) {
        time.wait(PQsocket(from), POLLIN);
        if (!PQconsumeInput(from)) fail(PQerrorMessage(from));
    }
    return {PQgetResult(from), &PQclear};
}

void run(PGconn* in, const std::string& command, const clock& time) {
    if (!PQsendQuery(in, command.c_str())) fail(PQerrorMessage(in));
    flush(in, time);
    while (const auto one = next(in, time))
        if (PQresultStatus(one.get()) != PGRES_COMMAND_OK) fail(PQresultErrorMessage(one.get()));
}

/// "+08:00"
std::string offset_text(std::chrono::minutes ahead) {
    const auto n = ahead.count() < 0 ? -ahead.count() : ahead.count();
    const auto two = [](std::int64_t v) { return (v < 10 ? "0" : "") + std::to_string(v); };
    return (ahead.count() < 0 ? "-" : "+") + two(n / 60) + ':' + two(n % 60);
}

void write_headings(const PGresult* from, csv_rows& to) {
    for (int i = 0; i < PQnfields(from); ++i) {
        constexpr Oid bytea = 17;
        if (PQftype(from, i) == bytea) throw pull_failed("结果中有二进制内容，无法写成 CSV", "the result has binary contents, which CSV can't have");
        to.text(PQfname(from, i));
    }
    to.end_row();
}

void write_rows(const PGresult* from, csv_rows& to) {
    for (int row = 0; row < PQntuples(from); ++row) {
        for (int i = 0; i < PQnfields(from); ++i) {
            if (PQgetisnull(from, row, i)) to.missing();
            else to.text({PQgetvalue(from, row, i), static_cast<std::size_t>(PQgetlength(from, row, i))});
        }
        to.end_row();
    }
}

}  // namespace

std::pair<std::string, std::string> fault_in_postgresql(const std::string& uri) {
    char* why = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parts(PQconninfoParse(uri.c_str(), &why), &PQconninfoFree);
    if (why) PQfreemem(why);  // it may cite a password
    if (!parts) return {"不是有效的 postgresql:// 地址", "it is no good postgresql:// address"};
    for (const auto* one = parts.get(); one->keyword; ++one)
        if (one->val && (std::string_view(one->keyword) == "password" || std::string_view(one->keyword) == "sslpassword"))
            return {"地址中不能有密码：请写入只有本用户可读的 passfile（~/.pgpass 或 PGPASSFILE）", "no password is taken in the address: keep it in a passfile that nobody else may read (~/.pgpass or PGPASSFILE)"};
    return {};
}

void pull_from_postgresql(const std::string& uri, const sql_question& what, const sql_pull_limits& within, pulled_file& to, const std::stop_token& stop) {
    clock time(connects_within, stop);
    const auto in = open(uri, time);
    time.end_within(within.ends_within);
    cancelled unless_over{in.get()};
    run(in.get(), "BEGIN TRANSACTION READ ONLY", time);
    run(in.get(), "SET LOCAL statement_timeout = " + std::to_string(std::chrono::milliseconds(within.ends_within).count()), time);
    run(in.get(), "SET LOCAL DateStyle = 'ISO, YMD'", time);
    run(in.get(), "SET LOCAL IntervalStyle = 'iso_8601'", time);
    run(in.get(), "SET LOCAL TIME ZONE INTERVAL '" + offset_text(what.utc_offset) + "' HOUR TO MINUTE", time);
    const auto numbered = with_numbers(what.query);
    const auto from = day_text(what.from), until = day_text(what.until);
    constexpr Oid date_type = 1082;
    const std::array<Oid, 2> types{date_type, date_type};
    const std::array<const char*, 2> values{from.c_str(), until.c_str()};
    const int count = numbered.has_until ? 2 : numbered.has_from ? 1 : 0;
    if (!PQsendQueryParams(in.get(), numbered.text.c_str(), count, types.data(), values.data(), nullptr, nullptr, 0)) fail(PQerrorMessage(in.get()));
    PQsetSingleRowMode(in.get());
    flush(in.get(), time);
    csv_rows rows(to, within.rows_max);
    bool begun = false;
    while (const auto one = next(in.get(), time)) {
        const auto status = PQresultStatus(one.get());
        if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK) {
            if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) fail(PQresultErrorMessage(one.get()));
            throw pull_failed("只接受查询（SELECT）", "only a query (SELECT) is taken");
        }
        if (!std::exchange(begun, true)) write_headings(one.get(), rows);
        write_rows(one.get(), rows);
    }
    rows.finish();
    unless_over.over = true;
    run(in.get(), "ROLLBACK", time);
}

}  // namespace server::warehouse::detail

#endif
