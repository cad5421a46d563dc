// What is put straight into the database, for days that customers cannot reach yet, or in numbers that nobody books by hand.
import { execFileSync } from 'node:child_process';

/** Runs statements in the schema of a demo business; answers with what they say, line by line. */
export function sql(business, statements) {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set: run this through scripts/e2e.sh');
  const psql = (text) => execFileSync('psql', ['-AtqX', '-v', 'ON_ERROR_STOP=1', url], { input: text, encoding: 'utf8' }).trim();
  const schema = psql(`select schema_name from public.tenant where slug = '${business}'`);
  return psql(`begin; set local search_path = "${schema}", ext; ${statements}; commit;`);
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

/** An appointment for a haircut of 45 minutes at the demo's studio: `put({ who, staff, date, clock })`. */
export function put({ who, staff, date, clock = '10:00', minutes = 45, business = 'demo', service = 'Haircut' }) {
  const start = `(timestamp '${date} ${clock}' at time zone (select timezone from public.tenant where slug = '${business}'))`;
  sql(business, `
    with who as (insert into customer (id, name, email, email_key)
        select gen_random_uuid(), ${quoted(who)}, mail, mail from (select lower(replace(${quoted(who)}, ' ', '.')) || '@customers.example' as mail) m
        on conflict on constraint customer_email do update set name = excluded.name returning id),
    it as (insert into appointment (id, reference, service_id, customer_id, contact_name, status, starts_at, ends_at)
        select gen_random_uuid(), upper(substr(md5(random()::text), 1, 8)), s.id, who.id, ${quoted(who)}, 'CONFIRMED', ${start}, ${start} + interval '${minutes} minutes'
        from who, service s where s.name = ${quoted(service)} returning id, service_id)
    insert into claim (appointment_id, resource_id, need, during)
        select it.id, r.id, nr.need, tstzrange(${start}, ${start} + interval '${minutes} minutes')
        from it, resource r join service_need_resource nr on nr.resource_id = r.id
        where r.name = ${quoted(staff.name)} and nr.service_id = it.service_id`);
}
