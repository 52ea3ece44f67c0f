// Tables as spreadsheets write them: what is read, and what is refused.

#include "clients/cli/bulk/csv.hpp"
#include "clients/cli/bulk/encoding.hpp"
#include "clients/cli/bulk/records.hpp"
#include "clients/cli/bulk/xlsx.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/table.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace cli;
using namespace cli::bulk;
using namespace std::chrono_literals;

namespace {

using cells = std::vector<std::string>;

sheet parse_csv(std::string_view text) {
    reading how;
    return cli::bulk::parse_csv(text, how);
}
std::string to_utf8(std::string_view bytes, const std::string& encoding = {}) {
    reading how{{}, encoding};
    return cli::bulk::to_utf8(bytes, how);
}

std::vector<cells> parsed(std::string_view text) {
    std::vector<cells> all;
    for (auto& r : parse_csv(text)) all.push_back(r.cells);
    return all;
}

constexpr column_about columns[] = {{"title", {"标题", "Title"}, true}, {"due", {"期限", "Due"}}};

}  // namespace

TEST_CASE("csv: RFC 4180, and the line ends that there are", "[cli][bulk]") {
    CHECK(parsed("a,b\r\nc,d\r\n") == std::vector<cells>{{"a", "b"}, {"c", "d"}});
    CHECK(parsed("a,b\nc,d") == std::vector<cells>{{"a", "b"}, {"c", "d"}});
    CHECK(parsed("a\rb") == std::vector<cells>{{"a"}, {"b"}});
    CHECK(parsed("\"a,\"\"b\"\"\r\nc\",,\"\"\n") == std::vector<cells>{{"a,\"b\"\r\nc", "", ""}});
    CHECK(parsed("a;b\nc,d;e") == std::vector<cells>{{"a", "b"}, {"c,d", "e"}});
    CHECK(parsed("a\tb\n") == std::vector<cells>{{"a", "b"}});
    CHECK(parsed("a\n\nb\n") == std::vector<cells>{{"a"}, {""}, {"b"}});
    CHECK(parsed("\xEF\xBB\xBF标题\n") == std::vector<cells>{{"标题"}});
    CHECK(parse_csv("a\n\nb\n").back().number == 3);
    CHECK_THROWS_AS(parse_csv("\"a"), failure);
    CHECK_THROWS_AS(parse_csv("\"a\"b"), failure);
    CHECK_THROWS_AS(parse_csv("a\n" + std::string(bounds::cell_bytes_max + 1, 'x')), failure);
    CHECK_THROWS_AS(parse_csv(std::string(bounds::columns_max, ',')), failure);
}

TEST_CASE("csv: encodings are told apart", "[cli][bulk]") {
    CHECK(to_utf8("\xB1\xEA\xCC\xE2") == "标题");
    // Four bytes, in GB18030 alone: 㐁; among everyday words, as nobody writes it by itself.
    CHECK(to_utf8("\xB1\xEA\xCC\xE2\xB1\xEA\xCC\xE2\x81\x39\xEF\x30") == "标题标题\u3401");
    CHECK(to_utf8("标题") == "标题");
    CHECK(to_utf8(std::string_view("\xFF\xFE\x07\x68", 4)) == "标");
    CHECK(to_utf8(std::string_view("\xFE\xFF\x68\x07", 4)) == "标");
    CHECK_THROWS_AS(to_utf8("\x80\xFF\xFF"), failure);
    // Western text in its own encodings would read as rare Chinese.
    for (const char* western : {"M\xFCller follow-up,Gr\xF6\xDF" "e", "r\xE9sum\xE9s", "caf\xE9 \x93quoted\x94", "na\xEFve,\xE9t\xE9"}) {
        CHECK_THROWS_AS(to_utf8(western), failure);
        CHECK_NOTHROW(to_utf8(western, "windows-1252"));
    }
    CHECK(to_utf8("M\xFCller", "windows-1252") == "Müller");
    CHECK(to_utf8("\xBC\xD0\xC3\x44", "big5") == "標題");
    CHECK_THROWS_AS(to_utf8("a", "no-such-encoding"), failure);
    CHECK_THROWS_AS(to_utf8("\xFF", "utf-8"), failure);
    // After a mark nothing else is tried: one bad byte is one bad byte.
    CHECK_THROWS_AS(to_utf8("\xEF\xBB\xBF周报 r\xE9sum\xE9s"), failure);
    CHECK_THROWS_AS(to_utf8("\xFE\xFF\xD8"), failure);
    // What it was taken for is said, unless it is what everybody writes.
    reading how;
    cli::bulk::to_utf8("\xB1\xEA\xCC\xE2", how);
    CHECK(how.notes.size() == 1);
    cli::bulk::to_utf8("标题", how);
    CHECK(how.notes.size() == 1);
    // An end of file of old.
    CHECK(to_utf8("a,b\r\n\x1A") == "a,b\r\n");
    CHECK_THROWS_AS(to_utf8(std::string_view("a\0b", 3)), failure);
}

TEST_CASE("csv and xlsx: any bytes are read or refused", "[cli][bulk]") {
    std::mt19937 random(7);
    for (int i = 0; i < 3'000; ++i) {
        std::string bytes;
        for (auto n = random() % 200; n > 0; --n) bytes += "\",;\t\r\n\"a标PK"[random() % 12];
        if (i % 3 == 0)
            for (auto& c : bytes) c = static_cast<char>(random());
        reading how;
        for (const auto& read : {+[](const std::string& b, reading& h) { cli::bulk::parse_csv(b, h); },
                                 +[](const std::string& b, reading& h) { read_xlsx("PK\x03\x04" + b, h); }}) {
            try {
                read(bytes, how);
            } catch (const failure& why) {
                CHECK(why.kind() == exit_code::invalid);
            }
        }
    }
}

TEST_CASE("xlsx: days by serial number", "[cli][bulk]") {
    CHECK(day_of_serial(1, false) == 1900y / 1 / 1);
    CHECK(day_of_serial(59, false) == 1900y / 2 / 28);
    CHECK_FALSE(day_of_serial(60, false));  // 29 February 1900: there was none
    CHECK(day_of_serial(61, false) == 1900y / 3 / 1);
    CHECK(day_of_serial(46349.75, false) == 2026y / 11 / 23);
    CHECK(day_of_serial(0, true) == 1904y / 1 / 1);
    CHECK(day_of_serial(46349 - 1462, true) == 2026y / 11 / 23);
    CHECK_FALSE(day_of_serial(-1, false));
    CHECK_FALSE(day_of_serial(3e9, false));
}

TEST_CASE("records: headings in either language, in any order, without blanks around", "[cli][bulk]") {
    const auto all = records_of(parse_csv(" DUE ,标题*\n2026-12-01,\u3000a b \u00A0\n,\n"), columns);
    REQUIRE(all.size() == 1);
    CHECK(all[0].row == 2);
    CHECK(all[0]["title"] == "a b");
    CHECK(all[0]["due"] == "2026-12-01");
    CHECK_FALSE(all[0].has("colour"));
    CHECK_THROWS_AS(records_of(parse_csv("title,colour\na,b\n"), columns), failure);
    CHECK_THROWS_AS(records_of(parse_csv("title,标题\na,b\n"), columns), failure);
    CHECK_THROWS_AS(records_of(parse_csv("title\na,b\n"), columns), failure);
    CHECK(template_of(columns, language::zh).starts_with("\xEF\xBB\xBF标题*,期限\r\n"));
    // As the server keeps it, so that what was said is found again.
    CHECK(records_of(parse_csv("title\n\"e\u0301\r\nb \"\n"), columns)[0]["title"] == "é\nb");
    // What is listed and not for a table to say is passed over.
    constexpr column_about listed[] = {{"title", {"标题", "Title"}, true}, {"status", {"状态", "Status"}, false, {}, true}};
    CHECK_FALSE(records_of(parse_csv("title,status\na,done\n"), listed)[0].has("status"));
    CHECK(template_of(listed, language::en).find("Status") == std::string::npos);
}

TEST_CASE("csv: a first line that says what stands between", "[cli][bulk]") {
    CHECK(parsed("sep=;\r\na;b,c\r\n") == std::vector<cells>{{"a", "b,c"}});
    CHECK(parsed("sep=,\na,b\n") == std::vector<cells>{{"a", "b"}});
    CHECK(parse_csv("sep=;\na\nb\n").back().number == 2);
    CHECK(parsed("sep=ab\nc\n").front() == cells{"sep=ab"});
}

TEST_CASE("csv: what a spreadsheet would run is guarded, and reads back as it was", "[cli][bulk]") {
    for (const std::string value : {"=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=1", "'", "'a", "＝1", "-", "=", "-5", "+8613800000000", "3.5", "-0.5", "", "a=b", "-5a"}) {
        CAPTURE(value);
        CHECK(without_guard(with_guard(value)) == value);
        const auto shown = with_guard(value);
        const bool number = value == "-5" || value == "+8613800000000" || value == "-0.5";
        if (!shown.empty() && !number) CHECK(std::string_view("=+-@\t\r").find(shown[0]) == std::string_view::npos);
        if (number) CHECK(shown == value);
    }
    const auto all = records_of(parse_csv(csv_line({"title"}) + csv_line({"=1+1"})), columns);
    CHECK(all[0]["title"] == "=1+1");
}

TEST_CASE("records: a cell that can't be had is a fault of its column", "[cli][bulk]") {
    const auto all = records_of({{1, {"title", "due"}}, {2, {"a"}, {{1, {"坏", "bad"}}}}}, columns);
    REQUIRE(all.size() == 1);
    REQUIRE(all[0].faults.size() == 1);
    CHECK(all[0].faults[0].column == "due");
    CHECK_THROWS_AS(records_of({{1, {"title"}, {{1, {"坏", "bad"}}}}, {2, {"a"}}}, columns), failure);
}
