// The data folder is its owner's alone.

#include "server/ops/privacy.hpp"
#include "tests/support/temp_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>

namespace fs = std::filesystem;
using server::ops::make_private;

namespace {

fs::perms mode_of(const fs::path& path) { return fs::symlink_status(path).permissions(); }
constexpr auto others = fs::perms::group_all | fs::perms::others_all;

}  // namespace

TEST_CASE("privacy: what an older version left open is mended, once", "[ops][S1.3.4]") {
    const support::temp_folder at, elsewhere;
    fs::create_directories(at.path() / "log" / "deeper");
    std::ofstream(at.path() / "log" / "deeper" / "000001.sst") << "words";
    std::ofstream(elsewhere.path() / "not ours") << "words";
    fs::create_symlink(elsewhere.path() / "not ours", at.path() / "link");
    fs::permissions(at.path(), fs::perms(0755));
    fs::permissions(at.path() / "log", fs::perms(0755));
    fs::permissions(at.path() / "log" / "deeper", fs::perms(0700));
    fs::permissions(at.path() / "log" / "deeper" / "000001.sst", fs::perms(0644));
    fs::permissions(elsewhere.path() / "not ours", fs::perms(0644));
    CHECK(make_private(at.path()) == 3);
    CHECK(mode_of(at.path()) == fs::perms(0700));
    CHECK(mode_of(at.path() / "log" / "deeper" / "000001.sst") == fs::perms(0600));
    CHECK(mode_of(elsewhere.path() / "not ours") == fs::perms(0644));
    for (const auto& one : fs::recursive_directory_iterator(at.path()))
        if (!one.is_symlink()) CHECK((mode_of(one.path()) & others) == fs::perms::none);
    CHECK(make_private(at.path()) == 0);
    CHECK(make_private(at.path() / "not there yet") == 0);
}
