// Files are attached by who sent them, and by who reads them where they are attached already. For anybody else they are as if
// they were not there (S1.3.4).

#include "server/blobs/attachable.hpp"
#include "tests/sim/room.hpp"
#include "tests/sim/text_file.hpp"
#include "tests/support/temp_folder.hpp"

namespace sim::attaching_tests {

using core::request;
namespace blobs = server::blobs;

namespace {

struct office {
    events::memory_log log;
    events::memory_keyring keys;
    support::temp_folder folder;
    blobs::store files{folder / "blobs", folder / "keys", keys};
    blobs::attachable attachable{files};
    room r{log, keys, {.utc_offset = 0min, .files = &attachable}};
    std::uint64_t noah, mia, emma;

    office() {
        attachable.read_from(r.read);
        r.start();
        noah = r.join("noah", "RQ", "marketing");
        mia = r.join("mia", "RQ", "marketing");
        emma = r.join("emma", "RQ", "finance");
    }
    void send(std::uint64_t who, std::string_view content) {
        const auto a = text_file(content);
        REQUIRE(files.begin({who}, a.sha256, a.bytes, a.media_type, 1 << 20).error == blobs::blob_error::none);
        REQUIRE(files.append({who}, a.sha256, 0, content).complete);
    }
    std::string attach(std::uint64_t who, const events::attachment& what) {
        const request::form f{"T", "b", "o", "c", std::chrono::year(2026) / 12 / 20, {}, events::priority::normal, {true, "nothing personal"}, {1, {}, {what}}};
        const auto told = code_of(r.ask<request>(who, request::draft{f}));
        r.settle();
        return told;
    }
};

}  // namespace

TEST_CASE("attaching: a file is attached by who sent it or reads it, and is not there for anybody else", "[sim][blobs][S1.3.4][D5]") {
    office o;
    constexpr std::string_view content = "what marketing wants\n";
    const auto sent = text_file(content), never_sent = text_file("nobody sent this\n");
    o.send(o.noah, content);
    // Knowing its hash is not having it: word for word as one that is not there.
    CHECK(o.attach(o.emma, sent) == o.attach(o.emma, never_sent));
    CHECK(o.attach(o.emma, sent) != "done");
    CHECK(o.attach(o.mia, sent) != "done");
    CHECK(o.attach(o.noah, sent) == "done");
    CHECK(wire::may_read_file(o.r.read, {o.noah}, sent.sha256));
    CHECK_FALSE(wire::may_read_file(o.r.read, {o.emma}, sent.sha256));
    CHECK(o.attach(o.emma, sent) != "done");
    // A request is its department's to read, and so is what is attached to it.
    CHECK(wire::may_read_file(o.r.read, {o.mia}, sent.sha256));
    CHECK(o.attach(o.mia, sent) == "done");
    // Who sends it too, has it too.
    o.send(o.emma, content);
    CHECK(o.attach(o.emma, sent) == "done");
}

}  // namespace sim::attaching_tests
