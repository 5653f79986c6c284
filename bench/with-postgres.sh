#!/usr/bin/env bash
# Runs a measurement on a PostgreSQL of its own, from Debian's package on loopback, with its usual settings; gone afterwards.
#   bench/with-postgres.sh fleet .          bench/with-postgres.sh store          bench/with-postgres.sh many . 1000 5 2
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
programs=$(find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -1)
[ -n "$programs" ] || { echo "with-postgres: no PostgreSQL server (Debian's package postgresql)" >&2; exit 1; }
folder=$(mktemp -d) port=$((20000 + RANDOM % 20000))
as=()
# It refuses to run as root.
if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder" && as=(setpriv --reuid=postgres --regid=postgres --clear-groups); fi
server=
end() {
  if [ -n "$server" ]; then kill -INT "$server" && wait "$server" || true; fi
  rm -rf "$folder"
}
trap end EXIT
"${as[@]}" "$programs/initdb" -D "$folder/data" -A trust -U postgres >/dev/null
(cd "$folder" && exec "${as[@]}" "$programs/postgres" -D "$folder/data" -k "$folder" -p "$port" -c listen_addresses=127.0.0.1 >"$folder/log" 2>&1) &
server=$!
for ((k = 0; k < 100; k++)); do "$programs/psql" -qh 127.0.0.1 -p "$port" -U postgres -c 'CREATE DATABASE bench' 2>/dev/null && break; sleep 0.2; done
dotnet run -c Release --project bench/AiBms.Bench -- "$@" "Host=127.0.0.1;Port=$port;Database=bench;Username=postgres"
