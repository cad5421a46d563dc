// Customers, as the team keeps them: without JavaScript from a new one to two who become one, and a file that is taken over; with
// it the list that follows what is typed, and the palette by keyboard alone.
import { brotliCompressSync } from 'node:zlib';
import { expect, signIn, test } from './support/fixtures.mjs';
import { DESKTOP, PHONE, expectAccessible, expectNoSideways, expectTabThrough } from './support/looks.mjs';
import { ana, chiara, morgan, site } from './support/people.mjs';

const heading = (page) => page.getByRole('heading', { level: 1 });
const search = (page) => page.getByRole('searchbox', { name: /^Name, e-mail or the last digits/ });
const palette = (page) => page.getByRole('dialog', { name: 'Search' });
const combobox = (page) => page.getByRole('combobox', { name: 'Search customers, pages and actions' });

/** Adds a customer through the form; opens at their page. */
async function add(page, { name, email = '', phone = '' }) {
  await page.goto(site('demo', '/customers/new'));
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Phone').fill(phone);
  await page.getByRole('button', { name: 'Add customer' }).click();
}

test.describe('customers, JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('are added, warned of, noted and put together', async ({ page, hygiene }) => {
    hygiene.expectStatus(409);
    await signIn(page, ana, '/customers');
    await add(page, { name: 'Wanda Wójcik', email: 'wanda@customers.example', phone: '+49 30 9876501' });
    await expect(heading(page)).toHaveText('Wanda Wójcik');
    await page.getByRole('textbox', { name: 'Notes' }).fill('Likes the window seat');
    await page.getByRole('button', { name: 'Save notes' }).click();
    await expect(page.getByText('The notes are saved.')).toBeVisible();

    await add(page, { name: 'W. Wojcik', phone: '030 9876501' });
    await expect(page.getByRole('alert')).toContainText('This may be somebody you know already');
    await expect(page.getByRole('alert').getByRole('link', { name: 'Wanda Wójcik' })).toBeVisible();
    await page.getByRole('button', { name: 'Add anyway' }).click();
    await expect(heading(page)).toHaveText('W. Wojcik');
    await expect(page.getByText('Possible duplicate')).toBeVisible();

    // Without accents, and by the last digits of the number.
    for (const [q, names] of [['wojcik', ['W. Wojcik', 'Wanda Wójcik']], ['6501', ['W. Wojcik', 'Wanda Wójcik']], ['wanda@', ['Wanda Wójcik']]]) {
      await page.goto(site('demo', '/customers'));
      await search(page).fill(q);
      await page.getByRole('button', { name: 'Show' }).click();
      await expect(page.getByRole('rowheader').getByRole('link')).toHaveText(names);
      await expect(page).toHaveURL(/q=/);
    }
    await page.goto(site('demo', '/customers?q=Wanda'));
    await page.getByRole('link', { name: 'Wanda Wójcik' }).click();
    await page.getByRole('link', { name: 'Merge… with W. Wojcik' }).click();
    await expect(page.getByRole('heading', { name: 'What happens' })).toBeVisible();
    await page.getByRole('button', { name: 'Merge 2 customers' }).click();
    await expect(page.getByText('The two are one customer now.')).toBeVisible();
    await expect(page.getByText('Possible duplicate')).toHaveCount(0);

    await page.getByRole('link', { name: 'Delete their data…' }).click();
    await page.getByLabel('Their name').fill('Wanda Wójcik');
    await page.getByRole('button', { name: 'Delete customer data' }).click();
    await expect(page.getByText('The data of the customer are deleted.')).toBeVisible();
    await page.goto(site('demo', '/customers?q=Wanda'));
    await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  });

  test('are taken over from a file, after a look at it', async ({ page }) => {
    await signIn(page, ana, '/customers/import');
    const csv = 'Name;E-Mail;Phone\r\nXaver Xander;xaver@customers.example;+49 30 9876502\r\n;nobody;\r\n';
    await page.getByLabel('File').setInputFiles({ name: 'old.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByRole('button', { name: 'Show what would happen' }).click();
    await expect(page.getByRole('alert')).toContainText('1 customer would be added, 1 line left out for mistakes');
    await expect(page.getByText('Nothing is saved yet.')).toBeVisible();
    await page.getByRole('button', { name: 'Import 1 customer' }).click();
    await expect(page.getByText('1 customer added.')).toBeVisible();
    await page.goto(site('demo', '/customers?q=Xaver'));
    await expect(page.getByRole('link', { name: 'Xaver Xander' })).toBeVisible();
  });

  test('have a link in place of the palette', async ({ page }) => {
    await signIn(page, chiara, '/account');
    await page.getByRole('link', { name: 'Search' }).click();
    await expect(heading(page)).toHaveText('Customers');
    await expect(page.getByText('You see the customers of your own appointments.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'New customer' })).toHaveCount(0);
  });
});

test('the list follows what is typed', async ({ page }) => {
  await signIn(page, ana, '/customers');
  await add(page, { name: 'Yannick Young', email: 'yannick@customers.example' });
  await page.goto(site('demo', '/customers'));
  await search(page).pressSequentially('yannick');
  await expect(page.getByRole('status').filter({ hasText: '1 customer found' })).toHaveCount(1);
  await expect(page.getByRole('rowheader').getByRole('link')).toHaveText(['Yannick Young']);
  await expect(search(page)).toBeFocused();
  await expect(page).toHaveURL(site('demo', '/customers?q=yannick'));
  await search(page).pressSequentially('zzz');
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await page.getByRole('link', { name: 'Clear', exact: true }).click();
  await expect(search(page)).toHaveValue('');
});

test('the palette leads anywhere by keyboard alone', async ({ page }) => {
  await signIn(page, ana, '/customers');
  await add(page, { name: 'Zita Zander', email: 'zita@customers.example' });
  await page.goto(site('demo', '/account'));
  const opener = page.getByRole('button', { name: 'Search' });
  await opener.focus();
  await page.keyboard.press('Control+k');
  await expect(combobox(page)).toBeFocused();
  await expect(combobox(page)).toHaveAttribute('aria-activedescendant', 'palette-0');
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();
  await expect(opener).toBeFocused();

  await page.keyboard.press('Enter');
  await page.keyboard.type('zita');
  const found = palette(page).getByRole('group', { name: 'Customers' }).getByRole('option', { name: /^Zita Zander/ });
  await expect(found).toHaveAttribute('aria-selected', 'true');
  await expect(palette(page).getByRole('status')).toHaveText('1 result');
  await expectAccessible(page, 'the palette');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('Zita Zander');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('set');
  await expect(palette(page).getByRole('option', { name: 'Settings' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(site('demo', '/settings'));

  const script = await page.locator('script[src^="/scripts/palette."]').getAttribute('src');
  const text = await page.evaluate(async (src) => (await fetch(src)).text(), script);
  expect(brotliCompressSync(text).length, 'bytes of the palette').toBeLessThanOrEqual(4000);
});

test('single keys lead on, never while typing, and can be switched off', async ({ page }) => {
  await signIn(page, ana, '/account');
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await expect(heading(page)).toHaveText('Customers');
  await page.keyboard.press('/');
  await expect(search(page)).toBeFocused();
  await page.keyboard.type('gu?');
  await expect(search(page)).toHaveValue('gu?');
  await page.goto(site('demo', '/account'));
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  await expectAccessible(page, 'the help on shortcuts');
  await help.getByRole('checkbox', { name: 'Shortcuts of single keys' }).uncheck();
  await help.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('?');
  await expect(help).toBeHidden();
  await page.reload();
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeVisible();
  await expect(page).toHaveURL(site('demo', '/account'));
});

test('the platform has a palette of its own pages', async ({ page }) => {
  await signIn(page, morgan, '/');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('aud');
  await expect(palette(page).getByRole('option')).toHaveText(['Audit']);
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('Audit');
});

for (const path of ['/customers', '/customers/new', '/customers/import']) {
  test(`${path} has no barriers`, async ({ page }) => {
    await signIn(page, ana, path);
    await expectAccessible(page, path);
    await expectTabThrough(page, PHONE);
    await expectTabThrough(page, DESKTOP);
    await expectNoSideways(page);
  });
}
