// The set-up of a business, without JavaScript: from a new person with hours to a service that can be booked; what a change
// does before it is saved; time off of one's own.
import { expect, signIn, test } from './support/fixtures.mjs';
import { Journey } from './support/journey.mjs';
import { PHONE, expectAccessible, expectNoSideways, expectTabThrough } from './support/looks.mjs';
import { chiara, customer, olivia, site } from './support/people.mjs';

const heading = (page) => page.getByRole('heading', { level: 1 });
const effect = (page) => page.getByRole('alert').filter({ hasText: 'The effect of this change' });

/** A person with hours from Tuesday to Friday; opens at the hours. */
async function addPerson(page, name) {
  await page.goto(site(olivia.site, '/resources/new'));
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Add, and set the hours' }).click();
  await expect(heading(page)).toHaveText(name);
  for (const day of ['Tuesday', 'Wednesday', 'Thursday', 'Friday']) {
    await page.getByLabel(`${day}, span 1: from`).fill('9:00');
    await page.getByLabel(`${day}, span 1: to`).fill('17:00');
  }
  await page.getByRole('button', { name: 'Save hours' }).click();
  await expect(page.getByText('The hours are saved.')).toBeVisible();
}

/** Fills in a service of half an hour with somebody; opens it. */
async function addService(page, name, person) {
  await page.goto(site(olivia.site, '/services/new'));
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Length').fill('30');
  await page.getByLabel('Price').fill('48.00');
  await page.getByRole('radio', { name: 'Teal' }).check();
  await page.getByRole('checkbox', { name: person }).check();
  await page.getByRole('button', { name: 'Add service' }).click();
  await expect(heading(page)).toHaveText(name);
}

test.describe('the set-up, JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('leads from a new person to a service that is booked', async ({ page, visitor }) => {
    await signIn(page, olivia, '/resources');
    await addPerson(page, 'Nele Neu');
    await page.goto(site(olivia.site, '/services/new'));
    await page.getByLabel('Name').fill('Shoulder taping');
    await page.getByLabel('Length').fill('20');
    await page.getByRole('checkbox', { name: 'Nele Neu' }).check();
    // Enter shows and does not save.
    await page.getByLabel('Price').fill('15.00');
    await page.getByLabel('Price').press('Enter');
    await expect(effect(page)).toContainText('slots more in the next 31 days');
    await expect(page.getByLabel('Name')).toHaveValue('Shoulder taping');
    await page.goto(site(olivia.site, '/services'));
    await expect(page.getByRole('link', { name: 'Shoulder taping' })).toHaveCount(0);
    await addService(page, 'Shoulder taping', 'Nele Neu');

    const guest = await visitor();
    const journey = new Journey(guest);
    await journey.land(olivia.site);
    await journey.service('Shoulder taping');
    await journey.day('2026-12-15');
    await journey.slots.first().click();
    await journey.type(customer('Ulf Neumann'));
    await journey.submit.click();
    await expect(journey.reference).toBeVisible();
    await expect(guest.getByText('Nele Neu').first()).toBeVisible();
  });

  test('says what shorter hours would do, and keeps what was typed', async ({ page, visitor }) => {
    await signIn(page, olivia, '/resources');
    await addPerson(page, 'Ole Ohm');
    await addService(page, 'Neck massage', 'Ole Ohm');
    const journey = new Journey(await visitor());
    await journey.land(olivia.site);
    await journey.service('Neck massage');
    await journey.day('2026-12-16');
    await journey.slots.last().click();
    await journey.type(customer('Late Guest'));
    await journey.submit.click();
    await expect(journey.reference).toBeVisible();

    await page.goto(site(olivia.site, '/resources'));
    await page.getByRole('link', { name: 'Ole Ohm', exact: true }).click();
    await page.getByLabel('Wednesday, span 1: to').fill('12:00');
    await page.getByRole('button', { name: 'Show the effect' }).first().click();
    await expect(effect(page)).toContainText('slots fewer in the next 31 days; 1 appointment outside hours');
    await expect(effect(page).getByRole('link', { name: /Late Guest/ })).toBeVisible();
    await expect(page.getByLabel('Wednesday, span 1: to')).toHaveValue('12:00');
    await page.getByRole('button', { name: 'Add hours' }).nth(2).click();
    await expect(page.getByLabel('Wednesday, span 2: from')).toBeVisible();
    await expect(page.getByLabel('Wednesday, span 1: to')).toHaveValue('12:00');
  });

  test('names what is wrong, with a way to it', async ({ page, hygiene }) => {
    hygiene.expectStatus(422);
    await signIn(page, olivia, '/services');
    await page.goto(site(olivia.site, '/services/new'));
    await page.getByLabel('Price').fill('four');
    await page.getByRole('button', { name: 'Add service' }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await page.getByRole('alert').getByRole('link', { name: /^Enter the price/ }).click();
    await expect(page.getByLabel('Price')).toBeFocused();
    await expect(page.getByLabel('Price')).toHaveValue('four');
  });

  test('lets staff put in their own time off, and nobody else’s', async ({ page }) => {
    await signIn(page, chiara, '/schedule');
    await page.getByRole('link', { name: 'My hours' }).click();
    await expect(heading(page)).toHaveText(`Time off: ${chiara.name}`);
    await page.getByLabel('First day').fill('2027-02-01');
    await page.getByLabel('Last day').fill('2027-02-02');
    await page.getByRole('button', { name: 'Add time off' }).click();
    await expect(page.getByRole('strong').filter({ hasText: 'Mon 1 Feb 2027, 00:00 to Wed 3 Feb 2027, 00:00' })).toBeVisible();
    await page.getByRole('button', { name: /^Remove Mon 1 Feb/ }).click();
    await expect(page.getByText('The time off is removed.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Set-up' })).toHaveCount(0);
  });
});

test('colours the booking page and stays readable', async ({ page, visitor }) => {
  await signIn(page, olivia, '/settings');
  const colour = page.getByLabel('Colour of buttons and links');
  await colour.fill('#ffe100');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByText('can be read')).toHaveCount(3);
  await page.getByRole('button', { name: 'Save colour' }).click();
  await expect(page.getByText('The colour is saved.')).toBeVisible();
  const guest = await visitor();
  await guest.goto(site(olivia.site));
  const brand = await guest.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--brand'));
  expect(brand.trim()).toBe('#ffe100');
  await expectAccessible(guest, 'a yellow business');
  await colour.fill('');
  await page.getByRole('button', { name: 'Save colour' }).click();
});

for (const path of ['/services', '/services/new', '/resources', '/resources/new', '/settings', '/time-off']) {
  test(`${path} has no barriers`, async ({ page }) => {
    await signIn(page, path === '/time-off' ? chiara : olivia, '/schedule');
    await page.goto(site(path === '/time-off' ? chiara.site : olivia.site, path));
    await expectAccessible(page, `setup${path.replaceAll('/', '-')}`);
    await expectTabThrough(page, PHONE);
    await expectNoSideways(page);
  });
}
