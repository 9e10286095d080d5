#!/usr/bin/env bash
# Deliveries per second beside BullMQ, undici and pg on Node: bench/webhooks.sh [--quick | --no-results | --alone] (README.md beside this file).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [ -f "$root/eng/lib.sh" ]; then
  # shellcheck source=../eng/lib.sh
  . "$root/eng/lib.sh"
fi

{
  if [ ! -f "$root/bench/node/node_modules/undici/package.json" ]; then
    (cd "$root/bench/node" && npm ci --ignore-scripts)
  fi
  dotnet build "$root/bench/Jamail.Webhooks.Bench" -c Release -v q --nologo
} >&2

exec dotnet "$root/bench/Jamail.Webhooks.Bench/bin/Release/net10.0/Jamail.Webhooks.Bench.dll" "$@"
