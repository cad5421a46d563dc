#!/usr/bin/env bash
# `make run`: from a fresh machine to a page that answers. Ctrl-C stops all that was started here.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
scripts/setup.sh run
. scripts/lib.sh   # the toolchain may have come with the setup

started_pg=0
scripts/pg.sh status dev >/dev/null 2>&1 || started_pg=1
scripts/pg.sh start dev
cleanup() { if [ "$started_pg" = 1 ]; then scripts/pg.sh stop dev; note "PostgreSQL stopped; its data stays in .dev/pg-dev"; fi; }
trap cleanup EXIT

secret="$ROOT/.dev/secret"
[ -f "$secret" ] || ( umask 077; head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$secret" )
export DEBUG="${DEBUG:-1}" SECRET_KEY="${SECRET_KEY:-$(cat "$secret")}" BASE_DOMAIN="${BASE_DOMAIN:-localhost:3000}"
export DATABASE_URL; DATABASE_URL="$(scripts/pg.sh url dev)"

say "Building (the first time takes some minutes)"
cargo leptos build
server="$CARGO_TARGET_DIR/debug/smoothschedule"
say "Migrations"; "$server" migrate
say "Demo businesses"; "$server" seed-demo

say "Serving; changes are built and shown as you save. Ctrl-C ends it"
# Ctrl-C reaches the whole group; waiting in the background lets the trap run after it.
cargo leptos watch &
watch=$!
trap 'kill -INT $watch 2>/dev/null || true' INT TERM
wait "$watch" || true
wait "$watch" 2>/dev/null || true
