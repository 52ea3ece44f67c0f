// Workbooks, put together here: what the sheet shows is what arrives, or the cell says why not.

#include "clients/cli/bulk/number_format.hpp"
#include "clients/cli/bulk/xlsx.hpp"
#include "clients/cli/failure.hpp"

#include <catch2/catch.hpp>
#include <zip.h>

#include <map>
#include <optional>
#include <random>

using namespace cli;
using namespace cli::bulk;

namespace {

using parts = std::map<std::string, std::string>;

std::string zipped(const parts& from) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(buffer);
    zip_t* archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
    REQUIRE(archive);
    for (const auto& [name, text] : from) zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_OVERWRITE | ZIP_FL_ENC_UTF_8);
    REQUIRE(zip_close(archive) == 0);
    zip_source_open(buffer);
    zip_source_seek(buffer, 0, SEEK_END);
    std::string out(static_cast<std::size_t>(zip_source_tell(buffer)), '\0');
    zip_source_seek(buffer, 0, SEEK_SET);
    zip_source_read(buffer, out.data(), out.size());
    zip_source_close(buffer);
    zip_source_free(buffer);
    return out;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
    return out;
}

/// One sheet with these rows; `formats` are the styles from 1 on.
parts workbook(const std::string& rows, const std::vector<std::string>& formats = {}, const std::string& strings = "<si><t>title</t></si>") {
    std::string codes, styles = "<xf numFmtId=\"0\"/>";
    for (std::size_t i = 0; i < formats.size(); ++i) {
        codes += "<numFmt numFmtId=\"" + std::to_string(164 + i) + "\" formatCode=\"" + escaped(formats[i]) + "\"/>";
        styles += "<xf numFmtId=\"" + std::to_string(164 + i) + "\"/>";
    }
    return {{"xl/workbook.xml", "<workbook><sheets><sheet name=\"one\" r:id=\"r1\"/></sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
            {"xl/sharedStrings.xml", "<sst>" + strings + "</sst>"},
            {"xl/styles.xml", "<styleSheet><numFmts>" + codes + "</numFmts><cellXfs>" + styles + "</cellXfs></styleSheet>"},
            {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}};
}

sheet read(const parts& from, reading how = {}) { return read_xlsx(zipped(from), how); }

/// The one cell of a row; what is wrong with it, in brackets.
std::string shown_in(const std::string& xml, const std::vector<std::string>& formats = {}, const std::string& strings = "<si><t>title</t></si>") {
    const auto rows = read(workbook("<row r=\"1\">" + xml + "</row>", formats, strings));
    if (rows.empty()) return "";
    if (!rows[0].bad.empty()) return "[" + rows[0].bad[0].why.en + "]";
    return rows[0].cells.at(0);
}

}  // namespace

TEST_CASE("xlsx: numbers read as their formats show them", "[cli][bulk]") {
    struct line {
        const char* format;
        double value;
        const char* shown;  ///< null: it can't be said
    };
    const line table[] = {
        {"", 42, "42"}, {"General", 0.5, "0.5"}, {"", -3, "-3"}, {"", 0.1 + 0.2, "0.3"}, {"", 123456789012345.0, "123456789012345"}, {"", 1234567890123456.0, nullptr},
        {"", 1e-7, "0.0000001"}, {"0", 2.5, "3"}, {"0", -0.4, "0"}, {"0.00", 1.005, "1.01"}, {"00000", 42, "00042"}, {"0", 123456789012345678.0, nullptr},
        {"#,##0", 1234567, "1,234,567"}, {"#,##0.00", 1234.5, "1,234.50"}, {"#,##0", 12, "12"}, {"#,##0,", 1234567, "1,235"}, {"0.0,,\"M\"", 12345678, "12.3M"}, {"#", 0, ""}, {"0.##", 1.5, "1.5"}, {"0.##", 1, "1."},
        {"0%", 1, "100%"}, {"0.0%", 0.125, "12.5%"}, {"0%_);(0%)", 1, "100%"}, {"0%_);(0%)", -0.5, "(50%)"}, {"0\"%\"", 50, "50%"}, {"0\\%", 50, "50%"}, {"[Red]0%", 0.07, "7%"}, {"\"约\"0%", 0.3, "约30%"}, {"%0", 0.3, "%30"},
        {"0;-0;\"-\"", 0, "-"}, {"0;(0)", -5, "(5)"}, {"0;;", -5, ""}, {";;;", 5, ""}, {"[>=100]\"many\";0", 150, "many"}, {"[>=100]\"many\";0", 5, "5"}, {"[<0]\"minus\";[=0]\"zero\";0", 0, "zero"},
        {"[$¥-804]#,##0.00", 99.9, "¥99.90"}, {"[$€]0", 5, "€5"}, {"000-0000", 1234567, "123-4567"}, {"0.00E+00", 12345, "1.23E+04"}, {"0E-0", 0.00012, "1E-4"}, {"# ?/?", 0.5, nullptr}, {"[DBNum1]0", 5, nullptr}, {"* 0_-", 7, "7"}, {"0.0_ ", 1, "1.0"}, {"@", 42, "42"}, {"\"第\"0\"号\"", 3, "第3号"},
        {"yyyy-mm-dd", 46349, "2026-11-23"}, {"yyyy\"年\"m\"月\"d\"日\"", 46349.75, "2026-11-23"}, {"[$-804]yyyy/m/d;@", 46349, "2026-11-23"}, {"m/d/yy h:mm", 46349.75, "2026-11-23 18:00"}, {"yyyy-mm-dd hh:mm:ss", 46349.5, "2026-11-23 12:00:00"},
        {"h:mm", 0.75, "18:00"}, {"hh:mm:ss", 0.5, "12:00:00"}, {"h:mm AM/PM", 0.75, "18:00"}, {"[h]:mm", 1.5, "36:00"}, {"mm:ss", 0.5 / 24, "00:30:00"}, {"上午/下午h\"时\"mm\"分\"", 0.25, "06:00"}, {"yyyy-mm-dd", -1, nullptr}, {"yyyy-mm-dd", 60, nullptr}, {"dddd", 46349, "2026-11-23"}, {"mmm-yy", 46349, "2026-11-23"},
        {"#,##0.00 \"days\"", 3, "3.00 days"}, {"[Red]0.0\\d", 3, "3.0d"}, {"0\";\"", 3, "3;"}, {"0\\;", 3, "3;"}, {"G/通用格式", 3.5, "3.5"}, {"G/通用格式\"元\"", 3, "3元"}};
    for (const auto& l : table) {
        CAPTURE(l.format, l.value);
        const auto got = number_format(l.format).show(l.value, false);
        CHECK(got == (l.shown ? std::optional<std::string>(l.shown) : std::nullopt));
    }
    for (unsigned n = 0; n < 200; ++n) CHECK_NOTHROW(number_format(built_in_format(n)).show(1.5, false));
    CHECK(number_format(built_in_format(9)).show(0.07, false) == "7%");
    CHECK(number_format(built_in_format(14)).show(46349, false) == "2026-11-23");
    CHECK(number_format(built_in_format(22)).show(46349.5, false) == "2026-11-23 12:00");
    CHECK(number_format("0;0;0;@\"先生\"").show(std::string_view("王")) == "王先生");
    CHECK(number_format("0").show(std::string_view("王")) == "王");
    CHECK(column_of("A1") == 0u);
    CHECK(column_of("AB12") == 27u);
    CHECK_FALSE(column_of("12"));
    CHECK(letters_of(27) == "AB");
}

TEST_CASE("xlsx: any format code is followed or not, and nothing else", "[cli][bulk]") {
    std::mt19937 random(11);
    const char* pieces[] = {"0", "#", "?", ".", ",", "%", ";", "\"", "\\", "[", "]", "[h]", "[>1]", "[Red]", "[$¥-804]", "E+", "/", "@", "y", "m", "d", "h", "s", "_", "*", "General", "年", "AM/PM", " ", "-", "("};
    for (int i = 0; i < 20'000; ++i) {
        std::string code;
        for (auto n = random() % 10; n > 0; --n) code += pieces[random() % std::size(pieces)];
        const number_format f(code);
        for (const double v : {0.0, 1.0, -1.0, 0.5, 1234.5678, -46349.75, 1e14, 1e300}) f.show(v, i % 2 == 0);
        f.show(std::string_view("text"));
    }
}

TEST_CASE("xlsx: a cell shows what it shows, or says why that can't be had", "[cli][bulk]") {
    CHECK(shown_in("<c r=\"A1\" t=\"s\"><v>0</v></c>") == "title");
    CHECK(shown_in("<c r=\"A1\" t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>よみ</t></rPh></is></c>") == "ab");
    CHECK(shown_in("<c r=\"A1\" t=\"inlineStr\"><is><t>一_x000D_\n二</t></is></c>") == "一\r\n二");
    CHECK(shown_in("<c r=\"A1\" t=\"inlineStr\"><is><t>a_x005F_x0041_b</t></is></c>") == "a_x0041_b");
    CHECK(shown_in("<c r=\"A1\" t=\"inlineStr\"><is><t>_xD83D__xDE00_ _xD83D_ _x12_</t></is></c>") == "😀 \uFFFD _x12_");
    CHECK(shown_in("<c r=\"A1\" t=\"b\"><v>1</v></c>") == "TRUE");
    CHECK(shown_in("<c r=\"A1\" t=\"d\"><v>2026-12-01T08:00:00</v></c>") == "2026-12-01");
    CHECK(shown_in("<c r=\"A1\" t=\"str\"><f>A2</f><v>x_x0041_</v></c>") == "xA");
    CHECK(shown_in("<c r=\"A1\" t=\"str\"><f>A2</f><v></v></c>") == "");
    CHECK(shown_in("<c r=\"A1\" s=\"1\"><v>42</v></c>", {"00000"}) == "00042");
    for (const char* bad : {"<c r=\"A1\" t=\"e\"><v>#N/A</v></c>", "<c r=\"A1\"><f>1+1</f></c>", "<c r=\"A1\" t=\"str\"><f>A2</f></c>", "<c r=\"A1\" t=\"s\"><v>1</v></c>", "<c r=\"A1\" t=\"s\"><v>-1</v></c>",
                            "<c r=\"A1\" t=\"s\"><v></v></c>", "<c r=\"A1\"><v>123456789012345678</v></c>", "<c r=\"A1\"><v>1.2345678901234568E+17</v></c>", "<c r=\"A1\"><v>inf</v></c>", "<c r=\"A1\"><v>12a</v></c>"}) {
        CAPTURE(bad);
        CHECK(shown_in(bad).starts_with("["));
    }
}

TEST_CASE("xlsx: what is hidden is not there, and that is said", "[cli][bulk]") {
    const std::string seen = R"(<c r="A2" t="inlineStr"><is><t>seen</t></is></c>)", not_seen = R"(<c r="A3" t="inlineStr"><is><t>filtered</t></is></c>)";
    auto book = workbook("<row r=\"2\">" + seen + "</row><row r=\"3\" hidden=\"1\">" + not_seen + "</row>");
    reading how;
    const auto rows = read_xlsx(zipped(book), how);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].cells == std::vector<std::string>{"seen"});
    CHECK(how.notes.size() == 1);

    book["xl/workbook.xml"] = R"(<workbook><sheets><sheet name="old" state="hidden" r:id="r2"/><sheet name="one" r:id="r1"/></sheets></workbook>)";
    book["xl/_rels/workbook.xml.rels"] = R"(<Relationships><Relationship Id="r2" Target="worksheets/sheet2.xml"/><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>)";
    book["xl/worksheets/sheet2.xml"] = R"(<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>old</t></is></c></row></sheetData></worksheet>)";
    CHECK(read(book)[0].cells[0] == "seen");
    CHECK(read(book, {"old", {}})[0].cells[0] == "old");
    how.notes.clear();
    read_xlsx(zipped(book), how);
    REQUIRE(how.notes.size() == 2);  // the row, and the sheet
    CHECK(how.notes[0].en == "the sheet “one” was read; not read: “old” (hidden) (--sheet NAME chooses another)");
    // Which of them it was, where they can all be seen.
    book["xl/workbook.xml"] = R"(<workbook><sheets><sheet name="one" r:id="r1"/><sheet name="old" r:id="r2"/></sheets></workbook>)";
    how.notes.clear();
    read_xlsx(zipped(book), how);
    CHECK(how.notes[0].en == "the sheet “one” was read; not read: “old” (--sheet NAME chooses another)");
    CHECK(how.notes[0].zh == "读取的是工作表“one”；未读取：“old”（用 --sheet 名称 另选）");
    book["xl/workbook.xml"] = R"(<workbook><sheets><sheet name="old" state="veryHidden" r:id="r2"/></sheets></workbook>)";
    CHECK_THROWS_AS(read(book), failure);

    // A column that can't be seen and says something would be said by nobody.
    auto columns = workbook("<row r=\"2\">" + seen + "</row>");
    columns["xl/worksheets/sheet1.xml"].insert(std::string("<worksheet>").size(), R"(<cols><col min="1" max="1" hidden="1"/></cols>)");
    CHECK_THROWS_AS(read(columns), failure);
}

TEST_CASE("xlsx: parts are found however their names are written", "[cli][bulk]") {
    const auto plain = workbook(R"(<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>)");
    for (const char* target : {"worksheets\\sheet1.xml", "/xl/worksheets/sheet1.xml", "\\xl\\worksheets\\sheet1.xml", "./worksheets/sheet1.xml", "../xl/Worksheets/Sheet1.XML", "worksheets/../worksheets/sheet1.xml"}) {
        auto book = plain;
        book["xl/_rels/workbook.xml.rels"] = std::string(R"(<Relationships><Relationship Id="r1" Target=")") + target + "\"/></Relationships>";
        CAPTURE(target);
        CHECK(read(book)[0].cells[0] == "a");
    }
    parts backslashes;
    for (const auto& [name, text] : plain) {
        auto other = name;
        for (auto& c : other)
            if (c == '/') c = '\\';
        backslashes[other] = text;
    }
    CHECK(read(backslashes)[0].cells[0] == "a");
}

TEST_CASE("xlsx: elements may nest as they like", "[cli][bulk]") {
    std::string deep = "<c r=\"A1\" t=\"inlineStr\"><is>";
    constexpr int depth = 200'000;
    for (int i = 0; i < depth; ++i) deep += "<r>";
    deep += "<t>x</t>";
    for (int i = 0; i < depth; ++i) deep += "</r>";
    deep += "</is></c>";
    CHECK(shown_in(deep) == "x");
    std::string shared;
    for (int i = 0; i < depth; ++i) shared += "<a>";
    for (int i = 0; i < depth; ++i) shared += "</a>";
    CHECK(shown_in("<c r=\"A1\" t=\"s\"><v>0</v></c>", {}, "<si>" + shared + "<t>y</t></si>") == "y");
}

TEST_CASE("xlsx: a file that is cut off or damaged is refused, wherever", "[cli][bulk]") {
    const auto whole = zipped(workbook(R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46349</v></c></row>)", {"yyyy-mm-dd"}));
    std::mt19937 random(3);
    const auto tried = [](const std::string& bytes) {
        try {
            reading how;
            read_xlsx(bytes, how);
        } catch (const failure& why) {
            CHECK(why.kind() == exit_code::invalid);
        }
    };
    for (std::size_t n = 0; n < whole.size(); ++n) tried(whole.substr(0, n));
    for (int i = 0; i < 2'000; ++i) {
        auto bytes = whole;
        bytes[random() % bytes.size()] ^= static_cast<char>(1 + random() % 255);
        tried(bytes);
    }
    // And the XML itself, in a ZIP that is whole.
    const auto plain = workbook(R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)");
    for (const auto& [name, text] : plain)
        for (std::size_t n = 0; n < text.size(); n += 3) {
            auto cut = plain;
            cut[name] = text.substr(0, n);
            tried(zipped(cut));
        }
}
