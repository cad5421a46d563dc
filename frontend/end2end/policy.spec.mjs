// The content security policy: only scripts of ours run, whatever gets into a page.
import { Board } from './support/board.mjs';
import { expect, signIn, test } from './support/fixtures.mjs';
import { Journey, book } from './support/journey.mjs';
import { ana, site } from './support/people.mjs';

const directivesOf = (response) =>
  Object.fromEntries(
    response.headers()['content-security-policy'].split(';').map((directive) => {
      const [name, ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );

test('every page has a policy with a nonce of its own, and no inline script without it', async ({ page, hygiene }) => {
  hygiene.expectStatus(404);
  await signIn(page, ana, '/schedule');
  const nonces = new Set();
  for (const address of [site('demo'), site('demo'), site('platform', '/login'), site('demo', '/schedule'), site('demo', '/nothing'), site(''), site('nobody')]) {
    const response = await page.goto(address);
    const { 'script-src': scripts, 'default-src': rest, ...directives } = directivesOf(response);
    expect(rest).toEqual(["'none'"]);
    expect(scripts).toHaveLength(3);
    expect(scripts).toEqual(expect.arrayContaining(["'strict-dynamic'", "'wasm-unsafe-eval'"]));
    const [, nonce] = scripts.join(' ').match(/'nonce-([\w+/=-]{20,})'/);
    nonces.add(nonce);
    // From the platform a form may lead on to a business: there a masquerade goes on.
    const forms = address.startsWith(site('platform', '')) ? ["'self'", site('*', '')] : ["'self'"];
    expect(directives).toMatchObject({ 'base-uri': ["'none'"], 'frame-ancestors': ["'none'"], 'form-action': forms, 'style-src': ["'self'"] });
    expect(response.headers()).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin' });
    // The browser hides nonces from attributes, but not from the property.
    const used = await page.evaluate(() => [...document.scripts].map((script) => script.nonce));
    expect(used.filter((one) => one !== nonce)).toEqual([]);
    if (address === site('demo', '/schedule')) expect(used).not.toEqual([]);
    if (address === site('demo')) expect(used).toEqual([]);
    await page.waitForLoadState('networkidle');
  }
  expect(nonces.size).toBe(7);
});

for (const path of ['/login', '/schedule']) {
  test(`what is injected into ${path} does not run`, async ({ page, hygiene }) => {
    if (path === '/schedule') await signIn(page, ana, path);
    await page.goto(path);
    const { html, policy } = await page.evaluate(async () => {
      const response = await fetch(location.href);
      return { html: await response.text(), policy: response.headers.get('content-security-policy') };
    });
    const injected = `<script>globalThis.ran = 'script'</script>
      <img alt="" src="data:," onerror="globalThis.ran = 'handler'">
      <script src="/pkg/injected.js"></script><script src="//evil.example/injected.js"></script>
      <a href="javascript:globalThis.ran = 'link'">Injected</a><base href="//evil.example/">`;
    await page.route(site('demo', path), (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', headers: { 'content-security-policy': policy }, body: html.replace('</main>', `${injected}</main>`) }),
    );
    hygiene.allow(/Content Security Policy|securitypolicyviolation|injected\.js csp/);
    const refused = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(path);
    await page.getByRole('link', { name: 'Injected' }).click();
    if (path === '/schedule') await new Board(page).live();
    for (const directive of ['script-src-elem refused inline', 'script-src-attr refused inline', 'script-src-elem refused http://evil.example/injected.js', 'base-uri refused']) {
      await expect.poll(() => refused).toContainEqual(expect.stringContaining(`securitypolicyviolation: ${directive}`));
    }
    expect(await page.evaluate(() => globalThis.ran)).toBeUndefined();
  });
}

test('what customers write is text everywhere', async ({ page, signedIn }) => {
  const [date, who] = ['2027-01-28', `<script>globalThis.ran = 1</script><b onclick="ran=1">Bobby</b> "Tables" & 'Co' </title>`];
  const journey = new Journey(page);
  await journey.detailsOf({ staff: ana, date, clock: '10:00' });
  await journey.type({ name: who, email: 'bobby@customers.example', phone: '', notes: `</textarea>${who}` });
  await journey.submit.click();
  await journey.expectBooked();
  await expect(page.getByRole('region', { name: 'Reference' })).toContainText(who);
  const staff = await signedIn(ana, '/schedule');
  const board = new Board(staff);
  await board.open(date);
  await expect(board.block(who)).toContainText(who);
  await board.block(who).click();
  await expect(board.details('Haircut')).toContainText(who);
  await staff.getByRole('link', { name: 'Open appointment' }).click();
  await expect(staff.getByRole('heading', { level: 1 })).toHaveText(`Haircut, ${who}`);
  await expect(staff).toHaveTitle(`Haircut, ${who} - Linden Hair Studio - SmoothSchedule`);
  await expect(staff.getByRole('region', { name: 'Notes' })).toContainText(`</textarea>${who}`);
  for (const seen of [page, staff]) expect(await seen.evaluate(() => globalThis.ran)).toBeUndefined();
});
