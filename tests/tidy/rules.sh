#!/usr/bin/env bash
# Shows that tidy.sh sees what it looks for: one breach of each rule, each found, and nothing found without them.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
failed=0

# A fresh tree with one clean file, and one more of the given path and text.
tree() {
  rm -rf "${folder:?}"/*
  mkdir -p "$folder/core/task" "$folder/$(dirname "$1")"
  printf '#pragma once\n#include "events/catalog/task.hpp"\n' >"$folder/core/task/task.hpp"
  printf '%b\n' "$2" >"$folder/$1"
}
breach() { # path, text, words of the rule
  tree "$1" "$2"
  out=$(bash "$here/tidy.sh" "$folder") && { echo "not found: $3 in $1"; failed=1; return; }
  grep -qF "$3" <<<"$out" && grep -q "^$1:[0-9]*: " <<<"$out" || { printf 'expected "%s" in %s, got:\n%s\n' "$3" "$1" "$out"; failed=1; }
}
fine() { # path, text
  tree "$1" "$2"
  out=$(bash "$here/tidy.sh" "$folder") || { printf 'wrongly found in %s:\n%s\n' "$1" "$out"; failed=1; }
}

breach events/log/a.cpp '#include "core/kernel/context.hpp"' 'events includes only events'
breach core/task/a.cpp '#include "server/wire/json.hpp"' 'core includes only core and events'
breach core/task/a.cpp '#include "events/log/log.hpp"' 'core knows the catalog'
breach server/http/a.cpp '#include "clients/cli/x.hpp"' 'server includes only'
breach clients/cli/a.cpp '#include "core/task/task.hpp"' 'clients meet the server at the wire alone'
breach events/catalog/a.cpp '#include "events/codec/codec.hpp"' 'the catalog needs nothing else'
breach events/log/a.cpp '#include <rocksdb/db.h>' 'only events/rocksdb knows RocksDB'
breach server/engine/a.cpp '  #  include <rocksdb/db.h>' 'only events/rocksdb knows RocksDB'
fine events/rocksdb/a.cpp '#include <rocksdb/db.h>'
breach server/engine/a.cpp '#include "server/data_worker/duckdb_api.hpp"' 'only server/data_worker knows DuckDB'
fine server/data_worker/engine/a.cpp '#include "server/data_worker/duckdb_api.hpp"'
breach core/task/a.cpp '#include <Eigen/Dense>' 'only sources of core/statistics know Eigen'
breach core/statistics/a.hpp '#pragma once\n#include <Eigen/Dense>' 'only sources of core/statistics know Eigen'
fine core/statistics/a.cpp '#include <Eigen/Dense>'
fine core/kind.cpp '#include "core/task/task.hpp"'
for header in thread mutex iostream nlohmann/json.hpp boost/asio.hpp boost/beast/core.hpp random; do
  breach core/task/a.cpp "#include <$header>" 'core is pure'
done
fine core/task/a.cpp '#include <boost/mp11.hpp>\n#include <vector>'
breach core/task/a.cpp 'auto t = std::chrono::system_clock::now();' 'time and chance come through the context'
breach core/task/a.cpp 'std::random_device d;' 'time and chance come through the context'
breach server/engine/a.cpp '#include <nlohmann/json.hpp>' 'JSON values stay in wire and ops'
fine server/wire/a.cpp '#include <nlohmann/json.hpp>'
breach server/ws/a.cpp "$(printf 'int x;\\n%.0s' {1..451})" 'at most 450 lines'
fine server/ws/a.cpp "$(printf 'int x;\\n%.0s' {1..449})"
breach server/ws/a.cpp 'co_spawn(io, run(), asio::detached);' 'every spawn has an owner'
breach server/ws/a.cpp 'x = std::jthread([] {});' 'every thread is started by'
breach events/log/a.cpp 'std::thread t([] {});' 'every thread is started by'
fine server/ws/a.hpp '#pragma once\nstd::jthread thread_;'
fine events/ending/a.cpp 'return std::jthread([] {});'
breach server/ws/a.cpp '// TO''DO: later' 'nothing is left for later'
breach clients/web/src/a.ts '// FIX''ME' 'nothing is left for later'
breach server/ws/a.cpp '#include "../http/b.hpp"' 'includes name their folder'
breach server/ws/a.hpp 'int x;' '#pragma once'
breach server/ws/a.cpp 'open("/ro''ot/x");' 'no path of one machine'
breach README.md 'see /wo''rk/x' 'no path of one machine'
fine README.md 'feeds/root/x and http://a/root/x, $root/bin'
breach clients/web/package-lock.json '"resolved": "https://x/y.tgz"' 'no registry in a lock file'
breach dev '  say "only one language"' 'say takes Chinese and English'
fine dev '  say "两种" "both"'

[ "$failed" -eq 0 ] && echo 'every house rule is seen'
exit "$failed"
