// JSON to commands: each one there is, the same whichever way it is written.

#include "events/codec/json_write.hpp"
#include "events/log/log.hpp"
#include "server/engine/refusals.hpp"
#include "server/http/message.hpp"
#include "server/wire/messages.hpp"
#include "server/wire/transactions.hpp"
#include "tests/sim/watcher.hpp"
#include "tests/support/random_event.hpp"

namespace sim::wire_tests {

namespace {

/// Commands as a client would write them.
const std::map<std::string, json> examples{
    {"member.join", {{"name", "陈伟"}, {"login", "chen.wei"}, {"department", "operations"}, {"roles", json::array({"SP"})}, {"language", "zh"}}},
    {"member.rename", {{"name", "陈大伟"}}},
    {"member.set_roles", {{"roles", json::array({"SP", "DA"})}}},
    {"member.set_department", {{"department", "technology"}}},
    {"member.choose_language", {{"language", "en"}}},
    {"member.leave", {{"reason", "moved on"}}},
    {"member.erase", {{"reason", "asked for it"}}},
    {"member.confirm_change", {{"number", 1}}},
    {"member.decline_change", {{"number", 1}, {"reason", "not yet"}}},
    {"member.note_resets", json::object()},
    {"channel.appoint_keeper", {{"member", 3}}},
    {"channel.create", {{"name", "general"}, {"visibility", "members_only"}}},
    {"channel.describe", {{"description", "daily"}}},
    {"channel.archive", json::object()},
    {"channel.join", json::object()},
    {"channel.leave", {{"member", 3}}},
    {"channel.post", {{"text", "日报"}, {"topic", "weekly"}}},
    {"channel.edit", {{"message", 1}, {"text", "周报"}}},
    {"channel.delete", {{"message", 1}}},
    {"channel.set_topic", {{"message", 1}, {"topic", "plan"}}},
    {"channel.react", {{"message", 1}, {"emoji", "👍"}}},
    {"channel.unreact", {{"message", 1}, {"emoji", "👍"}}},
    {"channel.pin", {{"message", 1}}},
    {"channel.unpin", {{"message", 1}}},
    {"channel.read", {{"message", 1}}},
    {"channel.import", {{"source", "irc"}, {"messages", json::array({json::object({{"at", "2020-01-01T00:00:00Z"}, {"author", 1}, {"text", "hi"}})})}}},
    {"task.assign", {{"title", "figures"}, {"standard", "complete"}, {"due", "2026-12-01"}, {"to", 3}, {"priority", "high"}, {"checklist", json::array({"a", "b"})}}},
    {"task.reassign", {{"to", 4}, {"reason", "ill"}}},
    {"task.reschedule", {{"due", "2026-12-02"}, {"reason", "late data"}}},
    {"election.open", {{"title", "Of the quarter"}, {"period", "2026 Q4"}, {"seats", 1}, {"electorate", "operations"},
                       {"schedule", {{"nominations_close", "2026-12-01"}, {"voting_opens", "2026-12-02"}, {"voting_closes", "2026-12-09"}}}}},
    {"task.start", json::object()},
    {"task.block", {{"reason", "no data"}, {"on", 4}}},
    {"task.unblock", {{"note", "came"}}},
    {"task.report_progress", {{"percent", 40}}},
    {"task.submit", {{"result", "done"}}},
    {"task.accept", {{"comment", "good"}}},
    {"task.return", {{"reason", "incomplete"}}},
    {"task.cancel", {{"reason", "not needed"}}},
};

/// One as a client would write it, where there is one; else one that is made up.
template <class Command>
json example_of() {
    if (const auto known = examples.find(std::string(Command::type)); known != examples.end()) return known->second;
    support::random_values values(7, 5, true);
    std::string text;
    events::codec::write_json(text, values.make<Command>());
    auto made = json::parse(text);
    for (const auto field : core::system_fields<Command>()) made.erase(std::string(field));
    return made;
}

wire::client_line read(const std::string& line) {
    static wire::parser parser(1 << 20);
    return wire::read_line(parser, line, {3});
}

std::uint64_t digest(const std::string& line) {
    const auto said = read(line);
    REQUIRE(std::holds_alternative<engine::client_command>(said));
    return std::get<engine::client_command>(said).digest;
}

std::string line_of(const std::string& command, const json& data) {
    return json{{"type", "command"}, {"id", events::to_string(id_no(1))}, {"command", command}, {"data", data}}.dump();
}

}  // namespace

TEST_CASE("wire: a choice is in no command and no digest; it is left to be sealed once the vote may pass", "[sim][wire][D7]") {
    const auto line = [](int nominee) {
        return json{{"type", "command"}, {"id", events::to_string(id_no(1))}, {"command", "election.vote"}, {"target", "election/5"}, {"data", {{"nominee", nominee}}}}.dump();
    };
    const auto said = read(line(7));
    REQUIRE(std::holds_alternative<engine::client_command>(said));
    const auto& c = std::get<engine::client_command>(said);
    REQUIRE(c.left);
    CHECK(c.left->choice.value == 7);
    CHECK(c.digest == 0);  // made with the ballot
    const auto other = read(line(8));
    const auto ballot_in = [](const engine::client_command& of) {
        return std::get<core::election::cast>(of.what.get<core::election::command>()).ballot;
    };
    CHECK(ballot_in(std::get<engine::client_command>(other)) == ballot_in(c));
    // A retry of an opening is known as one, though each attempt would have another key.
    const auto opening = line_of("election.open", examples.at("election.open"));
    CHECK(digest(opening) == digest(opening));
    // Where nothing is sealed, nobody votes.
    wire::parser parser(1 << 20);
    CHECK(std::holds_alternative<wire::bad_line>(wire::read_line(parser, line(7), {3}, wire::elections::elsewhere)));
}

TEST_CASE("wire: every command there is can be read, and none asks for what the examples lack", "[sim][wire]") {
    std::size_t count = 0;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::command_groups>>([&](auto group) {
        using group_type = typename decltype(group)::type;
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, group_type>>([&](auto command) {
            const std::string type(decltype(command)::type::type);
            INFO(type);
            ++count;
            if (type == "election.count" || type == "member.reset_password") {  // made here alone
                CHECK(std::get<wire::bad_line>(read(line_of(type, json::object()))).problem.why.code == wire::problems::unknown_command.code);
                return;
            }
            if (type == "election.vote") {  // so is a ballot: what comes from outside is a choice
                const auto no = std::get<wire::bad_line>(read(line_of(type, {{"ballot", "YQ=="}})));
                CHECK(no.problem.errors.at(0).pointer == "/data/ballot");
                return;
            }
            const auto example = example_of<typename decltype(command)::type>();
            const auto said = read(line_of(type, example));
            REQUIRE(std::holds_alternative<engine::client_command>(said));
            const auto& c = std::get<engine::client_command>(said);
            CHECK(core::type_of(c.what) == type);
            CHECK(c.actor.value == 3);
            CHECK(c.digest != 0);
            // An unknown field is never passed over, and one of the wrong type never guessed at.
            auto more = example;
            more["surprise"] = 1;
            const auto no = std::get<wire::bad_line>(read(line_of(type, more)));
            CHECK(no.problem.errors.at(0).pointer == "/data/surprise");
            CHECK_FALSE(no.problem.errors.at(0).zh.empty());
            CHECK_FALSE(no.problem.errors.at(0).en.empty());
            for (const auto& [key, value] : example.items()) {
                auto wrong = example;
                wrong[key] = json::object();
                CHECK(std::get<wire::bad_line>(read(line_of(type, wrong))).problem.errors.at(0).pointer.starts_with("/data/" + key));
            }
        });
    });
    CHECK(count >= examples.size());
}

TEST_CASE("wire: a command's digest is of what it means", "[sim][wire]") {
    const auto id = events::to_string(id_no(1));
    const auto usual = digest(R"({"type":"command","id":")" + id + R"(","command":"task.block","target":"task/1","expect":2,"data":{"reason":"资料","on":4}})");
    CHECK(usual == digest("{ \"data\" : {\"on\":4 ,\t\"reason\":\"\\u8d44\\u6599\"}, \"expect\":2,\"target\":\"task/1\", \"command\":\"task.block\",\"id\":\"" + id + "\",\"type\":\"command\" }"));
    const std::set<std::uint64_t> others{
        usual,
        digest(R"({"type":"command","id":")" + id + R"(","command":"task.block","target":"task/2","expect":2,"data":{"reason":"资料","on":4}})"),
        digest(R"({"type":"command","id":")" + id + R"(","command":"task.block","target":"task/1","expect":3,"data":{"reason":"资料","on":4}})"),
        digest(R"({"type":"command","id":")" + id + R"(","command":"task.block","target":"task/1","data":{"reason":"资料","on":4}})"),
        digest(R"({"type":"command","id":")" + id + R"(","command":"task.block","target":"task/1","expect":2,"data":{"reason":"资料"}})"),
        digest(R"({"type":"command","id":")" + id + R"(","command":"task.block","target":"task/1","expect":2,"data":{"reason":"資料","on":4}})"),
    };
    CHECK(others.size() == 6);
    CHECK(digest(line_of("task.start", json::object())) ==
          digest(R"({"type":"command","id":")" + id + R"(","command":"task.start"})"));
}

TEST_CASE("wire: what the system alone fills in is refused from outside, in every command", "[sim][wire][S1.3.1]") {
    std::size_t count = 0;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::command_groups>>([&](auto group) {
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename decltype(group)::type>>([&](auto command) {
            using C = typename decltype(command)::type;
            for (const auto field : core::system_fields<C>()) {
                INFO(C::type << ' ' << field);
                ++count;
                for (const auto& value : {json(31), json(99999), json("31"), json(nullptr)}) {
                    auto data = example_of<C>();
                    data[std::string(field)] = value;
                    const auto no = std::get<wire::bad_line>(read(line_of(std::string(C::type), data)));
                    CHECK(no.problem.errors.at(0).pointer == "/data/" + std::string(field));
                    // As a part of a transaction, too.
                    wire::parser parser(1 << 20);
                    const auto body = json{{"commands", json::array({json::object({{"command", std::string(C::type)}, {"data", data}})})}}.dump();
                    const auto together = wire::read_transaction_body(*parser.parse(body), id_no(1), {3});
                    REQUIRE(std::holds_alternative<wire::read_transaction>(together));
                    CHECK(std::get<wire::read_transaction>(together).unreadable.size() == 1);
                }
            }
        });
    });
    CHECK(count >= 2);
}

TEST_CASE("wire: whatever is refused for load, a rate or want of room says when to ask again, on every way", "[sim][wire]") {
    const auto says_so = [](const wire::problem& p) {
        INFO(p.why.code << ' ' << p.status);
        const auto told = json::parse(wire::to_json(p, events::language::en));
        CHECK(told.at("retry_after") >= 1);
        const auto line = json::parse(wire::reject_line(id_no(1), p, events::language::en));
        CHECK(line.at("problem").at("retry_after") == told.at("retry_after"));
        CHECK(json::parse(wire::ended_line({wire::feed_kind::board, 0}, p, events::language::zh)).at("problem").at("retry_after") == told.at("retry_after"));
        const auto answer = server::http::refuse(p, events::language::en);
        const auto header = std::find_if(answer.headers.begin(), answer.headers.end(), [](const auto& h) { return h.first == "Retry-After"; });
        REQUIRE(header != answer.headers.end());
        CHECK(header->second == std::to_string(told.at("retry_after").get<int>()));
    };
    // By its status, whoever makes it and whatever its code.
    for (const int status : {429, 503, 507}) {
        auto p = wire::make(status, wire::problems::bad_query);
        says_so(p);
        for (const int seconds : {0, 7}) {
            p.retry_after_seconds = seconds;
            says_so(p);
        }
    }
    for (const auto& why : {engine::busy, engine::disk_full, engine::short_of_means, engine::being_mended}) {
        says_so(wire::from_refusal(why));
        const auto line = json::parse(wire::answer_line(id_no(1), engine::refused{why, {}}, events::language::en));
        CHECK(line.at("problem").at("retry_after") >= 1);
    }
    CHECK_FALSE(json::parse(wire::to_json(wire::from_refusal(engine::not_found), events::language::en)).contains("retry_after"));
}

TEST_CASE("wire: what failed is told by what it was", "[sim][wire]") {
    const auto status = [](const std::exception& e) { return wire::status_of(engine::refusal_of(e)); };
    CHECK(status(std::bad_alloc()) == 503);
    CHECK(status(std::system_error(EMFILE, std::generic_category())) == 503);
    CHECK(status(std::system_error(ENOSPC, std::generic_category())) == 507);
    CHECK(status(std::system_error(EIO, std::generic_category())) == 500);
    CHECK(status(events::index_broken("a flipped bit")) == 503);
    CHECK(status(std::runtime_error("the event at position 7 can't be read")) == 500);
}

TEST_CASE("wire: every problem is told in both languages and keeps its code", "[sim][wire]") {
    namespace problems = wire::problems;
    std::set<std::string_view> codes;
    for (const auto* why : {&problems::malformed_json, &problems::bad_fields, &problems::unknown_command, &problems::unknown_type, &problems::bad_feed,
                            &problems::unauthenticated, &problems::token_expired, &problems::session_ended, &problems::foreign_origin,
                            &problems::forbidden, &problems::not_found, &problems::method_not_allowed, &problems::too_large, &problems::message_too_large,
                            &problems::not_json, &problems::too_many, &problems::too_many_subscriptions, &problems::too_many_outstanding,
                            &problems::draining, &problems::starting, &problems::bad_query, &problems::bad_handshake, &problems::too_slow,
                            &problems::busy, &problems::bad_command_id, &engine::stale_version, &engine::command_id_reused, &engine::wrong_target}) {
        INFO(why->code);
        CHECK(codes.insert(why->code).second);
        const auto p = wire::from_refusal(*why);
        const auto zh = json::parse(wire::to_json(p, events::language::zh));
        const auto en = json::parse(wire::to_json(p, events::language::en));
        CHECK(zh.at("code") == std::string(why->code));
        CHECK(zh.at("detail") == zh.at("zh"));
        CHECK(en.at("detail") == en.at("en"));
        CHECK(zh.at("zh") != zh.at("en"));
        CHECK(zh.at("status").get<int>() >= 400);
        const std::string english = en.at("en");
        CHECK(std::all_of(english.begin(), english.end(), [](unsigned char c) { return c < 0x80; }));
    }
    const auto stale = json::parse(wire::to_json(wire::from_refusal(engine::stale_version, events::version{4}), events::language::en));
    CHECK(stale.at("status") == 412);
    CHECK(stale.at("present") == 4);
}

TEST_CASE("wire: what a refusal says of the very case stands behind its words, in both languages, and beside the field", "[sim][wire]") {
    const core::refusal why{"bad_formula", "S2.3.2", "公式不成立。", "The formula does not work out.", core::obstacle::field, "formula"};
    const engine::refused no{why, {}, "form/formula", {}, {"第 3 字：没有写完。", "Character 3: it ends too early."}};
    const auto told = json::parse(wire::to_json(wire::from_refused(no), events::language::en));
    CHECK(told.at("code") == "bad_formula");
    CHECK(told.at("zh") == "公式不成立。第 3 字：没有写完。");
    CHECK(told.at("en") == "The formula does not work out. Character 3: it ends too early.");
    CHECK(told.at("detail") == told.at("en"));
    CHECK(told.at("errors")[0].at("pointer") == "/data/form/formula");
    CHECK(told.at("errors")[0].at("zh") == told.at("zh"));
    CHECK(json::parse(wire::to_json(wire::from_refused({why, {}}), events::language::zh)).at("detail") == "公式不成立。");
}

}  // namespace sim::wire_tests
