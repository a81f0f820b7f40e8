#!/usr/bin/env bash
# What a million hostile addresses cost: resident memory of the server before and after each of a million IPv6 /48
# networks has sent one request without valid keys, and the latency of the flood's last part against its first.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
need dotnet wrk taskset curl python3
ADDRESSES="${ADDRESSES:-1000000}"
machine_line
publish src/Vouchsafe.Server
PORT="$(free_port)"
start_server "$PORT" --Network:TrustedProxies 127.0.0.1 --Limits:Client:WindowSeconds 600
resident_mb() { awk '/VmRSS/{printf "%.1f", $2/1024}' "/proc/$SERVER_PID/status"; }
wrk_run "$SERVER_PID" -t1 -c32 -d10s --latency -s "$BENCH_DIR/http/validate.lua" "${CLIENT_HEADERS[@]}" "http://127.0.0.1:$PORT" >/dev/null
before="$(resident_mb)"
cat >"$WORK/hostile.lua" <<'LUA'
local n = 0
request = function()
  n = n + 1
  wrk.headers["X-Forwarded-For"] = string.format("2a01:%x:%x::1", math.floor(n / 65536), n % 65536)
  return wrk.format("GET", "/client/v1/validate?code=NOPE&amount=1000")
end
LUA
sent=0; first=""; last=""
while [ "$sent" -lt "$ADDRESSES" ]; do
  row="$(wrk_run "$SERVER_PID" -t1 -c32 -d10s --latency -s "$WORK/hostile.lua" "http://127.0.0.1:$PORT")"
  # every run starts at the first network again, so move the start on by what was sent
  sent=$((sent + $(awk '{print $5}' <<<"$row")))
  sed -i "1s/.*/local n = $sent/" "$WORK/hostile.lua"
  [ -z "$first" ] && first="$(awk '{print $3}' <<<"$row")"
  last="$(awk '{print $3}' <<<"$row")"
  say "sent $sent, resident $(resident_mb) MB: rps p50us p99us non2xx total cpuus = $row"
done
after="$(resident_mb)"
echo "hostile-addresses addresses=$sent before_mb=$before after_mb=$after grown_mb=$(awk -v a="$after" -v b="$before" 'BEGIN{printf "%.1f", a-b}') p99us_first=$first p99us_last=$last"
