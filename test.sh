#!/usr/bin/env bash
# Builds Vouchsafe and runs every test. Needs the .NET SDK, Node.js and git; installs the rest on Debian if it is missing.
#
#   ./test.sh                 everything
#   ./test.sh Engine sdk      only the suites whose name contains one of these words
#
# The last line is "N passed, N failed", and ", N skipped" if some were; the exit code is zero only if nothing failed.
set -uo pipefail
cd "$(dirname "$0")" || exit 2
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1
export CONFIGURATION=Release

passed=0 failed=0 skipped=0
wanted=("$@")
logs=$(mktemp -d)
child=0
trap 'stop_child; rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM

# --- helpers ----------------------------------------------------------------------------------------------------------

say() { printf '\n== %s\n' "$*"; }

stop_child() { [ "$child" -gt 0 ] && kill -KILL -- "-$child" 2>/dev/null; child=0; return 0; }

# Runs a command with a time limit in a process group of its own, which ends with it: nothing is left behind.
#   bounded SECONDS LOG COMMAND...
bounded() {
  local limit=$1 log=$2 status
  shift 2
  timeout --kill-after=15 "$limit" "$@" >"$log" 2>&1 </dev/null &
  child=$!
  wait "$child"
  status=$?
  stop_child
  [ "$status" -eq 124 ] && echo "stopped: it took longer than $limit seconds" >>"$log"
  return "$status"
}

# Whether a suite was asked for; without words on the command line, all are.
asked() {
  [ ${#wanted[@]} -eq 0 ] && return 0
  local word
  for word in "${wanted[@]}"; do [[ ${1,,} == *"${word,,}"* ]] && return 0; done
  return 1
}

# Adds a suite's figures and prints its line; on failure its output follows.
#   report NAME STATUS PASSED FAILED SKIPPED LOG STARTED
report() {
  local name=$1 status=$2 good=${3:-0} bad=${4:-0} left=${5:-0} log=$6 started=$7 word=ok
  # A run that ends badly without naming a failed test, or that ran no test at all, is a failure of its own.
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  if [ "$((good + bad + left))" -eq 0 ]; then bad=1; echo "no test was run" >>"$log"; fi
  [ "$bad" -gt 0 ] && word=FAILED
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
  printf '%-7s %-36s %5d passed, %d failed, %d skipped   %3d s\n' "$word" "$name" "$good" "$bad" "$left" "$((SECONDS - started))"
  if [ "$bad" -gt 0 ]; then tail -n 400 "$log" | sed 's/^/    /'; elif [ "$left" -gt 0 ]; then grep -A1 -E '\[SKIP\]|^SKIP|# SKIP' "$log" | grep -v '^--'  | head -n 20 | sed 's/^ */    /'; fi
  return 0
}

figure() { sed -nE "s/^[[:space:]#]*$2:?[[:space:]]+([0-9]+).*/\1/p" "$1" | tail -n 1; }

finish() {
  local tail=''
  [ "$skipped" -gt 0 ] && tail=", $skipped skipped"
  printf '\n%d passed, %d failed%s\n' "$passed" "$failed" "$tail"
  [ "$failed" -eq 0 ]
  exit
}

give_up() { # a step without which no test can run
  echo "FAILED: $1"
  tail -n 100 "$2" | sed 's/^/    /'
  failed=$((failed + 1))
  finish
}

# --- what the tests need ----------------------------------------------------------------------------------------------

missing_packages() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
  command -v redis-server >/dev/null || echo redis-server
  command -v chromium-headless-shell >/dev/null || echo chromium-headless-shell
  command -v python3 >/dev/null || echo python3
  command -v curl >/dev/null || echo curl
}

install_packages() {
  local packages guard=/usr/sbin/policy-rc.d as_root=() made=no
  mapfile -t packages < <(missing_packages)
  [ ${#packages[@]} -eq 0 ] && return 0
  command -v apt-get >/dev/null || { echo "missing, and there is no apt-get to install it: ${packages[*]}"; return 0; }
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  say "Installing ${packages[*]}"
  # The tests start databases of their own; the packages' services stay off.
  if [ ! -e "$guard" ]; then
    made=yes
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$guard" >/dev/null
    "${as_root[@]}" chmod 755 "$guard"
  fi
  "${as_root[@]}" apt-get update -q >"$logs/apt" 2>&1 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}" >>"$logs/apt" 2>&1
  local status=$?
  [ "$made" = yes ] && "${as_root[@]}" rm -f "$guard"
  [ "$status" -eq 0 ] || give_up "apt-get could not install ${packages[*]}" "$logs/apt"
}

install_node_packages() {
  local folder
  for folder in tests/sdk tests/Vouchsafe.Browser.Tests/assets; do
    [ -f "$folder/package-lock.json" ] || continue
    # Already what the lock says: nothing to fetch.
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && continue
    say "npm ci in $folder"
    bounded 300 "$logs/npm" npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts || give_up "npm ci in $folder" "$logs/npm"
  done
}

build() {
  say "Building ($CONFIGURATION)"
  local started=$SECONDS
  # A compiler server of its own ends with the build; nodes are not kept.
  bounded 900 "$logs/build" dotnet build Vouchsafe.slnx -c "$CONFIGURATION" -nologo -v q -clp:ErrorsOnly -nodeReuse:false \
    -p:SharedCompilationId="vouchsafe-$$" || give_up "the build" "$logs/build"
  echo "built in $((SECONDS - started)) s"
}

# --- suites -----------------------------------------------------------------------------------------------------------

dotnet_suite() {
  local project=$1 name log started=$SECONDS status total=0 errors=0 bad=0 left=0
  name=$(basename "$project" .csproj)
  asked "$name" || return 0
  log=$logs/$name
  bounded 1500 "$log" "$(dirname "$project")/bin/$CONFIGURATION/net10.0/$name" -noColor -noLogo
  status=$?
  read -r total errors bad left < <(sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+),.*/\1 \2 \3 \4/p' "$log" | tail -n 1)
  report "$name" "$status" "$((${total:-0} - ${bad:-0} - ${left:-0}))" "$((${bad:-0} + ${errors:-0}))" "${left:-0}" "$log" "$started"
}

sdk_suite() {
  local log=$logs/sdk started=$SECONDS status
  compgen -G 'tests/sdk/*.test.mjs' >/dev/null || return 0
  asked "npm SDKs (tests/sdk)" || return 0
  bounded 300 "$log" node --test --test-concurrency=1 --test-reporter=tap tests/sdk/*.test.mjs
  status=$?
  report "npm SDKs (tests/sdk)" "$status" "$(figure "$log" pass)" "$(figure "$log" fail)" "$(figure "$log" skipped)" "$log" "$started"
}

cases_suite() {
  local log=$logs/cases started=$SECONDS status
  [ -f tests/cases/replay.py ] || return 0
  asked "worked examples (tests/cases)" || return 0
  bounded 900 "$log" python3 tests/cases/replay.py
  status=$?
  report "worked examples (tests/cases)" "$status" "$(figure "$log" passed)" "$(figure "$log" failed)" "$(figure "$log" skipped)" "$log" "$started"
}

install_packages
install_node_packages
build
say "Testing"
for project in tests/*.Tests/*.Tests.csproj; do dotnet_suite "$project"; done
sdk_suite
cases_suite
finish
