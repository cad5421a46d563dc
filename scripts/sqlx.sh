#!/usr/bin/env bash
# Renews .sqlx/: every query is described by a real database that has the platform's tables and one tenant's.
# With --check it writes nothing and fails where .sqlx/ is not what the queries say.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
if ! scripts/pg.sh status dev >/dev/null 2>&1; then
  scripts/pg.sh start dev
  trap 'scripts/pg.sh stop dev' EXIT
fi
url="$(scripts/pg.sh url dev)"; base="${url%/*}"
quiet() { PGOPTIONS='--client-min-messages=warning' psql -q -X -v ON_ERROR_STOP=1 "$@"; }

quiet "$url" -c 'drop database if exists sqlx_template' -c 'create database sqlx_template'
for role in "smoothschedule_tenant nologin" "smoothschedule_app login noinherit"; do
  quiet "$url" -c "do \$\$ begin create role $role; exception when duplicate_object then null; end \$\$"
done
for file in migrations/platform/*.sql; do quiet "$base/sqlx_template" -1 -f "$file"; done
{
  echo "create schema tenant_template; set search_path = tenant_template, ext;"
  cat migrations/tenant/*.sql
} | quiet "$base/sqlx_template" -1

out="$ROOT/.sqlx"
if [ "${1:-}" = --check ]; then out="$(mktemp -d)"; fi
mkdir -p "$out"; rm -f "$out"/query-*.json
touch server/src/lib.rs server/src/main.rs
SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$out" DATABASE_URL="$base/sqlx_template?options[search_path]=tenant_template,ext" \
  cargo clippy -p server --all-targets -- -D warnings
quiet "$url" -c 'drop database if exists sqlx_template'
if [ "${1:-}" = --check ]; then
  diff -rq "$out" "$ROOT/.sqlx" || die ".sqlx/ is behind the queries: run 'make sqlx' and commit what changes"
  rm -rf "$out"
fi
note "$(ls "$ROOT/.sqlx" | wc -l) queries checked"
