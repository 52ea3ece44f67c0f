#pragma once
// RocksDB in a child of fork(). It believes that its threads came along and starts none, so that whoever waits for one waits for
// ever; with room for more it starts them.

#include <rocksdb/env.h>

namespace support {

/// In the child, before it opens a log.
inline void start_rocksdb_anew() {
    constexpr int more = 4;
    auto* env = rocksdb::Env::Default();
    for (const auto pool : {rocksdb::Env::LOW, rocksdb::Env::HIGH, rocksdb::Env::BOTTOM})
        env->SetBackgroundThreads(env->GetBackgroundThreads(pool) + more, pool);
}

}  // namespace support
