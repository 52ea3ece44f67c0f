#pragma once
// The parts of a ZIP file, unpacked as they are read and within bounds: what a part says of its size is not believed.

#include "server/data_worker/reading/record.hpp"

#include <map>
#include <optional>
#include <string>

struct zip;

namespace data_worker {

class archive {
public:
    /// Throws `trouble` (unreadable) where the file is none.
    explicit archive(const std::string& path);
    ~archive();
    archive(const archive&) = delete;
    archive& operator=(const archive&) = delete;

    /// Null where there is no such part. Names are compared as others mean them: whatever the slashes and capitals.
    std::unique_ptr<byte_source> open(std::string_view name) const;
    /// The whole of it.
    std::optional<std::string> read(std::string_view name, std::size_t bytes_max) const;

private:
    zip* zip_ = nullptr;
    std::map<std::string, std::uint64_t, std::less<>> parts_;
};

/// "xl\Worksheets\..\Sheet1.xml" is "xl/sheet1.xml".
std::string part_name(std::string_view written);

}  // namespace data_worker
