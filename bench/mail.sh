#!/usr/bin/env bash
# E-mails per second, Jamail beside a Node stack: bench/mail.sh [--quick | --mails N --rounds N] (README.md beside this file).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [ -f "$root/eng/lib.sh" ]; then
  # shellcheck source=../eng/lib.sh
  . "$root/eng/lib.sh"
fi

{
  (cd "$root/bench/node" && npm ci --ignore-scripts)
  dotnet build "$root/bench/Jamail.Bench.Mail" -c Release -v q --nologo
} >&2

exec dotnet "$root/bench/Jamail.Bench.Mail/bin/Release/net10.0/Jamail.Bench.Mail.dll" compare "$@"
