#!/usr/bin/env bash
# Kills PostgreSQL (kill -9 of all its processes) under load and starts it again, many times; the server stays up.
#   tests/soak/kill-postgres.sh [kills, default 200] [--ready-within SECONDS, default 5]
exec python3 "$(dirname "${BASH_SOURCE[0]}")/kill.py" --victim postgres --kills "${1:-200}" --database postgres "${@:2}"
