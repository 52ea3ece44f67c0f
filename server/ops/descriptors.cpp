#include "server/ops/descriptors.hpp"

#include "events/ending/ending.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace server::ops {
namespace {

constexpr std::uint64_t plenty = 16'384;        // from here on the databases keep all their files open
constexpr std::uint64_t database_least = 20;    // RocksDB takes no fewer
constexpr std::uint64_t in_passing = 40;        // keys, accounts, attachments, snapshots, the kernel's own for timers and epoll
constexpr std::uint64_t a_shard = 4;
constexpr std::uint64_t connections_least = 8;

}  // namespace

std::uint64_t raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1'024;
    if (limit.rlim_cur < limit.rlim_max) {
        auto more = limit;
        more.rlim_cur = limit.rlim_max;
        if (::setrlimit(RLIMIT_NOFILE, &more) == 0) limit = more;
    }
    return limit.rlim_cur;
}

descriptors share_descriptors(std::uint64_t limit, std::uint64_t connections_wanted, std::uint64_t shards) {
    descriptors share{limit, -1, 0};
    // A file of a database holds some 64 MB of events: a few hundred are a long history.
    const auto database = limit >= plenty ? limit / 16 : std::clamp<std::uint64_t>(limit / 8, database_least, 1'024);
    if (limit < plenty) share.database_files_max = static_cast<int>(database);
    const auto kept = 2 * database + in_passing + a_shard * shards;
    if (limit < kept + connections_least) {
        const auto least = std::to_string(2 * database_least + in_passing + a_shard * shards + connections_least);
        throw events::cannot_go_on(events::ending::out_of_memory,
                                   {"可用的文件描述符太少（" + std::to_string(limit) + "）：请用 ulimit -n 提高到至少 " + least,
                                    "too few file descriptors (" + std::to_string(limit) + "): raise the limit to " + least + " at least, with ulimit -n"});
    }
    share.connections_max = std::min(connections_wanted, limit - kept);
    return share;
}

void keep_standard_streams_open() {
    for (int fd = 0; fd <= 2; ++fd)
        // The lowest number that is free is the one that is opened.
        if (::fcntl(fd, F_GETFD) < 0 && errno == EBADF) [[maybe_unused]] const int opened = ::open("/dev/null", fd == 0 ? O_RDONLY : O_WRONLY);
}

}  // namespace server::ops
