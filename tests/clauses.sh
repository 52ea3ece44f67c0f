#!/usr/bin/env bash
# Which test proves which clause of the rule book: the tags of all test cases, by clause. Fails where a clause that is carried
# out has none.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# Of the chapters that are carried out so far.
clauses=(S1.1 S1.2 S1.3.1 S1.3.2 S1.3.3 S1.3.4 S1.3.5 S2.1.3 S3.1.1 S3.1.2 S3.1.3 S3.2.1 S3.2.2 S3.2.3 S3.2.4 S3.3.1 S3.3.2 S3.3.3 S5.1.3 S2.3.1 S2.3.2 S2.3.3 S2.3.4 S2.3.5 S4.1.1 S4.1.2 S4.1.3 S4.2.1 S4.2.2 S4.3.1 S4.3.3 S5.3.1
  S6.1.1 S6.1.2 S6.1.3 S6.2 S6.3 S6.3.1 S6.3.2 S6.3.3 S6.3.4 S6.4 S6.4.1 S6.4.2 S6.4.3 S6.4.4 D1 D2 D3 D4 D5 D6 D7 D8 D9 D10 D11 D12 D13 D14 D15 D16 D17)

# "file<TAB>name<TAB>[tags]" of each case. A name or its tags may stand on a line of their own.
cases() {
  find . -name '*.cpp' -not -path '*/node_modules/*' -print0 | sort -z | xargs -0 awk '
    FNR == 1 { open = 0 }
    /TEST_CASE\(/ { text = ""; open = 1; at = FILENAME }
    open { text = text " " $0 }
    open && /\) *\{ *$/ {
      open = 0
      n = split(text, q, "\"")
      if (n >= 4) { gsub(/^\.\//, "", at); print at "\t" q[2] "\t" q[4] }
    }'
  find . -name '*.mjs' -not -path '*/node_modules/*' -print0 | sort -z | xargs -0 grep -HoE "^ *(await )?(t\.)?test\('[^']*'" | sed -E "s|^\./||; s|:.*test\('(.*)'$|\t\1\t\1|"
}

all=$(cases)
missing=0
for clause in "${clauses[@]}"; do
  found=$(grep -F "[$clause" <<<"$all" | grep -E "\[${clause//./\\.}(\]|\.)" || true)
  if [ -z "$found" ]; then
    printf '%-7s —\n' "$clause"
    missing=1
  fi
  while IFS=$'\t' read -r file name _; do
    [ -z "$file" ] || printf '%-7s %s: %s\n' "$clause" "$file" "$name"
  done <<<"$found"
done
exit "$missing"
