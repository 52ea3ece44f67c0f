// Files for people: the same rows as CSV, Parquet and a workbook, and the same number as the same text in each (S4.2.2).

#include "server/data_worker/reading/csv.hpp"
#include "server/data_worker/reading/decode.hpp"
#include "server/data_worker/reading/xlsx.hpp"
#include "tests/data_worker/support.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace support;

namespace {

using table = std::vector<std::vector<std::string>>;

json plan() {
    auto p = orders_plan();
    p["columns"].push_back(column("件数", "qty", "whole", "field"));
    p["columns"].push_back(column("付款时间", "paid", "moment", "label"));
    return p;
}

class exporter {
public:
    explicit exporter(const std::string& rows) {
        const auto seen = room.check("日期,订单号,渠道,金额,件数,付款时间\n" + rows, plan(), {{"from", "2026-11-01"}, {"until", "2026-12-31"}});
        if (!seen.contains("prepared")) throw std::runtime_error(seen.dump());
        room.load(seen["prepared"], "11", 1);
        room.stop();
        data_worker::database_options how{room.options().database, 256};
        how.folders = {room.folder.path().string()};
        db.emplace(how);
        known.emplace(*db);
        db->run("CREATE VIEW orders AS SELECT day, no, channel, amount, qty, paid, (SELECT delivery FROM _deliveries WHERE n = r._delivery) AS _delivery, _line FROM set_orders AS r WHERE " + data_worker::live_rows({}));
    }

    std::string path(const std::string& format) const { return (room.folder / ("out." + format)).string(); }
    json write(const std::string& format, json more = json::object()) {
        more.update({{"do", "export"}, {"format", format}, {"file", path(format)}});
        if (!more.contains("set")) more["set"] = "orders";
        return data_worker::export_of(*db, *known, data_worker::request(more));
    }
    std::string error(const std::string& format, json more = json::object()) {
        try {
            return write(format, std::move(more)).dump();
        } catch (const data_worker::trouble& t) {
            return t.code;
        }
    }
    bool left(const std::string& format) const { return std::filesystem::exists(path(format)); }

    data_room room;
    std::optional<data_worker::database> db;
    std::optional<data_worker::store> known;
};

std::string bytes_of(const std::string& path) {
    std::ostringstream all;
    all << std::ifstream(path, std::ios::binary).rdbuf();
    return all.str();
}

table read_all(data_worker::record_source& from) {
    table all;
    for (data_worker::record row; from.next(row);) {
        REQUIRE_FALSE(row.bad);
        all.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i) all.back().emplace_back(row[i]);
    }
    return all;
}

/// Cells at the end that are empty may be left out of a workbook.
void widen(table& rows) {
    for (auto& r : rows) r.resize(rows.front().size());
}

}  // namespace

TEST_CASE("data: the same number is the same text in every file", "[data][S4.2.2]") {
    exporter e(
        "2026-11-30,A1,天猫,1234.56,1,2026-11-30 08:30:15\n2026-11-29,A2,,0.10,999999999999999,2026-11-29 23:59:59.5\n2026-11-30,A3,\"a,\"\"b\"\"\",-0.05,,\n2026-11-30,A4,抖音,9999999999999.99,0,\n"
        "2026-11-30,A5,抖音,12345678901234.56,-3,1970-01-01 00:00:01\n2026-11-30,A6,抖音,100000000000000000000,7,\n2026-11-30,A7,抖音,,8,\n");
    table expected{{"day", "no", "channel", "amount", "qty", "paid", "_delivery", "_line"}};
    for (const auto& row : e.db->all("SELECT day, no, channel, amount, qty, paid, _delivery, _line FROM orders ORDER BY day, _delivery, _line")) {
        expected.emplace_back();
        for (const auto& v : row) expected.back().push_back(v.value_or(""));
    }
    REQUIRE(expected[1][1] == "A2");
    REQUIRE(expected[6][3] == "100000000000000000000.00");

    const auto csv = e.write("csv");
    CHECK(csv == json({{"rows", 7}, {"bytes", std::filesystem::file_size(e.path("csv"))}, {"type", "text/csv; charset=utf-8"}}));
    const auto text = bytes_of(e.path("csv"));
    CHECK(text.starts_with("\xEF\xBB\xBF" "day,no,channel,amount,qty,paid,_delivery,_line\r\n2026-11-29,A2,,0.10,999999999999999,2026-11-29 23:59:59.500000,11,3\r\n"));
    CHECK(text.find("\r\n2026-11-30,A3,\"a,\"\"b\"\"\",-0.05,,,11,4\r\n") != text.npos);
    auto csv_rows = data_worker::csv_rows(data_worker::decoded(data_worker::open_file(e.path("csv")), data_worker::text_encoding::utf8), ',');
    CHECK(read_all(*csv_rows) == expected);

    CHECK(e.write("parquet")["rows"] == 7);
    table parquet{expected[0]};
    auto from = e.db->ask("SELECT * FROM read_parquet(" + data_worker::sql_text(e.path("parquet")) + ")");
    CHECK(from.columns()[0].kind == data_worker::column_kind::day);
    CHECK(from.columns()[3].kind == data_worker::column_kind::decimal);
    for (data_worker::text_row row; from.next(row);) {
        parquet.emplace_back();
        for (const auto& v : row) parquet.back().push_back(v.value_or(""));
    }
    CHECK(parquet == expected);

    CHECK(e.write("xlsx")["rows"] == 7);
    auto sheet = data_worker::xlsx_rows(e.path("xlsx"), "orders");
    auto read = read_all(*sheet);
    widen(read);
    // A spreadsheet keeps numbers, and shows their places.
    const auto places = [](std::string number) {
        if (number.empty()) return number;
        const auto point = number.find('.');
        const auto there = point == number.npos ? 0 : number.size() - point - 1;
        return number + (point == number.npos ? "." : "") + std::string(2 - std::min<std::size_t>(there, 2), '0');
    };
    for (std::size_t i = 1; i < read.size(); ++i) read[i][3] = places(read[i][3]);
    CHECK(read == expected);
}

TEST_CASE("data: a text that a spreadsheet would calculate stays a text", "[data][S4.2.2]") {
    exporter e("2026-11-30,=1+2,@SUM(A1),-5,1,\n2026-11-30,+86,-x,1,1,\n2026-11-30,'q,\"\tx\",1,1,\n2026-11-30,_x0041_,<&>,1,1,\n");
    e.write("csv");
    const auto text = bytes_of(e.path("csv"));
    CHECK(text.find("2026-11-30,'=1+2,'@SUM(A1),-5.00,1,,11,2\r\n2026-11-30,'+86,'-x,1.00,") != text.npos);
    CHECK(text.find("2026-11-30,'q,") != text.npos);
    e.write("xlsx");
    auto sheet = data_worker::xlsx_rows(e.path("xlsx"), "");
    const auto rows = read_all(*sheet);
    CHECK(rows[1][1] == "=1+2");
    CHECK(rows[4][1] == "_x0041_");
    CHECK(rows[4][2] == "<&>");
    e.db->run("CREATE OR REPLACE VIEW orders AS SELECT day, 'a' || chr(1) || chr(10) || '_' AS no, channel, amount, qty, paid, '11' AS _delivery, _line FROM set_orders");
    e.write("xlsx");
    CHECK(read_all(*data_worker::xlsx_rows(e.path("xlsx"), ""))[1][1] == "a\x01\n_");
}

TEST_CASE("data: a part of the rows, the figures with their digits, and nothing left of what failed", "[data][S4.2.2]") {
    exporter e("2026-11-28,A1,天猫,1,1,\n2026-11-29,A2,抖音,2,1,\n2026-11-30,A3,,3,1,\n");
    e.db->run(R"(CREATE TABLE figures (metric VARCHAR, grain VARCHAR, period VARCHAR, "from" DATE, until DATE, dimension VARCHAR, member VARCHAR, value DECIMAL(38,9), shown VARCHAR, why VARCHAR, unit VARCHAR, version INTEGER);
        INSERT INTO figures VALUES ('gmv', 'day', '2026-11-28', DATE '2026-11-28', DATE '2026-11-28', '', '', 1234.56, '1234.6', NULL, '元', 3),
            ('gmv', 'week', '2026-W48', DATE '2026-11-23', DATE '2026-11-29', '', '', NULL, NULL, 'no_data', '元', 3),
            ('gmv', 'day', '2026-11-28', DATE '2026-11-28', DATE '2026-11-28', 'channel', NULL, 0.5, '0.5', NULL, '元', 3),
            ('gmv', 'day', '2026-11-28', DATE '2026-11-28', DATE '2026-11-28', 'channel', '天猫', 0.25, '0.3', NULL, '元', 3),
            ('secret', 'day', '2026-11-28', DATE '2026-11-28', DATE '2026-11-28', '', '', 1, '1', NULL, '元', 1))");
    CHECK(e.write("csv", {{"from", "2026-11-29"}, {"until", "2026-11-29"}})["rows"] == 1);
    CHECK(e.write("parquet", {{"only", json::array({{{"dimension", "渠道"}, {"values", json::array({"天猫", json()})}}})}})["rows"] == 2);
    CHECK(e.write("xlsx", {{"from", "2027-01-01"}})["rows"] == 0);
    CHECK(e.write("csv", {{"set", "figures"}, {"metrics", {"gmv"}}})["rows"] == 4);
    CHECK(bytes_of(e.path("csv")) == "\xEF\xBB\xBF"
                                     "metric,grain,period,from,until,dimension,member,value,shown,why,unit,version\r\n"
                                     "gmv,day,2026-11-28,2026-11-28,2026-11-28,\"\",\"\",1234.6,1234.6,,元,3\r\n"
                                     "gmv,day,2026-11-28,2026-11-28,2026-11-28,channel,,0.5,0.5,,元,3\r\n"
                                     "gmv,day,2026-11-28,2026-11-28,2026-11-28,channel,天猫,0.3,0.3,,元,3\r\n"
                                     "gmv,week,2026-W48,2026-11-23,2026-11-29,\"\",\"\",,,no_data,元,3\r\n");
    CHECK(e.write("xlsx", {{"set", "figures"}, {"metrics", {"gmv"}}, {"grain", "day"}, {"only", json::array({{{"dimension", "channel"}, {"values", {"天猫"}}}})}})["rows"] == 1);
    auto sheet = data_worker::xlsx_rows(e.path("xlsx"), "figures");
    CHECK(read_all(*sheet)[1][7] == "0.3");
    CHECK(e.write("parquet", {{"set", "figures"}, {"metrics", {"gmv"}}, {"from", "2026-11-29"}, {"until", "2026-12-31"}})["rows"] == 1);

    for (const std::string format : {"csv", "parquet", "xlsx"}) {
        CAPTURE(format);
        std::filesystem::remove(e.path(format));
        CHECK(e.error(format, {{"set", "nothing"}}) == "not_found");
        CHECK(e.error(format, {{"set", "figures"}}) == "bad_request");
        CHECK(e.error(format, {{"only", json::array({{{"dimension", "x' OR 1"}, {"values", {"a"}}}})}}) == "not_found");
        CHECK_FALSE(e.left(format));
        // What fails on the way: a row that can't be read.
        e.db->run("CREATE OR REPLACE VIEW orders AS SELECT day, no, channel, amount, CASE WHEN no = 'A3' THEN error('no') ELSE qty END AS qty, paid, '11' AS _delivery, _line FROM set_orders");
        CHECK(e.error(format) == "engine");
        CHECK_FALSE(e.left(format));
    }
    CHECK(e.error("doc") == "bad_request");
    e.db->run("CREATE OR REPLACE VIEW orders AS SELECT DATE '2026-11-30' AS day, 'x' AS no, '' AS channel, 1 AS amount, 1 AS qty, NULL AS paid, '11' AS _delivery, range AS _line FROM range(1048576)");
    CHECK(e.error("xlsx") == "too_large");
    CHECK_FALSE(e.left("xlsx"));
    for (const auto& left : std::filesystem::directory_iterator(e.room.folder.path())) CHECK(left.path().filename().string().find("tmp") == std::string::npos);
}
