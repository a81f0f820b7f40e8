#!/usr/bin/env bash
# Kills the server (kill -9) under load and starts it again, many times: nothing that it acknowledged may be lost.
#   tests/soak/kill-server.sh [kills, default 500] [sqlite|postgres, default sqlite] [--ready-within SECONDS, default 5]
# Needs a Release build, python3, and sqlite3 or PostgreSQL's programs. Everything lives in a temporary folder.
exec python3 "$(dirname "${BASH_SOURCE[0]}")/kill.py" --victim server --kills "${1:-500}" --database "${2:-sqlite}" "${@:3}"
