// Text from outside: what is taken, and what becomes of it.

#include "core/kernel/texts.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace text = core::text;
using namespace std::string_literals;

TEST_CASE("text: what can't be seen says nothing", "[core][text]") {
    for (const auto& nothing : {""s, " "s, "\t\r\n\v\f"s, "\u3000"s, "\u00A0"s, "\u2003"s, "\u2028"s, "\u200B"s, "\u00AD"s, "\u2060"s, "\uFEFF"s, "\u200D"s,
                                "\u3164"s, "\u115F"s, "\uFFA0"s, "\u2800"s, "\u034F"s, "\U000E0041"s, "\u0301"s, "\u202E"s, " \u200B\u3000\u2060 "s}) {
        CAPTURE(nothing);
        CHECK(text::blank(nothing));
        CHECK_FALSE(text::is_line(nothing, 80));
        CHECK_FALSE(text::is_prose(nothing, 80));
        CHECK_FALSE(text::is_code(nothing, 80));
    }
    for (const auto& something : {"a"s, "。"s, "李"s, "👍"s, "\u200Ba"s, "é"s, "e\u0301"s, "٣"s, "한"s}) CHECK_FALSE(text::blank(something));
}

TEST_CASE("text: a line is one, and all of it can be seen", "[core][text]") {
    for (const auto& line : {"李娜"s, "Li Na"s, "张\u3000三"s, "a\u00A0b"s, "👩\u200D👩\u200D👧 家"s, "❤\uFE0F"s, "1\uFE0F\u20E3"s, "می\u200Cخواهم"s, "क्\u200Dष"s, "🏴\U000E0067\U000E0062\U000E007F"s}) {
        CAPTURE(line);
        CHECK(text::is_line(line, 80));
    }
    for (const auto& no : {"a\nb"s, "a\tb"s, "a\rb"s, "a\u2028b"s, "a\u0085b"s, "a\u202Eb"s, "a\u2066b"s, "a\u200Eb"s, "a\u061Cb"s, "em\u200Bma"s, "em\u200Dma"s, "emma\uFE0F"s,
                           "em\u00ADma"s, "a\u2060b"s, "a\uFEFFb"s, "a\u007Fb"s, "a\u009Fb"s, "a\uFFFEb"s, "a\0b"s}) {
        CAPTURE(no);
        CHECK_FALSE(text::one_line(no));
    }
    CHECK_FALSE(text::is_line("abc", 2));
    CHECK(text::is_code("operations", 64));
    CHECK_FALSE(text::is_code("two words", 64));
    CHECK_FALSE(text::is_code("two\u3000words", 64));
    CHECK_FALSE(text::is_code("two\u00A0words", 64));
}

TEST_CASE("text: names are no mentions", "[core][text]") {
    CHECK(text::is_name("emma", 80));
    CHECK(text::is_name("李娜 @运营", 80));
    for (const auto& no : {"@everyone"s, "#general"s, "\uFF20all"s, "\uFF03x"s, ""s}) CHECK_FALSE(text::is_name(no, 80));
}

TEST_CASE("text: reactions are emoji, one at a time", "[core][text]") {
    for (const auto& yes : {"👍"s, "❤\uFE0F"s, "❤"s, "✅"s, "👍🏽"s, "👩\u200D👩\u200D👧"s, "🇨🇳"s, "1\uFE0F\u20E3"s, "#\u20E3"s, "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"s, "☺"s, "🙏"s, "🏳\uFE0F\u200D🌈"s}) {
        CAPTURE(yes);
        CHECK(text::is_emoji(yes));
    }
    for (const auto& no : {""s, "ok"s, "1"s, "+1"s, "👍👍"s, "👍 "s, " 👍"s, "👍a"s, "李"s, "\u200B"s, "🇨"s, "🇨🇳🇨"s, "©"s, "\u20E3"s, "👍\u200D"s, "👍\u202E"s, "e\u0301"s, "12\u20E3"s}) {
        CAPTURE(no);
        CHECK_FALSE(text::is_emoji(no));
    }
}

TEST_CASE("text: a file's name is one everywhere", "[core][text]") {
    for (const auto& yes : {"report.pdf"s, "周报 (1).xlsx"s, "..hidden"s, "a..b"s, ".gitignore"s}) CHECK(text::is_file_name(yes, 200));
    for (const auto& no : {"."s, ".."s, "a/b"s, "a\\b"s, "C:x"s, "/etc/passwd"s, "..\\x"s, ""s, "a\nb"s, "exe\u202Egpj.txt"s}) {
        CAPTURE(no);
        CHECK_FALSE(text::is_file_name(no, 200));
    }
}

TEST_CASE("text: it is kept composed, with one kind of line end, without blanks around", "[core][text]") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"  a b \t", "a b"}, {"\u3000李娜\u00A0", "李娜"}, {"e\u0301", "é"}, {"a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"}, {"\u200Bemma\u200B", "emma"},
        {"\uFEFFa", "a"}, {"\n\na\n\n", "a"}, {"❤\uFE0F ", "❤\uFE0F"}, {"\u1112\u1161\u11AB", "한"}, {" \u200B ", ""}, {"\u212B", "Å"}, {"か\u3099", "が"}, {"a  b", "a  b"}};
    for (const auto& [from, to] : table) {
        CAPTURE(from);
        CHECK(text::tidied(from) == to);
        CHECK(text::tidied(to) == to);
        if (from != to) CHECK_FALSE(text::is_plainly_tidy(from));
    }
    for (const auto& same : {"weekly figures"s, "渠道周报，第 3 版"s, "a\nb"s, "Größe"s, "👍 好"s, ""s}) {
        CAPTURE(same);
        CHECK(text::is_plainly_tidy(same));
        CHECK(text::tidied(same) == same);
    }
}

TEST_CASE("text: what is quickly seen to be tidy is", "[core][text]") {
    // Every character that there is, alone, at either end and within.
    for (char32_t c = 1; c < 0x110000; ++c) {
        if (c >= 0xD800 && c < 0xE000) continue;
        if (c == 0x3400 || c == 0xAC00 || c == 0x20000) c += 2'000;  // as many more of the same
        std::string one;
        if (c < 0x80) one = static_cast<char>(c);
        else if (c < 0x800) one = {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
        else if (c < 0x10000) one = {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
        else one = {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)), static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
        for (const auto& s : {one, "a" + one, one + "a", "a" + one + "a", "é" + one + "é"}) {
            const bool good = !text::is_plainly_tidy(s) || (!text::first_unwanted(s) && text::tidied(s) == s);
            if (!good) FAIL_CHECK("U+" << std::hex << static_cast<unsigned>(c) << " in " << s);
        }
        if (c == 0x30000) break;
    }
}

TEST_CASE("text: what is from before there were these rules is mended where it goes on", "[core][text]") {
    const std::pair<std::string, std::string> table[] = {{"em\u200Bma", "emma"}, {"a\u202Eb", "ab"}, {"\x01 a\x1b[2J ", "a[2J"}, {"a\r\nb", "a\nb"}, {"👩\u200D👧", "👩\u200D👧"}, {"\u200B", ""}, {"周报", "周报"}};
    for (const auto& [from, to] : table) {
        CAPTURE(from);
        CHECK(text::mended(from) == to);
        CHECK_FALSE(text::first_unwanted(text::mended(from)));
    }
}

TEST_CASE("text: no text has controls, or what turns it round", "[core][text]") {
    for (const auto& no : {"\x01"s, "\x1b[31m"s, "\0"s, "\x7f"s, "\u0080"s, "\u009f"s, "\u202a"s, "\u202e"s, "\u2066"s, "\u2069"s, "\u200e"s, "\u200f"s, "\u061c"s, "\uFFFE"s, "\uFDD0"s, "\U0001FFFF"s}) {
        CAPTURE(no);
        CHECK(text::first_unwanted("a" + no + "b"));
    }
    CHECK(text::first_unwanted("a\u202eb") == U'\u202e');
    for (const auto& yes : {"a\nb\tc"s, "a\r\nb"s, "a\u200Bb"s, "👩\u200D👧"s, "\uFFFD"s}) CHECK_FALSE(text::first_unwanted(yes));
}
