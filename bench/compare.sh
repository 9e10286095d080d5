#!/usr/bin/env bash
# Jamail and BullMQ side by side on this machine: bench/compare.sh [--quick] (README.md beside this file).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [ -f "$root/eng/lib.sh" ]; then
  # shellcheck source=../eng/lib.sh
  . "$root/eng/lib.sh"
fi

{
  if [ ! -f "$root/bench/node/node_modules/bullmq/package.json" ]; then
    (cd "$root/bench/node" && npm ci --ignore-scripts)
  fi
  dotnet build "$root/bench/Jamail.Bench" -c Release -v q --nologo
} >&2

exec dotnet "$root/bench/Jamail.Bench/bin/Release/net10.0/Jamail.Bench.dll" compare "$@"
