#!/usr/bin/env bash
# A flood from one address that is over its limit: rejections per second of the product against a bare Kestrel endpoint
# that always answers 429. Server on SERVER_CORE, wrk on LOAD_CORE, in turn, each idle while the other is measured.
# Last line: medians with spread, the ratio per round, and CPU microseconds per rejection.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
need dotnet wrk taskset curl python3
machine_line
publish src/Vouchsafe.Server
publish bench/Vouchsafe.Bench.Floor
SERVER_PORT="$(free_port)"; FLOOR_PORT="$(free_port)"
start_server "$SERVER_PORT"
start_floor "$FLOOR_PORT"

HEADERS=("${CLIENT_HEADERS[@]}" -H 'X-Voucherify-Channel: Voucherify.js' -H 'User-Agent: Mozilla/5.0')
URL_server="http://127.0.0.1:$SERVER_PORT/client/v1/validate?code=WELCOME-10&amount=1000"
URL_floor="http://127.0.0.1:$FLOOR_PORT/reject"
run() { # KIND SECONDS
  local pid="$FLOOR_PID" url="$URL_floor"
  [ "$1" = server ] && { pid="$SERVER_PID"; url="$URL_server"; }
  wrk_run "$pid" -t1 -c32 -d"${2}s" --latency "${HEADERS[@]}" "$url"
}
for kind in server floor; do run "$kind" 5 >/dev/null; done
for round in $(seq 1 "$ROUNDS"); do
  for kind in server floor; do
    row="$(run "$kind" "$SECONDS_PER_RUN")"; echo "$row" >>"$WORK/$kind.rows"
    say "$kind round $round: rps p50us p99us non2xx total cpuus = $row"
    awk '{exit !($4 >= 0.99 * $5)}' <<<"$row" || { echo "$kind: too few rejections" >&2; exit 5; }
  done
done
echo "reject-429 server_rps=$(figure "$WORK/server.rows" 1) floor_rps=$(figure "$WORK/floor.rows" 1)" \
  "server/floor=$(ratio "$WORK/server.rows" "$WORK/floor.rows" 1)" \
  "server_cpuus=$(figure "$WORK/server.rows" 6 %.2f) floor_cpuus=$(figure "$WORK/floor.rows" 6 %.2f)"
