#!/usr/bin/env bash
# How long the dashboard's pages take with VOUCHERS vouchers (1,000,000) beside the same pages of a project that is nearly
# empty: a real Chromium, from the click to the last thing shown. Everything shares the machine's cores.
# Last line: the slowest page's median and the worst visit in milliseconds, full and empty, and the ratio of the medians' sums.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
need dotnet curl chromium node
VOUCHERS="${VOUCHERS:-1000000}"
machine_line
publish src/Vouchsafe.Server
publish bench/Vouchsafe.Bench.Pages
export VOUCHSAFE_Bootstrap__AdminEmail=owner@shop.example VOUCHSAFE_Bootstrap__AdminPassword='correct horse battery staple'
PAGES=(dotnet "$WORK/Vouchsafe.Bench.Pages/Vouchsafe.Bench.Pages.dll")
SERVER_CORE="0-$(($(nproc) - 1))"

stop_server() { kill "$SERVER_PID"; wait "$SERVER_PID" 2>/dev/null || true; }
for kind in empty full; do
  PORT="$(free_port)"; DATABASE="$WORK/$kind.db"
  start_server "$PORT" --Storage:ConnectionString "Data Source=$DATABASE"
  if [ "$kind" = full ]; then
    stop_server
    say "making $VOUCHERS vouchers"
    "${PAGES[@]}" seed "$DATABASE" "$VOUCHERS"
    start_server "$PORT" --Storage:ConnectionString "Data Source=$DATABASE"
  fi
  # Something to show on the pages of the shop.
  for i in $(seq 1 300); do
    curl -s -o /dev/null "${PRIVATE_HEADERS[@]}" -H 'Content-Type: application/json' "http://127.0.0.1:$PORT/v1/redemptions" \
      -d "{\"redeemables\":[{\"object\":\"voucher\",\"id\":\"WELCOME-10\"}],\"customer\":{\"source_id\":\"customer-$i\"},\"order\":{\"amount\":$((1000 + i))}}"
  done
  "${PAGES[@]}" run "http://127.0.0.1:$PORT" "$VOUCHSAFE_Bootstrap__AdminEmail" "$VOUCHSAFE_Bootstrap__AdminPassword" "$ROUNDS" >"$WORK/$kind.rows"
  stop_server
done
say "page: median and worst of $ROUNDS visits in ms, $VOUCHERS vouchers | nearly empty"
paste -d'|' "$WORK/full.rows" "$WORK/empty.rows" | while read -r row; do say "$row"; done
slowest() { sort -k2 -g "$1" | tail -n1 | awk '{print $1 "=" $2}'; }
worst() { awk '{if ($3 > w) w = $3} END {print w}' "$1"; }
echo "pages slowest_median_ms ${VOUCHERS}:$(slowest "$WORK/full.rows") empty:$(slowest "$WORK/empty.rows")" \
  "worst_ms=$(worst "$WORK/full.rows")/$(worst "$WORK/empty.rows")" \
  "ratio=$(paste -d' ' "$WORK/full.rows" "$WORK/empty.rows" | awk '{a += $2; b += $5} END {printf "%.2f", a / b}')"
