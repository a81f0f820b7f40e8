#!/usr/bin/env bash
# Random histories against a model, as long as you like; ./test.sh runs a short one.
#   tests/soak/histories.sh [operations, default 10000000] [seed] [sqlite|postgres|both]
# The seed is printed; with it the same history runs again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export VOUCHSAFE_HISTORY_OPERATIONS=${1:-10000000}
[ -n "${2:-}" ] && export VOUCHSAFE_HISTORY_SEED=$2
[ -x tests/Vouchsafe.Storage.Tests/bin/Release/net10.0/Vouchsafe.Storage.Tests ] || dotnet build tests/Vouchsafe.Storage.Tests -c Release -v q
classes=()
case "${3:-both}" in
  sqlite) classes=(SqliteLedgerHistoryTests) ;;
  postgres) classes=(PostgresLedgerHistoryTests) ;;
  both) classes=(SqliteLedgerHistoryTests PostgresLedgerHistoryTests) ;;
  *) echo "The third argument is sqlite, postgres or both." >&2; exit 2 ;;
esac
filters=()
for class in "${classes[@]}"; do filters+=(-class "Vouchsafe.Storage.Tests.$class"); done
exec tests/Vouchsafe.Storage.Tests/bin/Release/net10.0/Vouchsafe.Storage.Tests -noColor -noLogo "${filters[@]}"
