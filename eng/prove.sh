#!/usr/bin/env bash
# The long proofs: every test in its full size, then the whole suite under two other cultures. Takes hours on a small machine, and
# writes what it found into docs/proof.md: a section for each test project, of which only those that ran are written anew.
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
file=docs/proof.md
others="Other cultures"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: > "$work/cultures.md"
code=0

# run <command ...>: sets "counts", the last line, which eng/test.sh ends with, and "took".
run() {
  local begun=$SECONDS
  env "$@" > "$work/out" || code=1
  counts=$(tail -n 1 "$work/out")
  took="$(((SECONDS - begun + 30) / 60)) min"
}

# The machine and the code of a run.
circumstances() {
  printf '%s, commit %s, seed %s; %s cores, Redis %s, PostgreSQL %s, Node %s' \
    "$(date -u +%F)" "$(git rev-parse --short HEAD)" "$JAMAIL_TEST_SEED" "$(nproc)" \
    "$(redis-server --version | grep -o 'v=[0-9.]*' | cut -c3-)" \
    "$("$(find_program postgres)" --version | grep -o '[0-9][0-9.]*' | head -1)" "$(node -v)"
}

# For each figure: how often it was taken, least, median, most.
summary() {
  sort -t "$(printf '\t')" -k1,1 -k2,2 -k3,3n "$1" | awk -F '\t' '
    function row() { if (n) printf "| %s | %d | %s | %s | %s | %s |\n", what, n, v[1], v[int((n + 1) / 2)], v[n], unit }
    { if ($1 != what || $2 != unit) { row(); n = 0; what = $1; unit = $2 } v[++n] = $3 }
    END { row() }'
}

# kept <heading>: the section that docs/proof.md has under it.
kept() {
  [ ! -f $file ] || awk -v want="## $1" '/^## / { on = $0 == want } on' $file
}

# Those that bound times first: who started the proof is likely to let the machine alone for a while.
projects="Jamail.Queueing.Tests $(ls tests | grep '\.Tests$' | grep -vx Jamail.Queueing.Tests)"
for name in $projects; do
  wanted "$name" "$@" || continue
  say "full sizes, $name"
  alone=""
  [ "$name" = Jamail.Queueing.Tests ] && alone=${JAMAIL_PROOF_ALONE:-}
  figures=$work/$name.tsv
  : > "$figures"
  run JAMAIL_PROOF="$figures" JAMAIL_TEST_TIMEOUT=12h $alone bash eng/test.sh "$name"
  {
    printf '## %s\n\n%s in %s (%s).\n' "$name" "$counts" "$took" "$(circumstances)"
    [ ! -s "$figures" ] || printf '\n| What | Times | Least | Median | Most | Unit |\n|---|---|---|---|---|---|\n%s\n' "$(summary "$figures")"
    echo
  } > "$work/$name.md"
done
for culture in $cultures; do
  say "usual sizes under $culture"
  run LC_ALL="${culture/-/_}.UTF-8" bash eng/test.sh "$@"
  printf '| %s | %s | %s | %s | %s |\n' "$culture" "${*:-all}" "$counts" "$took" "$(circumstances)" >> "$work/cultures.md"
done

{
  cat <<EOF
# Proof

What \`eng/prove.sh\` found: every test in its full size, and the usual sizes under other cultures. Figures are taken by tests that assert what must
hold; these are the numbers they saw. \`eng/prove.sh Mail\` repeats the section of Jamail.Mail.Tests.

EOF
  for name in $projects; do
    if [ -f "$work/$name.md" ]; then cat "$work/$name.md"; else kept "$name"; fi
  done
  printf '## %s\n\n| Culture | Projects | Tests | Took | Run |\n|---|---|---|---|---|\n' "$others"
  {
    kept "$others" | grep '^| [a-z][a-z]-' | awk -F '|' 'NR == FNR { new[$2 "|" $3]; next } !(($2 "|" $3) in new)' "$work/cultures.md" - || true
    cat "$work/cultures.md"
  } | sort
} > "$work/proof.md"
mv "$work/proof.md" $file
say "Written: $file"
exit $code
