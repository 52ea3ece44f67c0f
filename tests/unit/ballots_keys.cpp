// The keys of elections lie in two halves: neither of the two folders opens a ballot by itself (D7).

#include "server/ballots/key_store.hpp"
#include "tests/support/temp_folder.hpp"

#include <catch2/catch.hpp>
#include <sodium.h>

#include <fstream>

using namespace server::ballots;
namespace fs = std::filesystem;

namespace {

std::string everything_in(const fs::path& folder) {
    std::string all;
    for (const auto& file : fs::recursive_directory_iterator(folder))
        if (file.is_regular_file()) {
            std::ifstream in(file.path(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(in), {});
        }
    return all;
}
std::string bytes_of(const scalar& s) { return {reinterpret_cast<const char*>(s.data()), s.size()}; }

}  // namespace

TEST_CASE("election keys: two halves, and neither folder alone has the key or counts", "[ballots][D7]") {
    REQUIRE(sodium_init() >= 0);
    const support::temp_folder data, apart, empty;
    const auto keys = make_keys(system_randomness());
    {
        key_store store(data.path(), apart.path());
        store.write(keys.open, keys.secret);
        CHECK(store.read(keys.open) == keys.secret);
        CHECK(store.names() == std::vector{key_store::name_of(keys.open)});
    }
    CHECK(everything_in(data.path()).find(bytes_of(keys.secret)) == std::string::npos);
    CHECK(everything_in(apart.path()).find(bytes_of(keys.secret)) == std::string::npos);
    CHECK(key_store(data.path(), apart.path()).read(keys.open) == keys.secret);
    CHECK_FALSE(key_store(data.path(), empty.path()).read(keys.open));
    CHECK_FALSE(key_store(empty.path(), apart.path()).read(keys.open));
    key_store store(data.path(), apart.path());
    store.shred(key_store::name_of(keys.open));
    CHECK_FALSE(store.read(keys.open));
    CHECK(store.names().empty());
    CHECK(everything_in(data.path()).empty());
    CHECK(everything_in(apart.path()).empty());
}

TEST_CASE("election keys: one that an older version kept whole is cut in two, and counts", "[ballots][D7]") {
    REQUIRE(sodium_init() >= 0);
    const support::temp_folder data, apart;
    const auto keys = make_keys(system_randomness());
    const auto old = data.path() / (key_store::name_of(keys.open) + ".key");
    std::ofstream(old, std::ios::binary) << bytes_of(keys.secret);
    CHECK(key_store(data.path(), apart.path()).read(keys.open) == keys.secret);
    CHECK_FALSE(fs::exists(old));
    CHECK(everything_in(data.path()).find(bytes_of(keys.secret)) == std::string::npos);
    CHECK(key_store(data.path(), apart.path()).read(keys.open) == keys.secret);
}
