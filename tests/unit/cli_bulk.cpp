// Tables as spreadsheets write them: what is read, and what is refused.

#include "clients/cli/bulk/csv.hpp"
#include "clients/cli/bulk/records.hpp"
#include "clients/cli/bulk/xlsx.hpp"
#include "clients/cli/failure.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace cli;
using namespace cli::bulk;
using namespace std::chrono_literals;

namespace {

using cells = std::vector<std::string>;

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
    CHECK(to_utf8("\x81\x39\xEF\x30") == "\u3401");  // four bytes, in GB18030 alone: 㐁
    CHECK(to_utf8("标题") == "标题");
    CHECK(to_utf8(std::string_view("\xFF\xFE\x07\x68", 4)) == "标");
    CHECK(to_utf8(std::string_view("\xFE\xFF\x68\x07", 4)) == "标");
    CHECK_THROWS_AS(to_utf8("\x80\xFF\xFF"), failure);
    CHECK_THROWS_AS(to_utf8(std::string_view("a\0b", 3)), failure);
}

TEST_CASE("csv and xlsx: any bytes are read or refused", "[cli][bulk]") {
    std::mt19937 random(7);
    for (int i = 0; i < 3'000; ++i) {
        std::string bytes;
        for (auto n = random() % 200; n > 0; --n) bytes += "\",;\t\r\n\"a标PK"[random() % 12];
        if (i % 3 == 0)
            for (auto& c : bytes) c = static_cast<char>(random());
        for (const auto& read :
             {+[](const std::string& b) { parse_csv(b); }, +[](const std::string& b) { read_xlsx("PK\x03\x04" + b, ""); }}) {
            try {
                read(bytes);
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

TEST_CASE("xlsx: which formats show dates", "[cli][bulk]") {
    CHECK(shows_dates(14, ""));
    CHECK(shows_dates(31, ""));
    CHECK(shows_dates(164, "yyyy\"年\"m\"月\"d\"日\""));
    CHECK(shows_dates(165, "[$-804]yyyy/m/d;@"));
    CHECK_FALSE(shows_dates(0, ""));
    CHECK_FALSE(shows_dates(9, ""));
    CHECK_FALSE(shows_dates(166, "#,##0.00 \"days\""));
    CHECK_FALSE(shows_dates(167, "[Red]0.0\\d"));
    CHECK(column_of("A1") == 0u);
    CHECK(column_of("AB12") == 27u);
    CHECK_FALSE(column_of("12"));
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
}
