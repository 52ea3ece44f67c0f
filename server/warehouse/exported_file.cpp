#include "server/warehouse/exported_file.hpp"

#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <random>

namespace server::warehouse {
namespace {

constexpr std::string_view prefix = "export-";

[[noreturn]] void fail(const std::string& at) { throw boost::system::system_error(errno, boost::system::system_category(), at); }

}  // namespace

std::filesystem::path exported_file::name_in(const std::filesystem::path& folder) {
    // A reader of the server before this one may still be writing what it was asked for: it has other names.
    static const auto own = std::to_string(std::random_device()()) + '-';
    static std::atomic<std::uint64_t> last{0};
    return folder / (std::string(prefix) + own + std::to_string(++last));
}

exported_file::exported_file(const std::filesystem::path& written) : fd_(::open(written.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0) fail(written.string());
    ::unlink(written.c_str());
    struct stat about {};
    if (::fstat(fd_, &about) == 0) bytes_ = static_cast<std::uint64_t>(about.st_size);
}

exported_file::~exported_file() {
    if (fd_ >= 0) ::close(fd_);
}

std::string exported_file::read(std::uint64_t from, std::size_t count) const {
    std::string part(count, '\0');
    for (std::size_t done = 0; done < part.size();) {
        const auto n = ::pread(fd_, part.data() + done, part.size() - done, static_cast<off_t>(from + done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail("an export");
        if (n == 0) part.resize(done);
        done += static_cast<std::size_t>(n);
    }
    return part;
}

void exported_file::remove_left(const std::filesystem::path& folder) {
    std::error_code none;
    for (const auto& one : std::filesystem::directory_iterator(folder, none)) {
        const auto name = one.path().filename().string();
        if (name.starts_with(prefix) || name.ends_with(".part") || name.ends_with(".spill")) std::filesystem::remove_all(one.path(), none);
    }
}

}  // namespace server::warehouse
