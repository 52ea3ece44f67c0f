#pragma once
// A content in the clear for as long as the worker reads it: contents lie sealed, and the worker has no keys.

#include "events/catalog/value.hpp"
#include "server/blobs/store.hpp"

#include <filesystem>

namespace server::warehouse {

/// A file of its own below `folder`, which only this user may read; removed with this. Throws what blobs::store::read does, and
/// boost::system::system_error.
class opened_file {
public:
    opened_file(const blobs::store& from, const events::attachment& what, const std::filesystem::path& folder);
    ~opened_file();
    opened_file(const opened_file&) = delete;
    opened_file& operator=(const opened_file&) = delete;

    const std::filesystem::path& path() const { return path_; }

    /// Removes what a process that was killed has left.
    static void remove_left(const std::filesystem::path& folder);

private:
    std::filesystem::path path_;
};

}  // namespace server::warehouse
