#!/usr/bin/env bash
# Redemptions through the ledger on PostgreSQL against pgbench with the best one-by-one form of the same writes (one
# statement, one round trip, no separate read), in turn, on a cluster of our own with initdb's settings (fsync and synchronous_commit on),
# everything on the same cores. VACUUM and CHECKPOINT precede each run, so each starts in the costliest phase.
# Last line: redemptions per second as medians with spread, the ratio a round, and p50 of a lone client beside the floor's.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$BENCH_DIR/lib/pg.sh"
need dotnet awk setpriv
VOUCHERS="${VOUCHERS:-200000}"; CLIENTS="${CLIENTS:-128}"; ROUNDS="${ROUNDS:-3}"; D="${SECONDS_PER_RUN:-8}"
machine_line
publish bench/Vouchsafe.Bench.Ledger
chmod 755 "$WORK" # the database runs as a user of its own
extra_cleanup() { pg_stop; }
# The driver comes over TCP on the loopback, pgbench over the socket: the handicap is ours.
PG_PORT="$(free_port)"; PG_LISTEN=127.0.0.1
pg_start <<<'autovacuum = off'
say "fdatasync of one 8 kB write: $(cd "$WORK" && mkdir -p fs && chmod 777 fs && as_pg "$PG_BIN/pg_test_fsync" -s 2 -f "$WORK/fs/t" 2>/dev/null | awk '$1=="fdatasync"{print int($2); exit}') per second"
sql -d postgres -c 'create database floor'
say "seeding $VOUCHERS vouchers each"
sql -d floor -v n="$VOUCHERS" -f "$BENCH_DIR/pg/schema.sql"
CONNECTION="Host=127.0.0.1;Port=$PG_PORT;Username=postgres;Database=ledger"
LEDGER="$WORK/Vouchsafe.Bench.Ledger/Vouchsafe.Bench.Ledger"
"$LEDGER" seed postgres "$CONNECTION" "$VOUCHERS" >&2
PAYLOAD="$(tr -d '\n' <"$BENCH_DIR/pg/payload.json")"

floor() { # random|hot CLIENTS: "per_s latency_us"
  local n="$VOUCHERS" j="$2"; [ "$1" = hot ] && n=1; [ "$j" -gt 2 ] && j=2
  sql -d floor -c 'vacuum vouchers' -c checkpoint
  "$PG_BIN/pgbench" -n -M prepared -c "$2" -j "$j" -T "$D" -D n="$n" -D payload="$PAYLOAD" -f "$BENCH_DIR/pg/redeem-1rt.sql" floor 2>&1 |
    awk '/^tps =/{t=$3} /latency average/{l=$4*1000} END{print t, l}'
}
ledger() { # random|hot CLIENTS: "per_s p50us p99us"
  sql -d ledger -c 'vacuum vouchers' -c 'vacuum counters' -c checkpoint
  "$LEDGER" run postgres "$CONNECTION" "$VOUCHERS" "$1" "$2" "$D" | awk '{print $1, $3, $4}'
}
for round in $(seq 1 "$ROUNDS"); do
  for kind in random hot; do
    # 8 clients are where the one-by-one form is at its best; both are given what suits them.
    row="$(floor "$kind" 8)"; echo "$row" >>"$WORK/floor-$kind.rows"; say "floor $kind 8 clients, round $round: per_s us = $row"
    row="$(ledger "$kind" "$CLIENTS")"; echo "$row" >>"$WORK/ledger-$kind.rows"; say "ledger $kind $CLIENTS clients, round $round: per_s p50us p99us = $row"
  done
  row="$(floor random 1)"; echo "$row" >>"$WORK/floor-lone.rows"; say "floor, a lone client: per_s us = $row"
  row="$(ledger random 1)"; echo "$row" >>"$WORK/ledger-lone.rows"; say "ledger, a lone client: per_s p50us p99us = $row"
done
line="ledger-postgres"
for kind in random hot lone; do
  line+=" ${kind}=$(figure "$WORK/ledger-$kind.rows" 1) floor_${kind}=$(figure "$WORK/floor-$kind.rows" 1) ${kind}/floor=$(ratio "$WORK/ledger-$kind.rows" "$WORK/floor-$kind.rows" 1)"
done
echo "$line"
