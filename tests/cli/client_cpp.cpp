#include "opsroom/list.hpp"
#include "opsroom/rows.hpp"
#include "opsroom/schema.hpp"

#include <catch2/catch.hpp>

using namespace opsroom;

TEST_CASE("client for C++: what a feed has told is newer than a page read beside it", "[clients]") {
    rows all;
    all.reset(json::array({{{"id", 1}, {"version", 1}}, {{"id", 2}, {"version", 1}}}));
    all.put(json::array({{{"id", 3}, {"version", 5}}}));
    all.drop(json::array({1, 4}));
    all.add(json::array({{{"id", 1}, {"version", 9}}, {{"id", 2}, {"version", 2}}, {{"id", 3}, {"version", 4}}, {{"id", 4}, {"version", 1}}}));
    REQUIRE(all.by_id().size() == 2);
    CHECK(all.by_id().at(2)["version"] == 2);
    CHECK(all.by_id().at(3)["version"] == 5);
    all.reset(json::array());
    all.add(json::array({{{"id", 1}, {"version", 1}}}));
    CHECK(all.by_id().contains(1));
}

TEST_CASE("client for C++: a conversation says what was taken back, and an edit brings words again", "[clients]") {
    const auto event = [](const char* type, json data) {
        return json{{"type", std::string("channel.") + type + ".v1"}, {"actor", 7}, {"time", "t"}, {"position", 9}, {"data", std::move(data)}};
    };
    timeline talk;
    talk.reset({{"channel", {{"people", {1, 7}}}}, {"messages", json::array()}});
    talk.fold(json::array({event("posted", {{"message", 1}, {"text", {{"of", 3}, {"gone", true}}}}), event("left", {{"member", 1}}),
                           event("posted", {{"message", 2}, {"text", "hello"}}), event("reacted", {{"message", 2}, {"emoji", "+"}}),
                           event("edited", {{"message", 9}, {"text", "of a message that is not here"}})}));
    CHECK(talk.people() == std::vector<std::uint64_t>{7});
    REQUIRE(talk.messages().size() == 2);
    CHECK(talk.messages().at(1)["author"] == 3);
    CHECK(talk.messages().at(1)["gone"] == true);
    CHECK(talk.messages().at(1)["text"].is_null());
    CHECK(talk.messages().at(2)["reactions"] == json::array({{{"emoji", "+"}, {"members", {7}}}}));
    talk.fold(json::array({event("edited", {{"message", 1}, {"text", "better"}}), event("reaction_removed", {{"message", 2}, {"emoji", "+"}})}));
    CHECK(talk.messages().at(1)["text"] == "better");
    CHECK_FALSE(talk.messages().at(1).contains("gone"));
    CHECK(talk.messages().at(2)["reactions"].empty());
}

TEST_CASE("client for C++: problems are the server's, or its own, and say which may pass", "[clients]") {
    const problem of_server({{"code", "stale_version"}, {"status", 412}, {"zh", "中"}, {"en", "en"}, {"clause", "D1"}, {"present", 4},
                             {"errors", {{{"pointer", "/data/due"}, {"zh", "z"}, {"en", "e"}}}},
                             {"refused", {{{"index", 2}, {"problem", {{"code", "busy"}, {"status", 503}, {"retry_after", 1.5}}}}}}});
    CHECK(of_server.by_server());
    CHECK(of_server.present() == 4u);
    CHECK(of_server.pointers() == std::vector<std::string>{"/data/due"});
    CHECK_FALSE(of_server.is_passing());
    CHECK(of_server.refused().at(2).is_passing());
    CHECK(of_server.refused().at(2).retry_after() == std::chrono::seconds(2));
    const problem away("unreachable", "连不上", "can't be reached");
    CHECK(away.is_passing());
    CHECK_FALSE(problem(away.said()).by_server());
    CHECK_FALSE(problem("untrusted", "不信任", "not trusted").is_passing());
    CHECK(problem(json::array()).code() == "odd_answer");
}

TEST_CASE("client for C++: commands by name are told what they lack before anything is sent", "[clients]") {
    const schema known(parse_json(R"({"kinds":[{"name":"note","commands":[
        {"type":"note.write","creates":true,"fields":[{"name":"title","is":"text","required":true},{"name":"tags","is":"words"},{"name":"codes","is":"codes"},
            {"name":"form","is":"group","required":true,"fields":[{"name":"extras","is":"extras","of":"F1"}]}]},
        {"type":"note.close","fields":[]},{"type":"note.age","by_system":true,"fields":[]}],
        "forms":[{"name":"F1","version":3}],"statuses":[{"name":"open","label":{"zh":"开","en":"Open"}}],
        "events":[{"type":"note.written.v1","label":{"zh":"写了","en":"wrote"}}]}]})"), language::en);
    const auto made = known.named("note.write", {}, {{"title", "t"}, {"form", json::object()}});
    CHECK(made.data == parse_json(R"({"title":"t","codes":[],"form":{"extras":{"form":3,"fields":[],"attachments":[]}}})"));
    CHECK(known.named("note.close", "5", {}).target == "note/5");
    CHECK_THROWS_WITH(known.named("note.write", {}, {{"titel", "t"}}), Catch::Contains("did you mean title"));
    CHECK_THROWS_WITH(known.named("note.write", {}, {{"title", "t"}}), Catch::Contains("form is missing"));
    CHECK_THROWS_AS(known.named("note.close", {}, {}), mistake);
    CHECK_THROWS_AS(known.named("note.age", "5", {}), mistake);
    CHECK_THROWS_AS(known.named("nota.close", "5", {}), mistake);
    CHECK(known.status("notes", "open") == "Open");
    CHECK(known.happened({{"type", "note.written.v1"}}) == "wrote");
    CHECK(known.happened({{"type", "note.unknown.v1"}}) == "note.unknown.v1");
}

TEST_CASE("client for C++: addresses", "[clients]") {
    CHECK(address_of("tasks", {{"sort", "due"}, {"as_of", nullptr}, {"open", true}, {"q", "周 a"}}) == "/api/v1/tasks?sort=due&open=true&q=%E5%91%A8%20a");
    CHECK(address_of("/livez") == "/livez");
    CHECK(address_of("/api/v1/log?limit=2", {{"after", 5}}) == "/api/v1/log?limit=2&after=5");
}
