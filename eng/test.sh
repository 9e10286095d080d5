#!/usr/bin/env bash
# Installs what the tests need, builds as CI does, runs every test project and ends with the line "N passed, N failed".
#   eng/test.sh [project name part ...]     only the test projects whose name contains one of the parts
#   JAMAIL_TEST_JOBS=2                      test projects that run at the same time (default 1: some tests bound waits)
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/lib.sh

began=$SECONDS
need_dotnet
need_programs redis-server=redis-server initdb=postgresql postgres=postgresql node=nodejs npm=npm openssl=openssl redis-cli=redis-tools setpriv=util-linux pgbouncer=pgbouncer
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ] || die "Node 18 or newer is needed; this machine has $(node -v)."
need_node_packages

export CI=true
adapters=$(adapters_switch tests/Jamail.Mail.Tests)
say "Building"
dotnet build Jamail.sln -c Release -v q --nologo -clp:NoSummary $adapters >&2 || { echo "0 passed, 1 failed"; exit 1; }
say "Built after $((SECONDS - began)) s"

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# Writes "<passed> <failed>" for the project and prints its failures and its time as one block.
run_project() {
  local name=$1 start=$SECONDS code=0 passed=0 failed=0 counters log=$results/$1.log
  # A shell in the background ignores SIGINT, and its children would too: hosts under test must be able to be interrupted.
  env --default-signal=INT dotnet test "tests/$name" -c Release --no-build --nologo $adapters \
    --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
    --blame-hang-timeout "${JAMAIL_TEST_TIMEOUT:-10m}" --blame-hang-dump-type none > "$log" 2>&1 || code=$?
  if [ -f "$results/$name.trx" ]; then
    counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" | head -1)
    passed=$(sed -E 's/.* passed="([0-9]+)".*/\1/' <<< "$counters")
    failed=$(sed -E 's/.* failed="([0-9]+)".*/\1/' <<< "$counters")
  fi
  if [ "$failed" = 0 ] && { [ "$code" != 0 ] || grep -qE 'Test Run Aborted|test host process crashed' "$log"; }; then
    failed=1
    echo "The test run of $name broke off (exit code $code)." >> "$log"
  fi
  echo "$passed $failed" > "$results/$name.count"
  {
    [ "$failed" = 0 ] || cat "$log"
    echo "$name: $passed passed, $failed failed, $((SECONDS - start)) s"
  } > "$results/$name.report"
  cat "$results/$name.report" >&2
}

# The longest ones first, so that they do not run alone at the end.
projects=""
for name in Jamail.Interop.Tests Jamail.Queueing.Tests Jamail.Mail.Tests Jamail.Webhooks.Tests ReferenceHost.Tests $(ls tests | grep '\.Tests$'); do
  case " $projects " in *" $name "*) continue ;; esac
  [ -d "tests/$name" ] && wanted "$name" "$@" && projects="$projects $name"
done
[ -n "$projects" ] || die "No test project is named like: $*"

for name in $projects; do
  while [ "$(jobs -rp | wc -l)" -ge "${JAMAIL_TEST_JOBS:-1}" ]; do wait -n || true; done
  run_project "$name" &
done
wait

passed=0 failed=0
for name in $projects; do
  read -r p f < "$results/$name.count" || { p=0; f=1; }
  passed=$((passed + p)) failed=$((failed + f))
done
say "All after $((SECONDS - began)) s"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
