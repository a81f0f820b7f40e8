# A private PostgreSQL cluster for one bench run. Source after common.sh.

pg_find() {
  local b
  if [ -n "${PG_BIN:-}" ]; then :; 
  elif command -v pg_config >/dev/null 2>&1; then PG_BIN="$(pg_config --bindir)";
  else PG_BIN="$(dirname "$(dpkg -L 'postgresql-15' 2>/dev/null | grep '/bin/initdb$')")"; fi
  for b in initdb pg_ctl psql pgbench pg_test_fsync; do
    [ -x "$PG_BIN/$b" ] || { echo "missing $b in ${PG_BIN:-?} (install postgresql)" >&2; exit 3; }
  done
}

# run a command as the postgres user (or as ourselves when we are not root)
as_pg() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi; }

# pg_start [extra postgresql.conf lines on stdin]
# Default settings of initdb (so: fsync on, full_page_writes on,
# synchronous_commit on, shared_buffers 128 MB) unless the caller adds lines.
pg_start() {
  pg_find
  PG_ROOT="$WORK/pg"; PG_DATA="$PG_ROOT/data"; PG_SOCK="$PG_ROOT/sock"; PG_PORT="${PG_PORT:-5432}"
  mkdir -p "$PG_SOCK"
  [ "$(id -u)" = 0 ] && chown -R postgres "$PG_ROOT"
  as_pg "$PG_BIN/initdb" -D "$PG_DATA" -A trust -U postgres --locale=C.UTF-8 -E UTF8 >"$WORK/initdb.log" 2>&1 \
    || { cat "$WORK/initdb.log" >&2; exit 4; }
  { echo "unix_socket_directories = '$PG_SOCK'"
    echo "listen_addresses = '${PG_LISTEN:-}'"
    echo "port = $PG_PORT"
    [ -t 0 ] || cat
  } | as_pg tee -a "$PG_DATA/postgresql.conf" >/dev/null
  as_pg "$PG_BIN/pg_ctl" -D "$PG_DATA" -l "$PG_ROOT/log" -w -t 60 start >/dev/null \
    || { cat "$PG_ROOT/log" >&2; exit 4; }
  export PGHOST="$PG_SOCK" PGPORT="$PG_PORT" PGUSER=postgres
}

pg_stop() { [ -n "$PG_DATA" ] && as_pg "$PG_BIN/pg_ctl" -D "$PG_DATA" -m fast -w -t 60 stop >/dev/null 2>&1; PG_DATA=""; }

sql() { "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 "$@"; }
