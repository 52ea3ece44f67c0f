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
