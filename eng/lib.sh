# Shared by the scripts of this folder: finding what a machine lacks, and installing it. Source it after cd to the root.

say() { printf '%s\n' "$*" >&2; }

die() { say "$*"; exit 1; }

# wanted <test project> [part ...]: whether its name contains one of the parts, or there are none.
wanted() {
  [ $# -eq 1 ] && return 0
  local name=$1 part
  shift
  for part in "$@"; do
    case "$name" in *"$part"*) return 0 ;; esac
  done
  return 1
}

# Full path of a program, also where Debian hides PostgreSQL's and where the .NET install script puts dotnet; empty when absent.
find_program() {
  command -v "$1" 2>/dev/null && return
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) /usr/local/sbin /usr/sbin; do
    [ -x "$folder/$1" ] && { echo "$folder/$1"; return; }
  done
  return 0
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -- "$@"; fi
}

# The .NET SDK comes with the machine; everything else is installed by need_programs.
need_dotnet() {
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
  if ! command -v dotnet >/dev/null && [ -x "$HOME/.dotnet/dotnet" ]; then
    export PATH="$HOME/.dotnet:$PATH" DOTNET_ROOT="$HOME/.dotnet"
  fi
  command -v dotnet >/dev/null || die "dotnet is not on the PATH: install the .NET SDK 10."
  dotnet --list-sdks | grep -q '^10\.' || die "The .NET SDK 10 is needed; this machine has: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')"
}

# The .NET runtime does not start without ICU, which an SDK that was not installed as a package does not bring.
has_icu() {
  [ -n "${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-}" ] || ! command -v ldconfig >/dev/null || ldconfig -p | grep libicuuc >/dev/null
}

# need_programs program=package ...: installs the packages of programs that are not there (Debian and Ubuntu), or says what to install.
need_programs() {
  local pair packages=""
  has_icu || packages=" libicu-dev"
  for pair in "$@"; do
    [ -n "$(find_program "${pair%%=*}")" ] || packages="$packages ${pair#*=}"
  done
  packages=$(printf '%s\n' $packages | sort -u | tr '\n' ' ')
  [ -n "${packages// /}" ] || return 0

  command -v apt-get >/dev/null || die "Install these first, then run this again: ${packages}(names of Debian packages; this machine has no apt)."
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || die "Run as root, or first: apt-get install ${packages}"
  say "Installing: $packages"
  install_packages $packages
  for pair in "$@"; do
    [ -n "$(find_program "${pair%%=*}")" ] || die "'${pair%%=*}' is still missing after installing '${pair#*=}'."
  done
}

# Debian starts a service when its package is installed. A policy in place for that moment keeps it from doing so.
install_packages() (
  policy=/usr/sbin/policy-rc.d
  kept=""
  refusing=$(mktemp)
  printf '#!/bin/sh\nexit 101\n' > "$refusing"
  restore() {
    if [ -n "$kept" ]; then as_root mv -f "$kept" "$policy"; else as_root rm -f "$policy"; fi
    rm -f "$refusing"
  }
  if [ -e "$policy" ]; then
    kept=$policy.before-jamail
    as_root cp -a "$policy" "$kept"
  fi
  trap restore EXIT
  trap 'exit 130' INT TERM HUP
  as_root install -m 755 "$refusing" "$policy"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >&2 || say "apt-get update failed; trying with the lists that are there."

  # Of libicu-dev, whose name is the same everywhere, only the library is needed. Its own name carries its version.
  local package icu packages=()
  for package in "$@"; do
    if [ "$package" = libicu-dev ]; then
      icu=$(apt-cache depends libicu-dev 2>/dev/null | grep -oE 'libicu[0-9]+' | head -1) || true
      package=${icu:-$package}
    fi
    packages+=("$package")
  done
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${packages[@]}" >&2
)

# The npm packages of the interop tests, once for a state of their lock file (Jamail.TestSupport looks at the same mark).
need_node_packages() {
  local folder=tests/Jamail.Interop.Tests/node state mark
  mark=$folder/node_modules/.jamail-installed
  state=$(sha256sum $folder/package-lock.json | cut -d' ' -f1 | tr a-f A-F)
  [ "$(cat $mark 2>/dev/null)" = "$state" ] && return 0
  (cd $folder && npm ci --ignore-scripts --loglevel=error >&2) || die "npm ci failed in $folder."
  printf '%s' "$state" > $mark
}

# adapters_switch <project>: what builds the project with MailKit, Scriban and Testcontainers, where the registry has them; else nothing.
# One restore decides, which the build then need not repeat. JAMAIL_ADAPTERS=true or false decides without asking.
adapters_switch() {
  local switch=-p:JamailAdapters=true
  case "${JAMAIL_ADAPTERS:-}" in
    true) echo $switch; return ;;
    false) return ;;
  esac
  if timeout 120 dotnet restore "$1" $switch -v q >/dev/null 2>&1; then
    echo $switch
  else
    say "MailKit, Scriban or Testcontainers cannot be restored here: building without the adapters."
  fi
}
