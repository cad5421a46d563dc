#!/usr/bin/env bash
# `make soak`: sixteen writers at random on one small business, then the promises asked of the database itself.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
scripts/setup.sh run
. scripts/lib.sh
scripts/pg.sh start test
trap 'scripts/pg.sh stop test' EXIT
export SOAK_OPERATIONS="${SOAK_OPERATIONS:-100000}" TEST_DATABASE_URL
TEST_DATABASE_URL="$(scripts/pg.sh url test)"
say "$SOAK_OPERATIONS operations by 16 writers"
cargo test -q -p server --test it -- soak --nocapture
note "no overlap, no buffer cut, no claim of nobody, no limit passed"
