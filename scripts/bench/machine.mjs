// What the machine does meanwhile: how busy its cores are, with whom, and how much of it was ours.
import fs from 'node:fs';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const TICK = 10; // milliseconds; what Linux counts processor time in (USER_HZ is 100 everywhere it runs)
const read = (file) => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return ''; // a process may end while it is looked at
  }
};
const pids = () => fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));

/** A process: name, parent, its own processor time and that of its children that have ended, in milliseconds. */
function processOf(pid) {
  const stat = read(`/proc/${pid}/stat`), end = stat.lastIndexOf(')');
  if (end < 0) return null;
  const field = stat.slice(end + 2).split(' ');
  const time = (from) => (Number(field[from]) + Number(field[from + 1])) * TICK;
  return { pid: Number(pid), name: stat.slice(stat.indexOf('(') + 1, end), parent: Number(field[1]), own: time(11), ended: time(13) };
}

/** Each core's busy and whole time. */
function cores() {
  return read('/proc/stat').split('\n').filter((line) => /^cpu\d/.test(line)).map((line) => {
    const [user, nice, system, idle, wait, irq, soft, steal] = line.split(/ +/).slice(1).map((n) => Number(n) * TICK);
    const busy = user + nice + system + irq + soft + steal;
    return { busy, all: busy + idle + wait };
  });
}

/** Processor time so far: of the machine, of the server, of PostgreSQL and of the programs that make the load. */
export function times(server, postmaster) {
  const own = processOf(process.pid), head = processOf(postmaster);
  const backends = pids().map(processOf).filter((p) => p?.parent === postmaster);
  const all = cores();
  return {
    busy: all.reduce((sum, core) => sum + core.busy, 0),
    all: all.reduce((sum, core) => sum + core.all, 0),
    server: server ? processOf(server)?.own ?? 0 : 0,
    postgres: head.own + head.ended + backends.reduce((sum, p) => sum + p.own, 0),
    load: own.ended,
    self: own.own,
  };
}

/** What went by between two times, with the share of the machine that went to others. */
export function between(before, after) {
  const spent = Object.fromEntries(Object.keys(before).map((key) => [key, after[key] - before[key]]));
  const others = Math.max(0, spent.busy - spent.server - spent.postgres - spent.load - spent.self);
  return { ...spent, others: others / spent.all, idle: 1 - spent.busy / spent.all };
}

/** Looks at the machine for two seconds: how busy each core is, and who keeps it busy. */
export async function look() {
  const before = { cores: cores(), list: new Map(pids().map((pid) => [pid, processOf(pid)])) };
  await sleep(2000);
  const busy = cores().map((core, n) => (core.busy - before.cores[n].busy) / (core.all - before.cores[n].all));
  const who = pids().map(processOf).filter(Boolean)
    .map((p) => ({ name: p.name, pid: p.pid, share: (p.own - (before.list.get(String(p.pid))?.own ?? 0)) / 2000 }))
    .filter((p) => p.share >= 0.02 && p.pid !== process.pid).sort((a, b) => b.share - a.share).slice(0, 4);
  return { busy, who, load: os.loadavg()[0], model: os.cpus()[0]?.model.trim(), memory: os.totalmem() };
}

/** Resident memory of a process and the most it ever was, in MB. */
export function memory(pid) {
  const status = read(`/proc/${pid}/status`);
  const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024 / 1e6;
  return { now: of('VmRSS'), most: of('VmHWM') };
}
