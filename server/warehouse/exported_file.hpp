#pragma once
// What a reader of the data has written for somebody to take: a file that nobody else can open, gone with the last who holds it.

#include <cstdint>
#include <filesystem>
#include <string>

namespace server::warehouse {

class exported_file {
public:
    /// A name of its own below `folder`, which the reader is given.
    static std::filesystem::path name_in(const std::filesystem::path& folder);

    /// Takes what was written: it has no name any more. Throws boost::system::system_error.
    explicit exported_file(const std::filesystem::path& written);
    ~exported_file();
    exported_file(const exported_file&) = delete;
    exported_file& operator=(const exported_file&) = delete;

    std::uint64_t bytes() const { return bytes_; }
    /// At most so many bytes from there on; fewer at the end. Throws boost::system::system_error. Any thread.
    std::string read(std::uint64_t from, std::size_t count) const;

    /// Removes what a process that was killed has left.
    static void remove_left(const std::filesystem::path& folder);

private:
    int fd_ = -1;
    std::uint64_t bytes_ = 0;
};

}  // namespace server::warehouse
