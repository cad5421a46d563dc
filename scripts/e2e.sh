#!/usr/bin/env bash
# The browser tests against the release build, on a database of its own in the test cluster, at a fixed date.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
owner="$(scripts/pg.sh url test)"; base="${owner%/*}"
psql -q -X "$owner" -c 'drop database if exists e2e' -c 'create database e2e'
free_port() { node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }
port="$(free_port)"
server="$CARGO_TARGET_DIR/release/smoothschedule"
# A Monday in winter, eight in the morning in Berlin: what the tests expect does not change with the calendar.
export DEBUG=1 SECRET_KEY=integration-tests-integration-tests DATABASE_URL="$base/e2e" \
  BASE_DOMAIN="localhost:$port" LISTEN="127.0.0.1:$port" CLOCK_START=2026-11-30T07:00:00Z \
  LEPTOS_SITE_ROOT="$ROOT/target/site" LOG=warn LOG_DIR="$ROOT/.dev/e2e-logs"
rm -rf "$LOG_DIR"
"$server" migrate >/dev/null
"$server" seed-demo >/dev/null
"$server" serve >"$ROOT/.dev/e2e-server.log" 2>&1 &
pid=$!
trap 'kill $pid 2>/dev/null; wait $pid 2>/dev/null || true' EXIT
for _ in $(seq 100); do
  curl -sf -o /dev/null "http://127.0.0.1:$port/readyz" && break
  kill -0 $pid 2>/dev/null || { cat "$ROOT/.dev/e2e-server.log" >&2; die "the server did not start"; }
  sleep 0.1
done
cd frontend/end2end
E2E_PORT="$port" npx playwright test "$@"
if grep -q ' ERROR \| panicked' "$ROOT/.dev/e2e-server.log"; then
  cat "$ROOT/.dev/e2e-server.log" >&2; die "the server logged errors during the browser tests"
fi
say "Without DEBUG, the release build has nothing of development"
port="$(free_port)"
env -u CLOCK_START DEBUG=0 LISTEN="127.0.0.1:$port" "$server" serve >"$ROOT/.dev/e2e-production.log" 2>&1 &
production=$!
trap 'kill $pid $production 2>/dev/null; wait $pid $production 2>/dev/null || true' EXIT
for _ in $(seq 100); do curl -sf -o /dev/null "http://127.0.0.1:$port/readyz" && break; sleep 0.1; done
for host in "platform.$BASE_DOMAIN" "demo.$BASE_DOMAIN"; do
  for path in /dev/login /dev/inbox; do
    code="$(curl -s -o /dev/null -w '%{http_code}' -H "Host: $host" "http://127.0.0.1:$port$path")"
    [ "$code" = 404 ] || die "$host$path answers $code without DEBUG"
  done
done
note "404, as it should be"
