#include "clients/cli/client.hpp"
#include "clients/cli/language.hpp"
#include "clients/cli/table.hpp"
#include "clients/cli/width.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

using namespace cli;

TEST_CASE("cli: East-Asian characters take two columns, combining ones none", "[cli]") {
    CHECK(width_of(std::string_view("abc")) == 3);
    CHECK(width_of(std::string_view("陈伟")) == 4);
    CHECK(width_of(std::string_view("ｆｕｌｌ")) == 8);
    CHECK(width_of(std::string_view("한글")) == 4);
    CHECK(width_of(std::string_view("e\u0301")) == 1);
    CHECK(width_of(std::string_view("👍")) == 2);
    CHECK(width_of(std::string_view("…·“”")) == 4);
    CHECK(width_of(std::string_view("\u200b\ufe0f")) == 0);
    CHECK(width_of(std::string_view("𠮷")) == 2);
    CHECK(width_of(std::string_view("\xff\xc3")) == 2);
}

TEST_CASE("cli: what is too wide is cut at a character, never through one", "[cli]") {
    CHECK(fit("abc", 3) == "abc");
    CHECK(fit("abcd", 3) == "ab…");
    CHECK(fit("运营部工作", 6) == "运营…");
    CHECK(fit("运营部工作", 5) == "运营…");
    CHECK(fit("运营", 1) == "…");
    CHECK(fit("运营", 0).empty());
}

TEST_CASE("cli: text from others cannot drive the terminal", "[cli]") {
    CHECK(on_one_line("a\x1b[2Jb\nc\td\x7f") == "a [2Jb c d ");
    CHECK(on_one_line("a\u202eb\u2066c") == "a b c");
    CHECK(on_one_line("\xff" "x") == "\uFFFDx");
    CHECK(on_one_line("\xed\xa0\x80") == "\uFFFD\uFFFD\uFFFD");
    CHECK(shown_safely("a\nb\x1b") == "a\nb ");
}

TEST_CASE("cli: a table is straight in both scripts and as wide as the terminal", "[cli]") {
    const std::vector<column> columns{{"ID", true, false}, {"姓名"}, {"TITLE"}};
    const std::vector<std::vector<cell>> rows{{{"3"}, {"陈伟"}, {"Weekly channel data"}}, {{"12"}, {"Li Na"}, {"周报"}}};
    CHECK(render_table(columns, rows, 0, false) == "ID  姓名   TITLE\n"
                                                   " 3  陈伟   Weekly channel data\n"
                                                   "12  Li Na  周报\n");
    CHECK(render_table(columns, rows, 20, false) == "ID  姓名   TITLE\n"
                                                    " 3  陈伟   Weekly c…\n"
                                                    "12  Li Na  周报\n");
    const auto painted_rows = render_table({{"S"}}, {{{"x", paint::red}}}, 0, true);
    CHECK(painted_rows == "\x1b[1mS\x1b[0m\n\x1b[31mx\x1b[0m\n");
}

TEST_CASE("cli: facts are indented under their label", "[cli]") {
    CHECK(render_facts({{"标题", {"周报"}}, {"id", {"3\n4"}}}, false) == "标题  周报\nid    3\n      4\n");
}

TEST_CASE("cli: csv quotes what has to be (RFC 4180)", "[cli]") {
    CHECK(csv_line({"a", "b,c", "d\"e", "f\ng", ""}) == "a,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n");
}

TEST_CASE("cli: the language is that of the arguments, then of the environment", "[cli]") {
    CHECK(parse_language("zh_CN.UTF-8") == language::zh);
    CHECK(parse_language("zh") == language::zh);
    CHECK(parse_language("en-GB") == language::en);
    CHECK_FALSE(parse_language("zhx"));
    CHECK_FALSE(parse_language("C"));

    ::setenv("OPSROOM_LANG", "zh", 1);
    const char* plain[] = {"opsroom", "inbox"};
    const char* asked[] = {"opsroom", "inbox", "--lang", "en"};
    const char* joined[] = {"opsroom", "--lang=en"};
    const char* after_dashes[] = {"opsroom", "--", "--lang", "en"};
    CHECK(choose_language(2, plain) == language::zh);
    CHECK(choose_language(4, asked) == language::en);
    CHECK(choose_language(2, joined) == language::en);
    CHECK(choose_language(4, after_dashes) == language::zh);
    ::unsetenv("OPSROOM_LANG");
}

TEST_CASE("cli: what the system says is in the reader's language", "[cli]") {
    CHECK(in_words(ENOSPC, language::en) == "No space left on device");
    for (const int each : {ENOSPC, EPIPE, EACCES, ECONNREFUSED, ETIMEDOUT, EOWNERDEAD}) {
        const auto chinese = in_words(each, language::zh);
        CHECK(std::none_of(chinese.begin(), chinese.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }));
        CHECK(in_words(each, language::en) == std::strerror(each));
    }
}
