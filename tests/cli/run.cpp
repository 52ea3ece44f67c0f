#include "tests/support/command_line.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using opsroom_test::run;

namespace {

std::size_t lines(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

}  // namespace

TEST_CASE("cli: help begins with examples, in both languages", "[cli]") {
    const auto en = run({"task", "assign", "--help"});
    CHECK(en.code == 0);
    CHECK(en.out.starts_with("Examples:\n  opsroom task assign "));
    CHECK(en.out.find("Usage: opsroom task assign TITLE --standard TEXT --due DAY --to MEMBER [options]") != std::string::npos);
    const auto zh = run({"--lang", "zh", "task", "assign", "--help"});
    CHECK(zh.out.starts_with("示例：\n"));
    CHECK(zh.out.find("（必填）") != std::string::npos);
}

TEST_CASE("cli: wrong arguments are one line on stderr and exit code 2", "[cli]") {
    for (const auto& wrong : std::vector<std::vector<std::string>>{{}, {"task"}, {"tsak"}, {"task", "assign"}, {"task", "list", "--status", "odd"},
                                                                   {"task", "start", "1", "2"}, {"task", "start", "1", "--expect", "x"},
                                                                   {"task", "start", "1", "--command-id", "x"}, {"inbox", "-o", "xml"},
                                                                   {"channel", "messages", "1", "--before", "3", "--after", "4"}}) {
        const auto said = run(wrong);
        CHECK(said.code == 2);
        CHECK(said.out.empty());
        CHECK(lines(said.err) == 1);
        CHECK(said.err.starts_with("opsroom: "));
    }
    CHECK(run({"task", "assign", "--lang", "zh"}).err == "opsroom: 缺少 TITLE（参见 opsroom task assign --help）\n");
}

TEST_CASE("cli: without a login it says so, with exit code 3", "[cli]") {
    const auto said = run({"inbox"});
    CHECK(said.code == 3);
    CHECK(said.err.find("opsroom login") != std::string::npos);
}

TEST_CASE("cli: every argument of a command is its own", "[cli]") {
    // As far as the arguments go these are right: what is missing is the login.
    for (const auto& right : std::vector<std::vector<std::string>>{
             {"task", "progress", "12", "30", "half"}, {"task", "reschedule", "12", "+1d", "late"}, {"channel", "edit", "1", "2", "text"},
             {"channel", "react", "1", "2", "👍"}, {"channel", "post", "task", "list"}, {"member", "roles", "3", "SP,DA"},
             {"task", "assign", "t", "--check", "a", "--check", "b", "--to", "3", "--standard", "s", "--due", "+3d"},
             {"-o", "json", "task", "accept", "3", "--expect", "2"}})
        CHECK(run(right).code == 3);
}

TEST_CASE("cli: a server that is not there is exit code 8", "[cli]") {
    const auto said = run({"login", "--server", "http://127.0.0.1:1", "--login", "x", "--password-stdin"});
    CHECK(said.code == 8);
    CHECK(lines(said.err) == 1);
}

TEST_CASE("cli: an import that cannot be whole is not begun", "[cli]") {
    const auto said = run({"import", "chat", "/dev/null/no-such-file"});
    CHECK(said.code == 7);
    CHECK(run({"import", "slack", "/dev/null"}).code == 7);
}

TEST_CASE("cli: completion knows every command and every choice", "[cli]") {
    for (const char* shell : {"bash", "zsh"}) {
        const auto script = run({"completion", shell}).out;
        for (const char* word : {"task assign", "--checklist-of-nobody", "channel unpin", "log proof", "members_only", "in_progress"}) {
            const bool there = script.find(word) != std::string::npos;
            CHECK(there == (std::string_view(word) != "--checklist-of-nobody"));
        }
    }
}
