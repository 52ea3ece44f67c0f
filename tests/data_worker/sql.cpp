// Snapshots, and SQL that other people write: it reads what is published, and nothing else, within limits (S2.3.2).

#include "tests/data_worker/support.hpp"

#include <catch2/catch.hpp>

#include <chrono>

using namespace support;

TEST_CASE("data: SQL reads the snapshot and nothing beside it", "[data][S2.3.2]") {
    data_room room;
    CHECK(room.ask("sql", {{"sql", "SELECT 1"}})["error"]["code"] == "not_published");
    room.load(room.check("日期,订单号,渠道,金额\n2026-11-30,A1,天猫,1.10\n2026-11-30,A2,抖音,2.20\n")["prepared"], "d1", 7);
    const auto published = room.ok("publish");
    CAPTURE(published.dump());
    CHECK(published["position"] == 7);
    CHECK(published["sets"] == json::array({"orders"}));
    const auto made = room.ok("sql", {{"sql", "SELECT channel, sum(amount) AS total FROM orders WHERE amount > ? GROUP BY ALL ORDER BY channel"}, {"params", {"0.5"}}, {"sets", json::array({"orders"})}});
    CAPTURE(made.dump());
    CHECK(made["rows"] == json::array({{"天猫", "1.10"}, {"抖音", "2.20"}}));
    CHECK(made["columns"][1]["type"] == "decimal");
    CHECK(room.ok("sql", {{"sql", "SELECT * FROM orders"}, {"rows_max", 1}, {"sets", json::array({"orders"})}})["more"] == true);
    CHECK(room.ask("sql", {{"sql", "SELECT * FROM orders"}, {"sets", json::array()}})["error"]["code"] == "refused");
    const auto path = room.folder.path().string();
    for (const std::string sql : {"SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM '/etc/passwd'", "SELECT * FROM glob('/*')", "SELECT * FROM parquet_scan('orders.parquet')", "SELECT * FROM 'orders.csv'",
                                  "COPY orders TO 'x.csv'", "COPY (SELECT 1) TO '/tmp/x'", "ATTACH 'x.db'", "ATTACH ':memory:' AS m", "INSTALL httpfs", "LOAD httpfs", "LOAD 'x.so'", "EXPORT DATABASE 'x'", "IMPORT DATABASE 'x'", "SET memory_limit = '9GB'",
                                  "RESET memory_limit", "PRAGMA database_list", "PRAGMA version", "SELECT * FROM duckdb_settings()", "SELECT * FROM duckdb_databases()", "SELECT * FROM pragma_database_list()", "CREATE TABLE t AS SELECT 1",
                                  "CREATE TEMP TABLE t AS SELECT 1", "DROP TABLE orders", "DELETE FROM orders", "UPDATE orders SET amount = 0", "INSERT INTO orders SELECT * FROM orders", "SELECT 1; DROP TABLE orders", "CALL pragma_version()",
                                  "SELECT * FROM query('SELECT 1')", "SELECT getenv('HOME')", "CHECKPOINT", "VACUUM", "BEGIN", "USE main", "", ";", "SELECT", "SELECT * FROM nowhere", "SELECT * FROM set_orders", "SELECT * FROM _deliveries", "SELECT * FROM main.set_orders", "WITH o AS (SELECT * FROM set_orders) SELECT * FROM o", "WITH set_orders AS (SELECT 1) SELECT * FROM set_orders",
                                  "SELECT (SELECT max(amount) FROM set_orders)", "SELECT * FROM orders WHERE amount IN (SELECT amount FROM Set_Orders)", "SELECT * FROM orders JOIN _deliveries ON TRUE", "SELECT * FROM orders UNION ALL SELECT * FROM set_orders",
                                  "SELECT * FROM (VALUES (1)) v(x), (SELECT * FROM _columns) c", "SELECT * FROM information_schema.tables", "SELECT * FROM duckdb_tables", "SHOW TABLES", "SHOW ALL TABLES", "DESCRIBE orders", "SELECT * FROM (SHOW TABLES)", "SELECT * FROM query_table('set_orders')",
                                  "SELECT current_setting('temp_directory')", "SELECT * FROM sqlite_master", "FROM set_orders", "TABLE set_orders", "PIVOT set_orders ON channel USING sum(amount)"}) {
        const auto answer = room.ask("sql", {{"sql", sql}, {"sets", json::array({"orders"})}});
        CAPTURE(sql, answer.dump());
        REQUIRE(answer.contains("error"));
        CHECK_FALSE(answer["error"]["zh"].get<std::string>().empty());
        CHECK(answer.dump().find(path) == std::string::npos);
    }
    CHECK_FALSE(std::filesystem::exists(room.folder / "x.csv"));
    // With parameters too, which are not known when it is looked at.
    CHECK(room.ask("sql", {{"sql", "SELECT * FROM set_orders WHERE amount > ?"}, {"params", {"0.5"}}, {"sets", json::array({"orders"})}})["error"]["code"] == "refused");
    CHECK(room.ok("sql", {{"sql", "WITH o AS (SELECT channel, amount FROM main.orders WHERE amount > ?), twice AS (SELECT * FROM o UNION ALL SELECT * FROM o) SELECT count(*), max(r.range) FROM twice, range(3) r WHERE channel IN (SELECT channel FROM ORDERS)"},
                          {"params", {"0.5"}}, {"sets", json::array({"orders"})}})["rows"][0][0] == "12");
    const auto count = room.ok("sql", {{"sql", "SELECT count(*) FROM orders"}, {"sets", json::array({"orders"})}});
    CAPTURE(count.dump());
    CHECK(count["rows"][0][0] == "2");
    CHECK(room.ask("sql", {{"sql", "SELECT 1"}, {"sets", json::array()}, {"snapshot", "/etc/passwd"}})["error"]["code"] == "not_found");
}

TEST_CASE("data: SQL that wants too much is ended, and the worker goes on", "[data][S2.3.2]") {
    data_room room;
    room.load(room.check("日期,订单号,渠道,金额\n2026-11-30,A1,天猫,1.10\n")["prepared"], "d1", 7);
    room.ok("publish");
    for (const std::string sql : {"SELECT repeat('x', 2000000000)", "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = 7", "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT sum(n) FROM r",
                                  "SELECT list(range) FROM range(1000000000)", "SELECT string_agg(repeat('x', 1000000)) FROM range(100000)"}) {
        const auto begin = std::chrono::steady_clock::now();
        const auto answer = room.ask("sql", {{"sql", sql}, {"sets", json::array()}});
        CAPTURE(sql, answer.dump().substr(0, 500));
        CHECK(answer.contains("error"));
        CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
    }
    CHECK(room.ok("hello")["deliveries"] == 1);
}

TEST_CASE("data: what SQL answers is the same in every file, to the last digit", "[data][S4.2.2]") {
    data_room room;
    room.load(room.check("日期,订单号,渠道,金额\n2026-11-30,A1,天猫,1.10\n2026-11-30,=1+1,\"抖,音\",2.20\n2026-11-30,A3,,\n")["prepared"], "d1", 7);
    room.ok("publish");
    const std::string sql = "SELECT no, channel, amount, day, amount > ? AS much, count(*) OVER () AS n, 170141183460469231731687303715884105727 AS big, 0.1::DOUBLE AS x, 1 AS x FROM main.orders ORDER BY no";
    const auto write = [&](const std::string& format) {
        return room.ask("sql", {{"sql", sql}, {"params", {"1.5"}}, {"sets", json::array({"orders", "members"})}, {"format", format}, {"file", (room.folder / ("out." + format)).string()}, {"query", 12}});
    };
    const auto read = [&](const std::string& format) {
        std::ifstream from(room.folder / ("out." + format), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(from), {});
    };
    const auto made = write("json");
    CAPTURE(made.dump());
    REQUIRE(made.contains("ok"));
    CHECK(made["ok"]["rows"] == 3);
    CHECK(made["ok"]["more"] == false);
    CHECK(made["ok"]["sets"] == json::array({"orders"}));  // those that it reads, and not those that it might
    const auto all = json::parse(read("json"));
    CHECK(made["ok"]["bytes"] == read("json").size());
    CHECK(all["query"] == 12);
    CHECK(all["cut"] == false);
    CHECK(all["columns"][2] == json({{"name", "amount"}, {"type", "decimal"}}));
    CHECK(all["rows"][0] == json::array({"=1+1", "抖,音", "2.20", "2026-11-30", "true", "3", "170141183460469231731687303715884105727", "0.1", "1"}));
    CHECK(all["rows"][2] == json::array({"A3", nullptr, nullptr, "2026-11-30", nullptr, "3", "170141183460469231731687303715884105727", "0.1", "1"}));
    REQUIRE(write("csv").contains("ok"));
    CHECK(read("csv") == "\xEF\xBB\xBFno,channel,amount,day,much,n,big,x,x\r\n"
                         "'=1+1,\"抖,音\",2.20,2026-11-30,true,3,170141183460469231731687303715884105727,0.1,1\r\n"
                         "A1,天猫,1.10,2026-11-30,false,3,170141183460469231731687303715884105727,0.1,1\r\n"
                         "A3,,,2026-11-30,,3,170141183460469231731687303715884105727,0.1,1\r\n");
    REQUIRE(write("parquet").contains("ok"));
    data_worker::database_options how;
    how.path = ":memory:";
    how.folders = {room.folder.path().string()};
    data_worker::database in(how);
    auto from = in.ask("SELECT * FROM read_parquet(" + data_worker::sql_text((room.folder / "out.parquet").string()) + ")");
    const auto columns = from.columns();
    REQUIRE(columns.size() == 9);
    CHECK(columns[8].name == "x_2");
    CHECK(columns[2].kind == data_worker::column_kind::decimal);
    CHECK(columns[3].kind == data_worker::column_kind::day);
    CHECK(columns[4].kind == data_worker::column_kind::yes_no);
    CHECK(columns[5].kind == data_worker::column_kind::whole);
    CHECK(columns[7].kind == data_worker::column_kind::number);
    std::size_t rows = 0;
    for (data_worker::text_row row; from.next(row); ++rows)
        for (std::size_t i = 0; i < row.size(); ++i) CHECK((row[i] ? json(*row[i]) : json()) == all["rows"][rows][i]);
    CHECK(rows == 3);
    // What is no format, or can't be written, leaves nothing behind; nor does what is refused.
    CHECK(write("xlsx")["error"]["code"] == "bad_request");
    CHECK_FALSE(std::filesystem::exists(room.folder / "out.xlsx"));
    CHECK(room.ask("sql", {{"sql", "SELECT 1"}, {"sets", json::array()}, {"format", "csv"}, {"file", (room.folder / "no" / "out.csv").string()}})["error"]["code"] == "unreadable");
}

TEST_CASE("data: a fault in SQL is told with its place", "[data][S4.2.2]") {
    data_room room;
    room.load(room.check("日期,订单号,渠道,金额\n2026-11-30,A1,天猫,1.10\n")["prepared"], "d1", 7);
    room.ok("publish");
    const auto error = room.ask("sql", {{"sql", "SELECT '渠道',\n  '天猫' a b FROM orders"}, {"sets", json::array({"orders"})}})["error"];
    CAPTURE(error.dump());
    CHECK(error["code"] == "engine");
    CHECK(error["en"].get<std::string>().find("line 2, character 10") != std::string::npos);
    CHECK(error["zh"].get<std::string>().find("第 2 行第 10 字") != std::string::npos);
    CHECK(room.ask("sql", {{"sql", "SELECT * FROM orders WHERE amount > ?"}, {"sets", json::array({"orders"})}})["error"]["code"] == "bad_request");
    CHECK(room.ask("sql", {{"sql", "SELECT * FROM orders WHERE amount > ?"}, {"params", {1.5}}, {"sets", json::array({"orders"})}})["error"]["code"] == "bad_request");
}
