#!/usr/bin/env bash
# The long proofs: every test in its full size, then the whole suite under two other cultures. Takes hours on a small machine, and
# writes what it found into docs/proof.md.
#   eng/prove.sh [project name part ...]     only the test projects whose name contains one of the parts
#   JAMAIL_TEST_SEED=N                       the seed of generated cases (default: today's date as a number)
#   JAMAIL_PROOF_CULTURES="de-DE tr-TR"      the cultures; empty for none
#   JAMAIL_PROOF_ALONE="command"             what begins the command line of tests that bound times: on a machine that does other work
#                                            too, a command that waits until it has it for itself
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/lib.sh

export JAMAIL_TEST_SEED=${JAMAIL_TEST_SEED:-$(date -u +%Y%m%d)}
cultures=${JAMAIL_PROOF_CULTURES-de-DE tr-TR}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
figures=$work/figures.tsv
runs=$work/runs.md
: > "$figures"
code=0

# run <name of the run> <command ...>: keeps the last line, which eng/test.sh ends with, as a row of the table.
run() {
  local name=$1 begun=$SECONDS
  shift
  say "$name"
  env "$@" > "$work/out" || code=1
  printf '| %s | %s | %s min |\n' "$name" "$(tail -n 1 "$work/out")" $(((SECONDS - begun + 30) / 60)) >> "$runs"
}

# Those that bound times first: who started the proof is likely to let the machine alone for a while.
for name in Jamail.Queueing.Tests $(ls tests | grep '\.Tests$' | grep -vx Jamail.Queueing.Tests); do
  wanted "$name" "$@" || continue
  alone=""
  [ "$name" = Jamail.Queueing.Tests ] && alone=${JAMAIL_PROOF_ALONE:-}
  run "full sizes, $name" JAMAIL_PROOF="$figures" JAMAIL_TEST_TIMEOUT=12h $alone bash eng/test.sh "$name"
done
for culture in $cultures; do
  run "usual sizes under $culture" LC_ALL="${culture/-/_}.UTF-8" bash eng/test.sh "$@"
done

# For each figure: how often it was taken, least, median, most.
summary() {
  sort -t "$(printf '\t')" -k1,1 -k2,2 -k3,3n "$figures" | awk -F '\t' '
    function row() { if (n) printf "| %s | %d | %s | %s | %s | %s |\n", what, n, v[1], v[int((n + 1) / 2)], v[n], unit }
    { if ($1 != what || $2 != unit) { row(); n = 0; what = $1; unit = $2 } v[++n] = $3 }
    END { row() }'
}

{
  cat <<EOF
# Proof

What \`eng/prove.sh\` found on $(date -u +%F), with seed $JAMAIL_TEST_SEED, on $(nproc) cores with $(redis-server --version | grep -o 'v=[0-9.]*' | cut -c3-) of Redis,
PostgreSQL $("$(find_program postgres)" --version | grep -o '[0-9][0-9.]*' | head -1) and Node $(node -v), at commit $(git rev-parse --short HEAD). To repeat it: \`eng/prove.sh\`.

## Runs

| Run | Tests | Took |
|---|---|---|
$(cat "$runs")

## Figures

Each is taken by a test that asserts what must hold; these are the numbers it saw.

| What | Times | Least | Median | Most | Unit |
|---|---|---|---|---|---|
$(summary)
EOF
} > docs/proof.md
say "Written: docs/proof.md"
exit $code
