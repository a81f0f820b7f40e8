# Shared by the benchmark scripts; source it. Everything lives in a private work directory that is removed at the end
# (KEEP_WORK=1 keeps it); only processes started here are ended.
set -euo pipefail

BENCH_DIR="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
ROOT_DIR="$(dirname "$BENCH_DIR")"
SERVER_CORE="${SERVER_CORE:-0}"
LOAD_CORE="${LOAD_CORE:-1}"
ROUNDS="${ROUNDS:-5}"
SECONDS_PER_RUN="${SECONDS_PER_RUN:-6}"
WORK="$(mktemp -d "${TMPDIR:-/tmp}/vouchsafe-bench-XXXXXX")"
PIDS=()

say() { echo "# $*" >&2; }

need() {
  local tool
  for tool in "$@"; do command -v "$tool" >/dev/null || { echo "missing tool: $tool" >&2; exit 3; }; done
}

cleanup() {
  local status=$? pid
  trap - EXIT INT TERM
  set +e
  for pid in "${PIDS[@]:-}"; do [ -n "$pid" ] && kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done
  declare -F extra_cleanup >/dev/null && extra_cleanup
  [ "${KEEP_WORK:-0}" = 1 ] && say "kept $WORK" || rm -rf "$WORK"
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

machine_line() {
  say "machine: $(awk -F': ' '/model name/{print $2; exit}' /proc/cpuinfo), $(nproc) cores, kernel $(uname -r), $(date -u +%F), $(dotnet --version)"
}

# stats: "median min max" of the numbers on standard input
stats() {
  sort -g | awk '{a[NR]=$1} END{m=(NR%2)?a[(NR+1)/2]:(a[NR/2]+a[NR/2+1])/2; printf "%.10g %.10g %.10g\n", m, a[1], a[NR]}'
}

# figure FILE COLUMN [FORMAT]: median[min..max]xRUNS
figure() {
  local m lo hi
  read -r m lo hi < <(awk -v c="$2" '{print $c}' "$1" | stats)
  # shellcheck disable=SC2059
  printf "${3:-%.0f}[${3:-%.0f}..${3:-%.0f}]x%d" "$m" "$lo" "$hi" "$(wc -l <"$1")"
}

# ratio A.rows B.rows COLUMN: the ratio A/B of each round, as median[min..max]
ratio() {
  local m lo hi
  read -r m lo hi < <(paste -d' ' <(awk -v c="$3" '{print $c}' "$1") <(awk -v c="$3" '{print $c}' "$2") | awk '{print $1/$2}' | stats)
  printf '%.3f[%.3f..%.3f]' "$m" "$lo" "$hi"
}

free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }

wait_http() {
  local i
  for i in $(seq 1 300); do curl -s -o /dev/null --max-time 2 "$1" && return 0; sleep 0.1; done
  echo "no answer from $1" >&2; return 1
}

# publish PROJECT: a Release build in $WORK/NAME
publish() {
  local name; name="$(basename "$1")"
  say "building $name"
  dotnet publish "$ROOT_DIR/$1" -c Release -o "$WORK/$name" -v q --nologo >"$WORK/$name.log" 2>&1 || { cat "$WORK/$name.log" >&2; exit 4; }
}

cpu_ticks() { awk '{sub(/.*\) /,""); print $12+$13}' "/proc/$1/stat"; }

# wrk_run PID ARGUMENTS...: one row "rps p50us p99us non2xx total cpu_us_per_request"
wrk_run() {
  local pid="$1" before after; shift
  before="$(cpu_ticks "$pid")"
  taskset -c "$LOAD_CORE" wrk "$@" >"$WORK/wrk.out" 2>&1
  after="$(cpu_ticks "$pid")"
  awk -v ticks="$((after - before))" -v hz="$(getconf CLK_TCK)" '
    function us(v){ return v~/us$/ ? v+0 : v~/ms$/ ? v*1000 : v*1e6 }
    /Requests\/sec:/{rps=$2} /Non-2xx/{non=$NF} /requests in/{total=$1} $1=="50%"{p50=us($2)} $1=="99%"{p99=us($2)}
    END{printf "%s %s %s %d %d %.2f\n", rps, p50, p99, non+0, total, total ? 1e6*ticks/hz/total : 0}' "$WORK/wrk.out"
}

# Keys of every server that a benchmark starts.
export VOUCHSAFE_Bootstrap__ApplicationId=11111111-1111-4111-8111-111111111111
export VOUCHSAFE_Bootstrap__ApplicationToken=bench-application-token-0123456789abcdef
export VOUCHSAFE_Bootstrap__ClientApplicationId=22222222-2222-4222-8222-222222222222
export VOUCHSAFE_Bootstrap__ClientToken=bench-client-token-0123456789abcdef
export VOUCHSAFE_Bootstrap__WebsiteUrls=shop.example
export VOUCHSAFE_Bootstrap__ClientPermissions=all
PRIVATE_HEADERS=(-H "X-App-Id: $VOUCHSAFE_Bootstrap__ApplicationId" -H "X-App-Token: $VOUCHSAFE_Bootstrap__ApplicationToken")
CLIENT_HEADERS=(-H "X-Client-Application-Id: $VOUCHSAFE_Bootstrap__ClientApplicationId" -H "X-Client-Token: $VOUCHSAFE_Bootstrap__ClientToken" -H "Origin: https://shop.example")

# start_server PORT [ARGUMENTS...]: the published server on SERVER_CORE, its data in $WORK; sets SERVER_PID
start_server() {
  local port="$1"; shift
  (cd "$WORK" && exec taskset -c "$SERVER_CORE" dotnet "$WORK/Vouchsafe.Server/Vouchsafe.Server.dll" --Urls "http://127.0.0.1:$port" \
    --Storage:ConnectionString "Data Source=$WORK/server.db" "$@" >"$WORK/server.log" 2>&1) &
  SERVER_PID=$!; PIDS+=("$SERVER_PID")
  wait_http "http://127.0.0.1:$port/health/ready" || { cat "$WORK/server.log" >&2; exit 5; }
}

# start_floor PORT: bare Kestrel on SERVER_CORE; sets FLOOR_PID
start_floor() {
  taskset -c "$SERVER_CORE" dotnet "$WORK/Vouchsafe.Bench.Floor/Vouchsafe.Bench.Floor.dll" --urls "http://127.0.0.1:$1" >"$WORK/floor.log" 2>&1 &
  FLOOR_PID=$!; PIDS+=("$FLOOR_PID")
  wait_http "http://127.0.0.1:$1/"
}
