#include "clients/cli/failure.hpp"
#include "clients/cli/import/archive.hpp"
#include "clients/cli/import/batches.hpp"
#include "clients/cli/import/slack_text.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace cli;
namespace fs = std::filesystem;

namespace {

class folder {
public:
    folder() : path_(fs::temp_directory_path() / ("opsroom-slack-" + std::to_string(::getpid()))) { fs::create_directories(path_); }
    ~folder() { fs::remove_all(path_); }

    void write(const std::string& name, const std::string& text) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << text;
    }
    std::string path() const { return path_.string(); }

private:
    fs::path path_;
};

chat_message said(std::string text) { return {"2026-01-01T00:00:00.000000Z", "irc:wei", std::move(text), {}}; }

}  // namespace

TEST_CASE("cli import chat: messages by channel, in order, with their people", "[cli]") {
    const auto a = read_chat("{\"channel\":\"css\",\"at\":\"2008-01-01T00:39:00Z\",\"from\":\"kig\",\"text\":\"one\"}\n"
                             "\r\n"
                             "{\"channel\":\"ops\",\"at\":\"2008-01-01T08:40:00+08:00\",\"from\":\"陈伟\",\"text\":\"两\",\"topic\":\"预算\"}\r\n"
                             "{\"channel\":\"css\",\"at\":\"2008-01-01T00:41:00Z\",\"from\":\"kig\",\"text\":\"three\"}",
                             "f", {});
    REQUIRE(a.problems.empty());
    REQUIRE(a.channels.size() == 2);
    CHECK(a.messages() == 3);
    CHECK(a.channels[0].messages[1].text == "three");
    CHECK(a.channels[1].messages[0].at == "2008-01-01T00:40:00.000000Z");
    CHECK(a.channels[1].messages[0].topic == "预算");
    REQUIRE(a.people.size() == 2);
    CHECK(a.people[1].external == "irc:陈伟");
}

TEST_CASE("cli import chat: every bad line is named", "[cli]") {
    const std::string good = R"({"channel":"css","at":"2008-01-01T00:39:00Z","from":"kig","text":"one"})";
    const auto with = [&](const std::string& from, const std::string& to) {
        auto out = good;
        return out.replace(out.find(from), from.size(), to);
    };
    const auto whole = good + "\nnot json\n[]\n" + with("\"kig\"", "7") + "\n" + with("2008-01-01T00:39:00Z", "yesterday") + "\n" +
                       with("one", "  ") + "\n" + with("kig", "") + "\n" + with("one", std::string(20000, 'x')) + "\n" +
                       with("2008", "9008") + "\n" + with("css", "a\\nb") + "\n" + with("one", "\xff");
    const auto a = read_chat(whole, "f.ndjson", {});
    REQUIRE(a.problems.size() == 10);
    for (std::size_t i = 0; i < a.problems.size(); ++i) {
        CHECK(a.problems[i].line == i + 2);
        CHECK(a.problems[i].file == "f.ndjson");
        CHECK_FALSE(a.problems[i].zh.empty());
    }
}

TEST_CASE("cli import: batches are bounded and cut alike in every run", "[cli]") {
    std::vector<chat_message> many(450, said("x"));
    using pairs = std::vector<std::pair<std::size_t, std::size_t>>;
    CHECK(cut(many) == pairs{{0, 200}, {200, 400}, {400, 450}});
    many.resize(460, said("x"));
    CHECK(cut(many).front() == std::pair<std::size_t, std::size_t>{0, 200});
    CHECK(cut({}).empty());
    const std::vector<chat_message> large(5, said(std::string(16'000, 'x')));
    CHECK(cut(large) == pairs{{0, 2}, {2, 4}, {4, 5}});
}

TEST_CASE("cli import: what is there is not sent again, what is the same twice is sent twice", "[cli]") {
    chat_archive archive{"irc", {}, {{"css", {}, false, {said("hi"), said("hi"), said("there")}}}, {}, {}};
    const auto& channel = archive.channels[0];
    const people_ids people{{"irc:wei", 7}};

    there_already none;
    const auto all = import_of(archive, channel, 0, 3, people, none);
    REQUIRE(all["messages"].size() == 3);
    CHECK(all["source"] == "irc");
    CHECK(all["messages"][2] == json{{"at", "2026-01-01T00:00:00.000000Z"}, {"author", 7}, {"text", "there"}});

    there_already one;
    one.add({{"author", 7}, {"at", "2026-01-01T00:00:00.000000Z"}, {"text", "hi"}});
    CHECK(import_of(archive, channel, 0, 3, people, one)["messages"].size() == 2);

    there_already edited;
    edited.add({{"author", 7}, {"at", "2026-01-01T00:00:00.000000Z"}, {"text", "changed"}, {"edited", true}});
    edited.add({{"author", 7}, {"at", "2026-01-01T00:00:00.000000Z"}, {"text", nullptr}, {"deleted", true}});
    edited.add({{"author", 7}, {"at", "2026-01-01T00:00:00.000000Z"}, {"text", "there"}});
    CHECK(import_of(archive, channel, 0, 3, people, edited).is_null());

    there_already erased;
    CHECK(import_of(archive, channel, 0, 3, {{"irc:wei", 0}}, erased).is_null());
}

TEST_CASE("cli import slack: markup becomes text that reads well", "[cli]") {
    const slack_names people{{"U1", "李娜"}};
    CHECK(plain_text("<@U1> see <https://a.example|the plan> &amp; <#C1|general>", people) ==
          "@李娜 see the plan (https://a.example) & #general");
    CHECK(plain_text("<@U9|bob> <@U8> <!here> <!subteam^S1|@sales> <mailto:a@b.c|a@b.c>", people) ==
          "@bob @U8 @here @sales a@b.c");
    CHECK(plain_text("<https://a.example/?x=1&amp;y=2> 1 &lt; 2 &gt; 0 &amp;lt;", people) == "https://a.example/?x=1&y=2 1 < 2 > 0 &lt;");
    CHECK(plain_text("a < b", people) == "a < b");
}

TEST_CASE("cli import slack: an export's people, threads, and what is left out", "[cli]") {
    const folder f;
    f.write("users.json", R"([{"id":"U1","name":"lina","locale":"zh-CN","profile":{"display_name":"李娜","real_name":"Li Na"}},
                              {"id":"U2","name":"bob","profile":{"display_name":"","real_name":"Bob"}}])");
    f.write("channels.json", R"([{"name":"general","purpose":{"value":"Daily <@U1>"}},{"name":"empty"}])");
    f.write("groups.json", R"([{"name":"board"}])");
    f.write("general/2024-01-02.json", R"([{"type":"message","user":"U2","text":"reply","ts":"1704153700.000200","thread_ts":"1704067200.000100"}])");
    f.write("general/2024-01-01.json",
            R"([{"type":"message","user":"U1","text":"the budget","ts":"1704067200.000100","thread_ts":"1704067200.000100",
                 "reactions":[{"name":"thumbsup","users":["U2"],"count":1}],"edited":{"user":"U1","ts":"1704067300.000000"}},
                {"type":"message","subtype":"channel_join","user":"U2","text":"joined","ts":"1704067201.000000"},
                {"type":"message","subtype":"bot_message","bot_id":"B1","username":"deploy","text":"done","ts":"1704067202.000000"},
                {"type":"message","user":"U1","text":"","ts":"1704067203.000000"},
                {"type":"message","user":"U1","text":"","files":[{"name":"plan.pdf","url_private":"https://f.example/1"}],"ts":"1704067204.000000"}])");
    chat_options options;
    options.source = "slack";
    const auto a = read_slack(f.path(), options);
    REQUIRE(a.problems.empty());
    REQUIRE(a.channels.size() == 3);
    const auto& general = a.channels[0];
    CHECK(general.description == "Daily @李娜");
    REQUIRE(general.messages.size() == 4);
    CHECK(general.messages[0].at == "2024-01-01T00:00:00.000100Z");
    CHECK(general.messages[0].topic == "the budget");
    CHECK(general.messages[1].author == "slack:B1");
    CHECK(general.messages[2].text == "[plan.pdf] https://f.example/1");
    CHECK(general.messages[3].text == "reply");
    CHECK(general.messages[3].topic == "the budget");
    CHECK(a.channels[2].members_only);
    CHECK(a.skipped == std::map<std::string, std::uint64_t>{{"channel_join", 1}, {"empty", 1}, {"reactions", 1}});
    REQUIRE(a.people.size() == 3);
    CHECK(a.people[0].name == "李娜");
    CHECK(a.people[0].language == "zh");
    CHECK(a.people[1].name == "deploy");
    CHECK(a.people[2].name == "Bob");
}

TEST_CASE("cli import slack: a broken file is named with its line, a wrong folder refused", "[cli]") {
    const folder f;
    CHECK_THROWS_AS(read_slack(f.path(), {}), failure);
    f.write("users.json", "[]");
    f.write("channels.json", R"([{"name":"general"},{"name":"../up"}])");
    f.write("general/2024-01-01.json", "[\n{\"user\":\"U1\",\"text\":\"x\",\"ts\":\"now\"},\n7]");
    f.write("general/2024-01-02.json", "[\n\n{");
    const auto a = read_slack(f.path(), {});
    REQUIRE(a.problems.size() == 4);
    CHECK(a.problems[0].line == 1);
    CHECK(a.problems[1].line == 2);
    CHECK(a.problems[2].line == 3);
    CHECK(a.problems[3].file.ends_with("channels.json"));
}

TEST_CASE("cli import slack: what is too long for one message goes on in the next", "[cli]") {
    const folder f;
    f.write("users.json", "[]");
    f.write("channels.json", R"([{"name":"general"}])");
    std::string text;
    while (text.size() < 20'000) text += "运营";
    f.write("general/2024-01-01.json", R"([{"user":"U1","ts":"1704067200.000100","text":")" + text + "\"}]");
    const auto a = read_slack(f.path(), {});
    REQUIRE(a.channels[0].messages.size() == 2);
    CHECK(a.channels[0].messages[0].text.size() <= text_bytes_max);
    CHECK(a.channels[0].messages[0].text + a.channels[0].messages[1].text == text);
    CHECK(a.channels[0].messages[0].text.size() % 3 == 0);
}
