#!/usr/bin/env bash
# `make bench`: the hot paths of the release server under load, beside the same SQL through pgbench; its memory; its start.
# Everything stays on 127.0.0.1 and ends by itself (about five minutes). Timings never fail it, wrong answers do.
# Settings: BENCH_SKIP_BUILD=1 takes the release build that is there; BENCH_SECONDS (8), BENCH_ROUNDS (3), BENCH_CONNECTIONS (16),
# BENCH_POOL (16: connections to PostgreSQL, the server's and pgbench's alike), BENCH_EXTRA (98 businesses besides the demo's two),
# BENCH_ONLY (paths, with commas: day, slots, slots-all, book).
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
if [ "${BENCH_SKIP_BUILD:-0}" != 1 ]; then
  scripts/setup.sh bench
  . scripts/lib.sh   # the toolchain may have come with the setup
  say "Release build"
  cargo leptos build --release -P
fi
server="$CARGO_TARGET_DIR/release/smoothschedule"
[ -x "$server" ] || die "there is no release build at $server: leave BENCH_SKIP_BUILD out"
bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)"
export PATH="$PATH:$bin"
for program in wrk pgbench psql node; do
  command -v "$program" >/dev/null || die "$program is missing: run 'scripts/setup.sh bench' (wrk and postgresql are Debian's packages)"
done

# The program that is measured stays the same, whatever is built meanwhile.
folder="$ROOT/.dev/bench"
rm -rf "$folder"; mkdir -p "$folder/bin"
cp "$server" "$(dirname "$server")/hash.txt" "$folder/bin/"
server="$folder/bin/smoothschedule"

trap 'scripts/pg.sh stop bench || true' EXIT
scripts/pg.sh start bench
export BENCH_ROOT="$ROOT" BENCH_FOLDER="$folder" BENCH_SERVER="$server" BENCH_CLOCK=2026-11-30T07:00:00Z
export BENCH_DATABASE_URL BENCH_SECRET BENCH_POSTMASTER
BENCH_DATABASE_URL="$(scripts/pg.sh url bench)"
BENCH_SECRET="$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')"
BENCH_POSTMASTER="$(head -n 1 "$ROOT/.dev/pg-bench/data/postmaster.pid")"

say "Businesses"
# In a folder without an .env file, with these settings and no others.
prepare() {
  (cd / && env -i PATH="$PATH" DEBUG=1 SECRET_KEY="$BENCH_SECRET" DATABASE_URL="$BENCH_DATABASE_URL" BASE_DOMAIN=localhost:3000 \
    CLOCK_START="$BENCH_CLOCK" LOG=warn "$server" "$@")
}
prepare migrate >"$folder/prepare.log" 2>&1 && prepare seed-demo --extra "${BENCH_EXTRA:-98}" >>"$folder/prepare.log" 2>&1 ||
  { cat "$folder/prepare.log" >&2; die "the database could not be filled"; }
note "$(psql -AtX "$BENCH_DATABASE_URL" -c 'select count(*) from public.tenant') tenants"

node scripts/bench/run.mjs
