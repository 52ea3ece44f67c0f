// The one-shot hashes of the tree. They go through OpenSSL's low-level SHA-256, as the EVP layer costs more
// than hashing a node does (measured: see tests/unit/proof_tree.cpp, [.bench]).
#define OPENSSL_SUPPRESS_DEPRECATED
#include "events/proof/tree.hpp"

#include <openssl/sha.h>

namespace events::proof {

hash leaf_hash(std::string_view bytes) {
    constexpr unsigned char leaf = 0;
    hash h;
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, &leaf, 1);
    SHA256_Update(&context, bytes.data(), bytes.size());
    SHA256_Final(h.data(), &context);
    return h;
}

hash node_hash(const hash& left, const hash& right) {
    constexpr unsigned char node = 1;
    hash h;
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, &node, 1);
    SHA256_Update(&context, left.data(), left.size());
    SHA256_Update(&context, right.data(), right.size());
    SHA256_Final(h.data(), &context);
    return h;
}

hash empty_root() {
    hash h;
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Final(h.data(), &context);
    return h;
}

}  // namespace events::proof
