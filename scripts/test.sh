#!/usr/bin/env bash
# `make test`: units, properties, integration, browser; each on what is really used: PostgreSQL, Chromium, the release build.
# Usage: scripts/test.sh [rust|e2e]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
only="${1:-all}"
scripts/setup.sh test
. scripts/lib.sh
trap 'scripts/pg.sh stop test || true' EXIT
scripts/pg.sh start test
export TEST_DATABASE_URL; TEST_DATABASE_URL="$(scripts/pg.sh url test)"

if [ "$only" != e2e ]; then
  # One crate a call: together, the features of server and browser would be mixed.
  say "Tests of the domain";      cargo test -q -p domain
  say "Tests of the pages";       cargo test -q -p app --features ssr
  say "Tests of the server";      cargo test -q -p server
fi
if [ "$only" != rust ]; then
  say "Release build for the browser tests"
  cargo leptos build --release -P
  say "Tests in the browser"
  scripts/e2e.sh
fi
say "All tests passed"
