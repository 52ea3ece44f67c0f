// HTTP by its grammar: heads that two readers could read differently, conditions and ranges.

#include "server/http/compression.hpp"
#include "server/http/conditions.hpp"
#include "server/http/framing.hpp"

#include <catch2/catch.hpp>
#include <zlib.h>

namespace sim::http_heads_tests {

namespace http = server::http;

namespace {

using fields = std::vector<std::pair<std::string_view, std::string_view>>;

int status_of(const fields& f, unsigned version = 11, std::string_view method = "POST", std::string_view target = "/x") {
    http::head h{version, method, target, f};
    const auto no = http::fault_in(h);
    return no ? no->status : 200;
}

}  // namespace

TEST_CASE("http: where a request ends is said once, and plainly", "[sim][http]") {
    const std::pair<std::string_view, std::string_view> host{"Host", "a.example"};
    CHECK(status_of({host}) == 200);
    CHECK(status_of({host, {"Content-Length", "5"}}) == 200);
    CHECK(status_of({host, {"transfer-encoding", "Chunked"}}) == 200);
    struct line {
        fields f;
        int status;
    };
    const line table[] = {
        {{host, {"Content-Length", "5"}, {"Content-Length", "5"}}, 400},
        {{host, {"Content-Length", "5"}, {"content-length", "6"}}, 400},
        {{host, {"Content-Length", "5, 5"}}, 400},
        {{host, {"Content-Length", "+5"}}, 400},
        {{host, {"Content-Length", "-1"}}, 400},
        {{host, {"Content-Length", "0x5"}}, 400},
        {{host, {"Content-Length", ""}}, 400},
        {{host, {"Content-Length", "99999999999999999999"}}, 400},
        {{host, {"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}, 400},
        {{host, {"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}}, 400},
        {{host, {"Transfer-Encoding", "xchunked"}}, 400},
        {{host, {"Transfer-Encoding", "identity"}}, 400},
        {{host, {"Transfer-Encoding", "gzip, foo"}}, 400},
        {{host, {"Transfer-Encoding", "gzip, chunked"}}, 501},
        {{host, {"Transfer-Encoding", "chunked, gzip"}}, 400},
        {{host, {"Transfer-Encoding", "chunked, chunked"}}, 400},
        {{host, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}, 400},
        {{host, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "identity"}}, 400},
        {{host, {"Transfer-Encoding", ""}}, 400},
        {{host, {"Transfer-Encoding", "\x0b" "chunked"}}, 400},
        {{host, {"Transfer-Encoding ", "chunked"}}, 400},
        {{host, {"Content-Encoding", "gzip"}}, 415},
        {{host, {"Content-Encoding", "identity"}}, 200},
        {{}, 400},
        {{host, host}, 400},
        {{{"Host", ""}}, 400},
        {{{"Host", "a b"}}, 400},
        {{{"Host", "a@b"}}, 400},
        {{{"Host", "a/b"}}, 400},
        {{{"Host", "a:b"}}, 400},
        {{{"Host", "a,b"}}, 400},
        {{{"Host", "a.example:8080"}}, 200},
        {{{"Host", "[::1]:8080"}}, 200},
        {{{"Host", "127.0.0.1"}}, 200},
        {{host, {"Expect", "100-continue"}}, 200},
        {{host, {"Expect", "100-Continue"}}, 200},
        {{host, {"Expect", "tea"}}, 417},
        {{host, {"Idempotency-Key", "a"}, {"Idempotency-Key", "b"}}, 400},
        {{host, {"Authorization", "Bearer a"}, {"authorization", "Bearer b"}}, 400},
        {{host, {"If-None-Match", "\"1\""}, {"If-None-Match", "\"2\""}}, 200},
    };
    for (const auto& l : table) {
        CAPTURE(l.f.size(), l.f.empty() ? "" : std::string(l.f.back().first) + ": " + std::string(l.f.back().second));
        CHECK(status_of(l.f) == l.status);
    }
    CHECK(status_of({}, 10) == 200);
    CHECK(status_of({{"Transfer-Encoding", "chunked"}}, 10) == 400);
    CHECK(status_of({host}, 20) == 505);
    CHECK(http::waits_to_continue({11, "POST", "/", {{"expect", "100-CONTINUE"}}}));
    CHECK_FALSE(http::waits_to_continue({10, "POST", "/", {{"expect", "100-continue"}}}));
}

TEST_CASE("http: targets come in their four forms", "[sim][http]") {
    const auto path = [](std::string_view t) {
        const auto got = http::read_target(t);
        return got ? got->host + "|" + got->path : std::string("no");
    };
    CHECK(path("/a/b?x=1") == "|/a/b?x=1");
    CHECK(path("http://a.example/b?x") == "a.example|/b?x");
    CHECK(path("HTTP://a.example:80") == "a.example:80|/");
    CHECK(path("https://a.example?x") == "a.example|/?x");
    CHECK(path("*") == "|*");
    for (const char* no : {"", "a", "a.example:443", "ftp://a/", "http:///x", "http://u@a/", "/a#b", "//"}) {
        CAPTURE(no);
        if (std::string_view(no) == "//") CHECK(path(no) == "|//");
        else CHECK(path(no) == "no");
    }
    CHECK(status_of({{"Host", "a"}}, 11, "OPTIONS", "*") == 200);
    CHECK(status_of({{"Host", "a"}}, 11, "GET", "*") == 400);
}

TEST_CASE("http: names are the same in capitals", "[sim][http]") {
    for (const char* one : {"Bearer x", "bearer x", "BEARER   x"}) CHECK(http::bearer_of(one) == "x");
    for (const char* no : {"", "Bearer", "Bearerx", "Basic x", "Bearer\tx"}) CHECK_FALSE(http::bearer_of(no));
    for (const char* one : {"application/json", "Application/JSON", "application/json;charset=utf-8", "application/json ; charset=utf-8"}) CHECK(http::is_media_type(one, "application/json"));
    for (const char* no : {"", "application/jsonx", "text/json", "application/json-patch+json"}) CHECK_FALSE(http::is_media_type(no, "application/json"));
    for (const char* one : {"gzip", "deflate, GZIP;q=0.5", "*", "br;q=1, *;q=0.1"}) CHECK(http::takes_coding(one, "gzip"));
    for (const char* no : {"", "identity", "gzip;q=0", "gzip; q=0.000", "*, gzip;q=0", "xgzip"}) CHECK_FALSE(http::takes_coding(no, "gzip"));
    for (const char* one : {"zh", "zh-CN,zh;q=0.9,en;q=0.8", "ZH-tw", "fr, zh;q=0.5", "en;q=0.3, zh;q=0.7", "zh, en"}) CHECK(http::prefers_chinese(one));
    for (const char* no : {"", "en", "en, zh", "en-US,en;q=0.9,zh;q=0.8", "zha", "zh;q=0", "fr"}) CHECK_FALSE(http::prefers_chinese(no));
}

TEST_CASE("http: conditions name tags by themselves, in lists and weakly", "[sim][http]") {
    for (const char* yes : {"\"1\"", "W/\"1\"", "\"0\", \"1\"", "*", "\"a,b\" ,W/\"1\""}) CHECK(http::names_tag(yes, "\"1\"", true));
    for (const char* no : {"", "1", "\"11\"", "w/\"1\"", "\"1"}) CHECK_FALSE(http::names_tag(no, "\"1\"", true));
    CHECK_FALSE(http::names_tag("W/\"1\"", "\"1\"", false));
    CHECK(http::names_tag("\"2\",\"1\"", "\"1\"", false));

    const auto settled = [](http::request asked) {
        http::response r = http::json("{}");
        r.headers = {{"ETag", "\"1\""}, {"Cache-Control", "private"}, {"X-Other", "y"}};
        http::settle_conditions(asked, events::language::en, r);
        return r;
    };
    http::request get;
    get.method = http::method::get;
    CHECK(settled(get).status == 200);
    get.if_none_match = "W/\"1\"";
    const auto same = settled(get);
    CHECK(same.status == 304);
    CHECK(same.body.empty());
    CHECK(same.headers == std::vector<std::pair<std::string, std::string>>{{"ETag", "\"1\""}, {"Cache-Control", "private"}});
    get.method = http::method::post;
    CHECK(settled(get).status == 200);
    get.method = http::method::head;
    CHECK(settled(get).status == 304);
    get.if_match = "\"2\"";
    CHECK(settled(get).status == 412);
}

TEST_CASE("http: parts of a file", "[sim][http]") {
    const auto part = [](std::string_view header, std::uint64_t bytes = 10) {
        http::byte_range r;
        switch (http::read_range(header, bytes, r)) {
            case http::range_is::whole: return std::string("whole");
            case http::range_is::beyond: return std::string("beyond");
            case http::range_is::part: break;
        }
        return std::to_string(r.from) + "+" + std::to_string(r.count);
    };
    CHECK(part("bytes=0-0") == "0+1");
    CHECK(part("bytes=2-5") == "2+4");
    CHECK(part("bytes=2-") == "2+8");
    CHECK(part("bytes=5-100") == "5+5");
    CHECK(part("bytes=5-99999999999999999999") == "5+5");
    CHECK(part("bytes=-3") == "7+3");
    CHECK(part("bytes=-30") == "0+10");
    CHECK(part("Bytes=9-9") == "9+1");
    for (const char* beyond : {"bytes=10-", "bytes=10-12", "bytes=-0", "bytes=18446744073709551615-", "bytes=99999999999999999999-"}) CHECK(part(beyond) == "beyond");
    CHECK(part("bytes=0-", 0) == "beyond");
    for (const char* whole : {"", "bytes", "bytes=", "bytes=a-b", "bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "bytes=1"}) CHECK(part(whole) == "whole");

    http::request asked;
    asked.method = http::method::get;
    asked.range = "bytes=2-5";
    const auto file = [&] {
        http::response r;
        r.headers = {{"ETag", "\"1\""}};
        r.file.emplace(http::whole_file{10, {}});
        http::settle_conditions(asked, events::language::en, r);
        return r;
    };
    CHECK(file().status == 206);
    CHECK(file().file->part == http::byte_range{2, 4});
    asked.if_range = "\"1\"";
    CHECK(file().status == 206);
    asked.if_range = "\"0\"";
    CHECK(file().status == 200);
    CHECK(file().file->part == http::byte_range{0, 10});
    asked.if_range.clear();
    asked.range = "bytes=10-";
    CHECK(file().status == 416);
}

TEST_CASE("http: what is large and asked for seldom goes compressed to those who take it so, and only to them", "[sim][http]") {
    std::string text = "[";
    for (int i = 0; i < 20'000; ++i) text += "{\"n\":" + std::to_string(i) + "},";
    const auto answered = [&](std::string coding, bool packs_well, std::string body) {
        http::request asked;
        asked.method = http::method::get;
        asked.accept_encoding = std::move(coding);
        http::response r;
        r.body = std::move(body);
        r.packs_well = packs_well;
        r.headers.emplace_back("Vary", "Accept-Language");
        http::settle_coding(asked, r);
        return r;
    };
    const auto coding_of = [](const http::response& r) {
        for (const auto& [name, value] : r.headers)
            if (name == "Content-Encoding") return value;
        return std::string();
    };
    const auto packed = answered("gzip, deflate", true, text);
    CHECK(coding_of(packed) == "gzip");
    CHECK(packed.headers.front().second == "Accept-Language, Accept-Encoding");
    CHECK(packed.body.size() < text.size() / 4);
    std::string again(text.size() + 1, '\0');
    z_stream z{};
    REQUIRE(inflateInit2(&z, 15 + 16) == Z_OK);
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.body.data()));
    z.avail_in = static_cast<uInt>(packed.body.size());
    z.next_out = reinterpret_cast<Bytef*>(again.data());
    z.avail_out = static_cast<uInt>(again.size());
    CHECK(inflate(&z, Z_FINISH) == Z_STREAM_END);
    again.resize(z.total_out);
    inflateEnd(&z);
    CHECK(again == text);
    for (const auto& plain : {answered("", true, text), answered("gzip;q=0", true, text), answered("gzip", false, text)}) {
        CHECK(coding_of(plain).empty());
        CHECK(plain.body == text);
    }
    CHECK(coding_of(answered("gzip", true, "{}")).empty());

    // What is kept compressed is not compressed again; that it depends on what is taken is said of a 304, too.
    http::request asked;
    asked.method = http::method::get;
    for (const char* coding : {"gzip", ""}) {
        asked.accept_encoding = coding;
        for (const int status : {200, 304}) {
            http::response r;
            r.status = status;
            r.still = "plain";
            r.packed = "packed";
            http::settle_coding(asked, r);
            const bool goes_packed = status == 200 && *coding;
            CHECK(r.still == (goes_packed ? "packed" : "plain"));
            CHECK(coding_of(r) == (goes_packed ? "gzip" : ""));
            CHECK(r.headers.front() == std::pair<std::string, std::string>("Vary", "Accept-Encoding"));
        }
    }
}

}  // namespace sim::http_heads_tests
