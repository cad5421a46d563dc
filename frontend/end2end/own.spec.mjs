// A customer's own area: in by a letter, appointments moved and called off, the profile. None of it needs JavaScript.
import { readFile } from 'node:fs/promises';
import { expect, test } from './support/fixtures.mjs';
import { book } from './support/journey.mjs';
import { bo, chiara, customer, dayLabel, site } from './support/people.mjs';

const heading = (page) => page.getByRole('heading', { level: 1 });

/** The link in the latest letter to an address: letters are written behind the answer's back. */
async function linkTo(page, email) {
  const letter = page
    .getByRole('article')
    .filter({ hasText: email })
    .filter({ has: page.getByRole('heading', { name: /^(Confirm your|Sign in to|You have an account)/ }) })
    .first();
  await expect(async () => {
    await page.goto(site('demo', '/dev/inbox'));
    await expect(letter).toBeVisible({ timeout: 500 });
  }).toPass();
  return letter.locator('a[href*="/enter?token="]').getAttribute('href');
}

/** Signs up, and in. */
async function signUp(page, { name, email }) {
  await page.goto(site('demo', '/login'));
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(heading(page)).toHaveText('Look into your mail');
  await page.goto(await linkTo(page, email));
  await expect(heading(page)).toHaveText('Confirm your address');
  await page.getByRole('button', { name: 'Confirm and sign in' }).click();
  await expect(heading(page)).toHaveText('My appointments');
}

for (const { javaScriptEnabled, with_, date, other } of [
  { javaScriptEnabled: false, with_: 'without JavaScript', date: '2026-12-23', other: '2026-12-21' },
  { javaScriptEnabled: true, with_: 'with JavaScript', date: '2027-01-06', other: '2027-01-04' },
]) {
  test.describe(`the own area ${with_}`, () => {
    test.use({ javaScriptEnabled });
    const someone = (name) => customer(`${name} ${javaScriptEnabled ? 'Script' : 'Plain'}`);

    test('has what was booked before there was an account, once the address is proven', async ({ page, visitor }) => {
      const olivia = someone('Olivia Owner');
      await book(await visitor(), { staff: bo, date, clock: '10:00', who: olivia.name });
      await signUp(page, olivia);
      const upcoming = page.getByRole('region', { name: 'Upcoming' });
      await expect(upcoming).toContainText(dayLabel(date));
      await expect(upcoming).toContainText('10:00 to 10:45');
      await expect(upcoming).toContainText(bo.name);

      // Out, and in again by a letter.
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('link', { name: 'Send me a sign-in link instead' }).click();
      await page.getByLabel('E-mail').fill(olivia.email);
      await page.getByRole('button', { name: 'Send the link' }).click();
      await expect(page.getByText('On its way')).toBeVisible();
      const link = await linkTo(page, olivia.email);
      await page.goto(link);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(heading(page)).toHaveText('My appointments');
    });

    test('a used link says so, and how to get another', async ({ page, visitor, hygiene }) => {
      const una = someone('Una Used');
      await signUp(page, una);
      await page.getByRole('button', { name: 'Sign out' }).click();
      hygiene.expectStatus(410);
      const link = await linkTo(page, una.email);
      const later = await visitor();
      await later.goto(link);
      await expect(heading(later)).toHaveText('This link has been used or is too old');
      await later.getByRole('link', { name: 'Ask for a new link' }).click();
      await expect(heading(later)).toHaveText('Sign in by e-mail');
    });

    test('moves in four clicks and cancels in two, by the link or signed in', async ({ page }) => {
      const milo = someone('Milo Mover');
      await book(page, { staff: bo, date, clock: '14:15', who: milo.name });
      // By the page that the booking ends on.
      await page.getByRole('link', { name: 'Move' }).click();
      await expect(heading(page)).toHaveText('Choose another time');
      await page.getByRole('link', { name: new RegExp(`^${dayLabel(other)}, `) }).click();
      await page.getByRole('region', { name: dayLabel(other) }).getByRole('button', { name: /^10:00, / }).click();
      await expect(page.getByRole('status')).toContainText('Your appointment is moved.');
      await expect(page.getByRole('region', { name: 'Reference' })).toContainText(dayLabel(other));

      await signUp(page, milo);
      await page.getByRole('link', { name: 'Haircut' }).click();
      await page.getByRole('link', { name: 'Cancel appointment' }).click();
      await expect(heading(page)).toHaveText('Cancel this appointment?');
      await page.getByLabel('Reason').fill('I am ill.');
      await page.getByRole('button', { name: 'Cancel appointment' }).click();
      await expect(heading(page)).toHaveText('This appointment was cancelled');
      await expect(page.getByText('I am ill.')).toBeVisible();
      await page.getByRole('link', { name: 'My appointments' }).first().click();
      await expect(page.getByRole('region', { name: 'Past and cancelled' })).toContainText('Cancelled');
    });

    test('another was quicker: the nearest times are one press away', async ({ page, visitor, hygiene }) => {
      await book(page, { staff: chiara, date: other, clock: '14:15', who: someone('Gil Gone').name });
      await page.getByRole('link', { name: 'Move' }).click();
      const times = page.getByRole('region', { name: dayLabel(other) });
      await expect(times.getByRole('button', { name: /^10:00, / })).toBeVisible();
      await book(await visitor(), { staff: chiara, date: other, clock: '10:00', who: someone('Quinn Quicker').name });
      hygiene.expectStatus(409);
      await times.getByRole('button', { name: /^10:00, / }).click();
      await expect(page.getByRole('alert')).toBeFocused();
      await expect(page.getByRole('alert')).toContainText('Your appointment stays as it is');
      await page.getByRole('group', { name: 'Move to one of the nearest free times' }).getByRole('button').first().click();
      await expect(page.getByRole('status')).toContainText('Your appointment is moved.');
    });

    test('the profile is kept, and the data can be taken along and deleted', async ({ page, hygiene }) => {
      const petra = someone('Petra Profile');
      await signUp(page, petra);
      await page.getByRole('link', { name: 'Profile' }).click();
      await page.getByLabel('Phone').fill('nowhere');
      hygiene.expectStatus(422);
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page).toHaveTitle(/^Error: /);
      await expect(page.getByRole('alert')).toBeFocused();
      await page.getByLabel('Phone').fill('+49 30 4455667');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('status')).toContainText('Your profile is saved.');
      await expect(page.getByLabel('Phone')).toHaveValue('+49 30 4455667');

      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download my data' }).click();
      const copy = JSON.parse(await readFile(await (await download).path(), 'utf8'));
      expect(copy.profile).toMatchObject({ name: petra.name, email: petra.email, phone: '+49 30 4455667' });

      await page.getByRole('link', { name: 'Delete my data…' }).click();
      await page.getByLabel('Your e-mail address').fill(petra.email);
      await page.getByRole('button', { name: 'Delete my data' }).click();
      await expect(page.getByRole('status')).toContainText('Your data are deleted');
      await page.goto(site('demo', '/my'));
      await expect(heading(page)).toHaveText('Sign in');
    });
  });
}
