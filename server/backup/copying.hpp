#pragma once
// Files that go into a backup and come out of one: hashed as they are copied, durable, and never half there.

#include "server/backup/manifest.hpp"

#include <functional>
#include <stop_token>

namespace server::backup {

/// How fast, whether still, and who is told.
struct pace {
    std::uint64_t bytes_per_second = 0;  ///< 0: as fast as it goes
    std::stop_token stop = {};
    std::function<void(std::string_view part, std::uint64_t bytes)> progress = {};  ///< any thread; bytes of this part so far
    bool syncs = true;  ///< false: who copies sees to it by sync_all() that nothing counts before all of it is on the disk
};

/// Throws failure where it was asked to stop.
void go_on_or_throw(const pace& at);

/// Copies `from` to `to` (0600), beside its place first, then synced and renamed. Its hash and size; `path` as given.
listed_file copy_file(const std::filesystem::path& from, const std::filesystem::path& to, std::string path, const pace& at);

/// The same, and what was at `to` before is overwritten (events/bytes/durable_file.hpp).
listed_file copy_over(const std::filesystem::path& from, const std::filesystem::path& to, std::string path, const pace& at);

/// All that was written to the file system of `folder` is on the disk.
void sync_all(const std::filesystem::path& folder);

/// The hash and size of what is there. Throws failure where it can't be read.
listed_file look_at(const std::filesystem::path& file, std::string path);

/// Holds `folder` for whoever writes to it now; throws failure where somebody else does.
class writing {
public:
    explicit writing(const std::filesystem::path& folder);
    ~writing();
    writing(const writing&) = delete;
    writing& operator=(const writing&) = delete;

private:
    int file_;
};

}  // namespace server::backup
