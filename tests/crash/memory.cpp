// Too little memory: the server starts and serves, or it ends with one line that says so and the code that goes with it. Never an
// abort, never without a word.

#include "events/ending/ending.hpp"
#include "tests/support/demo.hpp"
#include "tests/support/tcp.hpp"

#include <catch2/catch.hpp>

#include <thread>

using support::server_process;

namespace {

constexpr std::uint64_t MiB = 1u << 20;

struct end {
    bool ready = false;
    std::optional<int> code;
};

end run(server_process& server) {
    end e;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!e.ready && !e.code && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        e.code = server.ended();
        try {
            e.ready = !e.code && server.get("/readyz").status == 200;
        } catch (const support::connection_lost&) {
        }
    }
    return e;
}

/// One after the other, each by a connection of its own: it may be refused or closed while memory is short, and none is left
/// waiting.
void check_none_waits(server_process& server) {
    constexpr int requests = 24;
    for (int i = 0; i < requests; ++i) {
        const auto asked = std::chrono::steady_clock::now();
        try {
            (void)server.get("/readyz");
        } catch (const support::connection_lost&) {
        }
        REQUIRE(std::chrono::steady_clock::now() - asked < std::chrono::seconds(10));
    }
}

}  // namespace

TEST_CASE("memory: with whatever address space it starts, or says that it is too little", "[crash][memory]") {
    const support::temp_folder folder;
    // One that there is, and one that is made.
    const auto whole = folder / "whole";
    {
        server_process server(whole, support::free_port(), support::quick);
        server.wait_ready();
        REQUIRE(server.stop() == 0);
    }
    std::size_t served = 0, refused = 0;
    for (std::uint64_t space = 200; space <= 1'000; space += 40) {
        for (const bool fresh : {false, true}) {
            INFO(space << " MiB, " << (fresh ? "a new folder" : "one that there is"));
            const auto data = folder / ("data" + std::to_string(space) + (fresh ? "-new" : ""));
            if (!fresh) std::filesystem::copy(whole, data, std::filesystem::copy_options::recursive);
            server_process server(data, support::free_port(), support::quick, {0, space * MiB});
            const auto e = run(server);
            const auto log = server.end_of_log();
            INFO(log);
            REQUIRE((e.ready || e.code));
            if (e.ready) check_none_waits(server);
            // Where it has just enough to serve, it may have too little to write its snapshot by, and says so then.
            const int code = e.code ? *e.code : server.stop();
            if (code != 0) {
                CHECK(code == static_cast<int>(events::ending::out_of_memory));
                const auto said = server.end_of_log();
                CHECK(said.find("opsroomd: ") != said.npos);
                CHECK(said.find("emory") != said.npos);
            }
            ++(e.code ? refused : served);
        }
    }
    CHECK(served > 0);
    CHECK(refused > 0);
    WARN(served << " starts served, " << refused << " were refused");
}
