#!/usr/bin/env bash
# The project's private PostgreSQL cluster: in a folder of the checkout, as a user that is not root.
# Usage: scripts/pg.sh start|stop|status|url|psql [NAME]     NAME: dev (default), test, bench.
# `dev` keeps its data between runs. `test` and `bench` begin empty at each start.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
verb="${1:-status}"; name="${2:-dev}"
place="$ROOT/.dev/pg-$name"
bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)"
[ -n "$bin" ] || die "PostgreSQL's programs are not installed: run 'make setup'"

# PostgreSQL refuses to run as root. Root hands the cluster to the user that Debian's package made.
if [ "$(id -u)" = 0 ]; then
  owner=postgres; id -u "$owner" >/dev/null 2>&1 || owner=nobody
  as_owner() { (cd / && setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups env HOME=/tmp "$@"); }
else
  owner="$(id -un)"
  as_owner() { (cd / && "$@"); }
fi

# A checkout below a folder that the owner may not enter (such as /root) keeps a link to one that it may.
locate() {
  mkdir -p "$ROOT/.dev"
  if [ "$(id -u)" = 0 ] && ! as_owner test -x "$ROOT/.dev"; then
    local real="/var/tmp/smoothschedule-$(echo "$place" | sha256sum | cut -c1-16)"
    mkdir -p "$real"; chmod 711 "$real"
    [ -L "$place" ] || { rm -rf "$place"; ln -s "$real" "$place"; }
  else
    mkdir -p "$place"
  fi
  place="$(readlink -f "$place")"
  data="$place/data"
  chown "$owner" "$place"; chmod 700 "$place"
}

running() { [ -f "$data/postmaster.pid" ] && as_owner "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1; }
free_port() {
  node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
}
secret() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

start() {
  if running; then
    [ "$name" = dev ] && return
    stop
  fi
  [ "$name" = dev ] || rm -rf "$data" "$place/url" "$place/owner-pw" "$place/pw"
  if [ ! -f "$data/PG_VERSION" ]; then
    say "New PostgreSQL cluster '$name' ($("$bin/postgres" --version | cut -d' ' -f3))"
    local root_password; root_password="$(secret)"
    printf '%s' "$root_password" > "$place/pw"; chown "$owner" "$place/pw"; chmod 600 "$place/pw"
    as_owner "$bin/initdb" -D "$data" -U postgres -E UTF8 --locale=C.UTF-8 --auth=scram-sha-256 --pwfile="$place/pw" \
      >"$place/initdb.log" 2>&1 || { cat "$place/initdb.log" >&2; die "initdb failed"; }
    {
      echo "listen_addresses = '127.0.0.1'"
      echo "unix_socket_directories = ''"
      echo "max_connections = 100"
      echo "max_locks_per_transaction = 256"
      echo "shared_buffers = 128MB"
      echo "timezone = 'UTC'"
      echo "log_min_error_statement = panic"
      # Data that is thrown away need not survive a power cut.
      [ "$name" = bench ] || [ "$name" = dev ] || printf 'fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n'
    } > "$place/extra.conf"
    chown "$owner" "$place/extra.conf"
    as_owner sh -c "echo \"include '$place/extra.conf'\" >> '$data/postgresql.conf'"
  fi
  local port; port="$(free_port)"
  as_owner "$bin/pg_ctl" -D "$data" -l "$place/server.log" -w -t 30 -o "-p $port" start >/dev/null ||
    { tail -n 20 "$place/server.log" >&2; die "PostgreSQL did not start; its log: $place/server.log"; }
  local root_url="postgres://postgres:$(cat "$place/pw")@127.0.0.1:$port"
  if [ ! -f "$place/owner-pw" ]; then
    ( umask 077; secret > "$place/owner-pw" )
    # The owner of all schemas is no superuser: what it may do is what a hosted database would allow.
    PGOPTIONS='--client-min-messages=warning' psql -q -v ON_ERROR_STOP=1 "$root_url/postgres" <<SQL
create role smoothschedule login createrole createdb password '$(cat "$place/owner-pw")';
create database smoothschedule owner smoothschedule;
SQL
  fi
  ( umask 077; echo "postgres://smoothschedule:$(cat "$place/owner-pw")@127.0.0.1:$port/smoothschedule" > "$place/url" )
}

stop() { if running; then as_owner "$bin/pg_ctl" -D "$data" -m fast -w stop >/dev/null; fi; }

locate
case "$verb" in
  start)  start; note "PostgreSQL '$name' answers on port $(sed -E 's/.*:([0-9]+)\/.*/\1/' "$place/url")" ;;
  stop)   stop ;;
  status) if running; then echo "running"; else echo "stopped"; exit 3; fi ;;
  url)    cat "$place/url" ;;
  psql)   shift 2 || shift $#; exec psql "$(cat "$place/url")" "$@" ;;
  *)      die "unknown verb '$verb': start, stop, status, url or psql" ;;
esac
