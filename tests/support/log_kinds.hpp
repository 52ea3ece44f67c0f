#pragma once
// The logs that have to pass the contract suite.

#include "events/log/memory_log.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "tests/support/log_folder.hpp"

#include <stdexcept>

namespace testing {

inline std::unique_ptr<events::rocksdb_log> open_log(const folder& in, const events::rocksdb_options& options = {}) {
    auto opened = events::rocksdb_log::open(in.path(), options);
    if (!opened) throw std::runtime_error(opened.error().message(events::language::en));
    return std::move(*opened);
}

/// It has nowhere to come back from: reopening leaves it as it is.
struct memory_kind {
    events::log& log() { return log_; }
    void reopen() {}

private:
    events::memory_log log_;
};

struct rocksdb_kind {
    events::log& log() { return *log_; }
    void reopen() {
        log_.reset();
        log_ = open_log(folder_);
    }

private:
    folder folder_;
    std::unique_ptr<events::rocksdb_log> log_ = open_log(folder_);
};

}  // namespace testing

#define EVERY_LOG testing::memory_kind, testing::rocksdb_kind
