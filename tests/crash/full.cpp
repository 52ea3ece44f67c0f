// The disk of a running server fills up to its last byte under load, and has room again: meanwhile nothing new is taken and
// everything is read, then it goes on by itself; what was acknowledged is there, once.

#include "tests/support/demo.hpp"
#include "tests/support/tcp.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <openssl/sha.h>
#include <unistd.h>

#include <atomic>
#include <set>
#include <thread>

using nlohmann::json;
using support::server_process;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t disk_bytes = 256u << 20;
constexpr std::chrono::seconds patience{30};

/// Takes every byte that is left.
void fill_up(const fs::path& file) {
    const int to = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    REQUIRE(to >= 0);
    const std::string some(1u << 16, 'x');
    for (std::size_t at_once = some.size(); at_once > 0; at_once /= 2)
        while (::write(to, some.data(), at_once) > 0) {
        }
    ::close(to);
}

std::string hex_of(const std::string& content) {
    unsigned char hash[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(), hash);
    std::string hex;
    for (const auto byte : hash) {
        char two[3];
        std::snprintf(two, sizeof two, "%02x", byte);
        hex += two;
    }
    return hex;
}

class poster {
public:
    poster(const server_process& server, std::string token, int number) : server_(server), token_(std::move(token)), number_(number) {}

    /// The status it is answered with.
    int post() {
        const auto text = "of " + std::to_string(number_) + ", the " + std::to_string(count_++) + ". " + std::string(2'000, 'w');
        const auto answer = server_.post("/api/v1/commands/channel.post", {{"target", "channel/1"}, {"data", {{"text", text}}}}, token_);
        if (answer.status < 300) acknowledged.push_back(json::parse(answer.body).at("position"));
        else if (answer.status == 507) problem = answer.body;
        return answer.status;
    }
    std::vector<std::uint64_t> acknowledged;
    std::string problem;

private:
    const server_process& server_;
    std::string token_;
    int number_;
    int count_ = 0;
};

template <class Done>
bool until(Done done) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < end) {
        if (done()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
}

}  // namespace

TEST_CASE("full disk: refuses what is new, serves what there is, and goes on by itself", "[crash][full]") {
    const support::temp_folder folder;
    auto flags = support::quick;
    flags.insert(flags.end(), {"--disk-reserve-mib", "256"});  // a twentieth of it, at most
    server_process server(folder / "data", support::free_port(), flags, disk_bytes);
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    if (server.ended() == server_process::no_small_disk) {
        WARN("no disk of its own to be had here: skipped");
        return;
    }
    server.wait_ready();
    const auto token = server.sign_in(support::administrator.name, support::administrator.password);
    const auto writer = server.sign_in(support::specialist.name, support::specialist.password);

    // An upload that has its last part still to come.
    const std::string content(300'000, 'a');
    const auto sha256 = hex_of(content);
    REQUIRE(server.post("/api/v1/attachments", {{"sha256", sha256}, {"bytes", content.size()}, {"media_type", "text/plain"}}, token).status == 200);
    const auto put = [&](std::size_t from, std::size_t bytes) {
        return support::ask(server.port(), {"PUT", "/api/v1/attachments/" + sha256 + "?offset=" + std::to_string(from),
                                            {"Authorization: Bearer " + token}, content.substr(from, bytes)});
    };
    REQUIRE(put(0, 150'000).status == 200);

    std::vector<poster> posters;
    for (int i = 0; i < 4; ++i) posters.emplace_back(server, writer, i);
    for (int round = 0; round < 3; ++round) {
        INFO("round " << round);
        std::atomic<bool> over{false};
        std::atomic<int> odd{0};
        std::vector<std::thread> load;
        for (auto& p : posters)
            load.emplace_back([&] {
                while (!over) {
                    const auto status = p.post();
                    if (status == 429) std::this_thread::sleep_for(std::chrono::milliseconds(50));  // one person's share is bounded
                    else if (status != 200 && status != 507) odd = status;
                }
            });
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        const auto filler = server.disk() / "filler";
        fill_up(filler);
        CHECK(until([&] { return server.get("/readyz").body.find("\"read_only\":true") != std::string::npos; }));
        std::this_thread::sleep_for(std::chrono::seconds(1));
        over = true;
        for (auto& t : load) t.join();
        CHECK(odd == 0);
        // Nothing new, and everything there is.
        CHECK(until([&] { return posters[0].post() == 507; }));
        CHECK(posters[0].problem.find("\"disk_full\"") != std::string::npos);
        CHECK(server.get("/api/v1/tasks", token).status == 200);
        CHECK(server.get("/api/v1/log?limit=5", token).status == 200);
        if (round == 0) CHECK(put(150'000, 150'000).status == 507);
        fs::remove(filler);
        CHECK(until([&] { return posters[0].post() == 200; }));
        if (round == 0) CHECK(until([&] { return put(150'000, 150'000).status == 200; }));
    }
    const auto verdict = server.post("/api/v1/log/verify", json::object(), token).body;
    INFO(verdict);
    CHECK(verdict.find("\"ok\":true") != std::string::npos);
    std::set<std::uint64_t> there;
    for (std::uint64_t last = 0;;) {
        const auto page = json::parse(server.get("/api/v1/log?limit=500&after=" + std::to_string(last), token).body).at("items");
        if (page.empty()) break;
        for (const auto& e : page) {
            CHECK(e.at("position") == last + 1);
            last = e.at("position");
            if (e.at("type") == "channel.posted.v1") there.insert(last);
        }
    }
    std::size_t acknowledged = 0;
    for (const auto& p : posters)
        for (const auto position : p.acknowledged) {
            ++acknowledged;
            if (!there.contains(position)) FAIL_CHECK("acknowledged at " << position << ", and not there");
        }
    CHECK(server.stop() == 0);
    WARN(acknowledged << " acknowledged, each there");
}
