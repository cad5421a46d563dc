#!/usr/bin/env bash
# `make check`: formatting, lints with warnings as errors, queries against the schema, and the rules that no lint knows.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
scripts/setup.sh run
. scripts/lib.sh

say "Formatting"
cargo fmt --all --check || die "run 'cargo fmt --all'"

say "Lints"
# One crate a call: together, the features of server and browser would be mixed, and both builds be wrong.
cargo clippy -q -p domain --all-targets -- -D warnings
cargo clippy -q -p app --features ssr --all-targets -- -D warnings
cargo clippy -q -p frontend --target wasm32-unknown-unknown -- -D warnings

say "Lints of the server, with every query against a real schema"
scripts/sqlx.sh --check

say "House rules"
bad=0
rule() { # rule "what is wrong" "what to do" matches
  if [ -n "$3" ]; then printf '%s\n' "$3" >&2; printf 'error: %s: %s\n' "$1" "$2" >&2; bad=1; fi
}
rule "SQL outside of a store.rs" "move it into its room's store.rs" \
  "$(grep -rnE 'sqlx::query|query(_as|_scalar)?!\(' server/src --include='*.rs' | grep -vE '/store\.rs:|/tenancy/(tx|migrate|provision)\.rs:' || true)"
rule "dynamic SQL where it is not allowed" "bind parameters instead" \
  "$(grep -rn 'AssertSqlSafe' server/src app frontend --include='*.rs' | grep -vE 'server/src/tenancy/(tx|provision)\.rs:' || true)"
rule "'select *' in SQL" "name the columns: a new one would break prepared statements" \
  "$(grep -rniE 'select \*' server/src migrations | grep -v '^.*://' || true)"
rule "a raw colour outside of tokens.css" "use a token" \
  "$(grep -rnE '#[0-9a-fA-F]{3,8}\b|rgba?\(' style --include='*.css' | grep -v 'style/tokens.css' || true)"
[ "$bad" = 0 ] || exit 1
note "all of it holds"
