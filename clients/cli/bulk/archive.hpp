#pragma once
// The parts of a ZIP file, unpacked within bounds: what a part says of its size is not believed.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct zip;

namespace cli::bulk {

class archive {
public:
    /// `bytes` are the whole file and have to stay while this lives. Throws `failure` (invalid) where it is none.
    explicit archive(const std::string& bytes);
    ~archive();
    archive(const archive&) = delete;
    archive& operator=(const archive&) = delete;

    /// Nothing where there is no such part. Throws `failure` (invalid) where it is damaged, or larger than `bytes_max`.
    std::optional<std::string> read(const std::string& name, std::size_t bytes_max) const;

    /// In the order in which they lie in it.
    std::vector<std::string> names() const;

private:
    zip* zip_ = nullptr;
};

}  // namespace cli::bulk
