#include "server/identity/accounts.hpp"

#include "tests/support/temp_folder.hpp"

#include <sqlite3.h>
#include <sys/stat.h>
#include <boost/system/system_error.hpp>
#include <catch2/catch.hpp>

#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>

using namespace server::identity;
using namespace std::chrono_literals;

namespace {

constexpr member_id wei{3};
constexpr member_id li{4};
constexpr auto here = "192.0.2.1";

// A folder of its own, a clock that is moved by hand, and hashes that cost nothing.
struct fixture {
    fixture() {
        how.hash_passes = 1;
        how.hash_memory_kib = 8;
    }
    std::filesystem::path file() const { return folder / "identity.db"; }
    time_source hands() {
        return [this] { return now; };
    }
    std::unique_ptr<accounts> open() {
        auto a = std::make_unique<accounts>(file(), hands(), how);
        a->on_ended([this](const principal& p) { ended.push_back(p); });
        return a;
    }
    std::string bytes() const {
        std::string all;
        for (const auto* suffix : {"", "-wal"}) {
            std::ifstream in(file().string() + suffix, std::ios::binary);
            all.append(std::istreambuf_iterator<char>(in), {});
        }
        return all;
    }

    support::temp_folder folder;
    instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
    options how;
    std::vector<principal> ended;
};

template <class T, class E>
T value_of(const boost::system::result<T, E>& r) {
    REQUIRE(r.has_value());
    return *r;
}

error why_not_open(fixture& f) {
    try {
        accounts again(f.file(), f.hands(), f.how);
        return {};
    } catch (const boost::system::system_error& e) {
        CHECK_THAT(e.what(), Catch::Contains("identity.db"));
        return static_cast<error>(e.code().value());
    }
}

void raw(const fixture& f, const char* sql) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(f.file().c_str(), &db) == SQLITE_OK);
    REQUIRE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
}

}  // namespace

TEST_CASE("identity: a password opens its own account and nothing else", "[identity]") {
    fixture f;
    const auto a = f.open();
    REQUIRE(bool(a->set_password(wei, "Chen.Wei", "correct horse")));
    CHECK(value_of(a->verify("chen.wei", "correct horse", here)) == wei);
    CHECK(value_of(a->verify("CHEN.WEI", "correct horse", here)) == wei);
    CHECK(a->verify("chen.wei", "Correct horse", here).error() == login_refusal{error::bad_credentials});
    CHECK(a->verify("li.na", "correct horse", here).error() == login_refusal{error::bad_credentials});
    CHECK(a->verify("chen.wei", std::string(100'000, 'x'), here).error() == login_refusal{error::bad_credentials});
    CHECK(bool(a->verify(wei, "correct horse", here)));
    CHECK(a->verify(wei, "wrong", here).error().why == error::bad_credentials);
    CHECK(a->login_of(wei) == "chen.wei");
    CHECK(a->login_of(li).empty());
}

TEST_CASE("identity: what a login and a password have to be", "[identity]") {
    fixture f;
    const auto a = f.open();
    const auto set = [&](std::string_view login, std::string_view password) { return a->set_password(wei, login, password).error(); };
    CHECK(set("", "long enough") == error::bad_login);
    CHECK(set("chen wei", "long enough") == error::bad_login);
    CHECK(set(std::string(65, 'a'), "long enough") == error::bad_login);
    CHECK(set("chen\n", "long enough") == error::bad_login);
    CHECK(set("\xff", "long enough") == error::bad_login);
    CHECK(set("chen.wei", "seven77") == error::bad_password);
    CHECK(set("chen.wei", std::string(257, 'x')) == error::bad_password);
    CHECK(set("chen.wei", "\xed\xa0\x80 half a pair") == error::bad_password);
    CHECK(set("chen.wei", "password") == error::common_password);
    CHECK(a->members().empty());
    CHECK(bool(a->set_password(wei, "陈伟", "三个汉字")));
    CHECK(bool(a->verify("陈伟", "三个汉字", here)));
    CHECK(a->set_password(li, "陈伟", "another password").error() == error::login_taken);
    CHECK(a->members() == std::vector{wei});
}

TEST_CASE("identity: a session lives on while it is used", "[identity]") {
    fixture f;
    auto a = f.open();
    CHECK(a->start_session(wei).error() == error::no_account);
    REQUIRE(bool(a->set_password(wei, "chen.wei", "correct horse")));
    const auto s = a->start_session(wei).value();
    CHECK(s.secret.size() == 43);
    CHECK(a->find_session(s.secret).value() == s.who);
    CHECK(a->find_session("x" + s.secret.substr(1)).error() == error::unknown);
    CHECK(a->find_session("").error() == error::unknown);
    CHECK(a->find_token(s.secret).error() == error::unknown);

    f.now += std::chrono::days{13};
    CHECK(a->find_session(s.secret).value().expires == f.now + std::chrono::days{14});
    a->tick();
    a.reset();
    f.now += std::chrono::days{13};
    a = f.open();
    CHECK(a->find_session(s.secret).value().id == s.who.id);
    CHECK(f.ended.empty());

    f.now += std::chrono::days{14};
    CHECK(a->find_session(s.secret).error() == error::expired);
    a->tick();
    a->tick();
    REQUIRE(f.ended.size() == 1);
    CHECK(f.ended[0].id == s.who.id);

    f.now += std::chrono::days{31};
    a->tick();
    CHECK(a->find_session(s.secret).error() == error::unknown);
    CHECK(f.ended.size() == 1);
    a = nullptr;
    a = f.open();
    CHECK(a->find_session(s.secret).error() == error::unknown);
    CHECK(a->start_session(wei).value().who.id > s.who.id);
}

TEST_CASE("identity: what a wrong clock gave does not outlast it, and what it had expired holds again", "[identity][clock]") {
    fixture f;
    auto a = f.open();
    REQUIRE(bool(a->set_password(wei, "chen.wei", "correct horse")));
    const auto before = a->start_session(wei).value();
    const auto right = f.now;
    f.now += std::chrono::days{20};
    CHECK(a->find_session(before.secret).error() == error::expired);
    a->tick();
    CHECK(f.ended.size() == 1);
    const auto session = a->start_session(wei).value();
    const auto token = a->issue_token(wei, "nightly", 30).value();
    const auto link = a->reset(member_id{4}, "zhao.mei").value();
    CHECK(a->find_session(session.secret).has_value());
    CHECK(a->owner_of_link(link.secret).has_value());

    f.now = right + std::chrono::hours{1};
    for (int round = 0; round < 2; ++round) {
        CHECK(a->find_session(before.secret).has_value());
        CHECK(a->find_session(session.secret).error() == error::expired);
        CHECK(a->find_token(token.secret).error() == error::expired);
        CHECK(a->owner_of_link(link.secret).error() == error::bad_link);
        CHECK(a->sessions_of(wei).size() == 1);
        if (round == 0) a->tick();
        a.reset();
        a = f.open();
    }
    // It ends when it was to, and is told once more.
    f.ended.clear();
    f.now = right + std::chrono::days{15};
    a->tick();
    CHECK(std::any_of(f.ended.begin(), f.ended.end(), [&](const auto& p) { return p.id == before.who.id; }));
}

TEST_CASE("identity: a session that was used is kept at its new length when the process ends", "[identity]") {
    fixture f;
    auto a = f.open();
    REQUIRE(bool(a->set_password(wei, "chen.wei", "correct horse")));
    const auto s = a->start_session(wei).value();
    f.now += 10min;
    const auto until = a->find_session(s.secret).value().expires;
    a.reset();
    a = f.open();
    CHECK(a->find_session(s.secret).value().expires == until);
}

TEST_CASE("identity: ending a session counts at once, is told, and lasts", "[identity]") {
    fixture f;
    auto a = f.open();
    REQUIRE(bool(a->set_password(wei, "chen.wei", "correct horse")));
    REQUIRE(bool(a->set_password(li, "li.na", "correct horse")));
    const auto s = a->start_session(wei).value();
    const auto other = a->start_session(li).value();
    a->end_session(li, s.who.id);
    CHECK(bool(a->find_session(s.secret)));
    CHECK(a->stands(s.who));
    a->end_session(wei, s.who.id);
    CHECK_FALSE(a->stands(s.who));
    CHECK(a->stands(other.who));
    CHECK(a->find_session(s.secret).error() == error::unknown);
    CHECK(f.ended == std::vector{s.who});
    a->end_session(wei, s.who.id);
    CHECK(f.ended.size() == 1);
    a.reset();
    a = f.open();
    CHECK(a->find_session(s.secret).error() == error::unknown);
    CHECK(bool(a->find_session(other.secret)));
}

TEST_CASE("identity: one session too many ends the one that was used the longest time ago", "[identity]") {
    fixture f;
    f.how.sessions_per_member_max = 2;
    const auto a = f.open();
    REQUIRE(bool(a->set_password(wei, "chen.wei", "correct horse")));
    const auto first = a->start_session(wei).value();
    f.now += 1h;
    const auto second = a->start_session(wei).value();
    f.now += 1h;
    REQUIRE(bool(a->find_session(first.secret)));
    const auto third = a->start_session(wei).value();
    CHECK(bool(a->find_session(first.secret)));
    CHECK(a->find_session(second.secret).error() == error::unknown);
    CHECK(bool(a->find_session(third.secret)));
    CHECK(f.ended == std::vector{second.who});
}

TEST_CASE("identity: a new password ends the other sessions, and every token", "[identity]") {
    fixture f;
    const auto a = f.open();
    REQUIRE(bool(a->set_password(wei, "chen.wei", "correct horse")));
    const auto mine = a->start_session(wei).value();
    const auto other = a->start_session(wei).value();
    const auto token = a->issue_token(wei, "laptop", 90).value();
    REQUIRE(bool(a->set_password(wei, "chen.wei", "battery staple", {.keep = mine.who.id})));
    CHECK(bool(a->find_session(mine.secret)));
    CHECK(a->find_session(other.secret).error() == error::unknown);
    CHECK(a->find_token(token.secret).error() == error::unknown);
    CHECK(f.ended.size() == 2);
    CHECK(a->verify("chen.wei", "correct horse", here).error().why == error::bad_credentials);
    CHECK(bool(a->verify("chen.wei", "battery staple", here)));
}

TEST_CASE("identity: personal access tokens", "[identity]") {
    fixture f;
    f.how.tokens_per_member_max = 2;
    auto a = f.open();
    CHECK(a->issue_token(wei, "laptop", 90).error() == error::no_account);
    REQUIRE(bool(a->set_password(wei, "chen.wei", "correct horse")));
    REQUIRE(bool(a->set_password(li, "li.na", "correct horse")));
    CHECK(a->issue_token(wei, "", 90).error() == error::bad_label);
    CHECK(a->issue_token(wei, std::string(101, 'x'), 90).error() == error::bad_label);
    CHECK(a->issue_token(wei, "laptop", 0).error() == error::bad_lifetime);
    CHECK(a->issue_token(wei, "laptop", 91).error() == error::bad_lifetime);
    const auto t = a->issue_token(wei, "笔记本", 90).value();
    CHECK(t.secret.starts_with("opsroom_pat_"));
    const auto second = a->issue_token(wei, "ci", 1).value();
    CHECK(a->issue_token(wei, "third", 1).error() == error::too_many_tokens);

    a.reset();
    a = f.open();
    const auto who = a->find_token(t.secret).value();
    CHECK(a->stands(who));
    CHECK_FALSE(a->stands({li, who.by, who.id, who.expires}));
    CHECK_FALSE(a->stands({wei, credential::session, who.id, who.expires}));
    CHECK(who == principal{wei, credential::token, t.about.id, f.now + std::chrono::days{90}});
    auto used = t.about;
    used.used = f.now;
    CHECK(a->tokens_of(wei) == std::vector{used, second.about});
    CHECK(a->tokens_of(li).empty());
    CHECK(a->find_session(t.secret).error() == error::unknown);
    CHECK(a->find_token(t.secret + "x").error() == error::unknown);

    f.now += std::chrono::days{2};
    CHECK(a->find_token(second.secret).error() == error::expired);
    CHECK_FALSE(a->stands({wei, credential::token, second.about.id, f.now}));
    CHECK(a->stands(who));
    CHECK(bool(a->issue_token(wei, "third", 1)));  // an expired one takes nobody's place
    CHECK(a->revoke_token(li, t.about.id).error() == error::unknown);
    CHECK(bool(a->find_token(t.secret)));
    CHECK(bool(a->revoke_token(wei, t.about.id)));
    CHECK(a->find_token(t.secret).error() == error::unknown);
    CHECK(a->revoke_token(wei, t.about.id).error() == error::unknown);
    REQUIRE(f.ended.size() == 1);
    CHECK(f.ended[0].by == credential::token);
    a->end_all(wei);
    CHECK(a->tokens_of(wei).empty());
}

TEST_CASE("identity: who leaves is out at once, and their login is in the file no more", "[identity]") {
    fixture f;
    auto a = f.open();
    REQUIRE(bool(a->set_password(wei, "chen.wei-is-here", "correct horse")));
    const auto s = a->start_session(wei).value();
    const auto t = a->issue_token(wei, "laptop-of-wei", 90).value();
    CHECK(f.bytes().find("chen.wei-is-here") != std::string::npos);
    a->remove(wei);
    CHECK(a->find_session(s.secret).error() == error::unknown);
    CHECK(a->find_token(t.secret).error() == error::unknown);
    CHECK(a->verify("chen.wei-is-here", "correct horse", here).error().why == error::bad_credentials);
    CHECK(f.ended.size() == 2);
    CHECK(f.bytes().find("chen.wei-is-here") == std::string::npos);
    CHECK(f.bytes().find("laptop-of-wei") == std::string::npos);
    CHECK(a->members().empty());
    a->remove(wei);
    CHECK(bool(a->set_password(li, "chen.wei-is-here", "correct horse")));
}

TEST_CASE("identity: the file holds neither passwords nor secrets, and is its owner's alone", "[identity]") {
    fixture f;
    const auto a = f.open();
    REQUIRE(bool(a->set_password(wei, "chen.wei", "correct horse")));
    const auto s = a->start_session(wei).value();
    const auto t = a->issue_token(wei, "laptop", 90).value();
    CHECK(f.bytes().find("correct horse") == std::string::npos);
    CHECK(f.bytes().find("$argon2id$") != std::string::npos);
    CHECK(f.bytes().find(s.secret) == std::string::npos);
    CHECK(f.bytes().find(t.secret.substr(12)) == std::string::npos);
    struct stat about {};
    REQUIRE(stat(f.file().c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
}

TEST_CASE("identity: a password is hashed anew when the cost has changed", "[identity]") {
    fixture f;
    auto a = f.open();
    REQUIRE(bool(a->set_password(wei, "chen.wei", "correct horse")));
    a.reset();
    f.how.hash_passes = 2;
    a = f.open();
    CHECK(bool(a->verify("chen.wei", "correct horse", here)));
    CHECK_THAT(f.bytes(), Catch::Contains("m=8,t=2,p=1"));
    CHECK(bool(a->verify("chen.wei", "correct horse", here)));
}

TEST_CASE("identity: no more hashes at once than allowed, the rest is told so", "[identity]") {
    fixture f;
    f.how.hash_memory_kib = 16'384;
    f.how.hashes_at_once = 1;
    f.how.hashes_waiting_max = 1;
    const auto a = f.open();
    REQUIRE(bool(a->set_password(wei, "chen.wei", "correct horse")));
    std::atomic<int> in{0};
    std::atomic<int> busy{0};
    std::vector<std::thread> people;
    for (int i = 0; i < 8; ++i) {
        people.emplace_back([&, i] {
            const auto r = a->verify("chen.wei", "correct horse", "192.0.2." + std::to_string(i));
            if (r)
                ++in;
            else if (r.error().why == error::busy || r.error().why == error::throttled)
                ++busy;
        });
    }
    for (auto& p : people) p.join();
    CHECK(in + busy == 8);
    CHECK(in >= 1);
}

TEST_CASE("identity: a file that can't be used says why", "[identity]") {
    fixture f;
    SECTION("in use") {
        const auto a = f.open();
        CHECK(why_not_open(f) == error::locked);
    }
    SECTION("newer") {
        f.open().reset();
        raw(f, "PRAGMA user_version=999");
        CHECK(why_not_open(f) == error::newer_version);
    }
    SECTION("no database") {
        std::ofstream(f.file()) << std::string(5000, 'x');
        CHECK(why_not_open(f) == error::not_ours);
    }
    SECTION("somebody else's database") {
        raw(f, "CREATE TABLE guests(name TEXT)");
        CHECK(why_not_open(f) == error::not_ours);
    }
    SECTION("damaged") {
        {
            const auto a = f.open();
            for (std::uint64_t i = 1; i < 40; ++i)
                REQUIRE(bool(a->set_password(member_id{i}, "member" + std::to_string(i), "correct horse")));
        }
        const auto size = std::filesystem::file_size(f.file());
        std::fstream file(f.file(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(4096));
        file << std::string(size - 4096, '\x5a');
        file.close();
        CHECK(why_not_open(f) == error::damaged);
    }
    SECTION("no folder") {
        std::filesystem::remove_all(f.folder.path());
        CHECK(why_not_open(f) == error::io_failed);
    }
}

TEST_CASE("identity: every refusal is explained in both languages", "[identity]") {
    for (int i = static_cast<int>(error::bad_credentials); i <= static_cast<int>(error::io_failed); ++i) {
        const auto e = explain(static_cast<error>(i));
        CAPTURE(i);
        CHECK(e.code != "identity");
        CHECK_FALSE(e.zh.empty());
        CHECK_FALSE(e.en.empty());
    }
    CHECK(make_error_code(error::expired).message() == explain(error::expired).en);
}
