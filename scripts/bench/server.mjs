// The release server as a process, and requests to it. Names such as demo.localhost are only ever said in the Host
// header: every byte goes to 127.0.0.1.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export const freePort = () => new Promise((done) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

export class Server {
  constructor({ program, site, secret, clock, log }) {
    Object.assign(this, { program, site, secret, clock, log });
  }

  /** Where a business answers, as its own pages would name it. */
  host(slug) {
    return `${slug}.localhost:${this.port}`;
  }

  /** Only what is named here: neither an .env file nor this shell's own settings may change what is measured. */
  #env(url, pool) {
    return {
      PATH: process.env.PATH, DEBUG: '1', SECRET_KEY: this.secret, DATABASE_URL: url, DATABASE_POOL: String(pool), CLOCK_START: this.clock,
      BASE_DOMAIN: `localhost:${this.port}`, LISTEN: `127.0.0.1:${this.port}`, LEPTOS_SITE_ROOT: this.site, LOG: 'warn',
    };
  }

  /** Starts it and waits until the page answers with 200. Tells how many milliseconds that took. */
  async start(url, pool, slug, path) {
    this.port ??= await freePort();
    const out = fs.openSync(this.log, 'a');
    const began = process.hrtime.bigint();
    const child = spawn(this.program, ['serve'], { env: this.#env(url, pool), cwd: '/', stdio: ['ignore', out, out] });
    this.child = child;
    fs.closeSync(out);
    for (;;) {
      const answer = await this.ask('GET', slug, path).catch(() => null);
      const took = Number(process.hrtime.bigint() - began) / 1e6;
      if (answer?.status === 200) return took;
      if (child.exitCode !== null || took > 20_000) {
        throw new Error(`the server did not answer with 200 on ${path} (last: ${answer?.status ?? 'nothing'}); its log: ${this.log}`);
      }
      await sleep(2);
    }
  }

  async stop() {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    if (await Promise.race([ended.then(() => false), sleep(10_000, true, { ref: false })])) child.kill('SIGKILL');
    await ended;
  }

  ask(method, slug, path, { body, cookie } = {}) {
    const headers = { Host: this.host(slug), Connection: 'close' };
    if (cookie) headers.Cookie = cookie;
    if (body !== undefined) {
      Object.assign(headers, {
        'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body), Origin: `http://${this.host(slug)}`,
      });
    }
    return new Promise((done, fail) => {
      const request = http.request({ host: '127.0.0.1', port: this.port, method, path, headers, agent: false }, (response) => {
        let bytes = 0;
        response.on('data', (chunk) => (bytes += chunk.length));
        response.on('end', () => done({ status: response.statusCode, headers: response.headers, bytes }));
        response.on('error', fail);
      });
      request.on('error', fail);
      request.end(body);
    });
  }

  /** Signs somebody in. Gives the cookie. */
  async signIn(slug, email, password) {
    const answer = await this.ask('POST', slug, '/login', { body: new URLSearchParams({ email, password }).toString() });
    const cookie = (answer.headers['set-cookie'] ?? []).find((c) => c.startsWith('smoothschedule='))?.split(';')[0];
    if (answer.status !== 303 || !cookie) throw new Error(`signing in as ${email} on ${slug} was answered with ${answer.status}`);
    return cookie;
  }
}
