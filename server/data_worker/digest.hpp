#pragma once
// SHA-256, as lower-case hex.

#include <memory>
#include <string>
#include <string_view>

namespace data_worker {

class sha256 {
public:
    sha256();
    ~sha256();
    sha256(const sha256&) = delete;
    sha256& operator=(const sha256&) = delete;

    void add(std::string_view bytes);
    std::string hex();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

std::string sha256_of(std::string_view bytes);
std::string sha256_of_file(const std::string& path);

/// The same text is the same for who has the key, and says nothing to who has not (HMAC).
std::string keyed_sha256(std::string_view key, std::string_view text);

}  // namespace data_worker
