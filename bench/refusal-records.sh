#!/usr/bin/env bash
# What recording refused requests costs: two servers that differ only in Records:Enabled, measured in turn, each idle while
# the other runs. First the flood (429 from one address), then a flood from many addresses (429 after five each), then
# validations that are let in. Last line: medians with spread, the ratio with/without per round, and CPU microseconds.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
need dotnet wrk taskset curl python3
machine_line
publish src/Vouchsafe.Server
declare -A PID PORT
for kind in with without; do
  PORT[$kind]="$(free_port)"
  flag=true; [ "$kind" = without ] && flag=false
  mkdir -p "$WORK/$kind"
  start_server "${PORT[$kind]}" --Storage:ConnectionString "Data Source=$WORK/$kind/server.db" --Network:TrustedProxies 127.0.0.1 --Records:Enabled "$flag"
  PID[$kind]="$SERVER_PID"
done

cat >"$WORK/many.lua" <<'LUA'
-- 4,096 addresses in turn, far more than the limit permits any of them
local n = 0
request = function()
  n = (n + 1) % 4096
  wrk.headers["X-Forwarded-For"] = string.format("10.1.%d.%d", math.floor(n / 256), n % 256)
  return wrk.format("GET", "/client/v1/validate?code=WELCOME-10&amount=1000")
end
LUA

run() { # MEASURE KIND SECONDS
  local url="http://127.0.0.1:${PORT[$2]}"
  case "$1" in
    flood) wrk_run "${PID[$2]}" -t1 -c32 -d"${3}s" --latency "${CLIENT_HEADERS[@]}" -H 'X-Forwarded-For: 192.0.2.1' "$url/client/v1/validate?code=WELCOME-10&amount=1000" ;;
    many) wrk_run "${PID[$2]}" -t1 -c32 -d"${3}s" --latency -s "$WORK/many.lua" "${CLIENT_HEADERS[@]}" "$url" ;;
    validate) TARGET= wrk_run "${PID[$2]}" -t1 -c32 -d"${3}s" --latency -s "$BENCH_DIR/http/validate.lua" "${CLIENT_HEADERS[@]}" "$url" ;;
  esac
}
for measure in flood many validate; do
  for kind in with without; do run "$measure" "$kind" "${WARM:-10}" >/dev/null; done
  for round in $(seq 1 "$ROUNDS"); do
    # Who goes first changes, so that what a round does to the next falls on both.
    order="with without"; [ $((round % 2)) = 0 ] && order="without with"
    for kind in $order; do
      row="$(run "$measure" "$kind" "$SECONDS_PER_RUN")"; echo "$row" >>"$WORK/$measure.$kind.rows"
      say "$measure $kind round $round: rps p50us p99us non2xx total cpuus = $row"
    done
  done
done
memory() { awk '/VmRSS/{printf "%.0f", $2/1024}' "/proc/${PID[$1]}/status"; }
line="refusal-records"
for measure in flood many validate; do
  a="$WORK/$measure.with.rows"; b="$WORK/$measure.without.rows"
  line+=" ${measure}_rps=$(figure "$a" 1)/$(figure "$b" 1) ${measure}_ratio=$(ratio "$a" "$b" 1) ${measure}_cpuus=$(figure "$a" 6 %.2f)/$(figure "$b" 6 %.2f)"
done
echo "$line resident_mb=$(memory with)/$(memory without)"
