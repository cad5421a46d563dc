// Measures, and says what it found. Started by scripts/bench.sh, which has the database, the program and the tools ready.
// Timings never fail a build; answers other than the expected ones do.
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database, appUrl, businesses, enlarge, freeStarts, reach, startOfDay } from './database.mjs';
import * as machine from './machine.mjs';
import { paths } from './paths.mjs';
import * as pgbench from './pgbench.mjs';
import { Server } from './server.mjs';
import { Tap } from './tap.mjs';

const need = (name) => process.env[name] ?? (() => { throw new Error(`${name} is not set: run scripts/bench.sh`); })();
const number = (name, otherwise) => Number(process.env[name] ?? otherwise);
const ROOT = need('BENCH_ROOT'), FOLDER = need('BENCH_FOLDER'), OWNER = need('BENCH_DATABASE_URL'), SECRET = need('BENCH_SECRET');
const CLOCK = need('BENCH_CLOCK'), POSTMASTER = Number(need('BENCH_POSTMASTER'));
const SECONDS = number('BENCH_SECONDS', 8), ROUNDS = number('BENCH_ROUNDS', 3), CONNECTIONS = number('BENCH_CONNECTIONS', 16), POOL = number('BENCH_POOL', 16);
const STARTS = 5, GOAL_MEMORY = 100, GOAL_START = 1000, GOAL_LARGE = 50, QUIET = 0.05;
const ONLY = (process.env.BENCH_ONLY ?? '').split(',').filter(Boolean);

const say = (text = '') => console.log(text);
const note = (text) => say(`    ${text}`);
const head = (text) => say(`\x1b[1m==>\x1b[0m ${text}`);
const warn = (text) => say(`\x1b[33mwarning:\x1b[0m ${text}`);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) / 2)];
const percent = (share) => `${Math.round(100 * share)}%`;
const rate = (n) => (n >= 100 ? Math.round(n).toString() : n.toFixed(1));

/** A table with its columns in line; the first column to the left, the others to the right. */
function table(rows) {
  const widths = rows[0].map((_, n) => Math.max(...rows.map((row) => String(row[n]).length)));
  rows.forEach((row, at) => {
    say(`  ${row.map((cell, n) => (n === 0 ? String(cell).padEnd(widths[n]) : String(cell).padStart(widths[n]))).join('   ')}`.trimEnd());
    if (at === 0) say(`  ${widths.map((width) => '─'.repeat(width)).join('───')}`);
  });
}

async function lookAround() {
  const seen = await machine.look();
  note(`${seen.busy.length} cores (${seen.model}), ${Math.round(seen.memory / 2 ** 30)} GB; load average ${seen.load.toFixed(2)}`);
  note(`busy now: ${seen.busy.map((share, n) => `core ${n} ${percent(share)}`).join(', ')}`);
  if (seen.busy.some((share) => share > 2 * QUIET)) {
    warn(`other programs are at work (${seen.who.map((p) => `${p.name} ${percent(p.share)}`).join(', ') || 'not to be seen from here'}): figures will be too low, and ratios less sure`);
  }
  return seen;
}

/** The tenants, the days and the people that are found in the database; nothing of it is known beforehand. */
function findWorld(db) {
  const found = businesses(db);
  const home = [...found.all].sort((a, b) => b.appointments - a.appointments)[0];
  if (!home || found.all.length < 2) throw new Error('the database has no businesses to measure: did `seed-demo` run?');
  const others = found.all.filter((b) => b !== home).slice(0, 120); // pgbench takes 128 scripts
  const date = (text, add) => db.run(`select (date '${text}' + ${add})::text`);
  const today = db.run(`select (timestamptz '${CLOCK}' at time zone '${home.zone}')::date::text`);
  const first = date(today, 1);
  const dates = Array.from({ length: 14 }, (_, n) => date(first, n)).filter((d) => d.slice(0, 7) === first.slice(0, 7));
  const [start, end] = db.run(`select (date_trunc('month', date '${first}') - interval '1 day')::date, (date_trunc('month', date '${first}') + interval '1 month' + interval '2 days')::date`).split('|');
  const month = { firstDay: startOfDay(db, first, home.zone), from: startOfDay(db, start, home.zone), to: startOfDay(db, end, home.zone) };
  const person = db.rows(`select u.email from public.user_account u join public.tenant t on t.id = u.tenant_id where t.slug = '${home.slug}' and u.role = 'TENANT_OWNER' and u.is_active limit 1`)[0];
  const starts = freeStarts(db, others, today, ROUNDS * SECONDS * 2500 + 50);
  return { tenants: found.tenants, home, others, dates, month, person, starts };
}

const password = () => {
  const source = fs.readFileSync(path.join(ROOT, 'server/src/seed/mod.rs'), 'utf8');
  const found = /const PASSWORD: &str = "([^"]+)"/.exec(source);
  if (!found) throw new Error('server/src/seed/mod.rs has no PASSWORD any more: say here where it went');
  return found[1];
};

/** Listens to one request of each path, and writes pgbench's scripts from what was heard. */
async function listen(server, hot, cookie, known) {
  const { hostname, port } = new URL(OWNER);
  const tap = new Tap();
  const url = new URL(OWNER);
  url.port = String(await tap.start(hostname, Number(port)));
  await server.start(url.href, 1, hot[0].businesses[0].slug, '/');
  const app = new Database(appUrl(OWNER, SECRET));
  if (app.run('select current_user') !== 'smoothschedule_app') throw new Error('the login of the server is another than scripts/bench/database.mjs says');
  for (const one of hot) {
    const tries = one.requests.splice(0, one.how === 'once' ? 25 : 0);
    const next = () => tries.pop() ?? one.requests[0];
    const ask = async () => {
      const { method, slug, path: where, body } = next();
      const answer = await server.ask(method, slug, where, { body: body?.(randomUUID(), `probe-${tries.length}`), cookie: one.signedIn ? cookie : undefined });
      if (String(answer.status) !== one.expected) throw new Error(`${method} ${where} of ${slug} was answered with ${answer.status}, not ${one.expected}`);
    };
    for (let n = 0; n < 2; n++) await ask(); // the first times prepare the statements
    for (let n = 0; ; n++) {
      await sleep(150);
      tap.take();
      const asked = next();
      tries.push(asked);
      await ask();
      await sleep(150);
      const events = tap.take();
      if (pgbench.isRefresh(events)) {
        if (n > 20) throw new Error(`'${one.title}' could not be listened to alone`);
        continue; // the table of hosts was asked for meanwhile, on the same connection
      }
      Object.assign(one, pgbench.statementsOf(events, known, one));
      const heard = [...one.businesses].find((b) => b.slug === asked.slug).schema;
      one.args = pgbench.write(FOLDER, one, one.statements, heard);
      one.statementCount = one.statements.length;
      break;
    }
  }
  await server.stop();
  tap.stop();
  return tap.settings;
}

/** One measurement of the server. */
async function load(server, hot, file, seconds, cookie) {
  const said = await pgbench.run('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--timeout', '10s', '-s', path.join(ROOT, 'scripts/bench/load.lua'),
    ...(hot.signedIn ? ['-H', `Cookie: ${cookie}`] : []), `http://127.0.0.1:${server.port}/`, '--', hot.how, file], {});
  const found = JSON.parse(said.trim().split('\n').at(-1));
  const expected = found[hot.expected];
  // Taken: two customers wanted one start. That is an answer, and here it should not happen.
  const taken = hot.expected === '303' ? found[409] : 0;
  return { ...found, expected, taken, wrong: found.requests - expected - taken, rate: expected / found.seconds };
}

/** A month of fifty staff, one question after the other. */
async function askLarge(db, server, world) {
  const business = world.others.at(-1);
  head(`A month of 50 staff with ${enlarge(db, business, world.dates[0])} appointments`);
  db.run('vacuum analyze');
  const times = [];
  for (let n = 0; n < 220; n++) {
    const began = process.hrtime.bigint();
    const answer = await server.ask('GET', business.slug, `/book/${business.service}?date=${world.dates[n % world.dates.length]}`);
    if (answer.status !== 200) throw new Error(`the month of 50 staff was answered with ${answer.status}`);
    if (n >= 20) times.push(Number(process.hrtime.bigint() - began) / 1e6);
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(times.length * 0.5)], p95: times[Math.floor(times.length * 0.95)] };
}

async function main() {
  fs.mkdirSync(FOLDER, { recursive: true });
  head('The machine');
  const seen = await lookAround();
  const db = new Database(OWNER);
  const known = pgbench.knownStatements(ROOT);
  const world = findWorld(db);
  const server = new Server({
    program: need('BENCH_SERVER'), site: path.join(ROOT, 'target/site'), secret: SECRET, clock: CLOCK, log: path.join(FOLDER, 'server.log'),
  });
  fs.writeFileSync(server.log, '');
  const ended = () => server.child?.kill('SIGKILL');
  process.on('exit', ended);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

  head(`From the start of the process to a business's page (${STARTS} times, ${world.tenants} businesses)`);
  const took = [];
  for (let n = 0; n < STARTS; n++) {
    took.push(await server.start(OWNER, POOL, world.home.slug, '/'));
    if (n < STARTS - 1) await server.stop();
  }
  note(took.map((ms) => `${Math.round(ms)} ms`).join(', '));
  const fresh = machine.memory(server.child.pid);
  const cookie = await server.signIn(world.home.slug, world.person.email, password());
  await server.stop();
  const sessionHash = `\\x${createHash('sha256').update(cookie.split('=')[1]).digest('hex')}`;
  if (db.run(`select count(*) from public.session where id_hash = '${sessionHash}'`) !== '1') throw new Error('sessions are kept in another way than server/src/session/store.rs did: see sessionHash here');

  head('What the server asks the database');
  const hot = paths({ ...world, now: CLOCK, sessionHash, host: (slug) => server.host(slug) }).filter((one) => ONLY.length === 0 || ONLY.includes(one.key));
  const settings = await listen(server, hot, cookie, known);
  for (const one of hot) {
    note(`${one.title}: ${one.statementCount} statements, ${one.trips} round trips (${one.beside} of them beside the statements)`);
  }
  // The tables grow by what is measured; they begin with statistics, as they would have after a day.
  db.run('vacuum analyze');

  head(`Load: ${CONNECTIONS} connections to the server, ${POOL} from it to PostgreSQL and from pgbench; ${SECONDS} s each, ${ROUNDS} rounds`);
  await server.start(OWNER, POOL, world.home.slug, '/');
  const env = { ...reach(appUrl(OWNER, SECRET)), PGOPTIONS: settings, PGAPPNAME: 'pgbench' };
  const errors = [];
  const measured = async (what) => {
    const before = machine.times(server.child.pid, POSTMASTER);
    const found = await what();
    return { ...found, spent: machine.between(before, machine.times(server.child.pid, POSTMASTER)) };
  };
  for (const one of hot) {
    one.rounds = [];
    one.files = Array.from({ length: ROUNDS }, (_, round) => {
      const file = path.join(FOLDER, `${one.key}-${round}.txt`), size = Math.floor(one.requests.length / ROUNDS);
      const own = one.how === 'any' ? one.requests : one.requests.slice(round * size, (round + 1) * size);
      fs.writeFileSync(file, `${own.map((r) => r.line).join('\n')}\n`);
      return file;
    });
    if (one.how === 'any') await load(server, one, one.files[0], 1, cookie); // connections are made, statements prepared
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of hot) {
      const ours = async () => measured(() => load(server, one, one.files[round], SECONDS, cookie));
      const theirs = async () => measured(() => pgbench.measure(one.args, { clients: POOL, seconds: SECONDS, round, env }));
      // Each goes first in turn, so that a machine that gets slower or faster favours neither.
      const both = {};
      for (const [name, what] of round % 2 === 0 ? [['server', ours], ['pgbench', theirs]] : [['pgbench', theirs], ['server', ours]]) both[name] = await what();
      both.ratio = both.server.rate / both.pgbench.rate;
      both.others = Math.max(both.server.spent.others, both.pgbench.spent.others);
      one.rounds.push(both);
      const { server: s } = both;
      if (s.wrong > 0) errors.push(`${one.title}: ${s.wrong} of ${s.requests} answers were not ${one.expected} (for example ${s.example || [200, 303, 409].filter((c) => s[c] > 0 && String(c) !== one.expected)[0]})`);
      if (s.taken > 0.01 * s.requests) errors.push(`${one.title}: ${s.taken} of ${s.requests} starts were taken, though each was asked for once`);
      if (s.broken > 0) errors.push(`${one.title}: ${s.broken} connections broke`);
      if (s.usedUp) warn(`${one.title}: all prepared starts were used up before the time was`);
      note(`round ${round + 1}, ${one.title}: server ${rate(s.rate)}/s, pgbench ${rate(both.pgbench.rate)}/s, ratio ${both.ratio.toFixed(2)}; other programs took ${percent(both.others)} of the machine`);
    }
  }
  await sleep(1000);
  const memory = machine.memory(server.child.pid);
  const large = await askLarge(db, server, world);
  await server.stop();
  report({ hot, world, took, fresh, memory, large, errors, seen, log: fs.readFileSync(server.log, 'utf8') });
}

function report({ hot, world, took, fresh, memory, large, errors, seen, log }) {
  const verdict = (isMet) => (isMet ? 'met' : 'MISSED');
  const of = (one, pick) => median(one.rounds.map(pick));
  const isNoisy = (one) => of(one, (r) => r.others) > QUIET;
  say();
  head(`The same SQL through the server and through pgbench (medians of ${ROUNDS} rounds, ${SECONDS} s each, ${CONNECTIONS} connections, pool of ${POOL})`);
  table([
    ['path', 'server req/s', 'p50 ms', 'p99 ms', 'pgbench tx/s', 'ratio', 'goal', 'verdict', 'others'],
    ...hot.map((one) => [
      one.title, rate(of(one, (r) => r.server.rate)), of(one, (r) => r.server.p50).toFixed(1), of(one, (r) => r.server.p99).toFixed(1),
      rate(of(one, (r) => r.pgbench.rate)), of(one, (r) => r.ratio).toFixed(2), one.goal ? `≥ ${one.goal.toFixed(2)}` : '-',
      one.goal ? verdict(of(one, (r) => r.ratio) >= one.goal) + (isNoisy(one) ? ' (noisy)' : '') : '-', percent(of(one, (r) => r.others)),
    ]),
  ]);
  say();
  head('Where the time goes: milliseconds of processor for one request, and for one transaction of pgbench');
  table([
    ['path', 'server', 'PostgreSQL', 'wrk', '│', 'PostgreSQL', 'pgbench', '│', 'round trips', 'of them beside'],
    ...hot.map((one) => {
      const each = (side, part, count) => of(one, (r) => r[side].spent[part] / count(r)).toFixed(2);
      const requests = (r) => r.server.requests, done = (r) => r.pgbench.done;
      return [one.title, each('server', 'server', requests), each('server', 'postgres', requests), each('server', 'load', requests), '│',
        each('pgbench', 'postgres', done), each('pgbench', 'load', done), '│', one.trips, one.beside];
    }),
  ]);
  say();
  for (const one of hot.filter((h) => h.expected === '303')) {
    const sum = (pick) => one.rounds.reduce((total, r) => total + pick(r.server), 0);
    note(`${one.title}: ${sum((s) => s.expected)} of ${sum((s) => s.requests)} answers were 303 (booked), ${sum((s) => s.taken)} were 409 (taken), ${sum((s) => s.wrong)} another`);
  }
  const start = median(took);
  note(`memory of the server after the load, ${world.tenants} businesses: ${memory.now.toFixed(0)} MB resident (${fresh.now.toFixed(0)} MB before, ${memory.most.toFixed(0)} MB at most), goal ≤ ${GOAL_MEMORY} MB: ${verdict(memory.now <= GOAL_MEMORY)}`);
  note(`a month of 50 staff, page after page: ${large.p50.toFixed(1)} ms in the middle, p95 ${large.p95.toFixed(1)} ms, goal < ${GOAL_LARGE} ms: ${verdict(large.p95 < GOAL_LARGE)}`);
  note(`from the start of the process to a business's page: ${Math.round(start)} ms (median of ${took.length}), goal < ${GOAL_START} ms: ${verdict(start < GOAL_START)}`);
  for (const one of hot) note(`${one.title}: ${one.note}`);
  if (hot.some(isNoisy)) warn(`"noisy": other programs took more than ${percent(QUIET)} of the machine; measure again when it is free`);
  const result = {
    seconds: SECONDS, rounds: ROUNDS, connections: CONNECTIONS, pool: POOL, cores: seen.busy.length, model: seen.model, tenants: world.tenants,
    startMs: took, memoryMB: memory, largeMs: large, errors,
    paths: hot.map((one) => ({ key: one.key, trips: one.trips, beside: one.beside, statements: one.statements.map((s) => s.sql), rounds: one.rounds })),
  };
  fs.writeFileSync(path.join(FOLDER, 'result.json'), `${JSON.stringify(result, null, 1)}\n`);
  note(`all figures: ${path.relative(ROOT, FOLDER)}/result.json; the scripts for pgbench are beside it`);
  if (/ ERROR |panicked/.test(log)) errors.push(`the server logged errors: ${path.relative(ROOT, FOLDER)}/server.log`);
  for (const error of errors) say(`\x1b[1;31merror:\x1b[0m ${error}`);
  if (errors.length > 0) process.exitCode = 1;
}

await main().catch((error) => {
  console.error(`\x1b[1;31merror:\x1b[0m ${error.message}`);
  process.exit(1);
});
