#!/usr/bin/env bash
# A successful validation on the public channel, all gates passed and the voucher read from the embedded database, against
# a bare Kestrel endpoint that returns the same bytes: once the whole answer with its headers, once its body alone. Every
# request comes from another address (the load generator plays a trusted proxy), on all sides. Server on SERVER_CORE, wrk on
# LOAD_CORE, in turn.
# Last line: medians with spread, the ratio per round, and CPU microseconds per request.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
need dotnet wrk taskset curl python3
machine_line
publish src/Vouchsafe.Server
publish bench/Vouchsafe.Bench.Floor
SERVER_PORT="$(free_port)"; FLOOR_PORT="$(free_port)"
start_server "$SERVER_PORT" --Network:TrustedProxies 127.0.0.1
curl -s "${CLIENT_HEADERS[@]}" -H 'X-Forwarded-For: 192.0.2.1' -D "$WORK/headers.all" \
  "http://127.0.0.1:$SERVER_PORT/client/v1/validate?code=WELCOME-10&amount=1000" >"$WORK/body.json"
python3 -c 'import json,sys; assert json.load(open(sys.argv[1]))["valid"] is True' "$WORK/body.json"
# What Kestrel writes by itself stays Kestrel's.
grep -iv -E '^(HTTP/|Date:|Content-Length:|Content-Type:|Transfer-Encoding:|Connection:)' "$WORK/headers.all" | tr -d '\r' >"$WORK/headers"
export FLOOR_BODY="$WORK/body.json" FLOOR_HEADERS="$WORK/headers"
start_floor "$FLOOR_PORT"

run() { # KIND SECONDS
  local pid="$FLOOR_PID" port="$FLOOR_PORT" target=
  case "$1" in server) pid="$SERVER_PID" port="$SERVER_PORT" ;; body) target=/body ;; esac
  TARGET="$target" wrk_run "$pid" -t1 -c32 -d"${2}s" --latency -s "$BENCH_DIR/http/validate.lua" "${CLIENT_HEADERS[@]}" "http://127.0.0.1:$port"
}
for kind in server floor body; do run "$kind" "${WARM:-20}" >/dev/null; done
for round in $(seq 1 "$ROUNDS"); do
  for kind in server floor body; do
    row="$(run "$kind" "$SECONDS_PER_RUN")"; echo "$row" >>"$WORK/$kind.rows"
    say "$kind round $round: rps p50us p99us non2xx total cpuus = $row"
    [ "$(awk '{print $4}' <<<"$row")" = 0 ] || { echo "$kind: answers other than 2xx" >&2; exit 5; }
  done
done
echo "validate body_bytes=$(wc -c <"$WORK/body.json") header_bytes=$(wc -c <"$WORK/headers")" \
  "server_rps=$(figure "$WORK/server.rows" 1) floor_rps=$(figure "$WORK/floor.rows" 1) body_rps=$(figure "$WORK/body.rows" 1)" \
  "server/floor=$(ratio "$WORK/server.rows" "$WORK/floor.rows" 1) server/body=$(ratio "$WORK/server.rows" "$WORK/body.rows" 1)" \
  "server_cpuus=$(figure "$WORK/server.rows" 6 %.2f) floor_cpuus=$(figure "$WORK/floor.rows" 6 %.2f) body_cpuus=$(figure "$WORK/body.rows" 6 %.2f)"
