#include "server/ops/privacy.hpp"

#include "events/ending/ending.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace server::ops {
namespace {

namespace fs = std::filesystem;

constexpr mode_t of_others = S_IRWXG | S_IRWXO;

/// True where it was open to others.
bool mend(const fs::path& path) {
    struct stat about{};
    if (::lstat(path.c_str(), &about) != 0 || S_ISLNK(about.st_mode)) return false;
    if (!(about.st_mode & of_others)) return false;
    if (::chmod(path.c_str(), about.st_mode & 07777 & ~of_others) == 0) return true;
    if (errno == ENOENT) return false;
    const std::string why = std::strerror(errno);
    throw events::cannot_go_on(events::ending::no_access,
                               {"他人可读取 " + path.string() + "，且无法更改权限（" + why + "）：请以其所有者执行 chmod -R go= " + path.string() + "，或以该用户启动",
                                "others can read " + path.string() + ", and it can't be changed (" + why + "): chmod -R go= " + path.string() + " as its owner, or start as that user"});
}

}  // namespace

fs::path election_keys_of(const std::string& data, const std::string& set_up) {
    if (!set_up.empty()) return set_up;
    auto beside = fs::absolute(data).lexically_normal();
    if (!beside.has_filename()) beside = beside.parent_path();  // it was given with a slash at its end
    return beside += ".election-keys";
}

void make_files_private() { ::umask(of_others); }

std::size_t make_private(const fs::path& folder) {
    std::error_code missing;
    if (!fs::is_directory(folder, missing)) return 0;
    std::size_t mended = mend(folder);
    for (fs::recursive_directory_iterator at(folder, fs::directory_options::none), end; at != end; ++at) mended += mend(at->path());
    return mended;
}

}  // namespace server::ops
