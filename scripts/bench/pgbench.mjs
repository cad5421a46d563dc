// The statements of a path, as pgbench scripts of the same order, shape and round trips.
//
// Where a path stays with one business: `-M prepared`, with the three statements of the server's first message in a
// pipeline, as `-M prepared` has no message of three. Where a path goes from business to business: one script each, and
// PREPARE and EXECUTE by hand. For the server's prepared statements are shared by all businesses, and PostgreSQL
// analyses and plans one anew whenever the search_path is another than last time; with scripts under `-M prepared` each
// business would have statements of its own, which the server has not.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const plain = (sql) => sql.replace(/\s+/g, ' ').trim();
const CONTROL = /^(BEGIN|ROLLBACK|COMMIT)\b/;
/** Questions that are the server's own affair: whether the table of hosts is fresh, and, before each BEGIN, whether a connection is clean. */
const HOUSEKEEPING = /^select epoch from public\.route_epoch$/;
const IS_CLEAN = /^select now\(\) = statement_timestamp\(\) and [^;]*;/;

/** Every statement that the build was checked with. */
export function knownStatements(root) {
  const folder = path.join(root, '.sqlx');
  return new Set(fs.readdirSync(folder).map((file) => plain(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')).query)));
}

export const isRefresh = (events) => events.some((e) => e.sql && /route_epoch/.test(e.sql));

/** From what was heard: the statements that count, and how many round trips there were beside them. */
export function statementsOf(events, known, hot) {
  const statements = [];
  for (const sql of events.filter((e) => e.sql !== undefined).map((e) => plain(e.sql).replace(IS_CLEAN, ''))) {
    if (HOUSEKEEPING.test(sql)) continue;
    const keys = Object.keys(hot.values).filter((key) => sql.includes(key));
    if (CONTROL.test(sql)) statements.push({ sql, isControl: true });
    else if (!known.has(sql)) throw new Error(`'${hot.title}' sends what .sqlx/ does not have:\n  ${sql}`);
    else if (keys.length !== 1) throw new Error(`'${hot.title}' sends a statement for which scripts/bench/paths.mjs has ${keys.length ? 'several lists' : 'no list'} of values:\n  ${sql}`);
    else statements.push({ sql, key: keys[0] });
  }
  for (const key of Object.keys(hot.values)) {
    const others = [...known].filter((sql) => sql.includes(key)).length;
    if (others !== 1) throw new Error(`in scripts/bench/paths.mjs '${key}' is part of ${others} statements in .sqlx/: it must be part of one`);
  }
  const trips = events.filter((e) => e.trip).length;
  return { statements, trips, beside: trips - statements.length };
}

/** A script for a business, and the definitions it needs. */
function script(hot, statements, heard, business, index, definitions) {
  const isShared = hot.businesses.length > 1;
  const times = {};
  const values = ({ sql, key }) => {
    const nth = (times[key] = (times[key] ?? -1) + 1);
    const list = hot.values[key](business, nth);
    const wanted = Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map((m) => Number(m[1])));
    if (list.length !== wanted) throw new Error(`a statement of '${hot.title}' takes ${wanted} values, scripts/bench/paths.mjs has ${list.length}:\n  ${sql}`);
    return list.map((value, n) => {
      if (typeof value === 'string') return value;
      if (value.text === null) return 'null';
      if (isShared) return `'${value.text.replaceAll("'", "''")}'`;
      const name = `v${statements.findIndex((s) => s.key === key)}_${n + 1}`;
      definitions[name] = value.text;
      return `:${name}`;
    });
  };
  const control = (sql) => sql.replaceAll(heard, business.schema).split(/;\s*/).filter(Boolean);
  const line = (statement) => {
    if (!statement.isControl) {
      const list = values(statement);
      if (isShared) return `EXECUTE s${statements.findIndex((s) => s.sql === statement.sql)}${list.length ? `(${list.join(', ')})` : ''};`;
      return `${statement.sql.replace(/\$(\d+)/g, (_, n) => list[n - 1])};`;
    }
    const parts = control(statement.sql);
    if (parts.length === 1) return `${parts[0]};`;
    return isShared ? `${parts.join('\\; ')};` : ['\\startpipeline', ...parts.map((p) => `${p};`), '\\endpipeline'].join('\n');
  };
  const lines = [hot.set(business, index), ...statements.map(line)];
  if (isShared) {
    const first = statements.find((s) => s.isControl);
    const own = statements.filter((s, n) => !s.isControl && statements.findIndex((o) => o.sql === s.sql) === n);
    lines.unshift('\\if :prepared = 0', line(first), ...own.map((s) => `PREPARE s${statements.indexOf(s)} AS ${s.sql};`), 'ROLLBACK;', '\\set prepared 1', '\\endif');
  }
  return `${lines.filter(Boolean).join('\n')}\n`;
}

/** Writes the scripts. Gives the arguments for pgbench. */
export function write(folder, hot, statements, heard) {
  const definitions = { prepared: 0 };
  for (const name of hot.counters ?? []) definitions[name] = 0;
  const files = hot.businesses.map((business, index) => {
    const file = path.join(folder, `${hot.key}-${business.slug}.sql`);
    fs.writeFileSync(file, script(hot, statements, heard, business, index, definitions));
    return file;
  });
  const mode = hot.businesses.length > 1 ? 'simple' : 'prepared';
  return ['-n', '-M', mode, ...Object.entries(definitions).flatMap(([k, v]) => ['-D', `${k}=${v}`]), ...files.flatMap((f) => ['-f', f])];
}

/** Runs a program and gives what it said; fails with that if the program does. */
export function run(program, args, env) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('error', fail);
    child.on('close', (code) => (code === 0 ? done(said) : fail(new Error(`${program} ended with ${code}:\n${said.slice(-2000)}`))));
  });
}

/** One measurement. */
export async function measure(args, { clients, seconds, round, env }) {
  const said = await run('pgbench', [...args, '-c', clients, '-j', Math.min(2, clients), '-T', seconds, '-D', `clients=${clients}`, '-D', `round=${round}`].map(String), env);
  const number = (pattern) => Number(pattern.exec(said)?.[1] ?? Number.NaN);
  const failed = number(/number of failed transactions: (\d+)/);
  const found = { rate: number(/^tps = ([\d.]+)/m), done: number(/transactions actually processed: (\d+)/), latency: number(/latency average = ([\d.]+)/) };
  if (failed > 0 || !(found.rate > 0)) throw new Error(`pgbench had ${failed} failed transactions:\n${said.slice(-2000)}`);
  return found;
}
