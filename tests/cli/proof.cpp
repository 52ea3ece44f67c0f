#include "clients/cli/proof.hpp"

#include <catch2/catch.hpp>

using namespace cli;

namespace {

hash join(const hash& left, const hash& right) {
    std::string both(1, '\x01');
    both.append(left.begin(), left.end());
    both.append(right.begin(), right.end());
    return sha256(both);
}

std::size_t split_of(std::size_t n) {
    std::size_t k = 1;
    while (k * 2 < n) k *= 2;
    return k;
}

using leaves = std::vector<hash>;

// The recursive definitions of RFC 9162, 2.1, beside which the checks of proofs are held.
hash root_of(const leaves& d) {
    if (d.size() == 1) return d[0];
    const auto k = static_cast<std::ptrdiff_t>(split_of(d.size()));
    return join(root_of({d.begin(), d.begin() + k}), root_of({d.begin() + k, d.end()}));
}

leaves path_of(std::size_t m, const leaves& d) {
    if (d.size() == 1) return {};
    const auto k = split_of(d.size());
    const leaves left{d.begin(), d.begin() + static_cast<std::ptrdiff_t>(k)};
    const leaves right{d.begin() + static_cast<std::ptrdiff_t>(k), d.end()};
    auto out = m < k ? path_of(m, left) : path_of(m - k, right);
    out.push_back(m < k ? root_of(right) : root_of(left));
    return out;
}

leaves extension_of(std::size_t m, const leaves& d, bool whole) {
    if (m == d.size()) return whole ? leaves{} : leaves{root_of(d)};
    const auto k = split_of(d.size());
    const leaves left{d.begin(), d.begin() + static_cast<std::ptrdiff_t>(k)};
    const leaves right{d.begin() + static_cast<std::ptrdiff_t>(k), d.end()};
    auto out = m <= k ? extension_of(m, left, whole) : extension_of(m - k, right, false);
    out.push_back(m <= k ? root_of(right) : root_of(left));
    return out;
}

leaves tree_of(std::size_t n) {
    leaves out;
    for (std::size_t i = 0; i < n; ++i) out.push_back(leaf_hash("event " + std::to_string(i)));
    return out;
}

}  // namespace

TEST_CASE("cli: inclusion is proven for every leaf of every small tree, and for nothing else", "[cli][proof]") {
    for (std::size_t n = 1; n <= 33; ++n) {
        const auto d = tree_of(n);
        for (std::size_t m = 0; m < n; ++m) {
            auto path = path_of(m, d);
            CHECK(root_by_inclusion(d[m], m, n, path) == root_of(d));
            CHECK(root_by_inclusion(leaf_hash("another"), m, n, path) != root_of(d));
            path.push_back(d[0]);
            CHECK_FALSE(root_by_inclusion(d[m], m, n, path));
        }
        CHECK_FALSE(root_by_inclusion(d[0], n, n, {}));
    }
}

TEST_CASE("cli: a tree is proven to have grown from each of its beginnings", "[cli][proof]") {
    for (std::size_t n = 1; n <= 33; ++n) {
        const auto d = tree_of(n);
        for (std::size_t m = 1; m <= n; ++m) {
            const auto old = root_of({d.begin(), d.begin() + static_cast<std::ptrdiff_t>(m)});
            const auto path = extension_of(m, d, true);
            CHECK(is_extension(m, old, n, root_of(d), path));
            CHECK_FALSE(is_extension(m, leaf_hash("forged"), n, root_of(d), path));
            CHECK_FALSE(is_extension(m, old, n, leaf_hash("forged"), path));
        }
    }
    CHECK_FALSE(is_extension(3, {}, 2, {}, {}));
}

TEST_CASE("cli: a checkpoint is its first three lines", "[cli][proof]") {
    const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    const auto c = parse_checkpoint("room.example/log\n20852163\n" + root + "\n\n— room.example Az3grlgt…\n");
    REQUIRE(c);
    CHECK(c->origin == "room.example/log");
    CHECK(c->size == 20852163);
    CHECK(c->root == parse_base64_hash(root));
    for (const auto& bad : {std::string(), std::string("a\nb\n"), "o\nx\n" + root + "\n", std::string("o\n1\nshort=\n"), "o\n1\n" + root})
        CHECK_FALSE(parse_checkpoint(bad));
    CHECK_FALSE(parse_base64_hash("AAAA"));
}

TEST_CASE("cli: a checkpoint's signature is checked against the key that was given", "[cli][proof]") {
    // The example of the C2SP signed-note specification.
    const std::string key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const std::string note = "If you think cryptography is the answer to your problem,\n"
                             "then you don't know what your problem is.\n\n"
                             "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    CHECK(is_signed_by(note, key) == true);
    auto altered = note;
    altered[0] = 'i';
    CHECK(is_signed_by(altered, key) == false);
    CHECK(is_signed_by(note.substr(0, note.find("\n\n")), key) == false);
    CHECK_FALSE(is_signed_by(note, "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
    CHECK_FALSE(is_signed_by(note, "PeterNeumann"));
}
