// What the machine has is shared out before anybody asks for it: descriptors, and room on the disk.

#include "events/ending/ending.hpp"
#include "server/ops/chores.hpp"
#include "server/ops/descriptors.hpp"
#include "server/ops/disk.hpp"
#include "tests/support/temp_folder.hpp"

#include <boost/system/system_error.hpp>
#include <catch2/catch.hpp>

#include <set>
#include <system_error>

using namespace server::ops;

TEST_CASE("descriptors: whatever the limit, databases and files have theirs beside the connections", "[server][ops]") {
    for (const std::uint64_t limit : {100u, 128u, 256u, 1'024u, 4'096u, 16'384u, 65'536u, 1'048'576u})
        for (const std::uint64_t shards : {1u, 2u, 16u}) {
            INFO(limit << " for " << shards);
            try {
                const auto share = share_descriptors(limit, 20'000, shards);
                CHECK(share.connections_max >= 8);
                CHECK(share.connections_max <= 20'000);
                const auto databases = share.database_files_max < 0 ? limit / 8 : 2 * static_cast<std::uint64_t>(share.database_files_max);
                CHECK(share.connections_max + databases + 40 + 4 * shards <= limit);
                if (share.database_files_max >= 0) CHECK(share.database_files_max >= 20);
            } catch (const events::cannot_go_on& e) {
                CHECK(limit < 200);
                CHECK(e.line().en.find("ulimit -n") != std::string::npos);
            }
        }
    CHECK(share_descriptors(1'048'576, 20'000, 2).connections_max == 20'000);
    CHECK(share_descriptors(128, 20'000, 2).connections_max >= 8);
}

TEST_CASE("disk: what is set aside is never more than a twentieth, and its file is kept", "[server][ops]") {
    const support::temp_folder folder;
    disk all(folder.path() / "not yet there", 1u << 20);
    CHECK(all.has_room());
    CHECK(all.free_bytes() > 0);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "not yet there"));  // whoever opens the folder makes it
    disk there(folder.path(), 1u << 20);
    there.look_after();
    CHECK(std::filesystem::file_size(folder / "reserve") == 1u << 19);
    CHECK(there.has_room_for(1));
    CHECK_FALSE(there.has_room_for(UINT64_MAX));
    // More than there is can't be set aside.
    disk greedy(folder.path(), UINT64_MAX / 2);
    CHECK(greedy.has_room() == !greedy.full());
}

TEST_CASE("ending: every code has its words, and every failure its code", "[events][ending]") {
    std::set<int> codes;
    for (const auto& e : events::endings()) {
        CHECK(codes.insert(static_cast<int>(e.code)).second);
        CHECK_FALSE(e.zh.empty());
        CHECK_FALSE(e.en.empty());
    }
    using events::ending;
    using events::what_ended;
    CHECK(what_ended(std::system_error(ENOSPC, std::generic_category(), "a"), "").code() == ending::disk_full);
    CHECK(what_ended(boost::system::system_error(ENOSPC, boost::system::system_category(), "a"), "").code() == ending::disk_full);
    CHECK(what_ended(std::system_error(EACCES, std::generic_category(), "a"), "").code() == ending::no_access);
    CHECK(what_ended(std::bad_alloc(), "deciding").line().en.find("deciding: out of memory") == 0);
    CHECK(what_ended(std::bad_alloc(), "").code() == ending::out_of_memory);
    for (const int error : {ENOMEM, EAGAIN, EMFILE, ENFILE}) {
        CHECK(what_ended(std::system_error(error, std::generic_category(), "a thread"), "").code() == ending::out_of_memory);
        CHECK(what_ended(boost::system::system_error(error, boost::system::system_category(), "a file"), "").code() == ending::out_of_memory);
    }
    CHECK(what_ended(std::runtime_error("odd"), "deciding").code() == ending::unforeseen);
    CHECK(what_ended(events::cannot_go_on(ending::damaged, {"坏", "bad"}), "").line().zh == "坏");
}

TEST_CASE("chores: a handler that throws takes nobody else with it", "[server][ops]") {
    struct context {
        int left = 3;
        int done = 0;
        void run() {
            while (left-- > 0) {
                if (left == 1) throw std::runtime_error("one of them");
                ++done;
            }
        }
    } io;
    run_handlers(io);
    CHECK(io.done == 2);
    int calls = 0;
    auto fails = chore("a test", [&] {
        ++calls;
        throw std::runtime_error("and another");
    });
    fails();
    fails();
    CHECK(calls == 2);
}
