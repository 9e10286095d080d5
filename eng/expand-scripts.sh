#!/usr/bin/env bash
# Writes every script of the queue as Redis gets it, includes expanded, to DIR/<name>-<keys>.lua; paused jobs stay in wait, as in BullMQ 6.x.
#   eng/expand-scripts.sh DIR
set -euo pipefail
[ $# -eq 1 ] || { sed -n '2,3s/^# \{0,1\}//p' "$0" >&2; exit 1; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
. eng/lib.sh

need_dotnet
dotnet run eng/expand-scripts.cs -c Release -v q -- "$folder" >&2
say "$(ls "$folder" | grep -c '\.lua$') scripts in $folder"
