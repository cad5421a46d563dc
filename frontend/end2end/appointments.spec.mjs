// The team's day: the first page after signing in, the list of appointments with one decision about several, reports, and
// the navigation on a telephone; with JavaScript and without.
import { put } from './support/database.mjs';
import { expect, signIn, test } from './support/fixtures.mjs';
import { book } from './support/journey.mjs';
import { DESKTOP, PHONE, expectAccessible, expectNoSideways, expectTabThrough } from './support/looks.mjs';
import { PASSWORD, ana, bo, chiara, site } from './support/people.mjs';

const heading = (page) => page.getByRole('heading', { level: 1 });
const tick = (page, who) => page.getByRole('checkbox', { name: new RegExp(`^Select: .*${who}$`) });
const bar = (page) => page.getByRole('group', { name: 'With the appointments ticked' });

/** The list, narrowed to somebody's appointments. */
async function search(page, who) {
  await page.goto(site('demo', '/appointments'));
  await page.getByLabel('Customer or reference').fill(who);
  await page.getByRole('button', { name: 'Show' }).click();
}

for (const javaScriptEnabled of [false, true]) {
  test.describe(`JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('several appointments are cancelled with a reason, and found as such', async ({ page, visitor }) => {
      const date = javaScriptEnabled ? '2026-12-14' : '2026-12-17';
      const names = javaScriptEnabled ? ['Petra Bulk', 'Petra Other'] : ['Quirin Bulk', 'Quirin Other'];
      const [first] = names[0].split(' ');
      const guest = await visitor({ javaScriptEnabled: true });
      await book(guest, { staff: bo, date, clock: '10:00', who: names[0] });
      await book(guest, { staff: bo, date, clock: '11:00', who: names[1] });

      await signIn(page, ana, '/today');
      await search(page, first);
      await expect(page.getByRole('row').filter({ hasText: first })).toHaveCount(2);
      for (const name of names) await tick(page, name).check();
      await bar(page).getByRole('button', { name: 'Cancel' }).click();
      await expect(heading(page)).toHaveText('Cancel 2 appointments?');
      await page.getByLabel('Reason').fill('The water is off');
      await page.getByRole('button', { name: 'Cancel 2 appointments' }).click();

      // Back at the list as it was, with a word on what was done.
      await expect(page.getByText('2 cancelled.')).toBeVisible();
      await expect(page.getByLabel('Customer or reference')).toHaveValue(first);
      await page.getByLabel('Status').selectOption('Cancelled');
      await page.getByRole('button', { name: 'Show' }).click();
      await page.getByRole('link', { name: 'Remove the filter Status: Cancelled' }).click();
      await expect(page.getByRole('link', { name: `Remove the filter Search: ${first}` })).toBeVisible();
      await page.getByRole('row').filter({ hasText: names[0] }).getByRole('link').click();
      await expect(heading(page)).toHaveText(`Haircut, ${names[0]}`);
      await expect(page.getByText('Cancelled').first()).toBeVisible();
    });

    test('what somebody else changed meanwhile is named', async ({ page, visitor, signedIn, hygiene }) => {
      hygiene.expectStatus(409);
      const date = javaScriptEnabled ? '2026-12-18' : '2027-01-27';
      const who = javaScriptEnabled ? 'Stella Stale' : 'Sturla Stale';
      await book(await visitor({ javaScriptEnabled: true }), { staff: bo, date, clock: '10:00', who });
      await signIn(page, ana, '/today');
      await search(page, who);
      await tick(page, who).check();
      await bar(page).getByRole('button', { name: 'Cancel' }).click();
      // The manager is faster.
      const other = await signedIn(bo, '/today', { javaScriptEnabled });
      await search(other, who);
      await tick(other, who).check();
      await bar(other).getByRole('button', { name: 'Cancel' }).click();
      await other.getByRole('button', { name: 'Cancel 1 appointment' }).click();
      await expect(other.getByText('1 cancelled.')).toBeVisible();

      await page.getByRole('button', { name: 'Cancel 1 appointment' }).click();
      await expect(heading(page)).toHaveText('Not all of it could be done');
      await expect(page.getByRole('alert')).toBeFocused();
      await expect(page.getByText('Somebody changed it meanwhile')).toBeVisible();
      await page.getByRole('link', { name: 'Back to where you were' }).click();
      await expect(page.getByLabel('Customer or reference')).toHaveValue(who);
    });

    test('the first page leads on, and the rest is behind one button on a telephone', async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await page.goto(site('demo', '/login'));
      await page.getByLabel('E-mail').fill(ana.email);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page).toHaveURL(site('demo', '/today'));
      const nav = page.getByRole('navigation', { name: 'Main' });
      await expect(nav.getByRole('link', { name: 'Today' })).toHaveAttribute('aria-current', 'page');
      for (const width of [320, PHONE.width]) {
        await page.setViewportSize({ width, height: 640 });
        const tops = await nav.evaluate((element) =>
          [...element.querySelectorAll(':scope > ul > li')].filter((li) => li.checkVisibility()).map((li) => li.getBoundingClientRect().top),
        );
        expect(tops.length, 'entries in the row').toBeLessThanOrEqual(5);
        expect(new Set(tops).size, 'rows of the navigation').toBe(1);
      }
      await expect(nav.getByRole('link', { name: 'Reports' })).toBeHidden();
      await nav.getByText('More').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await expect(nav.getByRole('link', { name: 'Reports' })).toBeFocused();
      // What is opened covers nothing.
      const below = (await heading(page).boundingBox()).y;
      const last = await nav.getByRole('link', { name: 'Booking page' }).boundingBox();
      expect(below).toBeGreaterThan(last.y + last.height);
      await page.keyboard.press('Enter');
      await expect(heading(page)).toHaveText('Reports');
      await expect(nav.getByText('More')).toHaveAttribute('aria-current', 'true');
      await expectNoSideways(page);
    });
  });
}

test('the bar comes with the first tick, the box for all has three states, and the count is said', async ({ page }) => {
  for (const [clock, who] of [['10:00', 'Trina Ten'], ['11:00', 'Trina Eleven'], ['14:00', 'Trina Two']]) put({ staff: bo, date: '2027-03-18', clock, who });
  await signIn(page, ana, '/today');
  await search(page, 'Trina');
  const all = page.getByRole('checkbox', { name: 'Select all on this page' });
  const said = page.getByRole('status').filter({ hasText: 'selected' });
  await expect(bar(page)).toBeHidden();
  await tick(page, 'Trina Ten').check();
  await expect(bar(page)).toBeVisible();
  await expect(said).toHaveText('1 appointment of 3 selected');
  expect(await all.evaluate((box) => box.indeterminate)).toBe(true);
  await all.check();
  await expect(said).toHaveText('3 appointments of 3 selected');
  await expect(tick(page, 'Trina Two')).toBeChecked();
  await all.uncheck();
  await expect(said).toHaveText('No appointments of 3 selected');
  await expect(bar(page)).toBeHidden();
});

test('reports are for those who run the business', async ({ page, hygiene }) => {
  await signIn(page, chiara, '/today');
  await expect(page.getByRole('link', { name: 'Reports' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(page.getByRole('heading', { name: bo.name })).toBeVisible();
  hygiene.expectStatus(403);
  await page.goto(site('demo', '/reports'));
  await expect(heading(page)).toHaveText('Your role does not allow this');
});

test('reports have their figures behind them, and open on paper', async ({ page }) => {
  await signIn(page, ana, '/reports');
  await page.getByRole('link', { name: 'Next 30 days' }).click();
  const report = page.getByRole('region', { name: 'Bookings a day' });
  await expect(report.getByRole('img')).toBeVisible();
  const table = report.getByRole('table');
  await expect(table).toBeHidden();
  await report.getByText('Show the figures').click();
  await expect(table.getByRole('rowheader', { name: 'Mon 30 Nov 2026' })).toBeVisible();
  await report.getByText('Show the figures').click();
  await page.emulateMedia({ media: 'print' });
  await expect(table).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  await page.goto(site('demo', '/reports?from=2027-06-01&to=2027-06-30'));
  await expect(page.getByText('No bookings in this period.')).toHaveCount(4);
});

for (const path of ['/today', '/today/sheets', '/appointments', '/appointments?q=nobody', '/reports?from=2026-11-30&to=2026-12-13']) {
  test(`${path} has no barriers`, async ({ page }) => {
    await signIn(page, ana, path);
    await expectAccessible(page, `daily${path.replaceAll(/\W+/g, '-')}`);
    await expectTabThrough(page, DESKTOP);
    await expectTabThrough(page, PHONE);
    await expectNoSideways(page);
  });
}
