#!/usr/bin/env bash
# Makes the one initial migration of each provider anew from the model. Only until the first release: after it, a changed
# model gets a migration of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
dotnet tool restore >/dev/null
dotnet restore ../Vouchsafe.slnx >/dev/null
for provider in Sqlite Postgres; do
  rm -rf "Vouchsafe.Storage.$provider/Migrations"
  dotnet ef migrations add Initial --project "Vouchsafe.Storage.$provider" --context "${provider}VouchsafeDbContext"
done
