#!/usr/bin/env bash
# Redemptions through the ledger on SQLite (WAL, synchronous=FULL) against the same writes one by one through the same
# driver with prepared statements, in turn. Last line: redemptions per second as medians with spread, the ratio a round,
# and a lone client beside the floor.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
need dotnet awk
VOUCHERS="${VOUCHERS:-200000}"; CLIENTS="${CLIENTS:-128}"; ROUNDS="${ROUNDS:-3}"; D="${SECONDS_PER_RUN:-8}"
machine_line
publish bench/Vouchsafe.Bench.Ledger
publish bench/Vouchsafe.Bench.SqliteFloor
LEDGER="$WORK/Vouchsafe.Bench.Ledger/Vouchsafe.Bench.Ledger"; FLOOR="$WORK/Vouchsafe.Bench.SqliteFloor/Vouchsafe.Bench.SqliteFloor"
CONNECTION="Data Source=$WORK/ledger.db"
say "seeding $VOUCHERS vouchers each, on $(df --output=fstype "$WORK" | tail -1)"
"$FLOOR" seed "$WORK/floor.db" "$VOUCHERS"
"$LEDGER" seed sqlite "$CONNECTION" "$VOUCHERS" >&2
for round in $(seq 1 "$ROUNDS"); do
  for kind in random hot lone; do
    # Both read the voucher first.
    clients="$CLIENTS" of=whole floor_of=redeem
    [ "$kind" = hot ] && of=whole-hot floor_of=hot
    [ "$kind" = lone ] && clients=1
    row="$("$FLOOR" run "$WORK/floor.db" "$VOUCHERS" FULL 1 "$D" "$floor_of" | awk '{print $1, $3, $4}')"
    echo "$row" >>"$WORK/floor-$kind.rows"; say "floor $kind, round $round: per_s p50us p99us = $row"
    row="$("$LEDGER" run sqlite "$CONNECTION" "$VOUCHERS" "$of" "$clients" "$D" | awk '{print $1, $3, $4}')"
    echo "$row" >>"$WORK/ledger-$kind.rows"; say "ledger $kind $clients clients, round $round: per_s p50us p99us = $row"
  done
done
line="ledger-sqlite"
for kind in random hot lone; do
  line+=" ${kind}=$(figure "$WORK/ledger-$kind.rows" 1) floor_${kind}=$(figure "$WORK/floor-$kind.rows" 1) ${kind}/floor=$(ratio "$WORK/ledger-$kind.rows" "$WORK/floor-$kind.rows" 1) ${kind}_p50us=$(figure "$WORK/ledger-$kind.rows" 2) floor_${kind}_p50us=$(figure "$WORK/floor-$kind.rows" 2)"
done
echo "$line"
