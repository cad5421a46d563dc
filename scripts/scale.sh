#!/usr/bin/env bash
# `make scale`: many tenants. 500 real ones: creating one, a migration with a broken one among them, and one with nothing to do.
# Then 10,000 tenants and 100,000 events in the registry: the dashboard's pages. Figures are printed, none is asserted.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
scripts/setup.sh run
. scripts/lib.sh
if [ "${SCALE_SKIP_BUILD:-0}" != 1 ]; then
  say "Release build"
  cargo leptos build --release -P
fi
server="$CARGO_TARGET_DIR/release/smoothschedule"
bin="$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)"; export PATH="$PATH:$bin"
scripts/pg.sh start bench
folder="$ROOT/.dev/scale"; rm -rf "$folder"; mkdir -p "$folder"
pid=""
trap '[ -z "$pid" ] || kill $pid 2>/dev/null || true; scripts/pg.sh stop bench || true' EXIT
url="$(scripts/pg.sh url bench)"
port="$(node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')"
export DEBUG=1 SECRET_KEY="scale-scale-scale-scale-scale-scale" DATABASE_URL="$url" BASE_DOMAIN="localhost:$port" LISTEN="127.0.0.1:$port" \
  LOG=warn LOG_DIR="$folder" LEPTOS_SITE_ROOT="$ROOT/target/site"
sql() { PGOPTIONS='--client-min-messages=warning' psql -q -X -At -v ON_ERROR_STOP=1 "$url" "$@"; }
seconds() { local began; began="$(date +%s.%N)"; "$@" >"$folder/out.txt" 2>&1 || true; echo "$(date +%s.%N) - $began" | bc; }

"$server" migrate >/dev/null
many="${SCALE_TENANTS:-500}"
say "$many tenants"
note "made in $(seconds "$server" seed-demo --extra $((many - 2))) s, demo rows of each included"
note "one more, by create-tenant: $(seconds "$server" create-tenant --name 'One more' --slug one-more) s"
say "A migration that has everything to do, and one tenant in its way"
# The last version is taken away from all of them; one has something where a table belongs.
sql -c "do \$\$ declare t record; begin
  for t in select schema_name from public.tenant loop
    execute format('drop schema %I cascade', t.schema_name); execute format('create schema %I', t.schema_name);
    execute format('grant usage on schema %I to %I', t.schema_name, t.schema_name);
    update public.tenant set schema_version = 0 where schema_name = t.schema_name;
    if random() < 1 then commit; end if;
  end loop; end \$\$"
broken="$(sql -c "select schema_name from public.tenant where slug = 'one-more'")"
sql -c "create table \"$broken\".claim (in_the_way int)"
note "with one broken: $(seconds "$server" migrate) s"
tail -n 2 "$folder/out.txt" | sed 's/^/    /'
note "behind now: $(sql -c "select count(*) from public.tenant where migration_error is not null")"
sql -c "drop table \"$broken\".claim"
note "mended, the rest: $(seconds "$server" migrate) s"
note "with nothing to do: $(seconds "$server" migrate) s (goal: under 2)"
note "--status: $(seconds "$server" migrate --status) s"

say "10,000 tenants and 100,000 events in the registry"
sql <<'SQL'
insert into public.tenant (id, name, slug, schema_name, tier, status, timezone, schema_version)
  select gen_random_uuid(), 'Business ' || n, 'business-' || n, 't_' || rpad(translate(n::text, '0123456789', 'bcdefghijk'), 26, 'z'), 'FREE', 'TRIAL',
         'Europe/Berlin', (select max(schema_version) from public.tenant)
  from generate_series(1, 10000 - (select count(*) from public.tenant)) n;
insert into public.user_account (id, email, name, role, tenant_id)
  select gen_random_uuid(), 'owner@' || slug || '.example', 'Owner of ' || name, 'TENANT_OWNER', id from public.tenant where slug like 'business-%';
do $$ declare t uuid; n int := 0; begin
  for t in select id from public.tenant order by slug limit 1000 loop
    for i in 1..100 loop perform audit.append(t, 'LOGIN', null, null, 'user', 'scale', null, null, null, null, '127.0.0.1', null, null); end loop;
    n := n + 1; if n % 50 = 0 then commit; end if;
  end loop; end $$;
analyze;
SQL
"$server" serve --without-worker >"$folder/server.log" 2>&1 &
pid=$!
for _ in $(seq 100); do curl -sf -o /dev/null "http://127.0.0.1:$port/readyz" && break; sleep 0.1; done
jar="$folder/jar"; here=(-s -b "$jar" -c "$jar" -H "Host: platform.localhost:$port" -H "Origin: http://platform.localhost:$port")
curl "${here[@]}" -o /dev/null --data-urlencode 'email=root@platform.example' --data-urlencode "password=smooth-demo" "http://127.0.0.1:$port/login"
for path in / '/?q=5000' '/?sort=created' '/?sort=users' '/?sort=bookings' /users '/users?q=owner%40business-77' /audit '/audit?action=LOGIN' '/audit?tenant=business-1' /grants /domains /migrations; do
  for _ in 1 2; do curl "${here[@]}" -o /dev/null "http://127.0.0.1:$port$path"; done
  times="$(for _ in 1 2 3 4 5; do curl "${here[@]}" -o /dev/null -w '%{http_code} %{time_total}\n' "http://127.0.0.1:$port$path"; done | sort -k2 -n | sed -n 3p)"
  printf '    %-32s %s  %.0f ms\n' "$path" "${times%% *}" "$(echo "${times##* } * 1000" | bc)"
done
note "goal: 100 ms a page"
note "verifying 100,000 events: $(seconds "$server" audit verify) s"
