// A report as a workbook (S4.3.1): what the data worker is asked to write of it.

#include "server/warehouse/report_workbook.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace {

using core::report;
using events::language;
using events::report::attainment;
using events::report::figure;
using events::report::finality;
using events::report::no_value;
using nlohmann::json;

figure of_metric(std::uint64_t id, const std::string& code) {
    figure f{};
    f.metric = {id};
    f.code = code;
    f.name = {"指标" + code, "Metric " + code};
    f.unit = "元";
    f.version = 2;
    f.period = "2026-W31";
    f.value = "1234.50";
    f.previous = "1100.00";
    f.change = "12.2";
    f.attainment = attainment::none;
    f.state = finality::closed;
    return f;
}

report::state with(std::vector<figure> figures) {
    using namespace std::chrono;
    report::state s;
    s.id = {7};
    s.is = core::report_status::published;
    s.from = 2026y / July / 27;
    s.until = 2026y / August / 2;
    s.period = "2026-W31";
    s.sha256 = std::string(64, 'a');
    s.content.title = "=周报";
    s.content.conclusions = {{"增长来自应用内", {{1}}}};
    s.figures.emplace();
    s.figures->position = 812;
    s.figures->figures = std::move(figures);
    s.figures->movers = {{{1}, "channel", "app", std::nullopt, "40.00", "40.00"}};
    return s;
}

/// Row by row, what stands behind a name in the first sheet.
std::string said(const json& book, const std::string& what) {
    for (const auto& row : book["sheets"][0]["rows"])
        if (row[0] == what) return row[1];
    return "";
}

}  // namespace

TEST_CASE("report workbook: figures are numbers, and what is missing is empty and not 0", "[warehouse][S4.3.1]") {
    auto none = of_metric(2, "b");
    none.value.reset();
    none.why = no_value::partial;
    none.state = finality::settling;
    const auto book = server::warehouse::workbook_of(with({of_metric(1, "a"), none}), language::zh);
    const auto& sheet = book["sheets"][1];
    const auto& rows = sheet["rows"];
    CHECK(book["do"] == "workbook");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0][2] == json{{"number", "1234.50"}});
    CHECK(rows[0][4].is_null());
    CHECK(rows[1][2].is_null());
    CHECK(rows[1][9] == "数据不全");
    for (const auto& one : book["sheets"])
        for (const auto& row : one["rows"]) CHECK(row.size() == one["headings"].size());
    CHECK(sheet["headings"][3] == "上期");
    CHECK(said(book, "未定的数值") == "指标b");
    CHECK(said(book, "SHA-256") == std::string(64, 'a'));
    CHECK(said(book, "期间") == "2026-W31 (2026-07-27 – 2026-08-02)");
    CHECK(said(book, "引用的指标") == "指标a 1234.50 元");
    const auto& moved = book["sheets"][2]["rows"];
    REQUIRE(moved.size() == 1);
    CHECK(moved[0] == json::array({"指标a", "元", "channel", "app", nullptr, {{"number", "40.00"}}, {{"number", "40.00"}}}));
}

TEST_CASE("report workbook: it is in the reader's language, and says where figures are others by now", "[warehouse][S4.1.3]") {
    auto s = with({of_metric(1, "a")});
    CHECK(server::warehouse::workbook_of(s, language::en)["sheets"].size() == 3);
    s.differences = {{{1}, "2026-W31", "1234.50", "1300.00"}};
    const auto book = server::warehouse::workbook_of(s, language::en);
    REQUIRE(book["sheets"].size() == 4);
    CHECK(book["sheets"][1]["headings"][4] == "Year ago");
    CHECK(book["sheets"][3]["rows"][0] == json::array({"Metric a", "2026-W31", {{"number", "1234.50"}}, {{"number", "1300.00"}}}));
}

TEST_CASE("report workbook: a chart of each of the first twelve that have something to draw", "[warehouse][S4.3.1]") {
    std::vector<figure> all;
    for (std::uint64_t i = 1; i <= 15; ++i) all.push_back(of_metric(i, std::to_string(i)));
    all[1].value = all[1].previous = std::nullopt;
    const auto book = server::warehouse::workbook_of(with(all), language::zh);
    const auto& charts = book["charts"]["each"];
    REQUIRE(charts.size() == 12);
    CHECK(charts[0]["row"] == 0);
    CHECK(charts[1]["row"] == 2);
    const auto& headings = book["sheets"][charts[0]["sheet"].get<std::size_t>()]["headings"];
    CHECK(headings[charts[0]["title"].get<std::size_t>()] == "指标");
    CHECK(headings[charts[0]["unit"].get<std::size_t>()] == "单位");
    CHECK(headings[charts[0]["from"].get<std::size_t>()] == "本期");
    CHECK(headings[charts[0]["to"].get<std::size_t>()] == "去年同期");
}
