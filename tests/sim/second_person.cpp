// What takes two people, through the engine: proposed, listed where it waits, confirmed once, the same after a restart; and channels
// that nobody would reach any more (D11, S5.1.3).

#include "tests/sim/room.hpp"

#include "server/wire/flows/definitions.hpp"

namespace sim::second_person_tests {

using core::channel;
using core::member;

namespace {

struct in_memory {
    events::memory_log log;
    events::memory_keyring keys;
};

struct office {
    std::uint64_t leader, admin, manager, wei, na;
};

office move_in(room& r) {
    return {r.join("sun", "SL", "management"), r.join("ada", "AD", "technology"), r.join("lin", "OM"), r.join("wei", "SP"), r.join("na", "DA")};
}

std::string body(const wire::reading& what) { return std::get<wire::document>(what).body; }
std::string inbox_of(const room& r, std::uint64_t who) { return body(r.read.inbox({who}, {})); }
std::string changes_of(const room& r, std::uint64_t who) { return body(wire::changes_document(r.read, {who})); }
bool has(const std::string& in, std::string_view what) { return in.find(what) != std::string::npos; }

std::vector<core::role> roles_of(const room& r, std::uint64_t who) { return r.read.person({who})->roles; }

}  // namespace

TEST_CASE("second person: a change waits where it is to be confirmed, and nowhere else, through a restart", "[sim][engine][D11]") {
    in_memory m;
    office o{};
    {
        room r(m.log, m.keys);
        r.start();
        o = move_in(r);
        r.must<member>(o.admin, member::set_roles{{{"SP"}, {"AU"}}}, member_no(o.wei));
        CHECK(code_of(r.ask<member>(o.admin, member::confirm_change{1}, member_no(o.wei))) == "not_second_person");
        CHECK(code_of(r.ask<member>(o.wei, member::confirm_change{1}, member_no(o.wei))) == "not_second_person");
        r.settle();
        CHECK(roles_of(r, o.wei) == std::vector<core::role>{{"SP"}});
    }
    room r(m.log, m.keys);
    r.start();
    for (const auto who : {o.admin, o.manager, o.wei, o.na}) CHECK_FALSE(has(inbox_of(r, who), "member.confirm_change"));
    CHECK(has(inbox_of(r, o.leader), R"("command":"member.confirm_change")"));
    CHECK(has(inbox_of(r, o.leader), R"("change":{"number":1,"by":)" + std::to_string(o.admin)));
    for (const auto who : {o.leader, o.admin, o.wei}) CHECK(has(changes_of(r, who), R"("roles":["SP","AU"])"));
    for (const auto who : {o.manager, o.na}) CHECK_FALSE(has(changes_of(r, who), "AU"));
    r.must<member>(o.leader, member::confirm_change{1}, member_no(o.wei));
    r.settle();
    CHECK(roles_of(r, o.wei) == std::vector<core::role>{{"SP"}, {"AU"}});
    CHECK_FALSE(has(inbox_of(r, o.leader), "member.confirm_change"));
    CHECK(code_of(r.ask<member>(o.leader, member::confirm_change{1}, member_no(o.wei))) == "not_second_person");
    r.settle();
    CHECK(views_of(r.writer) == rebuilt(m.log, m.keys));
}

TEST_CASE("second person: many set up in one transaction are all there, and what takes two waits", "[sim][engine][D11]") {
    in_memory m;
    room r(m.log, m.keys);
    r.start();
    const auto o = move_in(r);
    for (std::uint64_t n = 0; n < 20; ++n) {
        const auto made = r.must<member>(o.admin, member::join{"p" + std::to_string(n), "p" + std::to_string(n), {}, {"operations"}, {{n % 2 ? "OM" : "SP"}}, events::language::en});
        r.must<member>(o.admin, member::set_superior{{o.manager}}, member_no(made));
    }
    r.settle();
    std::size_t waits = 0;
    r.read.views().read([&](const core::views::views& v, events::position) {
        v.directory.each_changing([&](const core::views::member_row& row) { waits += row.changes.size(); });
    });
    CHECK(waits == 30);
    // All pages of the inbox, one after another.
    std::size_t shown = 0;
    for (std::uint64_t cursor = 0;;) {
        const auto page = body(r.read.inbox({o.leader}, {7, cursor}));
        std::size_t here = 0;
        for (auto at = page.find("member.confirm_change\",\"clause"); at != page.npos; at = page.find("member.confirm_change\",\"clause", at + 1)) ++here;
        shown += here;
        if (has(page, R"("next":null)")) break;
        cursor += here;
        REQUIRE(here == 7);
    }
    CHECK(shown == 30);
}

TEST_CASE("channel: an administrator appoints the keeper of a channel that stays closed to them", "[sim][engine][S5.1.3][D11]") {
    in_memory m;
    room r(m.log, m.keys);
    r.start();
    const auto o = move_in(r);
    const auto c = r.channel(o.manager, "board room", channel::visibility::members_only);
    r.must<channel>(o.manager, channel::join{core::member_id{o.wei}}, channel_no(c));
    CHECK(code_of(r.ask<channel>(o.admin, channel::describe{"x"}, channel_no(c))) == "not_found");
    CHECK(code_of(r.ask<channel>(o.admin, channel::archive{}, channel_no(c))) == "not_found");
    CHECK(code_of(r.ask<channel>(o.admin, channel::join{}, channel_no(c))) == "not_found");
    CHECK(code_of(r.ask<channel>(o.na, channel::appoint_keeper{{o.wei}}, channel_no(c))) == "not_found");
    CHECK(code_of(r.ask<channel>(o.admin, channel::appoint_keeper{{o.na}}, channel_no(c))) == "not_inside");
    r.must<channel>(o.admin, channel::appoint_keeper{{o.wei}}, channel_no(c));
    CHECK(code_of(r.ask<channel>(o.wei, channel::describe{"ours"}, channel_no(c))) == "done");
    CHECK(std::holds_alternative<wire::problem>(r.read.channel({o.admin}, {c})));
}

TEST_CASE("channel: a private one ends with the last of those who are here", "[sim][engine][S5.1.3]") {
    in_memory m;
    room r(m.log, m.keys);
    r.start();
    const auto o = move_in(r);
    const auto c = r.channel(o.wei, "two", channel::visibility::members_only);
    r.must<channel>(o.wei, channel::join{core::member_id{o.na}}, channel_no(c));
    r.must<member>(o.wei, member::leave{"moved"}, member_no(o.wei));
    CHECK(code_of(r.ask<channel>(o.na, channel::describe{"mine now"}, channel_no(c))) == "done");
    r.must<member>(o.na, member::leave{"moved too"}, member_no(o.na));
    r.settle();
    CHECK(views_of(r.writer).channels.row({c})->archived);
    CHECK(views_of(r.writer) == rebuilt(m.log, m.keys));
}

}  // namespace sim::second_person_tests
