#pragma once
// File descriptors, budgeted before the first socket is accepted: the databases and the files that are opened in passing have
// theirs whatever comes over the network.

#include <cstdint>

namespace server::ops {

struct descriptors {
    std::uint64_t limit;             ///< RLIMIT_NOFILE
    int database_files_max;          ///< for each of the log's two databases; -1: no bound
    std::uint64_t connections_max;   ///< all shards together
};

/// Raises the soft limit to the hard one. What it is then.
std::uint64_t raise_descriptor_limit();

/// How `limit` is shared out. Throws events::cannot_go_on where it is too low to serve anybody.
descriptors share_descriptors(std::uint64_t limit, std::uint64_t connections_wanted, std::uint64_t shards);

/// 0, 1 and 2 are open afterwards: else the first files that are opened would be taken for them, and written to.
void keep_standard_streams_open();

}  // namespace server::ops
