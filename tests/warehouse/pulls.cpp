// What collection plans fetch by themselves (S4.1.2): from where, from when on, and as what it is written. Over the wire: e2e/data_pulls.

#include "server/warehouse/http_pull.hpp"
#include "server/warehouse/pull_address.hpp"
#include "server/warehouse/pulled_file.hpp"
#include "server/warehouse/pulls.hpp"
#include "server/warehouse/sql_pull.hpp"
#include "server/warehouse/sql_text.hpp"
#include "tests/support/temp_folder.hpp"

#include <catch2/catch.hpp>
#include <sqlite3.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <iterator>

using namespace server::warehouse;
using namespace std::chrono_literals;

namespace {

const events::date from{2026y / 11 / 2}, until{2026y / 11 / 8};

std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Its words in English, or nothing where it went well.
std::string failure_of(const std::function<void()>& what) {
    try {
        what();
    } catch (const pull_failed& no) {
        CHECK_FALSE(no.zh.empty());
        return no.en;
    }
    return {};
}

boost::asio::ip::address address(const char* text) { return boost::asio::ip::make_address(text); }

/// A shop's file: three orders.
class shop {
public:
    shop() {
        sqlite3* db = nullptr;
        REQUIRE(sqlite3_open(path().c_str(), &db) == SQLITE_OK);
        REQUIRE(sqlite3_exec(db, "CREATE TABLE orders (no TEXT, ordered_on TEXT, amount NUMERIC, note TEXT, picture BLOB);"
                                 "INSERT INTO orders VALUES ('A1', '2026-11-02', 1.5, NULL, NULL), ('A2', '2026-11-03', 2, 'say \"hi\", twice', NULL), ('A3', '2026-12-01', 3, '', x'00ff')", nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(db);
    }
    std::string path() const { return (folder.path() / "a shop#1?.db").string(); }
    std::string ask(const std::string& query, sql_pull_limits within = {}, std::uint64_t bytes_max = 10'000) const {
        const std::stop_source nobody;
        pulled_file to(folder.path(), ".csv", bytes_max);
        pull_by_query("sqlite:" + path(), {query, from, until, 480min}, within, to, nobody.get_token());
        return content_of(to.path());
    }
    support::temp_folder folder;
};

}  // namespace

TEST_CASE("pulls: an address is of a host and a port, and of nobody's account", "[warehouse][S4.1.2]") {
    CHECK(read_web_address("https://Data.Example.com/x?y=1") == web_address{true, "data.example.com", 443});
    CHECK(read_web_address("http://data.example.com:8080/") == web_address{false, "data.example.com", 8080});
    CHECK(read_web_address("https://[2001:DB8::1]:8443/x") == web_address{true, "2001:db8::1", 8443});
    for (const char* none : {"", "data.example.com/x", "ftp://data.example.com/x", "file:///etc/passwd", "https://li:secret@data.example.com/", "https://li@data.example.com/", "http://", "gopher://x"}) {
        INFO(none);
        CHECK_FALSE(read_web_address(none));
    }
}

TEST_CASE("pulls: only hosts that are named are asked, on the usual port or the one that is named", "[warehouse][S4.1.2]") {
    const std::vector<std::string> hosts{"data.example.com", "other.example.com:8443", "[2001:db8::1]:80", "127.0.0.1:9000"};
    const auto may = [&](const char* url) { return is_allowed(*read_web_address(url), hosts); };
    CHECK(may("https://data.example.com/x"));
    CHECK(may("http://DATA.example.com/x"));
    CHECK(may("https://other.example.com:8443/"));
    CHECK(may("http://[2001:db8::1]/"));
    CHECK(may("http://127.0.0.1:9000/"));
    for (const char* no : {"https://data.example.com:8443/", "https://other.example.com/", "https://evil-data.example.com/", "https://data.example.com.evil.example/", "https://example.com/", "http://127.0.0.1/", "http://data.example.com:443/"}) {
        INFO(no);
        CHECK_FALSE(may(no));
    }
    CHECK_FALSE(is_allowed(*read_web_address("https://data.example.com/"), {}));
    for (const char* good : {"data.example.com", "data.example.com:1", "10.0.0.7", "[::1]:80", "::1"}) CHECK(is_host(good));
    for (const char* bad : {"", "https://data.example.com", "data.example.com/x", "a@b", "*.example.com", "x:0", "x:99999", "x:y", "[::1", "[::1]80", ":80", "a b"}) {
        INFO(bad);
        CHECK_FALSE(is_host(bad));
    }
}

TEST_CASE("pulls: addresses of this machine and of internal networks are told apart, however they are written", "[warehouse][S4.1.2]") {
    for (const char* own : {"127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
                            "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "2001::1", "::127.0.0.1"}) {
        INFO(own);
        CHECK(is_private(address(own)));
    }
    for (const char* others : {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "192.167.1.1", "2606:4700::1111", "2400:3200::1", "::ffff:8.8.8.8"}) {
        INFO(others);
        CHECK_FALSE(is_private(address(others)));
    }
}

TEST_CASE("pulls: days are put into an address, and nothing else is", "[warehouse][S4.1.2]") {
    CHECK(with_days("https://x/{date}.csv", from, until) == "https://x/2026-11-08.csv");
    CHECK(with_days("https://x/?a={from}&b={until}&c={from}", from, until) == "https://x/?a=2026-11-02&b=2026-11-08&c=2026-11-02");
    CHECK(with_days("https://x/orders.csv", from, until) == "https://x/orders.csv");
    for (const char* bad : {"https://x/{day}", "https://x/{date", "https://x/{}", "https://x/{{date}}"}) CHECK_FALSE(with_days(bad, from, until));
}

TEST_CASE("pulls: the first attempt is shortly before it is due, but not before its days are over", "[warehouse][S4.1.2]") {
    const events::instant midnight = std::chrono::sys_days(until) + std::chrono::days(1) - 480min;
    CHECK(pulled_from(midnight + 10h, until, 30min, 480min) == midnight + 9h + 30min);
    CHECK(pulled_from(midnight + 10min, until, 30min, 480min) == midnight);
    CHECK(pause_after(1, 5s, 1800s) == 5s);
    CHECK(pause_after(2, 5s, 1800s) == 10s);
    CHECK(pause_after(5, 5s, 1800s) == 80s);
    CHECK(pause_after(10, 5s, 1800s) == 1800s);
    CHECK(pause_after(4'000'000, 5s, 1800s) == 1800s);
}

TEST_CASE("pulls: secrets go by host, from a file that nobody else may read, and are in no message", "[warehouse][S4.1.2]") {
    const auto good = read_header_secrets("# of the shop\n\ndata.example.com Authorization: Bearer abc:def\r\n  DATA.example.com:8443\tX-Key: 1\n");
    CHECK(good.fault_en.empty());
    CHECK(good.headers == std::multimap<std::string, std::string>{{"data.example.com", "Authorization: Bearer abc:def"}, {"data.example.com:8443", "X-Key: 1"}});
    for (const char* bad : {"data.example.com\n", "data.example.com hunter2\n", "https://data.example.com X: hunter2\n", "data.example.com X Y: hunter2\n", "data.example.com : hunter2\n", "data.example.com X: hunter2\x01\n"}) {
        const auto read = read_header_secrets(std::string("\n") + bad);
        INFO(bad);
        CHECK(read.headers.empty());
        CHECK(read.fault_en.find("line 2") != std::string::npos);
        CHECK(read.fault_zh.find("hunter2") == std::string::npos);
        CHECK(read.fault_en.find("hunter2") == std::string::npos);
    }
    const support::temp_folder folder;
    const auto file = folder.path() / "secrets";
    std::ofstream(file) << "data.example.com X: 1\n";
    ::chmod(file.c_str(), 0644);
    CHECK(load_header_secrets(file).fault_en.find("chmod 600") != std::string::npos);
    ::chmod(file.c_str(), 0600);
    CHECK(load_header_secrets(file).headers.size() == 1);
    CHECK_FALSE(load_header_secrets(folder.path() / "none").fault_en.empty());
    CHECK_FALSE(load_header_secrets(folder.path()).fault_en.empty());
}

TEST_CASE("pulls: what is fetched ends where a file may", "[warehouse][S4.1.2]") {
    const support::temp_folder folder;
    std::filesystem::path left;
    {
        pulled_file to(folder.path(), ".csv", 10);
        left = to.path();
        struct stat about {};
        REQUIRE(::stat(to.path().c_str(), &about) == 0);
        CHECK((about.st_mode & 0777) == 0600);
        to.write("12345");
        to.write("67890");
        CHECK(failure_of([&] { to.write("x"); }).find("10 bytes") != std::string::npos);
        CHECK(content_of(to.path()) == "1234567890");
        to.empty();
        to.write("abc");
        CHECK(to.bytes() == 3);
        CHECK(content_of(to.path()) == "abc");
    }
    CHECK_FALSE(std::filesystem::exists(left));
}

TEST_CASE("pulls: nothing is asked of a host that is not named, nor of an address that is not to be", "[warehouse][S4.1.2]") {
    const support::temp_folder folder;
    const std::stop_source nobody;
    pulled_file to(folder.path(), ".csv", 1'000);
    const auto pull = [&](const char* url, http_pull_options how) { return failure_of([&] { pull_over_http(url, how, to, nobody.get_token()); }); };
    CHECK(pull("https://data.example.com/", {}).find("data_hosts does not name data.example.com") != std::string::npos);
    CHECK(pull("https://li:secret@data.example.com/", {{"data.example.com"}}).find("has a name or a password in it") != std::string::npos);
    CHECK(pull("file:///etc/passwd", {{"localhost"}}).find("no http(s) address") != std::string::npos);
    // Whatever it is called, and whether or not somebody listens there.
    for (const char* own : {"http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/", "http://0.0.0.0:1/"}) {
        INFO(own);
        CHECK(pull(own, {{"127.0.0.1:1", "localhost:1", "[::1]:1", "0.0.0.0:1"}}).find("internal network") != std::string::npos);
    }
    CHECK(pull("http://127.0.0.1:1/", {{"127.0.0.1:1"}, true}).find("can't be connected to") != std::string::npos);
    CHECK(to.bytes() == 0);
}

TEST_CASE("pulls: rows are written as CSV that says what is missing", "[warehouse][S4.1.2]") {
    const support::temp_folder folder;
    pulled_file to(folder.path(), ".csv", 1'000);
    csv_rows rows(to, 2);
    rows.text("a"), rows.text("b,c"), rows.end_row();
    rows.text("say \"hi\""), rows.missing(), rows.end_row();
    rows.text(""), rows.text("two\nlines"), rows.end_row();
    rows.finish();
    CHECK(rows.rows() == 2);
    CHECK(content_of(to.path()) == "a,\"b,c\"\r\n\"say \"\"hi\"\"\",\r\n\"\",\"two\nlines\"\r\n");
    rows.text("x"), rows.text("y");
    CHECK(failure_of([&] { rows.end_row(); }).find("more than 2 rows") != std::string::npos);
}

TEST_CASE("pulls: the days of a query are its parameters, and what looks like them in texts and comments is not", "[warehouse][S4.1.2]") {
    const auto numbered = with_numbers("select * from o where d between :from and :until and x = ':from' and y::date > :from -- :until\n and \":until\" /* :from */ = E'\\':from' and z = $a$ :from $a$ and t = a[1:from] and :fromage");
    CHECK(numbered.text == "select * from o where d between $1 and $2 and x = ':from' and y::date > $1 -- :until\n and \":until\" /* :from */ = E'\\':from' and z = $a$ :from $a$ and t = a[1:from] and :fromage");
    CHECK(numbered.has_from);
    CHECK(numbered.has_until);
    const auto neither = with_numbers("select 'it''s :from', \"a\"\":from\", /* /* */ :from */ 1");
    CHECK_FALSE(neither.has_from);
    CHECK_FALSE(neither.has_until);
    for (const char* open : {"select 'x", "select \"x", "select /* x", "select $$ x", "select --", ":", "select :"}) CHECK(with_numbers(open).text == open);
    for (const char* good : {"select 1", "  SELECT 1", "-- x\nselect 1", "/* x */ ( WITH a AS (select 1) select * from a)", "values (1)", "table orders"}) CHECK(begins_as_query(good));
    for (const char* bad : {"", "delete from orders", "copy orders to program 'x'", "explain analyze delete from o", "set x = 1", "begin", "call f()", "do $$ $$", "selection", "-- select 1"}) {
        INFO(bad);
        CHECK_FALSE(begins_as_query(bad));
    }
}

TEST_CASE("pulls: connections are named, and have no password in them", "[warehouse][S4.1.2]") {
    const auto good = read_connections({"shop=sqlite:/srv/shop=1.db"});
    CHECK(good.fault_en.empty());
    CHECK(good.by_name == std::map<std::string, std::string>{{"shop", "sqlite:/srv/shop=1.db"}});
    for (const std::vector<std::string>& bad : {std::vector<std::string>{"sqlite:/srv/shop.db"}, {"shop=mysql://x"}, {"shop=sqlite:shop.db"}, {"shop=sqlite:"}, {"a b=sqlite:/x"}, {"=sqlite:/x"}, {"shop=sqlite:/x", "shop=sqlite:/y"}, {"shop="}}) {
        const auto read = read_connections(bad);
        INFO(bad[0]);
        CHECK_FALSE(read.fault_en.empty());
        CHECK_FALSE(read.fault_zh.empty());
    }
    const auto secret = read_connections({"orders=postgresql://reader:hunter2@db.example.com/orders"});
    CHECK_FALSE(secret.fault_en.empty());
    CHECK(secret.fault_en.find("hunter2") == std::string::npos);
    CHECK(secret.fault_zh.find("hunter2") == std::string::npos);
}

TEST_CASE("pulls: a query in a SQLite file is written row by row, for its days", "[warehouse][S4.1.2]") {
    const shop orders;
    CHECK(orders.ask("select no, ordered_on, amount, note from orders where ordered_on between :from and :until order by no") ==
          "no,ordered_on,amount,note\r\nA1,2026-11-02,1.5,\r\nA2,2026-11-03,2,\"say \"\"hi\"\", twice\"\r\n");
    CHECK(orders.ask("select :until as d, count(*) as n from orders; -- nothing more\n") == "d,n\r\n2026-11-08,3\r\n");
    CHECK(orders.ask("with big as (select * from orders where amount > 1) select note from big where no = 'A3'") == "note\r\n\"\"\r\n");
    CHECK(orders.ask("select no from orders where 0") == "no\r\n");
}

TEST_CASE("pulls: nothing but one query of that file is run, within its limits", "[warehouse][S4.1.2]") {
    const shop orders;
    const auto elsewhere = (orders.folder.path() / "out.db").string();
    for (const std::string& bad : std::vector<std::string>{"delete from orders", "update orders set amount = 0", "insert into orders select * from orders", "with a as (select 1) delete from orders", "drop table orders", "create table t (a)", "pragma user_version", "attach '" + elsewhere + "' as x",
                                                          "vacuum into '" + elsewhere + "'", "select 1; select 2", "select 1; drop table orders", "select load_extension('x')", "select * from pragma_table_info('orders')", "select :other", "select ?", "select * from nothing", "select", "", "select picture from orders",
                                                          "begin", "reindex"}) {
        INFO(bad);
        CHECK_FALSE(failure_of([&] { orders.ask(bad); }).empty());
    }
    CHECK_FALSE(std::filesystem::exists(elsewhere));
    CHECK(orders.ask("select count(*) as n, sum(amount) as s from orders") == "n,s\r\n3,6.5\r\n");
    const std::string endless = "with recursive r(n) as (select 1 union all select n + 1 from r) select n from r";
    CHECK(failure_of([&] { orders.ask(endless, {1s, 10'000'000}, 1'000'000'000); }).find("longer than 1 seconds") != std::string::npos);
    CHECK(failure_of([&] { orders.ask(endless, {30s, 100}); }).find("more than 100 rows") != std::string::npos);
    CHECK(failure_of([&] { orders.ask(endless, {30s, 1'000'000}, 5'000); }).find("5000 bytes") != std::string::npos);
    CHECK_FALSE(failure_of([&] { orders.ask("select zeroblob(2000000000)"); }).empty());
    const std::stop_source told;
    std::stop_source stopped;
    stopped.request_stop();
    pulled_file to(orders.folder.path(), ".csv", 1'000'000'000);
    CHECK(failure_of([&] { pull_by_query("sqlite:" + orders.path(), {endless, from, until, 0min}, {}, to, stopped.get_token()); }).find("stopping") != std::string::npos);
    CHECK_FALSE(failure_of([&] { pull_by_query("sqlite:" + orders.path() + ".none", {"select 1", from, until, 0min}, {}, to, told.get_token()); }).empty());
    CHECK_FALSE(std::filesystem::exists(orders.path() + ".none"));
}
