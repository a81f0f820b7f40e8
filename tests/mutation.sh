#!/usr/bin/env bash
# Mutation testing: changes the product in thousands of small ways and tells which changes no test notices.
#   tests/mutation.sh [Engine|Security, default Engine] [FOLDER, for example Money; default all]
# Takes a quarter of an hour for all of Engine. Prints the score by folder and every mutant that survived; the whole
# report is artifacts/mutation/<project>/mutation-report.json. It builds into the test project's own bin folder: run no other test
# of it meanwhile.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=${1:-Engine}
folder=${2:-}
tests=$PWD/tests/Vouchsafe.$project.Tests
out=$PWD/artifacts/mutation/$project
bin=bin/Release/net10.0
rm -rf "$out"
mkdir -p "$out"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1
dotnet tool restore >"$out/restore.log"

arguments=(--skip-version-check --output "$out")
[ -n "$folder" ] && arguments+=(--mutate "$folder/**/*.cs")
(cd "$tests" && exec nice -n 19 dotnet stryker "${arguments[@]}") >"$out/stryker.log" 2>&1 &
stryker=$!
trap 'kill "$stryker" 2>/dev/null || true' EXIT

# The runner keeps its test processes from one mutant to the next, so a mutant in a table that is built once is never in force
# there. A copy of the mutated build serves to try those again, each in a process of its own.
while kill -0 "$stryker" 2>/dev/null; do
  if grep -q 'total mutants will be tested' "$out/stryker.log"; then
    cp -r "$tests/$bin" "$out/mutated"
    break
  fi
  sleep 1
done
wait "$stryker" || { tail -n 40 "$out/stryker.log"; exit 1; }
trap - EXIT
cp "$out/reports/mutation-report.json" "$out/mutation-report.json"
exec nice -n 19 python3 tests/mutation.py "$out/mutation-report.json" "$out/mutated/Vouchsafe.$project.Tests" "Vouchsafe.$project"
