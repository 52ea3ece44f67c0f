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

/// One request may be lost where memory is short just then, and waits as long as a client does: there is time for another.
end run(server_process& server) {
    end e;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(90);
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
            if (e.code) {
                CHECK(*e.code == static_cast<int>(events::ending::out_of_memory));
                CHECK(log.find("opsroomd: ") != log.npos);
                CHECK(log.find("emory") != log.npos);
                ++refused;
            } else {
                CHECK(server.stop() == 0);
                ++served;
            }
        }
    }
    CHECK(served > 0);
    CHECK(refused > 0);
    WARN(served << " starts served, " << refused << " were refused");
}
