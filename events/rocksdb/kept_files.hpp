#pragma once
// The blobs beside the log: one file each, written whole. Not in a database, as they are large, few and
// replaced rather than added to.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace events::rocks {

/// Any thread; one at a time a name.
class kept_files {
public:
    /// Makes the folder if there is none; forgets what was being written when the process ended.
    /// `damaged` is told of files that are not what was written, when they are met; of small ones at once.
    kept_files(std::filesystem::path folder, std::function<void(std::string_view what, std::string_view why)> damaged);

    /// Durable when it returns. Throws std::system_error, and std::invalid_argument for a name that can't be.
    void keep(std::string_view name, std::string_view blob) const;

    /// Nothing also where the file is not what was written, or can't be read.
    std::optional<std::string> kept(std::string_view name) const;

    /// Sorted; those that begin with `prefix`.
    std::vector<std::string> names(std::string_view prefix) const;

private:
    std::filesystem::path folder_;
    std::function<void(std::string_view, std::string_view)> damaged_;
};

}  // namespace events::rocks
