#!/usr/bin/env bash
# Installs what the reference host needs, builds it and runs it with embedded servers until Ctrl-C.
#   eng/run.sh [--port N]       the port on 127.0.0.1, by default 5080
# Settings come from the environment as usual, for example Jamail__Redis, Jamail__Database, Jamail__Mail__Smtp__Host.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/lib.sh

port=5080
while [ $# -gt 0 ]; do
  case "$1" in
    --port) port=${2:-}; shift 2 || die "--port needs a number." ;;
    --port=*) port=${1#--port=}; shift ;;
    -h | --help) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) die "'$1' is not an option; usage: eng/run.sh [--port N]" ;;
  esac
done
[[ "$port" =~ ^[0-9]{1,5}$ ]] && [ "$port" -ge 1 ] && [ "$port" -le 65535 ] || die "The port is '$port' but must be a number from 1 to 65535."

need_dotnet
needed=(curl=curl)
[ -n "${Jamail__Redis:-}" ] || needed+=(redis-server=redis-server)
need_programs "${needed[@]}"

say "Building"
dotnet build samples/ReferenceHost -c Release -v q --nologo -clp:NoSummary $(adapters_switch samples/ReferenceHost) >&2

host=http://127.0.0.1:$port
export Jamail__Embedded=${Jamail__Embedded:-true}
export Jamail__DataDirectory=${Jamail__DataDirectory:-$PWD/.jamail}
export ASPNETCORE_URLS=$host
# Webhooks to this machine, and a receiver to try them with: for a host that only this machine reaches.
export Jamail__Webhooks__AllowedNetworks__0=${Jamail__Webhooks__AllowedNetworks__0-127.0.0.0/8}
export Receiver__Secret=${Receiver__Secret-receiver-on-this-machine}
[ -n "$Jamail__Webhooks__AllowedNetworks__0" ] || unset Jamail__Webhooks__AllowedNetworks__0

show_first_steps() {
  local key=""
  [ -z "${Jamail__ApiKey:-}" ] || key=" -H \"X-Api-Key: \$Jamail__ApiKey\""
  cat <<EOF

The host is ready on $host (API: $host/openapi/v1.json). Try it from another terminal:

curl -s$key $host/api/templates -H 'Content-Type: application/json' -d '{"key": "welcome", "name": "Welcome", "subject": "Hello {{name}}", "html": "<p>Welcome, {{name}}!</p>"}'
curl -s$key $host/api/templates/welcome/send -H 'Content-Type: application/json' -d '{"recipient": "anna@example.com", "variables": {"name": "Anna"}}'
curl -s$key $host/api/send-logs


Webhooks, to a receiver in this same host, which logs what reaches it ($host/in takes only what is signed with its secret):

curl -s$key $host/api/webhooks -H 'Content-Type: application/json' -d '{"uid": "first", "url": "$host/in", "events": ["order.*"], "secret": "$Receiver__Secret"}'
curl -s$key $host/api/events -H 'Content-Type: application/json' -d '{"type": "order.paid", "payload": {"type": "order.paid", "data": {"id": "ord_1", "total": "12.50"}}}'
curl -s$key $host/api/webhooks/first/deliveries

Mails are kept in $Jamail__DataDirectory until Jamail__Mail__Smtp__Host names a mail server. Ctrl-C ends everything; the data stays.

EOF
}

show_when_ready() {
  until curl -fs -o /dev/null "$host/health/ready"; do
    kill -0 $$ 2>/dev/null || exit 0
    sleep 0.2
  done
  show_first_steps
}
(show_when_ready &)

# Becomes the host, so that Ctrl-C and signals reach it and its exit code is this script's.
exec dotnet samples/ReferenceHost/bin/Release/net10.0/ReferenceHost.dll --contentRoot "$PWD/samples/ReferenceHost"
