// Who gets in, from where, for how long: throttling, known devices, one-time links, lifetimes.

#include "server/identity/secret.hpp"
#include "server/identity/weak_password.hpp"
#include "tests/support/identity_room.hpp"

using namespace server::identity;
using namespace std::chrono_literals;

namespace {

constexpr member_id wei{3};
constexpr member_id li{4};
constexpr auto here = "192.0.2.1";

struct fixture : support::identity_room {
    fixture() : a(open()) {
        REQUIRE(bool(a->set_password(wei, "chen.wei", "correct horse")));
        REQUIRE(bool(a->set_password(li, "li.na", "battery staple")));
    }
    error guess(const origin& from, std::string_view login = "chen.wei") { return a->verify(login, "a guess", from).error().why; }
    bool gets_in(const origin& from) { return bool(a->verify("chen.wei", "correct horse", from)); }
    std::unique_ptr<accounts> a;
};

}  // namespace

TEST_CASE("sign-in: who keeps failing at a place has to wait there, longer each time", "[identity][S1.3.1]") {
    fixture f;
    for (int i = 0; i < 6; ++i) CHECK(f.guess(here) == error::bad_credentials);
    CHECK(f.a->verify("chen.wei", "a guess", here).error() == login_refusal{error::throttled, 1s});
    CHECK(f.a->verify("CHEN.wei", "correct horse", here).error().why == error::throttled);
    f.now += 1s;
    CHECK(f.guess(here) == error::bad_credentials);
    CHECK(f.a->verify("chen.wei", "a guess", here).error() == login_refusal{error::throttled, 2s});
    f.now += 2s;
    CHECK(f.gets_in(here));
    CHECK(f.guess(here) == error::bad_credentials);
}

TEST_CASE("sign-in: strangers lock nobody out, from however many addresses, where they have signed in before", "[identity][S1.3.1]") {
    fixture f;
    const auto first = f.a->start_session(wei, {here, "", "Firefox"}).value();
    REQUIRE(first.device.size() == secret_length);
    // A stranger at every address there is, and at the very one.
    for (int round = 0; round < 3; ++round)
        for (int i = 0; i < 200; ++i) f.guess("198.51.100." + std::to_string(i));
    for (int i = 0; i < 20; ++i) f.guess(here);
    CHECK(f.guess("203.0.113.7") == error::throttled);  // whoever is new waits
    CHECK(f.a->verify("chen.wei", "correct horse", origin{"203.0.113.7"}).error().why == error::throttled);
    CHECK(f.gets_in({"203.0.113.7", first.device}));  // the person's own browser does not, wherever it is
    CHECK(f.gets_in({here, first.device}));
    CHECK_FALSE(f.gets_in({"203.0.113.7", std::string(secret_length, 'x')}));  // a device that nobody gave out is none
    CHECK_FALSE(bool(f.a->verify("li.na", "wrong", {"203.0.113.7", first.device})));
}

TEST_CASE("sign-in: at an address that they have signed in from nobody is held up by strangers elsewhere", "[identity][S1.3.1]") {
    fixture f;
    REQUIRE(bool(f.a->issue_token(wei, "laptop", 30, origin{here})));
    for (int round = 0; round < 3; ++round)
        for (int i = 0; i < 200; ++i) f.guess("198.51.100." + std::to_string(i));
    CHECK(f.guess("203.0.113.7") == error::throttled);
    CHECK(f.gets_in(here));
}

TEST_CASE("sign-in: a thief of a known device still has no more tries than anybody", "[identity][S1.3.1]") {
    fixture f;
    const auto mine = f.a->start_session(wei, here).value();
    int tried = 0;
    for (int i = 0; i < 100; ++i) tried += f.guess({"198.51.100." + std::to_string(i), mine.device}) == error::bad_credentials;
    CHECK(tried == 11);
}

TEST_CASE("sign-in: one address can't try everyone, and does not lock out the others behind it", "[identity][S1.3.1]") {
    fixture f;
    // All of a company behind one proxy that the server was not told of.
    int answered = 0;
    for (int i = 0; i < 1000; ++i)
        answered += f.guess("2001:db8::" + std::to_string(i + 1), "user" + std::to_string(i % 50)) == error::bad_credentials;
    CHECK(answered < 310);
    CHECK(f.a->verify("chen.wei", "correct horse", origin{"2001:db8::ffff"}).error().retry_after <= 2s);
    f.now += 2s;
    CHECK(f.gets_in("2001:db8::ffff"));
    CHECK(f.gets_in("2001:db8:0:1::1"));
    // Who goes on failing there waits longer.
    CHECK(f.guess("2001:db8::ffff", "user1") == error::bad_credentials);
    CHECK(f.guess("2001:db8::ffff", "user1") == error::throttled);
}

TEST_CASE("sign-in: a session ends after ninety days, whatever its use", "[identity]") {
    fixture f;
    const auto s = f.a->start_session(wei, {here, "", "Firefox"}).value();
    const auto began = f.now;
    for (int day = 1; day < 90; ++day) {
        f.now += std::chrono::days{1};
        INFO(day);
        REQUIRE(bool(f.a->find_session(s.secret)));
        if (day % 30 == 0) {  // nor does a restart make it longer
            f.a.reset();
            f.a = f.open();
        }
    }
    const auto list = f.a->sessions_of(wei);
    REQUIRE(list.size() == 1);
    CHECK(list[0] == session{s.who.id, wei, began, f.now, began + std::chrono::days{90}, began + std::chrono::days{90}, here, "Firefox"});
    f.now += std::chrono::days{1};
    CHECK(f.a->find_session(s.secret).error() == error::expired);
    CHECK(f.a->sessions_of(wei).empty());
}

TEST_CASE("sign-in: sessions are listed and ended by whose they are", "[identity]") {
    fixture f;
    const auto one = f.a->start_session(wei, here).value();
    f.now += 1h;
    const auto two = f.a->start_session(wei, here).value();
    const auto hers = f.a->start_session(li, here).value();
    const auto ids = [&] {
        std::vector<std::uint64_t> all;
        for (const auto& s : f.a->sessions_of(wei)) all.push_back(s.id);
        return all;
    };
    CHECK(ids() == std::vector{two.who.id, one.who.id});
    CHECK_FALSE(f.a->end_session(wei, hers.who.id));
    CHECK(f.a->end_session(wei, one.who.id));
    const auto three = f.a->start_session(wei, here).value();
    f.a->end_other_sessions(wei, three.who.id);
    CHECK(ids() == std::vector{three.who.id});
    CHECK(bool(f.a->find_session(hers.secret)));
    CHECK(f.ended.size() == 2);
}

TEST_CASE("sign-in: a reset ends all that there was, and whoever has the link chooses the next password, once", "[identity][D11]") {
    fixture f;
    const auto session = f.a->start_session(wei, here).value();
    const auto token = f.a->issue_token(wei, "laptop", 30).value();
    const auto first = f.a->reset(wei, "chen.wei").value();
    CHECK(f.a->find_session(session.secret).error() == error::unknown);
    CHECK(f.a->find_token(token.secret).error() == error::unknown);
    CHECK(f.ended.size() == 2);
    CHECK_FALSE(f.gets_in("192.0.2.9"));
    CHECK(f.a->start_session(wei).error() == error::no_account);
    CHECK(f.a->verify("chen.wei", "", origin{"192.0.2.10"}).error().why == error::bad_credentials);

    const auto second = f.a->reset(wei, "chen.wei").value();
    CHECK(f.a->owner_of_link(first.secret).error() == error::bad_link);
    CHECK(f.a->redeem(second.secret, "chen.wei1", "陈伟").error() == error::common_password);
    CHECK(f.a->redeem(second.secret, "陈伟陈伟陈伟", "陈伟").error() == error::common_password);
    CHECK(f.a->owner_of_link(second.secret).value() == wei);  // it is not used up by a password that is no good
    f.a.reset();
    f.a = f.open();
    CHECK(f.a->redeem(second.secret, "purple elephants", "陈伟").value() == wei);
    CHECK(f.a->redeem(second.secret, "green elephants", "陈伟").error() == error::bad_link);
    CHECK(bool(f.a->verify("chen.wei", "purple elephants", here)));

    const auto third = f.a->reset(wei, "chen.wei").value();
    f.now += 73h;
    CHECK(f.a->redeem(third.secret, "green elephants").error() == error::bad_link);
    // Somebody who never had an account; and a login that somebody has.
    const auto newcomer = f.a->reset(member_id{9}, "he.yun").value();
    CHECK(f.a->reset(member_id{10}, "li.na").error() == error::login_taken);
    CHECK(f.a->redeem(newcomer.secret, "yellow elephants").value() == member_id{9});
    // A password that was changed since makes the link good for nothing.
    const auto fourth = f.a->reset(wei, "chen.wei").value();
    REQUIRE(bool(f.a->set_password(wei, "chen.wei", "blue elephants")));
    CHECK(f.a->redeem(fourth.secret, "red elephants").error() == error::bad_link);
}

TEST_CASE("sign-in: the same password in another Unicode form is the same", "[identity]") {
    fixture f;
    REQUIRE(bool(f.a->set_password(li, "li.na", "caf\u00e9 au lait \uff11")));
    CHECK(bool(f.a->verify("li.na", "cafe\u0301 au lait 1", here)));
    CHECK(bool(f.a->verify("li.na", "caf\u00e9 au lait \uff11", here)));
    CHECK_FALSE(bool(f.a->verify("li.na", "cafe au lait 1", here)));
}

TEST_CASE("sign-in: what is guessed first is no password", "[identity]") {
    for (const auto* weak : {"password", "Password1!", "P@ssw0rd", "passwordpassword", "12345678", "87654321", "11111111", "20251128", "qwertyuiop", "QWERTY123",
                             "1q2w3e4r", "iloveyou", "woaini1314", "aaaaaaaa", "abababab", "        ", "\u3000\u3000\u3000", "\u00a0 \u200b\u200b\u2060\u00ad  ",
                             "opsroom-demo", "Opsroom2026", "chen.wei", "ChenWei!!", "welcome123", "密码密码123", "admin888", "letmein!"}) {
        INFO(weak);
        CHECK(is_weak(normalised(weak), {"chen.wei", "陈伟 Chen Wei"}));
    }
    for (const auto* good : {"correct horse", "battery staple", "purple elephants", "三个汉字", "another-password-1", "x7#kq9!zp", "Fernweh im Mai", "load-password-0",
                             "abcd-efgh-jkmn-pqrs"}) {
        INFO(good);
        CHECK_FALSE(is_weak(normalised(good), {"chen.wei", "陈伟 Chen Wei"}));
    }
}

TEST_CASE("sign-in: accounts of an older version are taken over; long lives end when they would now", "[identity]") {
    support::identity_room f;
    f.raw(R"sql(
        CREATE TABLE account(member INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, password TEXT NOT NULL, changed INTEGER NOT NULL) STRICT;
        CREATE TABLE session(id INTEGER PRIMARY KEY AUTOINCREMENT, member INTEGER NOT NULL REFERENCES account(member) ON DELETE CASCADE,
            fingerprint BLOB NOT NULL UNIQUE, created INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT;
        CREATE INDEX session_member ON session(member);
        CREATE TABLE token(id INTEGER PRIMARY KEY AUTOINCREMENT, member INTEGER NOT NULL REFERENCES account(member) ON DELETE CASCADE,
            fingerprint BLOB NOT NULL UNIQUE, label TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT;
        CREATE INDEX token_member ON token(member);
        PRAGMA application_id=1869640562; PRAGMA user_version=1;
        INSERT INTO account VALUES(3, 'chen.wei', '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 0);
        INSERT INTO token VALUES(7, 3, zeroblob(32), 'ci', 1795392000000000, 1795392000000000 + 365 * 86400000000);
    )sql");
    const auto a = f.open();
    const auto tokens = a->tokens_of(wei);
    REQUIRE(tokens.size() == 1);
    CHECK(tokens[0].expires == tokens[0].created + std::chrono::days{90});
    CHECK(a->with_published("opsroom-demo").empty());
    CHECK(bool(a->reset(wei, "chen.wei")));
}

TEST_CASE("sign-in: whose password is published is known, and looked for once where it was not marked", "[identity]") {
    fixture f;
    CHECK(f.a->set_password(wei, "chen.wei", "opsroom-demo").error() == error::common_password);
    REQUIRE(bool(f.a->set_password(wei, "chen.wei", "opsroom-demo", {.published = true})));
    CHECK(f.a->with_published("opsroom-demo") == std::vector{wei});
    f.a.reset();
    f.raw("UPDATE account SET published = NULL");
    f.a = f.open();
    CHECK(f.a->with_published("opsroom-demo") == std::vector{wei});
    CHECK(f.a->with_published("opsroom-demo") == std::vector{wei});
    REQUIRE(bool(f.a->set_password(wei, "chen.wei", "purple elephants")));
    CHECK(f.a->with_published("opsroom-demo").empty());
}
