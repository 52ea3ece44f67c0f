#pragma once
// A file on this machine that becomes a delivery: whichever way it came, its content is kept under its hash, and given to the delivery as one
// command, however often it is tried.

#include "events/catalog/uuid.hpp"
#include "events/catalog/value.hpp"
#include "server/blobs/store.hpp"

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace server::warehouse {

/// A regular file, and no link to one. One thread.
class local_file {
public:
    explicit local_file(const std::filesystem::path& at);
    ~local_file();
    local_file(const local_file&) = delete;
    local_file& operator=(const local_file&) = delete;
    explicit operator bool() const { return fd_ >= 0; }

    struct stat about() const;
    /// Calls f(part, offset) with all of it, until false. Whether all of it was read.
    bool each_part(const std::function<bool(std::string_view, std::uint64_t)>& f) const;
    /// Empty where it can't be read.
    std::string sha256() const;

private:
    int fd_;
};

/// By the name's ending.
std::string media_type_of(const std::filesystem::path& file);

/// Keeps the content as one that the system has sent; false where that could not be, and may be tried again.
bool keep_content(blobs::store& in, const local_file& from, const events::attachment& what, std::uint64_t bytes_max);

/// Which command it is that gives this content to what has this number. `way`: six letters.
events::uuid fill_id(const char* way, std::uint64_t which, const std::string& sha256);

}  // namespace server::warehouse
