// What was, read by somebody of today: no more of it than they may see now.

#include "server/engine/past_views.hpp"
#include "server/wire/flows/definitions.hpp"
#include "tests/sim/room.hpp"

#include <nlohmann/json.hpp>

namespace sim::past_tests {

using core::channel;
using json = nlohmann::json;

namespace {

struct conversation {
    events::memory_log log;
    events::memory_keyring keys;
    room r{log, keys};
    engine::past_views past{log, keys};
    std::uint64_t lin = 0, wei = 0, mei = 0;

    conversation() {
        r.start();
        lin = r.join("lin", "OM");
        wei = r.join("wei", "SP");
        mei = r.join("mei", "RQ", "marketing");
        r.channel(lin, "general");
        r.channel(lin, "plans", channel::visibility::members_only);
        r.must<channel>(lin, channel::join{events::member_id{wei}}, channel_no(2));
    }
    events::position now() const { return log.head(); }
    wire::documents then(events::position p) { return r.read.as_of(past.at(p), {p, noon}); }

    static json of(const wire::reading& what) {
        const auto* d = std::get_if<wire::document>(&what);
        return d ? json::parse(d->body) : json();
    }
    json messages(events::position p, std::uint64_t who, std::uint64_t where) { return of(then(p).messages({who}, {where}, {})); }
    json channel_of(events::position p, std::uint64_t who, std::uint64_t where) { return of(then(p).channel({who}, {where})); }
    std::size_t channels(events::position p, std::uint64_t who) { return of(then(p).channels({who}, {}))["items"].size(); }
};

}  // namespace

TEST_CASE("past: a conversation as it stood, without what was taken back since", "[sim][S5.3.3][as_of]") {
    conversation c;
    c.r.post(c.lin, 1, "Friday at nine");
    for (const auto who : {c.wei, c.mei}) c.r.must<channel>(who, channel::join{events::member_id{who}}, channel_no(1));
    c.r.post(c.wei, 1, "SAID-BY-MISTAKE");
    const auto before = c.now();
    c.r.must<channel>(c.lin, channel::edit{events::message_no{1}, "Friday at ten"}, channel_no(1));
    c.r.must<channel>(c.wei, channel::delete_message{events::message_no{2}}, channel_no(1));
    c.r.post(c.mei, 1, "agreed");
    c.r.settle();

    const auto was = c.messages(before, c.mei, 1);
    CHECK(was["position"] == before.value);
    REQUIRE(was["items"].size() == 2);
    // What stood before an edit is its author's (D14).
    CHECK(was["items"][0]["text"].is_null());
    CHECK(c.messages(before, c.lin, 1)["items"][0]["text"] == "Friday at nine");
    CHECK(was["items"][0].value("edited", false) == false);
    CHECK(was["items"][1]["deleted"] == true);
    CHECK(was.dump().find("SAID-BY-MISTAKE") == std::string::npos);
    CHECK(c.messages(c.now(), c.mei, 1)["items"][0]["text"] == "Friday at ten");
    CHECK(c.channel_of(before, c.mei, 1)["messages"] == 2);
    // Before there was such a channel there is nothing to see.
    CHECK(c.messages({3}, c.lin, 1).is_null());
}

TEST_CASE("past: a channel's past belongs to whoever may see the channel today", "[sim][D5][as_of]") {
    conversation c;
    c.r.post(c.wei, 2, "ONLY-AMONG-US");
    const auto before = c.now();
    c.r.must<channel>(c.wei, channel::leave{events::member_id{c.wei}}, channel_no(2));
    c.r.must<channel>(c.lin, channel::join{events::member_id{c.mei}}, channel_no(2));
    c.r.settle();

    // Who left has lost what was said while they were in it; who came reads what was said before, as they do when they scroll up.
    CHECK(c.messages(before, c.wei, 2).is_null());
    CHECK(c.channel_of(before, c.wei, 2).is_null());
    CHECK(c.channels(before, c.wei) == 1);
    CHECK(c.messages(before, c.mei, 2)["items"][0]["text"] == "ONLY-AMONG-US");
    CHECK(c.channels(before, c.mei) == 2);
    CHECK(c.channels(before, c.lin) == 2);
}

TEST_CASE("past: the organisation, a member and a flow's versions as they stood", "[sim][S1.3][as_of]") {
    conversation c;
    const auto before = c.now();
    c.r.must<core::member>(0, core::member::rename{"wei the second"}, member_no(c.wei));
    c.r.must<core::definitions>(0, core::definitions::amend_flow{"request", {}, {{"in_assessment", 3}}, "three days are enough", "as amended"},
                                         events::stream_id{events::category::definitions, 1});
    c.r.settle();
    const auto name = [&](events::position p) { return conversation::of(c.then(p).member({c.lin}, {c.wei}))["name"]; };
    CHECK(name(before) == "wei");
    CHECK(name(c.now()) == "wei the second");
    const auto versions = [&](events::position p) { return conversation::of(wire::flow_document(c.then(p), {c.lin}, "request"))["versions"].size(); };
    CHECK(versions(before) == 0);
    CHECK(versions(c.now()) == 1);
}

}  // namespace sim::past_tests
