#include "clients/cli/client.hpp"
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
    REQUIRE(all.data["messages"].size() == 3);
    CHECK(all.data["source"] == "irc");
    CHECK(all.data["messages"][2] == json{{"at", "2026-01-01T00:00:00.000000Z"}, {"author", 7}, {"text", "there"}});

    there_already one;
    one.add({{"author", 7}, {"at", "2026-01-01T00:00:00.000000Z"}, {"text", "hi"}});
    CHECK(import_of(archive, channel, 0, 3, people, one).data["messages"].size() == 2);

    there_already edited;
    edited.add({{"author", 7}, {"at", "2026-01-01T00:00:00.000000Z"}, {"text", "changed"}, {"edited", true}});
    edited.add({{"author", 7}, {"at", "2026-01-01T00:00:00.000000Z"}, {"text", nullptr}, {"deleted", true}});
    edited.add({{"author", 7}, {"at", "2026-01-01T00:00:00.000000Z"}, {"text", "there"}});
    CHECK(import_of(archive, channel, 0, 3, people, edited).data.is_null());

    there_already erased;
    CHECK(import_of(archive, channel, 0, 3, {{"irc:wei", 0}}, erased).data.is_null());
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
    CHECK(a.skipped == std::map<std::string, std::uint64_t>{{"channel without a folder", 2}, {"channel_join", 1}, {"empty", 1}, {"reactions", 1}});
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

TEST_CASE("cli import slack: a message is known by when it was said, whatever has become of its words", "[cli]") {
    chat_archive archive{"slack", {}, {{"css", {}, false, {said("hi"), said("there"), said("new")}}}, {}, {}, true};
    auto& messages = archive.channels[0].messages;
    for (std::size_t i = 0; i < messages.size(); ++i) messages[i].at = "2026-01-01T00:00:00.00000" + std::to_string(i) + "Z";
    const people_ids people{{"irc:wei", 7}};

    there_already there(true);
    there.add({{"message", 1}, {"author", 7}, {"at", messages[0].at}, {"text", "hi"}});
    there.add({{"message", 2}, {"author", 7}, {"at", messages[1].at}, {"text", "as it was"}});
    CHECK(there.shares(messages, people) == 2);
    CHECK(there.shares(messages, {}) == 0);
    const auto b = import_of(archive, archive.channels[0], 0, 3, people, there);
    CHECK(b.fresh == 1);
    CHECK(b.reworded == 1);
    CHECK(b.before == "as it was\n");
    REQUIRE(b.data["messages"].size() == 2);
    CHECK(b.data["messages"][0]["message"] == 2);
    CHECK(b.data["messages"][0]["text"] == "there");
    CHECK_FALSE(b.data["messages"][1].contains("message"));

    // What was deleted here stays deleted, and of one that is in several parts each is itself.
    there_already gone(true);
    gone.add({{"message", 1}, {"author", 7}, {"at", messages[0].at}, {"text", nullptr}, {"deleted", true}});
    gone.add({{"message", 2}, {"author", 7}, {"at", messages[1].at}, {"text", "there"}});
    gone.add({{"message", 3}, {"author", 7}, {"at", messages[1].at}, {"text", "and on"}});
    messages[2].at = messages[1].at;
    messages[2].text = "and on";
    CHECK(import_of(archive, archive.channels[0], 0, 3, people, gone).data.is_null());
}

TEST_CASE("cli import slack: words are in blocks and attachments too", "[cli]") {
    const auto words = [](const char* message) { return plain_text(slack_words(parse_json(message)), {{"U1", "李娜"}}); };
    CHECK(words(R"({"text":"plain","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"other"}}]})") == "plain");
    CHECK(words(R"({"text":"","blocks":[{"type":"header","text":{"type":"plain_text","text":"Report"}},{"type":"section","text":{"type":"mrkdwn","text":"*done* by <@U1>"},
                    "fields":[{"type":"mrkdwn","text":"a"},{"type":"mrkdwn","text":"b"}]},{"type":"divider"},{"type":"context","elements":[{"type":"mrkdwn","text":"c"}]}]})") ==
          "Report\n*done* by @李娜\na\nb\nc");
    CHECK(words(R"({"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"see <b> "},{"type":"user","user_id":"U1"},
                    {"type":"link","url":"https://a.example","text":"plan"},{"type":"emoji","name":"tada"}]},
                    {"type":"rich_text_list","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"one"}]},{"type":"rich_text_section","elements":[{"type":"text","text":"two"}]}]}]}]})") ==
          "see <b> @李娜plan (https://a.example):tada:\none\ntwo");
    CHECK(words(R"({"text":"","attachments":[{"fallback":"build 7 failed"}]})") == "build 7 failed");
    CHECK(words(R"({"text":"look","attachments":[{"fallback":"f","title":"T","title_link":"https://a.example","text":"x","fields":[{"title":"k","value":"v"}]},{"text":"y"}]})") ==
          "look\nT (https://a.example)\nx\nk: v\ny");
    CHECK(words("{}").empty());
}

TEST_CASE("cli import: half a character is what is lost, not all of the export", "[cli]") {
    CHECK(with_whole_characters(R"(["\ud83d\ude00"])") == R"(["\ud83d\ude00"])");
    CHECK(with_whole_characters(R"(["a\ud83d","\ude00b","\ud83dx"])") == R"(["a\ufffd","\ufffdb","\ufffdx"])");
    CHECK(with_whole_characters(R"(["\\ud83d","\ud83d\ud83d\ude00"])") == R"(["\\ud83d","\ufffd\ud83d\ude00"])");
    for (const char* cut : {R"(\)", R"(\u)", R"(\ud83)", R"(\ud83d)", R"(\ud83d\)", R"(\ud83d\ude0)"}) CHECK_NOTHROW(with_whole_characters(cut));
}

TEST_CASE("cli import slack: a folder may be written in another Unicode form than the list of channels", "[cli]") {
    const folder f;
    f.write("users.json", R"([{"id":"U1","name":"@here\u200b","profile":{"display_name":"@here\u200b"}}])");
    f.write("channels.json", "[{\"name\":\"caf\u00e9\"},{\"name\":\"none\"}]");
    f.write("cafe\u0301/2024-01-02.json", R"([{"type":"message","user":"U1","text":"\u0003hi \ud83d","ts":"1704153600.000100"}])");
    const auto a = read_slack(f.path(), {"slack", "en"});
    REQUIRE(a.problems.empty());
    REQUIRE(a.channels.size() == 2);
    REQUIRE(a.channels[0].messages.size() == 1);
    CHECK(a.channels[0].messages[0].text == "hi \uFFFD");
    CHECK(a.people.at(0).name == "here");
    CHECK(a.skipped.at("channel without a folder") == 1);
    CHECK(a.times_are_unique);
}
