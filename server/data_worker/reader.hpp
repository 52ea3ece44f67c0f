#pragma once
// The child that runs other people's SQL: on a snapshot, read-only, within limits of the operating system, and then gone.

namespace data_worker {

/// A request on stdin, an answer on stdout. What it returns is the process's exit code.
int read_snapshot();

}  // namespace data_worker
