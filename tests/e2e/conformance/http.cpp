// HTTP/1.1 against the running server, byte by byte (RFC 9110, 9112): where a request ends, what it is about, and what comes
// back.

#include "tests/support/demo.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <openssl/sha.h>

#include <algorithm>

using nlohmann::json;
using namespace support;
using namespace std::chrono_literals;

namespace {

/// All that is answered to these bytes on one connection, until the server closes or says no more.
std::string exchange(const std::string& bytes, std::chrono::milliseconds quiet = 400ms) {
    auto to = tcp::connect(demo_room::get().port());
    to.write(bytes);
    std::string out;
    try {
        while (to.read(out, out.empty() ? 5s : quiet) == tcp::got::bytes) {
        }
    } catch (const connection_lost&) {
    }
    return out;
}

std::vector<int> statuses(const std::string& answers) {
    std::vector<int> all;
    for (auto at = answers.find("HTTP/1."); at != answers.npos; at = answers.find("\nHTTP/1.", at + 1)) {
        if (answers[at] == '\n') ++at;
        all.push_back(std::stoi(answers.substr(at + 9, 3)));
    }
    return all;
}

std::string bearer() { return "Authorization: Bearer " + demo_room::get().token() + "\r\n"; }

const std::string host = "Host: 127.0.0.1\r\n";

std::string body_of(const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }

bool has(const std::string& answer, const std::string& line) {
    auto small = answer;
    std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) { return std::tolower(c); });
    return small.find("\r\n" + line) != small.npos;
}

std::string sha256(const std::string& of) {
    unsigned char sum[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(of.data()), of.size(), sum);
    std::string hex;
    for (const auto b : sum) {
        char two[3];
        std::snprintf(two, sizeof two, "%02x", b);
        hex += two;
    }
    return hex;
}

}  // namespace

TEST_CASE("http: of two requests that can be read in two ways neither is carried out", "[e2e][http]") {
    // Whatever comes after a head whose length is in doubt may be its content: it is never taken for a request.
    const std::string smuggled = "GET /api/v1/session HTTP/1.1\r\n" + host + bearer() + "\r\n";
    for (const std::string& doubt : {std::string("Transfer-Encoding: xchunked\r\n"), std::string("Transfer-Encoding: identity\r\n"), std::string("Transfer-Encoding: gzip, foo\r\n"),
                                     std::string("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n"), std::string("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"),
                                     std::string("Content-Length: 0\r\nContent-Length: 44\r\n"), std::string("Content-Length: 0, 0\r\n"), std::string("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"),
                                     std::string("Transfer-Encoding : chunked\r\n"), std::string("Transfer-Encoding: chunked, chunked\r\n"), std::string("Content-Length: +0\r\n"),
                                     std::string("Transfer-Encoding:\r\n chunked\r\nContent-Length: 0\r\n")}) {
        const auto answers = exchange("POST /api/v1/transactions HTTP/1.1\r\n" + host + bearer() + "Content-Type: application/json\r\n" + doubt + "\r\n0\r\n\r\n" + smuggled);
        CAPTURE(doubt, answers);
        const auto all = statuses(answers);
        REQUIRE(all.size() == 1);
        CHECK((all[0] == 400 || all[0] == 501));
        CHECK(has(answers, "connection: close"));
    }
    // And two that are plain are two.
    CHECK(statuses(exchange("HEAD /readyz HTTP/1.1\r\n" + host + "\r\nGET /readyz HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n")).size() == 2);
    CHECK(statuses(exchange("POST /api/v1/session HTTP/1.1\r\n" + host + "Transfer-Encoding: Chunked\r\nContent-Type: APPLICATION/json; charset=utf-8\r\n\r\n2;x=y\r\n{}\r\n0\r\n\r\n")).at(0) == 422);
}

TEST_CASE("http: one host, said in one of four ways", "[e2e][http]") {
    const auto status = [](const std::string& request) {
        const auto all = statuses(exchange(request));
        return all.empty() ? 0 : all[0];
    };
    CHECK(status("GET /readyz HTTP/1.1\r\n\r\n") == 400);
    CHECK(status("GET /readyz HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n") == 400);
    CHECK(status("GET /readyz HTTP/1.1\r\nHost: a b\r\n\r\n") == 400);
    CHECK(status("GET /readyz HTTP/1.1\r\n" + host + "\r\n") == 200);
    CHECK(status("GET http://127.0.0.1/readyz HTTP/1.1\r\n" + host + "\r\n") == 200);
    CHECK(status("GET ftp://127.0.0.1/readyz HTTP/1.1\r\n" + host + "\r\n") == 400);
    CHECK(status("GET /readyz HTTP/1.0\r\n\r\n") == 200);
    CHECK(status("GET /readyz HTTP/3.0\r\n" + host + "\r\n") >= 400);
    CHECK(status("OPTIONS * HTTP/1.1\r\n" + host + "\r\n") == 204);
    CHECK(status("BREW /readyz HTTP/1.1\r\n" + host + "\r\n") == 501);
    const auto allowed = exchange("OPTIONS /api/v1/session HTTP/1.1\r\n" + host + "\r\n");
    CHECK(statuses(allowed).at(0) == 204);
    CHECK(has(allowed, "allow: "));
    // What separates the steps of a path does so as it is written.
    CHECK(status("GET /api%2Fv1%2Fsession HTTP/1.1\r\n" + host + bearer() + "\r\n") == 404);
    CHECK(status("GET /api/v1/%73ession HTTP/1.1\r\n" + host + bearer() + "\r\n") == 200);
    CHECK(status("GET /api/v1/tasks?limit=1&limit=2 HTTP/1.1\r\n" + host + bearer() + "\r\n") == 400);
    CHECK(status("GET /api/v1/search?q=%FF%FE HTTP/1.1\r\n" + host + bearer() + "\r\n") == 400);
    CHECK(status("GET /api/v1/session HTTP/1.1\r\n" + host + "Authorization: bearer " + demo_room::get().token() + "\r\n\r\n") == 200);
    CHECK(status("GET /api/v1/session HTTP/1.1\r\n" + host + bearer() + bearer() + "\r\n") == 400);
}

TEST_CASE("http: HTTP/1.0 is answered in what it knows", "[e2e][http]") {
    const auto token = demo_room::get().server().sign_in(administrator.name, administrator.password);
    const auto answer = exchange("POST /api/v1/log/verify HTTP/1.0\r\nAuthorization: Bearer " + token + "\r\nContent-Length: 2\r\n\r\n{}", 5s);
    CHECK(statuses(answer).at(0) == 200);
    CHECK_FALSE(has(answer, "transfer-encoding"));
    CHECK(body_of(answer).starts_with("{"));
    CHECK(has(answer, "date: "));
}

TEST_CASE("http: content that waits to be asked for is asked for, unless it is refused before", "[e2e][http]") {
    auto to = tcp::connect(demo_room::get().port());
    const std::string head = "POST /api/v1/session HTTP/1.1\r\n" + host + "Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    to.write(head);
    std::string got;
    REQUIRE(to.read(got, 5s) == tcp::got::bytes);
    CHECK(got == "HTTP/1.1 100 Continue\r\n\r\n");
    to.write("{}");
    got.clear();
    REQUIRE(to.read(got, 5s) == tcp::got::bytes);
    CHECK(statuses(got).at(0) == 422);

    const auto refused = exchange("POST /api/v1/session HTTP/1.1\r\n" + host + "Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");
    CHECK(statuses(refused) == std::vector<int>{413});
    CHECK(statuses(exchange("POST /api/v1/session HTTP/1.1\r\n" + host + "Content-Length: 2\r\nExpect: tea\r\n\r\n{}")) == std::vector<int>{417});
    CHECK(statuses(exchange("POST /api/v1/session HTTP/1.1\r\n" + host + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")) == std::vector<int>{415});
    CHECK(statuses(exchange("GET /readyz HTTP/1.1\r\n" + host + "X: " + std::string(40'000, 'x') + "\r\n\r\n")) == std::vector<int>{431});
}

TEST_CASE("http: of who is not signed in no more is read than signing in takes", "[e2e][http][identity]") {
    const auto sent = [](const std::string& who, const std::string& length) {
        return statuses(exchange("POST /api/v1/commands/channel.post HTTP/1.1\r\n" + host + who + length + "Expect: 100-continue\r\n\r\n"));
    };
    const std::string large = "Content-Length: 100000\r\n";
    CHECK(sent("", large) == std::vector<int>{401});
    CHECK(sent("Authorization: Bearer opsroom_pat_nonsense\r\n", large) == std::vector<int>{401});
    CHECK(sent(bearer(), large) == std::vector<int>{100});
    CHECK(sent("", "Content-Length: 100\r\n") == std::vector<int>{100});
    // What does not say its length is read up to there.
    const auto chunk = "11000\r\n" + std::string(0x11000, 'x') + "\r\n";
    CHECK(statuses(exchange("POST /api/v1/session HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n" + chunk)) == std::vector<int>{413});
}

TEST_CASE("http: what is there already is not sent again, however its tag is named", "[e2e][http]") {
    const auto get = [](const std::string& more, const std::string& method = "GET") { return exchange(method + " /api/v1/channels HTTP/1.1\r\n" + host + bearer() + more + "\r\n"); };
    const auto first = get("");
    const auto at = first.find("ETag: ");
    REQUIRE(at != first.npos);
    const auto tag = first.substr(at + 6, first.find("\r\n", at) - at - 6);
    for (const auto& named : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
        const auto again = get("If-None-Match: " + named + "\r\n");
        CAPTURE(named);
        CHECK(statuses(again).at(0) == 304);
        CHECK(body_of(again).empty());
    }
    CHECK(statuses(get("If-None-Match: \"other\"\r\n")).at(0) == 200);
    CHECK(statuses(get("If-None-Match: \"other\"\r\nIf-None-Match: " + tag + "\r\n")).at(0) == 304);
    CHECK(statuses(get("If-Match: \"other\"\r\n")).at(0) == 412);
    const auto head = get("", "HEAD");
    CHECK(statuses(head).at(0) == 200);
    CHECK(body_of(head).empty());
    CHECK(has(head, "content-length: " + std::to_string(body_of(first).size())));
}

TEST_CASE("http: files are of a known length, and sent in part where that is asked for", "[e2e][http]") {
    auto& server = demo_room::get().server();
    const auto manager = server.sign_in("li.na", "opsroom-demo");
    const std::string content = "one letter, mails and subtitles are texts too\r\n1\n00:00:01,000 --> 00:00:02,000\n#include\n";
    const auto hash = sha256(content);
    REQUIRE(server.post("/api/v1/attachments", {{"sha256", hash}, {"bytes", content.size()}, {"media_type", "Text/Plain; charset=utf-8"}}, manager).status == 200);
    const auto sent = ask(server.port(), {"PUT", "/api/v1/attachments/" + hash + "?offset=0", {"Authorization: Bearer " + manager}, content});
    REQUIRE(sent.status == 200);
    CHECK(json::parse(sent.body).at("complete") == true);
    const json form{{"title", "With a file"}, {"background", "b"}, {"objectives", "o"}, {"main_content", "c"}, {"required_by", "2059-01-01"}, {"priority", "normal"},
                    {"compliance", {{"checked", true}, {"findings", "no personal data"}}},
                    {"extras", {{"form", 1}, {"fields", json::array()}, {"attachments", json::array({{{"sha256", hash}, {"name", "mail.txt"}, {"media_type", "text/plain"}, {"bytes", content.size()}}})}}}};
    const auto requester = server.sign_in("noah", "opsroom-demo");
    // Whoever attaches it has to have sent it.
    REQUIRE(server.post("/api/v1/attachments", {{"sha256", hash}, {"bytes", content.size()}, {"media_type", "text/plain"}}, requester).status == 200);
    const auto again = ask(server.port(), {"PUT", "/api/v1/attachments/" + hash + "?offset=0", {"Authorization: Bearer " + requester}, content});
    INFO(again.body);
    const auto made = server.post("/api/v1/commands/request.draft", {{"data", {{"form", form}}}}, requester);
    INFO(made.body);
    REQUIRE(made.status == 200);

    const auto get = [&](const std::string& more, const std::string& method = "GET") {
        return exchange(method + " /api/v1/attachments/" + hash + " HTTP/1.1\r\n" + host + "Authorization: Bearer " + requester + "\r\n" + more + "\r\n");
    };
    const auto whole = get("");
    CHECK(statuses(whole).at(0) == 200);
    CHECK(body_of(whole) == content);
    CHECK(has(whole, "content-length: " + std::to_string(content.size())));
    CHECK(has(whole, "accept-ranges: bytes"));
    const auto part = get("Range: bytes=4-9\r\n");
    CHECK(statuses(part).at(0) == 206);
    CHECK(body_of(part) == content.substr(4, 6));
    CHECK(has(part, "content-range: bytes 4-9/" + std::to_string(content.size())));
    CHECK(body_of(get("Range: bytes=-5\r\n")) == content.substr(content.size() - 5));
    CHECK(body_of(get("Range: bytes=4-9\r\nIf-Range: \"another\"\r\n")) == content);
    const auto beyond = get("Range: bytes=99999-\r\n");
    CHECK(statuses(beyond).at(0) == 416);
    CHECK(has(beyond, "content-range: bytes */" + std::to_string(content.size())));
    const auto head = get("", "HEAD");
    CHECK(body_of(head).empty());
    CHECK(has(head, "content-length: " + std::to_string(content.size())));
    CHECK(statuses(get("If-None-Match: \"x\", W/\"" + hash + "\"\r\n")).at(0) == 304);
}
