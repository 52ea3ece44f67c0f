#!/usr/bin/env bash
# House rules that a compiler does not see. `tidy.sh [FOLDER]` checks the repository, or what is in FOLDER, and prints
# each breach as file:line: rule. Exit code 1 where there is one.
set -u
export LC_ALL=C
kinds=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/kinds.txt
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}" || exit 2

# What git knows, without what this script may not judge: itself and the words that it looks for.
if [ $# -eq 0 ] && git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
  list() { git ls-files --cached --others --exclude-standard; }
else
  list() { find . -type f -not -path '*/node_modules/*' -not -path './build*' -not -path '*/dist/*' -not -path './.git/*' -not -name .git | sed 's|^\./||'; }
fi
mapfile -t files < <(list | sort -u | while IFS= read -r f; do [ -f "$f" ] && printf '%s\n' "$f"; done | grep -v '^tests/tidy/')
only() { printf '%s\n' "${files[@]}" | grep -E "$1"; }

breaches=0
report() { # rule, "file:line:text" lines on standard input
  while IFS= read -r line; do
    echo "${line%%:*}:$(cut -d: -f2 <<<"$line"): $1"
    breaches=$((breaches + 1))
  done
}
search() { # which files, pattern, pattern that excuses a line, rule
  local found
  mapfile -t found < <(only "$1")
  [ ${#found[@]} -eq 0 ] && return
  # /dev/null: so that a single file is named as well
  report "$4" < <(grep -nHIE -e "$2" -- "${found[@]}" /dev/null | grep -vE -e "${3:-^$}")
}
include='^[[:space:]]*#[[:space:]]*include[[:space:]]*'
source='\.(hpp|cpp|ts|js|mjs|svelte|py|sh)$|^dev$|^\.ci/run$'

# Dependencies run one way: events <- core <- server; clients see none of them.
search '^events/.*\.(hpp|cpp)$'  "$include\"(core|server|clients|tests)/"                '' 'events includes only events'
search '^core/.*\.(hpp|cpp)$'    "$include\"(server|clients|tests)/"                     '' 'core includes only core and events'
search '^core/.*\.(hpp|cpp)$'    "$include\"events/"                      '"events/catalog/' 'core knows the catalog and no log, codec or key'
search '^server/.*\.(hpp|cpp)$'  "$include\"(clients|tests)/"                            '' 'server includes only server, core and events'
search '^clients/.*\.(hpp|cpp)$' "$include\"(events|core|server|tests)/"                 '' 'clients meet the server at the wire alone'
search '^events/catalog/.*\.(hpp|cpp)$' "$include\"events/"               '"events/catalog/' 'the catalog needs nothing else'
search '^(events|core|server|clients)/.*\.(hpp|cpp)$' "$include[\"<]rocksdb/" '^events/rocksdb/' 'only events/rocksdb knows RocksDB'
search '^(events|core|server|clients)/.*\.(hpp|cpp)$' "$include[\"<]Eigen/" '^core/statistics/[a-z_]+\.cpp:' 'only sources of core/statistics know Eigen, and no header'

search '^(events|core|server|clients)/.*\.(hpp|cpp)$' "$include[\"<](server/data_worker/)?duckdb" '^server/data_worker/' 'only server/data_worker knows DuckDB'

# A kind of document is its own rooms (core/README.md). What deals with all kinds alike includes none; how many files outside the rooms
# of a kind name it is counted in kinds.txt, and only ever gets less. Its rooms are its event file, its folder of core, and what shows it
# in its own way (kinds/KIND of the page, special/KIND.cpp of the command line).
while read -r kind most; do
  named=$(only "$source" | grep -vE "^server/demo/|(^|/)tests/|README|^core/$kind/|^events/catalog/$kind[a-z_]*\\.hpp$|/(kinds|special)/$kind[/.]" | xargs -r -d '\n' grep -lwiE -e "$kind" -- /dev/null | wc -l)
  [ "$named" -gt "$most" ] && report "$named files outside its rooms name $kind, where kinds.txt allows $most" <<<"core/$kind:1:"
done < <(grep -v '^#' "$kinds")

# Core is pure, and JSON ends at the wire.
search '^core/.*\.(hpp|cpp)$' "$include<(boost/(asio|beast|thread|filesystem)|rocksdb|nlohmann|simdjson|sqlite3|openssl|sodium|spdlog|thread|mutex|shared_mutex|atomic|condition_variable|future|iostream|fstream|random|filesystem)" \
  '' 'core is pure: no I/O, threads, clock, randomness or JSON'
search '^core/.*\.(hpp|cpp)$' '(system|steady|high_resolution)_clock::now|random_device|[^_[:alnum:]](rand|time|getenv)\(' '' 'core is pure: time and chance come through the context'
search '^(events|server/(engine|feeds|identity))/.*\.(hpp|cpp)$' "$include<nlohmann" '' 'JSON values stay in wire and ops'

# What leaves a thread's function ends the process with a line that says why.
search '^(events|server)/.*\.(hpp|cpp)$' 'std::j?thread\(|std::thread [a-z_]+[({]' '^events/ending/' 'every thread is started by events/ending/threads.hpp'

# Small files, nothing left for later.
while IFS= read -r f; do
  lines=$(wc -l <"$f")
  [ "$lines" -gt 450 ] && report 'at most 450 lines a file' <<<"$f:$lines:"
done < <(only "$source")
search '\.hpp$|\.cpp$' 'asio::detached|[^_[:alnum:]]detached[^_[:alnum:]].*co_spawn|co_spawn.*[^_[:alnum:]]detached' '' 'every spawn has an owner and a completion handler'
search "$source|\.(md|txt|json|svelte|html|css)$" '(^|[^[:alnum:]])(TO''DO|FIX''ME|XX''X|HA''CK)([^[:alnum:]]|$)' '' 'nothing is left for later'
search "$source" "$include\"\.\./|$include\"utils?\.h" '^clients/' 'includes name their folder; no utils'
while IFS= read -r f; do
  grep -q '^#pragma once' "$f" || report '#pragma once' <<<"$f:1:"
done < <(only '\.hpp$')

# What belongs to one machine stays there.
search '' '(^|[^[:alnum:]_./$}*~-])/(work|root|home/[a-z]+)(/|[^[:alnum:]_/]|$)' '^$' 'no path of one machine'
search '(package-lock|npm-shrinkwrap)\.json$' '"resolved": *"http' '' 'no registry in a lock file'

# A person reads in either language.
mapfile -t scripts < <(only '^dev$')
for f in "${scripts[@]}"; do
  [ -n "$f" ] && report 'say takes Chinese and English' < <(grep -nHE '^[[:space:]]*say "[^"]*"[[:space:]]*$' "$f" /dev/null)
done

if [ "$breaches" -gt 0 ]; then
  echo "$breaches breaches of the house rules in ${#files[@]} files"
  exit 1
fi
echo "${#files[@]} files keep the house rules"
