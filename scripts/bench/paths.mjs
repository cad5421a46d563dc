// The hot paths: what wrk asks for, and what stands for `$1`, `$2`, … when pgbench runs the statements of that path.
// The statements themselves are not here: they are listened to (tap.mjs) and must be in .sqlx/.
//
// In `values` the key is a part of a statement that no other statement in .sqlx/ has. A value is a text, `{text}`, or an
// expression over pgbench's variables, which `set` computes for each transaction.

const text = (value) => ({ text: value === null ? null : String(value) });
const pool = (b) => text(`{${b.pool.join(',')}}`);

const OFFER = 'from service s cross join business b where s.id = $1';
const RESOURCES = 'from resource r cross join business b';
const CLAIMS = 'where c.resource_id = any($1) and c.during && tstzrange($2, $3)';

export function paths({ home, others, dates, month, sessionHash, starts, host, now }) {
  /** What every question about a service asks first. */
  const offer = {
    [OFFER]: (b) => [text(b.service)],
    [RESOURCES]: (b) => [pool(b), text(now)],
  };
  const day = (at) => `\\set from ${at} + 86400 * random(0, ${dates.length - 1})\n\\set to :from + 86400`;
  const get = (b, path) => ({ method: 'GET', slug: b.slug, path, line: ['GET', host(b.slug), path, ''].join('\t') });
  const slots = {
    ...offer,
    // The month of the day, from the day before it to the three after it.
    [CLAIMS]: (b) => [pool(b), `to_timestamp(${month.from})`, `to_timestamp(${month.to})`, text(now)],
  };
  return [
    {
      key: 'day', title: 'list a day', note: 'GET /schedule?date=, signed in, one business', goal: 0.5, how: 'any', expected: '200', signedIn: true,
      requests: dates.map((date) => get(home, `/schedule?date=${date}`)),
      businesses: [home],
      set: () => day(month.firstDay),
      values: {
        'from public.session s join public.user_account': () => [text(sessionHash), '1800'],
        'as "present!"': () => [],
        [RESOURCES]: () => [text(null), 'to_timestamp(:from)'],
        "where a.starts_at < $2 and a.starts_at > $1::timestamptz - interval '24 hours' and a.ends_at > $1": () => ['to_timestamp(:from)', 'to_timestamp(:to)'],
        [CLAIMS]: (b) => [pool(b), 'to_timestamp(:from)', 'to_timestamp(:to)', text(now)],
        'select n.service_id, nr.resource_id': () => [],
        "where a.status = 'PENDING' and a.ends_at > $1": () => [text(now), '20'],
      },
    },
    {
      key: 'slots', title: 'slots of a day', note: 'GET /book/{service}?date=, one business', goal: 0.5, how: 'any', expected: '200',
      requests: dates.map((date) => get(home, `/book/${home.service}?date=${date}`)),
      businesses: [home], set: () => '', values: slots,
    },
    {
      key: 'slots-all', title: `slots, ${others.length} businesses`, note: 'the same, of any business by chance', goal: null, how: 'any', expected: '200',
      requests: others.flatMap((b) => dates.map((date) => get(b, `/book/${b.service}?date=${date}`))),
      businesses: others, set: () => '', values: slots,
    },
    {
      key: 'book', title: `book, ${others.length} businesses`, note: 'POST /book/{service}, each a start of its own', goal: null, how: 'once', expected: '303',
      requests: starts.map((s) => {
        const path = `/book/${s.service}`;
        const body = (token, turn) => `start=${s.start}&staff=&token=${token}&name=Bench+Customer&email=bench-${s.start.slice(5, 16).replace(/\D/g, '')}-${turn}%40customers.example&phone=&notes=`;
        return { method: 'POST', slug: s.slug, path, body, line: ['POST', host(s.slug), path, body('{token}', '{turn}')].join('\t') };
      }),
      businesses: others,
      // pgbench books beyond the horizon, where the server does not: each client, round and business has starts of its own.
      set: (b, index) => [
        `\\set turn${index} :turn${index} + 1`,
        `\\set k :turn${index} * :clients + :client_id`,
        `\\set dawn ${month.firstDay} + 86400 * (${b.horizon} + 30 + 90 * :round + :k % 60)`,
        `\\set start :dawn + 28800 + (:k / 60) * ${b.minutes * 60}`,
        `\\set end :start + ${b.minutes * 60}`,
        `\\set from :dawn - 86400`,
        `\\set to :dawn + 2 * 86400`,
        `\\set id (:round + 1) * 100000000 + :k`,
      ].join('\n'),
      counters: others.map((_, index) => `turn${index}`),
      values: {
        ...offer,
        [CLAIMS]: (b) => [pool(b), 'to_timestamp(:from)', 'to_timestamp(:to)', text(now)],
        'from hold h where h.token = $1': () => ['gen_random_uuid()'],
        'delete from hold where expires_at <= $2': (b) => [pool(b), text(now)],
        'select id from resource where id = any($1) order by id for no key update': (b) => [pool(b)],
        'select id from appointment where form_token = $1': () => ['gen_random_uuid()'],
        'insert into customer (id, name, email, email_key, phone)': () =>
          [uuid(':id'), text('Bench Customer'), "'bench-' || :id || '@customers.example'", "'bench-' || :id || '@customers.example'", text(null)],
        'insert into appointment (id, reference,': (b) => [
          uuid(':id'), "upper(substr(md5((:id)::text), 1, 9))", text(b.service), uuid(':id'), text('Bench Customer'), text(null), text(''),
          text('CONFIRMED'), text('true'), 'to_timestamp(:start)', 'to_timestamp(:end)', b.price === null ? text(null) : String(b.price),
          'gen_random_uuid()', '0', '0', '1440', '1440', text(now), text('PAGE')],
        'insert into claim (appointment_id, hold_id, need': (b) =>
          [uuid(':id'), text(null), '0', resource(b), '1', 'to_timestamp(:start)', 'to_timestamp(:end)', '0', '0'],
        'insert into change (appointment_id)': () => [uuid(':id')],
        'insert into appointment_history (appointment_id, version': (b) =>
          [uuid(':id'), text(now), text(null), text('BOOKED'), `array[${resource(b)}]`],
        "h.action = 'REQUESTED')": () => [uuid(':id')],
        // The confirmation, and then the reminder: about as long as they are.
        'select outbox.post($1': (b, nth) => [
          'gen_random_uuid()', text(nth === 0 ? 'BOOKED' : 'REMINDER'), uuid(':id'), '1', "'bench-' || :id || '@customers.example'", text(null),
          text('You are booked'), "repeat('A line of a letter. ', 60)", "repeat('<p>A line of a letter.</p> ', 120)",
          nth === 0 ? "repeat('A line of a calendar. ', 40)" : text(null), nth === 0 ? text('REQUEST') : text(null),
          nth === 0 ? text(null) : "to_timestamp(:start) - interval '1 day'", nth === 0 ? text(null) : 'to_timestamp(:start)'],
        'select audit.append($1': (b) => [
          text(null), text('APPOINTMENT_BOOKED'), `'appointment/' || ${uuid(':id')}`,
          `'${b.name.replaceAll("'", "''")} at ' || to_timestamp(:start) || ', reference ' || :id`, text('127.0.0.1'), 'gen_random_uuid()::text'],
      },
    },
  ];
}

/** One of the pool, in turn. */
const resource = (b) => `('{${b.pool.join(',')}}'::uuid[])[1 + :k % ${b.pool.length}]`;
/** A number as an id. */
const uuid = (number) => `('00000000-0000-7000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
