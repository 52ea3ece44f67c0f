#include "clients/cli/client.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/names.hpp"
#include "clients/cli/when.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace cli;
using namespace std::chrono;

TEST_CASE("cli: command ids are UUIDs of version 7 or, for imports, 8", "[cli]") {
    CHECK(make_uuid_v7(0x0123456789ABull, {0xff, 0xff, 0xff, 1, 2, 3, 4, 5, 6, 7}) == "01234567-89ab-7fff-bf01-020304050607");
    const auto fresh = new_uuid();
    CHECK(is_uuid(fresh));
    CHECK(fresh[14] == '7');

    const auto named = uuid_of("import", "content");
    CHECK(is_uuid(named));
    CHECK(named[14] == '8');
    CHECK(std::string("89ab").find(named[19]) != std::string::npos);
    CHECK(named == uuid_of("import", "content"));
    CHECK(named != uuid_of("importc", "ontent"));
    CHECK(named != uuid_of("import", "content "));

    CHECK(is_uuid("01234567-89AB-7fff-bf01-020304050607"));
    CHECK_FALSE(is_uuid("01234567-89AB-7fff-bf01-02030405060"));
    CHECK_FALSE(is_uuid("0123456-789AB-7fff-bf01-020304050607"));
    CHECK_FALSE(is_uuid("g1234567-89AB-7fff-bf01-020304050607"));
}

TEST_CASE("cli: days as people type them", "[cli]") {
    constexpr auto today = 2026y / 11 / 30;
    CHECK(parse_day("2026-12-01", today) == 2026y / 12 / 1);
    CHECK(parse_day("tomorrow", today) == 2026y / 12 / 1);
    CHECK(parse_day("明天", today) == 2026y / 12 / 1);
    CHECK(parse_day("后天", today) == 2026y / 12 / 2);
    CHECK(parse_day("today", today) == today);
    CHECK(parse_day("+3d", today) == 2026y / 12 / 3);
    CHECK(parse_day("+2w", today) == 2026y / 12 / 14);
    for (const auto* bad : {"", "someday", "2026-02-30", "2026-1-1", "+d", "+3", "+-3d", "+99999d", "2026-12-01x", "2026/12/01"})
        CHECK_FALSE(parse_day(bad, today));
    CHECK(written(2026y / 1 / 9) == "2026-01-09");
}

TEST_CASE("cli: moments are brought to UTC and microseconds", "[cli]") {
    const auto through = [](std::string_view text) {
        const auto at = parse_instant(text);
        return at ? written(*at) : std::string("no");
    };
    CHECK(through("2008-01-01T00:39:00Z") == "2008-01-01T00:39:00.000000Z");
    CHECK(through("2008-01-01T08:39:00+08:00") == "2008-01-01T00:39:00.000000Z");
    CHECK(through("2007-12-31T21:09:00.5-03:30") == "2008-01-01T00:39:00.500000Z");
    CHECK(through("2008-01-01T00:39:00.123456789Z") == "2008-01-01T00:39:00.123456Z");
    CHECK(through("1969-12-31T23:59:59.999999Z") == "1969-12-31T23:59:59.999999Z");
    for (const auto* bad : {"", "2008-01-01", "2008-01-01 00:39:00Z", "2008-01-01T00:39:00", "2008-01-01T24:00:00Z",
                            "2008-02-30T00:00:00Z", "2008-01-01T00:39:00.Z", "2008-01-01T00:39:00.1234567890Z", "2008-01-01T00:39:00+8:00"})
        CHECK(through(bad) == "no");
}

TEST_CASE("cli: a server's address", "[cli]") {
    CHECK(parse_address("http://127.0.0.1:8080").url() == "http://127.0.0.1:8080");
    CHECK(parse_address("127.0.0.1:8080/").url() == "http://127.0.0.1:8080");
    CHECK(parse_address("https://room.example").port == "443");
    CHECK(parse_address("https://room.example:443").url() == "https://room.example");
    CHECK(parse_address("[::1]:8080").host == "::1");
    CHECK(parse_address("http://[::1]").authority() == "[::1]");
    for (const auto* bad : {"", "ftp://x", "http://", "http://x:", "http://x:y", "http://x:70000", "http://x/path", "http://[::1"})
        CHECK_THROWS_AS(parse_address(bad), problem);
    CHECK(percent_encoded("a b/陈@x") == "a%20b%2F%E9%99%88@x");
}

TEST_CASE("cli: ids with and without their kind before them", "[cli]") {
    CHECK(parse_id("17", "task/") == 17);
    CHECK(parse_id("task/17", "task/") == 17);
    CHECK(names::task("#17") == 17);
    for (const auto* bad : {"", "0", "x", "17x", "task/", "-1", "99999999999999999999"}) CHECK_FALSE(parse_id(bad, "task/"));
    CHECK_THROWS_AS(names::task("seventeen"), failure);
}

TEST_CASE("cli: the exit code says what kind of failure it was", "[cli]") {
    const std::pair<unsigned, exit_code> kinds[] = {
        {200, exit_code::ok}, {400, exit_code::invalid}, {401, exit_code::unauthenticated}, {403, exit_code::forbidden},
        {404, exit_code::not_found}, {409, exit_code::conflict}, {412, exit_code::conflict}, {413, exit_code::invalid},
        {415, exit_code::invalid}, {422, exit_code::invalid}, {429, exit_code::unavailable}, {500, exit_code::internal},
        {503, exit_code::unavailable}};
    for (const auto& [status, kind] : kinds) CHECK(exit_code_of(status) == kind);
}

TEST_CASE("cli: a refusal is one line with clause, code and the fields at fault, in the reader's language", "[cli][D1]") {
    const auto own = failure::from_problem(json{{"status", 403}, {"code", "own_work"}, {"clause", "D1"}, {"detail", "d"},
                                                {"zh", "不能验收自己的工作"}, {"en", "nobody accepts their own work"}});
    CHECK(own.kind() == exit_code::forbidden);
    CHECK(own.in(language::zh) == "不能验收自己的工作 [D1 · own_work]");
    CHECK(own.in(language::en) == "nobody accepts their own work [D1 · own_work]");

    const auto fields = failure::from_problem(json{{"status", 422}, {"code", "bad_fields"}, {"detail", "wrong fields"},
                                                   {"errors", {{{"pointer", "/data/due"}, {"detail", "is not a day"}, {"zh", "不是日期"}, {"en", "is not a day"}}}}});
    CHECK(fields.in(language::en) == "wrong fields [bad_fields]; /data/due: is not a day");

    // Of a rule a field says what is said already.
    const auto rule = json{{"status", 422}, {"code", "bad_due"}, {"detail", "已过"}, {"zh", "已过"}, {"en", "it is past"},
                           {"errors", {{{"pointer", "/data/due"}, {"detail", "已过"}, {"zh", "已过"}, {"en", "it is past"}}}}};
    CHECK(failure::from_problem(rule).in(language::en) == "it is past [bad_due]; /data/due");
    const auto field = json{{"status", 422}, {"code", "bad_fields"}, {"detail", "字段有误"}, {"zh", "字段有误"}, {"en", "fields are wrong"},
                            {"errors", {{{"pointer", "/data/due"}, {"detail", "不是日期"}, {"zh", "不是日期"}, {"en", "is not a day"}}}}};
    CHECK(failure::from_problem(field).in(language::en) == "fields are wrong [bad_fields]; /data/due: is not a day");
    CHECK(failure::from_problem(field).in(language::zh) == "字段有误 [bad_fields]; /data/due: 不是日期");

    const auto stale = failure::from_problem(json{{"status", 412}, {"code", "stale_version"}, {"detail", "it has changed"}, {"present", 4}});
    CHECK(stale.kind() == exit_code::conflict);
    CHECK(stale.in(language::en) == "it has changed [stale_version] (now at version 4)");

    CHECK(failure::from_problem(json("nonsense")).kind() == exit_code::internal);
}
