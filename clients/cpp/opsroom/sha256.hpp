#pragma once
// SHA-256, of what there is at once or comes in parts.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace opsroom {

using hash = std::array<std::uint8_t, 32>;

hash sha256(std::string_view bytes);

/// Lower case.
std::string hex(std::string_view bytes);

class sha256_sum {
public:
    sha256_sum();
    ~sha256_sum();
    void add(std::string_view bytes);
    /// In hex. Nothing can be added after it.
    std::string finish();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace opsroom
