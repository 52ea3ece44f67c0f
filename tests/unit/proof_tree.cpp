#include "events/proof/tree.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <bit>
#include <chrono>
#include <string>
#include <thread>

using namespace events::proof;

namespace {

hash from_hex(std::string_view text) {
    hash h{};
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    for (std::size_t i = 0; i < h.size(); ++i)
        h[i] = static_cast<std::uint8_t>(digit(text[2 * i]) << 4 | digit(text[2 * i + 1]));
    return h;
}

hash numbered(std::uint64_t i) { return leaf_hash("event " + std::to_string(i)); }

/// RFC 9162 §2.1.1, word for word, as what the tree has to agree with.
hash plain_root(std::span<const hash> leaves) {
    if (leaves.empty()) return empty_root();
    if (leaves.size() == 1) return leaves[0];
    const auto split = std::bit_floor(leaves.size() - 1);
    return node_hash(plain_root(leaves.first(split)), plain_root(leaves.subspan(split)));
}

std::vector<hash> many(std::uint64_t count) {
    std::vector<hash> leaves;
    for (std::uint64_t i = 0; i < count; ++i) leaves.push_back(numbered(i));
    return leaves;
}

// The example tree that the implementations of certificate transparency share.
const std::vector<std::string> known_leaves{"", std::string(1, '\0'), "\x10", " !", "01", "@ABC", "PQRSTUVW", "`abcdefghijklmno"};
const std::vector<std::string_view> known_roots{
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

}  // namespace

TEST_CASE("tree: the roots and proofs of the known example", "[events][proof]") {
    memory_tiles store;
    tree t(store);
    CHECK(t.root(0) == from_hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    for (const auto& bytes : known_leaves) {
        const auto leaf = leaf_hash(bytes);
        t.append({&leaf, 1});
    }
    for (std::size_t n = 1; n <= 8; ++n) CHECK(t.root(n) == from_hex(known_roots[n - 1]));
    CHECK(t.consistency(6, 8) == std::vector{from_hex("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"),
                                             from_hex("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
                                             from_hex("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")});
    CHECK(t.consistency(2, 5) == std::vector{from_hex("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                                             from_hex("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")});
    CHECK(t.inclusion(2, 3) == std::vector{from_hex(known_roots[1])});
}

TEST_CASE("tree: every proof of every small tree verifies, and no altered one does", "[events][proof]") {
    constexpr std::uint64_t most = 40;
    const auto leaves = many(most);
    memory_tiles store;
    tree t(store);
    t.append(leaves);
    for (std::uint64_t size = 1; size <= most; ++size) {
        const auto root = t.root(size);
        REQUIRE(root == plain_root(std::span(leaves).first(size)));
        for (std::uint64_t i = 0; i < size; ++i) {
            auto path = t.inclusion(i, size);
            REQUIRE(verify_inclusion(leaves[i], i, size, path, root));
            REQUIRE_FALSE(verify_inclusion(leaves[(i + 1) % most], i, size, path, root));
            REQUIRE_FALSE(verify_inclusion(leaves[i], i, size, path, empty_root()));
            path.push_back(root);
            REQUIRE_FALSE(verify_inclusion(leaves[i], i, size, path, root));
        }
        for (std::uint64_t old = 0; old <= size; ++old) {
            auto path = t.consistency(old, size);
            const auto old_root = t.root(old);
            REQUIRE(verify_consistency(old, old_root, size, root, path));
            if (old != 0 && old != size) {
                REQUIRE_FALSE(verify_consistency(old, root, size, root, path));
                REQUIRE_FALSE(verify_consistency(old, old_root, size, old_root, path));
                path.back()[0] ^= 1;
                REQUIRE_FALSE(verify_consistency(old, old_root, size, root, path));
                path.pop_back();
                REQUIRE_FALSE(verify_consistency(old, old_root, size, root, path));
            }
        }
    }
}

TEST_CASE("tree: proofs across tiles of three levels, and after re-opening", "[events][proof]") {
    constexpr std::uint64_t count = 256 * 256 + 3 * 256 + 77;
    const auto leaves = many(count);
    memory_tiles store;
    tree t(store);
    for (std::uint64_t done = 0; done < count;) {
        const auto batch = std::min<std::uint64_t>(count - done, 500);
        t.append(std::span(leaves).subspan(done, batch));
        done += batch;
        if (done % 3000 == 0) t.settled();
    }
    t.settled();

    const auto ask = [&](const tree& asked) {
        for (const std::uint64_t size : {std::uint64_t{1}, std::uint64_t{255}, std::uint64_t{256}, std::uint64_t{257}, std::uint64_t{65535},
                                         std::uint64_t{65536}, std::uint64_t{65537}, std::uint64_t{66000}, count}) {
            const auto root = asked.root(size);
            REQUIRE(root == plain_root(std::span(leaves).first(size)));
            for (std::uint64_t i = 0; i < size; i += 1 + size / 50) {
                REQUIRE(asked.leaf(i) == leaves[i]);
                REQUIRE(verify_inclusion(leaves[i], i, size, asked.inclusion(i, size), root));
                REQUIRE(verify_consistency(i, asked.root(i), size, root, asked.consistency(i, size)));
            }
        }
        REQUIRE(verify_consistency(256, asked.root(256), count, asked.root(count), asked.consistency(256, count)));
    };
    ask(t);

    tree reopened(store, tree::whole(count));
    CHECK(reopened.size() == count - 77);
    reopened.append(std::span(leaves).subspan(tree::whole(count)));
    ask(reopened);

    CHECK_THROWS_AS(t.root(count + 1), std::out_of_range);
    CHECK_THROWS_AS(t.inclusion(5, 5), std::out_of_range);
    CHECK_THROWS_AS(t.consistency(6, 5), std::out_of_range);
    CHECK_THROWS_AS(tree(store, 5), std::invalid_argument);
    CHECK_THROWS_WITH(tree(store, 256 * 65536ull), Catch::Contains("rebuild the index"));
}

TEST_CASE("tree: proofs are read while leaves are appended", "[events][proof]") {
    const auto leaves = many(5000);
    memory_tiles store;
    tree t(store);
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0, asked = 0;
    std::thread asking([&] {
        do {
            const auto size = t.size();
            if (size < 2) continue;
            const auto i = size / 3;
            if (!verify_inclusion(leaves[i], i, size, t.inclusion(i, size), t.root(size))) ++wrong;
            if (!verify_consistency(i, t.root(i), size, t.root(size), t.consistency(i, size))) ++wrong;
            ++asked;
        } while (!done || asked == 0);
    });
    for (std::size_t i = 0; i < leaves.size(); i += 50) {
        t.append(std::span(leaves).subspan(i, 50));
        if (i % 1000 == 0) t.settled();
        std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
    done = true;
    asking.join();
    CHECK(wrong == 0);
    CHECK(asked > 0);
}

TEST_CASE("tree: hashing speed", "[.bench][proof]") {
    const std::string event(400, 'x');
    constexpr int count = 1'000'000;
    std::vector<hash> leaves(count);
    const auto start = std::chrono::steady_clock::now();
    for (auto& leaf : leaves) leaf = leaf_hash(event);
    const auto hashed = std::chrono::steady_clock::now();
    memory_tiles store;
    tree t(store);
    for (int i = 0; i < count; i += 500) {
        t.append(std::span(leaves).subspan(i, 500));
        t.settled();
    }
    const auto appended = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) t.inclusion(static_cast<std::uint64_t>(i) * 997, count - 1);
    const auto proven = std::chrono::steady_clock::now();
    const auto seconds = [](auto d) { return std::chrono::duration<double>(d).count(); };
    WARN("leaf hashes/s " << count / seconds(hashed - start) << ", appended/s " << count / seconds(appended - hashed)
                          << ", inclusion proofs/s " << 1000 / seconds(proven - appended));
}
