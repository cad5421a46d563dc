// The database as the bench sees it: rows by psql as the owner of all schemas, and the login of the server.
import { createHmac } from 'node:crypto';
import { execFileSync } from 'node:child_process';

/** What psql and pgbench take from the environment to reach a database, the password not being for the command line. */
export function reach(url) {
  const { hostname, port, username, password, pathname } = new URL(url);
  return { PGHOST: hostname, PGPORT: port, PGUSER: username, PGPASSWORD: decodeURIComponent(password), PGDATABASE: pathname.slice(1) };
}

/** The login of the server: its password is derived from the secret, as server/src/config.rs does. */
export function appUrl(owner, secret) {
  const mac = (key, data) => createHmac('sha256', key).update(data).digest();
  const url = new URL(owner);
  url.username = 'smoothschedule_app';
  url.password = mac(mac(secret, 'database-login'), '').toString('hex');
  return url.href;
}

export class Database {
  #env;
  constructor(url) {
    this.#env = { ...process.env, ...reach(url), PGOPTIONS: '-c client_min_messages=error' };
  }

  run(sql) {
    return execFileSync('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-f', '-'],
      { env: this.#env, input: sql, encoding: 'utf8', maxBuffer: 1 << 28 }).trim();
  }

  rows(sql) {
    return JSON.parse(this.run(`select coalesce(json_agg(t), '[]') from (${sql}) t`));
  }
}

/**
 * The businesses with a service to book: of each, the service that takes the least time of those that need one of a pool,
 * and the times of the pool's first resource. Nothing is known beforehand but the tables.
 */
export function businesses(db) {
  const tenants = db.rows("select slug, schema_name as schema, timezone as zone from public.tenant where status in ('TRIAL', 'ACTIVE') order by slug");
  const one = ({ schema }) => `(
    select '${schema}' as schema, s.id as service, s.name, s.minutes, s.horizon_days as horizon, s.price_minor as price,
           array_agg(r.id order by r.position, r.name, r.id) as pool,
           (select coalesce(json_agg(h), '[]') from ${schema}.weekly_hours h
            where h.resource_id = (array_agg(r.id order by r.position, r.name, r.id))[1]) as hours,
           (select count(*) from ${schema}.appointment) as appointments
    from ${schema}.service s join ${schema}.service_need n on n.service_id = s.id
    join ${schema}.service_need_resource nr on nr.service_id = n.service_id and nr.need = n.need
    join ${schema}.resource r on r.id = nr.resource_id
    where s.is_online group by s.id having count(distinct n.need) = 1 and max(n.count) = 1
    order by s.minutes, s.position, s.id limit 1)`;
  const found = new Map(db.rows(tenants.map(one).join(' union all ')).map((row) => [row.schema, row]));
  const all = tenants.filter((t) => found.has(t.schema)).map((t) => ({ ...t, ...found.get(t.schema) }));
  return { tenants: tenants.length, all };
}

/** The instant at which a date begins in a zone, in seconds. */
export function startOfDay(db, date, zone) {
  return Number(db.run(`select extract(epoch from '${date}'::timestamp at time zone '${zone}')::bigint`));
}

/** Free starts of all these businesses, by chance: on the first resource's hours, one after the other, so none excludes another. */
export function freeStarts(db, businesses, today, limit) {
  const spans = businesses.flatMap((b) => b.hours.map((h) =>
    `('${b.slug}', '${b.service}', '${b.zone}', ${b.minutes}, ${b.horizon}, ${h.weekday}, ${h.from_minute}, ${h.to_minute})`));
  const text = db.run(`
    select b.slug, b.service, to_char((d + make_interval(mins => m)) at time zone b.zone at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"%2B00:00"')
    from (values ${spans.join(',')}) b (slug, service, zone, minutes, horizon, weekday, opens, closes),
         generate_series(timestamp '${today}' + interval '2 days', timestamp '${today}' + make_interval(days => b.horizon - 1), interval '1 day') d,
         generate_series(b.opens, b.closes - b.minutes, b.minutes) m
    where extract(isodow from d) = b.weekday and b.closes > b.opens
    order by md5(b.slug || d || m) limit ${limit}`);
  return text.split('\n').filter(Boolean).map((line) => {
    const [slug, service, start] = line.split('|');
    return { slug, service, start };
  });
}

/** Makes a business large: fifty staff, ten rooms, five kinds of machines, and a month nearly full. Tells how many appointments it has. */
export function enlarge(db, business, first) {
  db.run(`
    set search_path = ${business.schema}, ext;
    insert into resource (id, name, kind, quantity, position)
      select gen_random_uuid(), kind || ' ' || n, kind, case when kind = 'EQUIPMENT' then 3 else 1 end, 100 + n
      from (values ('STAFF', 50), ('ROOM', 10), ('EQUIPMENT', 5)) k (kind, many), generate_series(1, many) n;
    insert into weekly_hours (resource_id, weekday, from_minute, to_minute)
      select id, d, f, t from resource, generate_series(1, 7) d, (values (480, 720), (780, 1080)) h (f, t) where position >= 100;
    delete from service_need where service_id = '${business.service}';
    insert into service_need (service_id, need) select '${business.service}', n from generate_series(0, 2) n;
    insert into service_need_resource (service_id, need, resource_id)
      select '${business.service}', case kind when 'STAFF' then 0 when 'ROOM' then 1 else 2 end, id from resource where position >= 100;
    insert into customer (id, name, email, email_key) values (gen_random_uuid(), 'Large', 'large@customers.example', 'large@customers.example');
    create temporary table planned as
      select gen_random_uuid() as id, r.id as resource_id, at, at + interval '25 minutes' as until
      from resource r, generate_series(0, 30) d, generate_series(0, 12) n,
           lateral (select (date_trunc('month', date '${first}') + make_interval(days => d, mins => 480 + n * 44 + (r.position * 13 + d * 7 + n * 5) % 17)) at time zone '${business.zone}' as at) t
      where r.position >= 100 and r.kind = 'STAFF';
    insert into appointment (id, reference, service_id, customer_id, contact_name, status, starts_at, ends_at)
      select p.id, 'L' || row_number() over (), '${business.service}', c.id, 'Large', 'CONFIRMED', p.at, p.until
      from planned p, customer c where c.email_key = 'large@customers.example';
    insert into claim (appointment_id, resource_id, during) select id, resource_id, tstzrange(at, until) from planned;`);
  return db.run(`select count(*) from ${business.schema}.appointment`);
}
