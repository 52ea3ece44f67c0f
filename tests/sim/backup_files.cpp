// Attachments in backups: sealed as they lie, shared by all backups of a folder, and destroyed among them with a person's key.

#include "tests/sim/backed_up.hpp"
#include "tests/support/raw_disk.hpp"
#include "tests/support/temp_folder.hpp"

namespace sim::backup_files_tests {

namespace backup = server::backup;
namespace blobs = server::blobs;
namespace fs = std::filesystem;
using core::member;

TEST_CASE("backup: attachments come back to whoever could read them; those of who was erased are nowhere any more", "[sim][backup][D9]") {
    const support::temp_folder home;
    const auto to = home / "backups";
    // printf '…\n' | sha256sum
    const std::string plan = "what the department plans\n", plan_sha = "a4ed384a22f881e1f81aee585f78ad0ace7b27103b24bfa032766e2517f35235";
    const std::string early = "hers, from before files were sealed\n", early_sha = "afde17227bee81d7283e2f7bbcb8b9362774c0f8112bccf31ba3a33544b5c961";
    const std::string late = "hers, just sent when it was backed up\n", late_sha = "0883b4b1a3e55109a39c6f91ea146fa9b6fde145f75218594d673ff5b25f0ea7";
    office o(home / "data");
    o.r.join("ada", "AD", "technology");
    o.r.join("wei", "SP");
    // By an older build: in the clear.
    o.attach(plan, plan_sha);
    o.attach(early, early_sha);
    o.take(to);
    REQUIRE(support::lies_in(to / "blobs", early));
    const auto all_whole = [&] {
        for (const auto& m : backup::read_all(to)) {
            const auto v = backup::verify(to, m, backup::known_roots(to, m), {});
            for (const auto& w : v.wrong) FAIL_CHECK("backup " << m.number << ": " << w.en);
        }
    };
    const auto restored = [&](std::uint64_t number) {
        fs::remove_all(home / "restored");
        backup::wanted what;
        what.folder = to;
        what.number = number;
        what.data = home / "restored";
        backup::restore(what, {});
    };
    const auto reads = [&](const std::string& sha256) {
        const events::file_keyring people(home / "restored" / "keys" / "people");
        const blobs::store kept(home / "restored" / "blobs", home / "restored" / "keys" / "files", people);
        try {
            return kept.read(sha256, 0, 1'000);
        } catch (const blobs::store::unreadable&) {
            return std::string();
        }
    };
    all_whole();
    restored(1);
    CHECK(reads(early_sha) == early);

    o.send(late, late_sha);
    const blobs::carriers of_wei{true, false, {{2}}};
    o.settle([&](const std::string& sha256) { return sha256 == early_sha ? of_wei : blobs::carriers{}; });
    o.take(to);
    all_whole();
    CHECK_FALSE(support::lies_in(to, early));
    CHECK_FALSE(support::lies_in(to, plan));
    for (const std::uint64_t number : {1, 2}) {
        restored(number);
        CHECK(reads(plan_sha) == plan);
        CHECK(reads(early_sha) == early);
    }
    CHECK(reads(late_sha) == late);

    o.settle([&](const std::string& sha256) { return sha256 == plan_sha ? blobs::carriers{true, true} : of_wei; });
    o.r.must<member>(1, member::leave{"moved", {}}, member_no(2));
    o.r.must<member>(1, member::erase{"asked for"}, member_no(2));
    o.r.settle();
    o.settle([&](const std::string& sha256) { return blobs::carriers{true, sha256 == plan_sha}; });
    o.erased_files = {early_sha, late_sha};
    CHECK(o.files().check_all().empty());
    o.take(to);
    all_whole();
    for (const std::uint64_t number : {1, 2, 3}) {
        restored(number);
        CHECK(reads(plan_sha) == plan);
        CHECK(reads(early_sha).empty());
        CHECK(reads(late_sha).empty());
    }
}

}  // namespace sim::backup_files_tests
