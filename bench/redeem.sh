#!/usr/bin/env bash
# A redemption through HTTP on the private channel, embedded database, every commit flushed to disk: random codes and one hot
# code, 64 connections. Two floors, in turn: a bare Kestrel endpoint that takes the same request and returns the same bytes
# (what HTTP alone costs), and the same writes one by one through the bare driver (what the database alone costs).
# Server on SERVER_CORE, wrk on LOAD_CORE.
# Last line: medians with spread, the ratios per round, and CPU microseconds per request.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
need dotnet wrk taskset curl python3
VOUCHERS="${VOUCHERS:-5000}"; CONNECTIONS="${CONNECTIONS:-64}"
machine_line
publish src/Vouchsafe.Server
publish bench/Vouchsafe.Bench.Floor
publish bench/Vouchsafe.Bench.SqliteFloor
SERVER_PORT="$(free_port)"; FLOOR_PORT="$(free_port)"
start_server "$SERVER_PORT"
say "making $VOUCHERS vouchers"
python3 - "$SERVER_PORT" "$VOUCHERS" <<'PY'
import http.client, json, os, sys
shop = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
headers = {"X-App-Id": os.environ["VOUCHSAFE_Bootstrap__ApplicationId"], "X-App-Token": os.environ["VOUCHSAFE_Bootstrap__ApplicationToken"], "Content-Type": "application/json"}
for n in range(int(sys.argv[2])):
    shop.request("POST", f"/v1/vouchers/BENCH-{n}", json.dumps({"type": "DISCOUNT_VOUCHER", "discount": {"type": "PERCENT", "percent_off": 15, "amount_limit": 5000}}), headers)
    answer = shop.getresponse(); body = answer.read()
    assert answer.status == 200, body
PY
BODY='{"redeemables":[{"object":"voucher","id":"BENCH-0"}],"order":{"amount":14970,"items":[{"product_id":"prod_shirt","quantity":2,"price":4990},{"product_id":"prod_mug","quantity":1,"price":4990}]}}'
curl -s "${PRIVATE_HEADERS[@]}" -H 'Content-Type: application/json' -d "$BODY" -D "$WORK/headers.all" "http://127.0.0.1:$SERVER_PORT/v1/redemptions" >"$WORK/body.json"
python3 -c 'import json,sys; assert json.load(open(sys.argv[1]))["redemptions"][0]["result"] == "SUCCESS"' "$WORK/body.json"
grep -iv -E '^(HTTP/|Date:|Content-Length:|Content-Type:|Transfer-Encoding:|Connection:)' "$WORK/headers.all" | tr -d '\r' >"$WORK/headers"
export FLOOR_BODY="$WORK/body.json" FLOOR_HEADERS="$WORK/headers"
start_floor "$FLOOR_PORT"
"$WORK/Vouchsafe.Bench.SqliteFloor/Vouchsafe.Bench.SqliteFloor" seed "$WORK/floor.db" "$VOUCHERS"

run() { # KIND SECONDS
  local pid="$SERVER_PID" port="$SERVER_PORT" vouchers="$VOUCHERS" target=
  case "$1" in
    http) pid="$FLOOR_PID" port="$FLOOR_PORT" target=/redeem ;;
    hot) vouchers=1 ;;
    writes) taskset -c "$SERVER_CORE" "$WORK/Vouchsafe.Bench.SqliteFloor/Vouchsafe.Bench.SqliteFloor" run "$WORK/floor.db" "$VOUCHERS" FULL 1 "$2" redeem | awk '{print $1, $3, $4, 0, $2, 0}'; return ;;
  esac
  TARGET="$target" VOUCHERS="$vouchers" wrk_run "$pid" -t1 -c"$CONNECTIONS" -d"${2}s" --latency -s "$BENCH_DIR/http/redeem.lua" "${PRIVATE_HEADERS[@]}" "http://127.0.0.1:$port"
}
KINDS=(random hot http writes)
for kind in random http hot; do run "$kind" "${WARM:-25}" >/dev/null; done
for round in $(seq 1 "$ROUNDS"); do
  for kind in "${KINDS[@]}"; do
    row="$(run "$kind" "$SECONDS_PER_RUN")"; echo "$row" >>"$WORK/$kind.rows"
    say "$kind round $round: rps p50us p99us non2xx total cpuus = $row"
    [ "$(awk '{print $4}' <<<"$row")" = 0 ] || { echo "$kind: answers other than 2xx" >&2; exit 5; }
  done
done
line="redeem body_bytes=$(wc -c <"$WORK/body.json")"
for kind in "${KINDS[@]}"; do line+=" ${kind}_rps=$(figure "$WORK/$kind.rows" 1) ${kind}_p50us=$(figure "$WORK/$kind.rows" 2) ${kind}_cpuus=$(figure "$WORK/$kind.rows" 6 %.1f)"; done
for kind in random hot; do line+=" $kind/http=$(ratio "$WORK/$kind.rows" "$WORK/http.rows" 1) $kind/writes=$(ratio "$WORK/$kind.rows" "$WORK/writes.rows" 1)"; done
echo "$line"
