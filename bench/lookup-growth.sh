#!/usr/bin/env bash
# How the look-up of a code grows with the number of vouchers: one client, random codes, on the embedded database and on
# PostgreSQL. An index may cost one page more for each some hundredfold; anything beyond that is a scan.
# Last line: median microseconds (p50) a size.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$BENCH_DIR/lib/pg.sh"
need dotnet awk setpriv
SIZES="${SIZES:-1000 100000 5000000}"; ROUNDS="${ROUNDS:-3}"; D="${SECONDS_PER_RUN:-4}"
machine_line
publish bench/Vouchsafe.Bench.Ledger
chmod 755 "$WORK" # the database runs as a user of its own
extra_cleanup() { pg_stop; }
PG_PORT="$(free_port)"; PG_LISTEN=127.0.0.1
pg_start <<<'autovacuum = off'
LEDGER="$WORK/Vouchsafe.Bench.Ledger/Vouchsafe.Bench.Ledger"
line="lookup-growth"
for size in $SIZES; do
  "$LEDGER" seed sqlite "Data Source=$WORK/$size.db" "$size" >&2
  "$LEDGER" seed postgres "Host=127.0.0.1;Port=$PG_PORT;Username=postgres;Database=v$size" "$size" >&2
  for round in $(seq 1 "$ROUNDS"); do
    for provider in sqlite postgres; do
      connection="Data Source=$WORK/$size.db"
      [ "$provider" = postgres ] && connection="Host=127.0.0.1;Port=$PG_PORT;Username=postgres;Database=v$size"
      row="$("$LEDGER" run "$provider" "$connection" "$size" read 1 "$D")"
      echo "$row" >>"$WORK/$provider-$size.rows"; say "$provider, $size vouchers, round $round: per_s count p50us p99us = $row"
    done
  done
  for provider in sqlite postgres; do line+=" $provider/$size=$(figure "$WORK/$provider-$size.rows" 3 %.1f)us"; done
done
echo "$line"
