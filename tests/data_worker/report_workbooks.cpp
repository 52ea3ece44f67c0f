// Workbooks of reports (S4.3.1): numbers as numbers, charts of them, and texts that stay texts.

#include "server/data_worker/reading/xlsx.hpp"
#include "tests/data_worker/support.hpp"

#include <catch2/catch.hpp>
#include <zip.h>

#include <algorithm>
#include <memory>

using namespace support;

namespace {

json number(const std::string& text) { return {{"number", text}}; }

/// As the server has it of a report: a figure a row, a chart a figure.
json asked() {
    return {{"sheets", json::array({{{"name", "本期数值"},
                                     {"headings", {"指标", "单位", "本期", "上期", "去年同期"}},
                                     {"rows", json::array({json::array({"销售额", "元", number("1234.50"), number("1100"), nullptr}), json::array({"净增", nullptr, number("-3"), number("2"), number("1")}),
                                                           json::array({"=1+2", "@SUM(A1)", number("12345678901234567890"), "_x0041_", number("not a number")})})}},
                                    {{"name", "主要变动"}, {"headings", {"成员"}}, {"rows", json::array()}}})},
            {"charts", {{"name", "图表"},
                        {"each", json::array({{{"sheet", 0}, {"row", 0}, {"title", 0}, {"unit", 1}, {"from", 2}, {"to", 4}}, {{"sheet", 0}, {"row", 1}, {"title", 0}, {"unit", 1}, {"from", 2}, {"to", 4}}})}}}};
}

class writer {
public:
    std::string path() const { return (room.folder / "report.xlsx").string(); }
    json write(json what) {
        what["file"] = path();
        return room.ok("workbook", std::move(what));
    }
    /// The error, and that nothing is left of the file.
    std::string error(json what) {
        std::filesystem::remove(path());
        const auto said = write(std::move(what));
        return said.contains("error") ? said["error"]["code"].get<std::string>() + (std::filesystem::exists(path()) ? ", left" : "") : said.dump();
    }
    std::vector<std::vector<std::string>> sheet(const std::string& name) const {
        std::vector<std::vector<std::string>> all;
        const auto rows = data_worker::xlsx_rows(path(), name);
        for (data_worker::record row; rows->next(row);) {
            all.emplace_back();
            for (std::size_t i = 0; i < row.size(); ++i) all.back().push_back((row.is_number(i) ? "number " : "") + std::string(row[i]));
        }
        return all;
    }
    std::string part(const char* name) const {
        int why = 0;
        const std::unique_ptr<zip_t, decltype(&zip_discard)> all(zip_open(path().c_str(), ZIP_RDONLY, &why), &zip_discard);
        if (!all) return "";
        const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen(all.get(), name, 0), &zip_fclose);
        std::string text(1 << 20, '\0');
        text.resize(file ? static_cast<std::size_t>(std::max<zip_int64_t>(0, zip_fread(file.get(), text.data(), text.size()))) : 0);
        return text;
    }

    data_room room;
};

bool has(const std::string& text, const std::string& what) { return text.find(what) != text.npos; }

}  // namespace

TEST_CASE("data: a report's workbook has numbers as numbers, and its texts as they are", "[data][S4.3.1]") {
    writer w;
    const auto said = w.write(asked());
    CAPTURE(said.dump());
    REQUIRE(said["sheets"] == 3);
    CHECK(said["charts"] == 2);
    CHECK(said["bytes"] == std::filesystem::file_size(w.path()));
    const auto rows = w.sheet("本期数值");
    REQUIRE(rows.size() == 4);
    CHECK(rows[0] == std::vector<std::string>{"指标", "单位", "本期", "上期", "去年同期"});
    CHECK(rows[1][2] == "number 1234.5");
    CHECK(rows[1].size() == 4);
    CHECK(rows[2][2] == "number -3");
    CHECK(rows[3] == std::vector<std::string>{"=1+2", "@SUM(A1)", "12345678901234567890", "_x0041_", "not a number"});
    const auto cells = w.part("xl/worksheets/sheet1.xml");
    CHECK(has(cells, "<v>1234.5</v>"));
    CHECK_FALSE(has(cells, "<f>"));
    CHECK_FALSE(has(cells, "12345678901234567890"));
    CHECK(w.sheet("主要变动").size() == 1);
}

TEST_CASE("data: a report's workbook has a chart of each figure, from 0 unless it is below", "[data][S4.3.1]") {
    writer w;
    REQUIRE(w.write(asked())["charts"] == 2);
    const auto first = w.part("xl/charts/chart1.xml"), second = w.part("xl/charts/chart2.xml");
    CAPTURE(first);
    CHECK(has(first, "<c:barChart>"));
    CHECK(has(first, "'本期数值'!$C$1:$E$1"));
    CHECK(has(first, "'本期数值'!$C$2:$E$2"));
    // Its title is that of a cell, whatever stands there.
    CHECK(has(first, "'本期数值'!$A$2"));
    CHECK(has(first, "'本期数值'!$B$2"));
    CHECK(has(first, "<c:v>1234.5</c:v>"));
    CHECK(has(first, "<c:min val=\"0\"/>"));
    CHECK(has(second, "'本期数值'!$C$3:$E$3"));
    CHECK_FALSE(has(second, "$B$3"));
    CHECK_FALSE(has(second, "<c:min"));
}

TEST_CASE("data: a workbook that can't be is refused, and nothing is left of it", "[data][S4.3.1]") {
    writer w;
    const auto changed = [](const char* where, json to) {
        auto one = asked();
        one[json::json_pointer(where)] = std::move(to);
        return one;
    };
    CHECK(w.error(changed("/sheets", json::array())) == "bad_request");
    CHECK(w.error(changed("/sheets/0", "x")) == "bad_request");
    CHECK(w.error(changed("/sheets/0/name", "a/b")) == "bad_request");
    CHECK(w.error(changed("/sheets/1/name", "本期数值")) == "bad_request");
    CHECK(w.error(changed("/sheets/0/headings", json::array())) == "bad_request");
    CHECK(w.error(changed("/sheets/0/headings/1", 5)) == "bad_request");
    CHECK(w.error(changed("/sheets/0/rows/0/1", 5)) == "bad_request");
    CHECK(w.error(changed("/sheets/1/rows", json::array({json::array({"a", "b"})}))) == "bad_request");
    CHECK(w.error(changed("/sheets/0/rows/0/0", std::string(32'768, 'x'))) == "too_large");
    CHECK(w.error(changed("/charts/name", "主要变动")) == "bad_request");
    CHECK(w.error(changed("/charts/each/0/sheet", 2)) == "bad_request");
    CHECK(w.error(changed("/charts/each/0/row", 3)) == "bad_request");
    CHECK(w.error(changed("/charts/each/0/to", 5)) == "bad_request");
    CHECK(w.error(changed("/charts/each/0/from", -1)) == "bad_request");
    auto many = asked();
    for (int i = 0; i < 11; ++i) many["charts"]["each"].push_back(many["charts"]["each"][0]);
    CHECK(w.error(many) == "bad_request");
    CHECK(w.room.ask("workbook", {{"file", (w.room.folder / "none" / "x.xlsx").string()}, {"sheets", asked()["sheets"]}})["error"]["code"] == "unreadable");
}
