// Workbooks (S4.1.3): numbers, per cents and days as a spreadsheet keeps them, made here cell by cell.

#include "tests/data_worker/support.hpp"

#include <catch2/catch.hpp>
#include <zip.h>

using namespace support;

namespace {

std::string workbook(const data_room& room, const std::string& rows, bool whole = true) {
    const auto path = (room.folder / "book.xlsx").string();
    std::filesystem::remove(path);
    int why = 0;
    auto* zip = zip_open(path.c_str(), ZIP_CREATE, &why);
    REQUIRE(zip);
    const auto add = [&](const char* name, const std::string& text) {
        auto* bytes = static_cast<char*>(std::malloc(text.size()));
        std::copy(text.begin(), text.end(), bytes);
        zip_file_add(zip, name, zip_source_buffer(zip, bytes, text.size(), 1), ZIP_FL_ENC_UTF_8);
    };
    add("xl/workbook.xml", R"(<workbook xmlns:r="r"><sheets><sheet name="说明" state="hidden" sheetId="1" r:id="r1"/><sheet name="周报" sheetId="2" r:id="r2"/></sheets></workbook>)");
    add("xl/_rels/workbook.xml.rels", R"(<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/worksheet" Target="worksheets/sheet2.xml"/></Relationships>)");
    add("xl/styles.xml", R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs></styleSheet>)");
    add("xl/sharedStrings.xml", "<sst><si><t>日期</t></si><si><t>订单号</t></si><si><r><t>渠</t></r><r><t>道</t></r></si><si><t>金额</t></si><si><t>天猫</t></si><si><t>折扣</t></si></sst>");
    add("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>");
    add("xl/worksheets/sheet2.xml", "<x:worksheet xmlns:x=\"x\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"inlineStr\"><x:is><x:t>渠道周报</x:t></x:is></x:c></x:row>" +
                                        std::string("<x:row r=\"3\"><x:c r=\"A3\" t=\"s\"><x:v>0</x:v></x:c><x:c r=\"B3\" t=\"s\"><x:v>1</x:v></x:c><x:c r=\"C3\" t=\"s\"><x:v>2</x:v></x:c><x:c r=\"D3\" t=\"s\"><x:v>3</x:v></x:c><x:c r=\"E3\" t=\"s\"><x:v>5</x:v></x:c></x:row>") + rows +
                                        (whole ? "</x:sheetData></x:worksheet>" : ""));
    REQUIRE(zip_close(zip) == 0);
    return path;
}

json plan() {
    auto p = orders_plan();
    p["reading"] = {{"type", "xlsx"}, {"skip", 2}};
    p["columns"].push_back(column("折扣", "discount", "percent", "field", {{"places", 2}, {"nature", "ratio"}}));
    return p;
}

json check(data_room& room, const std::string& path) { return room.ok("check", {{"plan", plan()}, {"file", path}, {"from", "2026-11-30"}, {"until", "2026-11-30"}}); }

const std::string good = R"(<x:row r="4"><x:c r="A4" s="1"><x:v>46356</x:v></x:c><x:c r="B4" t="str"><x:v>A1</x:v></x:c><x:c r="C4" t="s"><x:v>4</x:v></x:c><x:c r="D4"><x:v>1234.5599999999999</x:v></x:c><x:c r="E4" s="2"><x:v>0.125</x:v></x:c></x:row>)"
                         R"(<x:row r="6"><x:c r="A6"><x:v>46356</x:v></x:c><x:c r="B6" t="inlineStr"><x:is><x:t>A2</x:t></x:is></x:c><x:c r="D6"><x:v>0.30000000000000004</x:v></x:c></x:row>)";

}  // namespace

TEST_CASE("data: a workbook is read as a spreadsheet keeps it", "[data][S4.1.3]") {
    data_room room;
    const auto made = check(room, workbook(room, good));
    CAPTURE(made.dump());
    REQUIRE(made["verdict"] == "accepted");
    room.load(made["prepared"], "d1", 1);
    const auto rows = room.ok("rows", {{"set", "orders"}})["rows"];
    CHECK(rows[0]["values"] == json({{"day", "2026-11-30"}, {"no", "A1"}, {"channel", "天猫"}, {"amount", "1234.56"}, {"discount", "12.50"}}));
    CHECK(rows[1]["line"] == 6);
    CHECK(rows[1]["values"]["amount"] == "0.30");
    CHECK(rows[1]["values"]["channel"].is_null());
    const auto profile = room.ok("profile", {{"file", workbook(room, good)}, {"name", "book.xlsx"}});
    CAPTURE(profile.dump());
    CHECK(profile["reading"]["type"] == "xlsx");
    CHECK(profile["reading"]["skip"] == 2);
    CHECK(profile["rows"] == 2);
}

TEST_CASE("data: cells without a value reject their row, and a broken workbook is refused", "[data][S4.1.3]") {
    data_room room;
    const auto faulty = check(room, workbook(room, good + R"(<x:row r="7"><x:c r="A7" s="1"><x:v>46356</x:v></x:c><x:c r="B7" t="str"><x:v>A3</x:v></x:c><x:c r="D7" t="e"><x:v>#DIV/0!</x:v></x:c></x:row><x:row r="8"><x:c r="A8"><x:f>NOW()</x:f></x:c></x:row>)"));
    CAPTURE(faulty.dump());
    CHECK(faulty["verdict"] == "quarantined");
    CHECK(faulty["taken"] == 2);
    CHECK(faulty["faults"][0]["line"] == 7);
    CHECK(faulty["faults"][0]["column"] == "金额");
    const auto torn = check(room, workbook(room, good + "<x:row r=\"7\"><x:c", false));
    CHECK(torn["verdict"] == "refused");
    const auto path = workbook(room, good);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
    CHECK(check(room, path)["verdict"] == "refused");
}
