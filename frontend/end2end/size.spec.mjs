// What pages weigh: taken from what the browser really loads, with an empty cache.
import { brotliCompressSync, constants } from 'node:zlib';
import { Board } from './support/board.mjs';
import { expect, test } from './support/fixtures.mjs';
import { Journey, book } from './support/journey.mjs';
import { ana, bo, site } from './support/people.mjs';

const KB = 1000;
const brotli = (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** What came, once `open` has opened a page: a row for each kind, in bytes. */
async function weigh(page, open) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  const requests = [];
  page.on('requestfinished', (request) => requests.push(request));
  await open();
  await page.waitForLoadState('networkidle');
  const sum = { requests: requests.length, html: 0, css: 0, js: 0, wasm: 0, other: 0, wire: 0, script: 0 };
  const files = [];
  for (const request of requests) {
    const response = await request.response();
    const headers = await response.allHeaders();
    const body = await bytesOf(page, response);
    const kind = ['html', 'css', 'javascript', 'wasm'].find((kind) => headers['content-type']?.includes(kind)) ?? 'other';
    const { responseBodySize: wire } = await request.sizes();
    const sent = headers['content-encoding'] === 'br' ? wire : brotli(body);
    sum.wire += wire;
    sum[kind === 'javascript' ? 'js' : kind] += sent;
    if (kind === 'javascript') sum.script += body.length;
    files.push({ url: response.url(), headers });
  }
  sum.script += await page.evaluate(() => [...document.scripts].reduce((sum, { textContent }) => sum + textContent.length, 0));
  sum.total = sum.html + sum.css + sum.js + sum.wasm + sum.other;
  return { ...sum, files };
}

/** A preloaded file's body is not kept for the debugger: it is asked for again. */
async function bytesOf(page, response) {
  try {
    return await response.body();
  } catch {
    const text = await page.evaluate(async (url) => {
      const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    }, response.url());
    return Buffer.from(text, 'base64');
  }
}

const columns = ['requests', 'html', 'css', 'js', 'wasm', 'other', 'total', 'wire', 'script'];
const line = (name, cells) => name.padEnd(12) + cells.map((cell) => String(cell).padStart(9)).join('');
const figure = (description) => test.info().annotations.push({ type: 'figure', description });

test.beforeAll(() => {
  figure('Bytes after brotli; then as this server sent them, and the script that runs, inline and in files');
  figure(line('page', columns));
});

function note(name, weight) {
  figure(line(name, columns.map((column) => weight[column])));
}

/** Files with a hash in their names never change, and are told so. */
function expectImmutable({ files }) {
  const built = files.filter(({ url }) => new URL(url).pathname.startsWith('/pkg/'));
  expect(built).not.toEqual([]);
  for (const { url, headers } of built) {
    expect(url).toMatch(/\/smoothschedule\.[\w-]{16,}\.(css|js|wasm)$/);
    expect(headers['cache-control'], url).toBe('public, max-age=31536000, immutable');
    expect(headers['content-encoding'], url).toMatch(/^(br|gzip)$/);
  }
}

test('public pages and the sign-in load no WASM and next to no script', async ({ page, visitor }) => {
  const journey = new Journey(page);
  await journey.detailsOf({ service: 'Beard trim', staff: bo, date: '2027-01-25', clock: '09:30' });
  const details = page.url();
  await page.getByRole('link', { name: 'Other times' }).click();
  const times = page.url();
  await book(page, { service: 'Beard trim', staff: bo, date: '2027-01-25', clock: '10:00', who: 'Fay Weather' });
  const pages = { landing: site('demo'), times, details, booked: page.url(), login: site('demo', '/login'), base: site('') };
  for (const [name, address] of Object.entries(pages)) {
    const fresh = await visitor();
    const weight = await weigh(fresh, () => fresh.goto(address));
    note(name, weight);
    expect.soft(weight.wasm, `WASM of ${name}`).toBe(0);
    expect.soft(weight.script, `script of ${name}`).toBeLessThanOrEqual(5 * KB);
    expect.soft(weight.css, `styles of ${name}`).toBeLessThanOrEqual(25 * KB);
    expect.soft(weight.requests, `requests of ${name}`).toBeLessThanOrEqual(6);
    expectImmutable(weight);
  }
});

test('the calendar loads at most 300 kB, each file once', async ({ visitor, signedIn }) => {
  const { cookies } = await (await signedIn(ana, '/account')).context().storageState();
  const page = await visitor({ storageState: { cookies, origins: [] } });
  const weight = await weigh(page, () => new Board(page).open('2026-12-03'));
  note('calendar', weight);
  expect.soft(weight.wasm).toBeGreaterThan(50 * KB);
  expect.soft(weight.total).toBeLessThanOrEqual(300 * KB);
  expect.soft(weight.requests).toBeLessThanOrEqual(14);
  const urls = weight.files.map(({ url }) => url);
  expect.soft(urls).toEqual([...new Set(urls)]);
  expectImmutable(weight);
});

test('all pages of the team together load at most 350 kB of files', async ({ visitor, signedIn }) => {
  const { cookies } = await (await signedIn(ana, '/account')).context().storageState();
  const page = await visitor({ storageState: { cookies, origins: [] } });
  const seen = new Map();
  page.on('response', async (response) => {
    const kind = (await response.allHeaders())['content-type'] ?? '';
    if (/css|javascript|wasm/.test(kind)) seen.set(response.url(), bytesOf(page, response).then(brotli).catch(() => 0));
  });
  const board = new Board(page);
  await board.open('2026-12-03');
  const paths = ['/today', '/appointments', '/customers', '/reports', '/services', '/resources', '/settings', '/team', '/activity', '/appointments/new', '/account'];
  for (const path of paths) {
    await page.goto(site(ana.site, path));
    await page.waitForLoadState('networkidle');
  }
  const sizes = await Promise.all(seen.values());
  const total = sizes.reduce((sum, size) => sum + size, 0);
  figure(`all pages of the team together: ${seen.size} files, ${total} bytes after brotli`);
  expect(sizes.length).toBeGreaterThan(2);
  expect(total).toBeLessThanOrEqual(350 * KB);
});
