#include "server/warehouse/opened_file.hpp"

#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>

namespace server::warehouse {
namespace {

constexpr std::size_t piece_bytes = 1u << 20;
constexpr std::string_view prefix = "reading-";

[[noreturn]] void fail(const std::filesystem::path& at) {
    throw boost::system::system_error(errno, boost::system::system_category(), at.string());
}

}  // namespace

opened_file::opened_file(const blobs::store& from, const events::attachment& what, const std::filesystem::path& folder)
    : path_(folder / (std::string(prefix) + "XXXXXX")) {
    // Of its own, as the same content may be looked at by somebody else meanwhile.
    auto name = path_.string();
    const int fd = ::mkostemp(name.data(), O_CLOEXEC);
    if (fd < 0) fail(path_);
    path_ = name;
    try {
        for (std::uint64_t at = 0; at < what.bytes;) {
            const auto part = from.read(what.sha256, at, std::min<std::uint64_t>(piece_bytes, what.bytes - at));
            if (part.empty()) throw blobs::store::unreadable(what.sha256 + " is shorter than it was");
            for (std::size_t done = 0; done < part.size();) {
                const auto n = ::write(fd, part.data() + done, part.size() - done);
                if (n < 0 && errno == EINTR) continue;
                if (n < 0) fail(path_);
                done += static_cast<std::size_t>(n);
            }
            at += part.size();
        }
    } catch (...) {
        ::close(fd);
        ::unlink(path_.c_str());
        throw;
    }
    ::close(fd);
}

opened_file::~opened_file() { ::unlink(path_.c_str()); }

void opened_file::remove_left(const std::filesystem::path& folder) {
    std::error_code none;
    for (const auto& one : std::filesystem::directory_iterator(folder, none))
        if (one.path().filename().string().starts_with(prefix)) std::filesystem::remove(one.path(), none);
}

}  // namespace server::warehouse
