// Who may do what, seen by whom: the dashboard, acting as somebody else, grants; all of it without JavaScript too.
import { expect, signIn, test } from './support/fixtures.mjs';
import { PHONE, expectAccessible, expectNoSideways, expectTabThrough } from './support/looks.mjs';
import { ana, chiara, morgan, robin, site, uma } from './support/people.mjs';

const heading = (page) => page.getByRole('heading', { level: 1 });
const banner = (page) => page.getByRole('region', { name: 'Acting as somebody else' });

/** The page of a person, from the dashboard's list. */
async function personOf(page, name) {
  await page.goto(site('platform', `/users?q=${encodeURIComponent(name)}`));
  await page.getByRole('link', { name }).first().click();
  await expect(heading(page)).toHaveText(name);
}

async function actAs(page, name, reason = 'A customer called for help') {
  await personOf(page, name);
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: /^Act as/ }).click();
  await expect(banner(page)).toBeVisible();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`acting as somebody else, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('goes from the platform to the business and back', async ({ page, hygiene }) => {
      hygiene.expectStatus(404);
      await signIn(page, uma, '/');
      await actAs(page, chiara.name);
      expect(new URL(page.url()).host).toBe(new URL(site('demo')).host);
      for (const path of ['/schedule', '/', '/account', '/nothing/here']) {
        await page.goto(site('demo', path));
        await expect(banner(page)).toContainText(`You are acting as ${chiara.name}`);
        await expect(banner(page)).toContainText(uma.email);
        await expect(page).toHaveTitle(new RegExp(`^\\[as ${chiara.name}\\]`));
      }
      await banner(page).getByRole('button', { name: 'Stop' }).click();
      await expect(heading(page)).toHaveText(chiara.name);
      expect(new URL(page.url()).host).toBe(new URL(site('platform')).host);
      await page.goto(site('demo', '/schedule'));
      await expect(heading(page)).toHaveText('Sign in');
    });

    test('needs a reason', async ({ page, hygiene }) => {
      hygiene.expectStatus(422);
      await signIn(page, uma, '/');
      await personOf(page, chiara.name);
      await page.getByLabel('Reason').fill('x');
      await page.getByRole('button', { name: /^Act as/ }).click();
      await expect(page.getByText('Enter a reason of at least 3 characters').first()).toBeVisible();
      await expect(page.getByLabel('Reason')).toHaveValue('x');
    });

    test('is offered to an owner for staff, and says why not for others', async ({ page }) => {
      await signIn(page, ana, '/team');
      await expect(page.getByText('An owner can act as staff of the business only').first()).toBeVisible();
      await page.getByRole('link', { name: chiara.name }).first().click();
      await page.getByLabel('Reason').fill('Show how it works');
      await page.getByRole('button', { name: /^Act as/ }).click();
      await expect(banner(page)).toContainText(ana.email);
      await banner(page).getByRole('button', { name: 'Stop' }).click();
      await expect(banner(page)).toBeHidden();
      await expect(heading(page)).toHaveText(chiara.name);
    });
  });
}

test('a business is made, its owner invited, and signed in by the link', async ({ page, visitor, hygiene }) => {
  await signIn(page, morgan, '/');
  await page.getByRole('link', { name: 'New business' }).click();
  hygiene.expectStatus(422);
  await page.getByLabel('Name', { exact: true }).fill('Atelier Nord');
  await page.getByLabel('Address').fill('Not A Label');
  await page.getByLabel("Owner's name").fill('Nora Nord');
  await page.getByLabel("Owner's e-mail").fill('nora@nord.example');
  await page.getByRole('button', { name: 'Create business' }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await page.getByLabel('Address').fill('nord');
  await page.getByRole('button', { name: 'Create business' }).click();
  await expect(heading(page)).toHaveText('Atelier Nord');

  const owner = await visitor();
  await owner.goto(site('nord', '/dev/inbox'));
  await owner.getByRole('link', { name: /join\?token=/ }).click();
  await owner.getByLabel('New password', { exact: true }).fill('a long enough password');
  await owner.getByLabel('New password again').fill('a long enough password');
  await owner.getByRole('button').last().click();
  await expect(owner.getByText('Welcome. You are signed in.')).toBeVisible();
});

test('grants are given, and many revoked at once without JavaScript', async ({ visitor }) => {
  const page = await visitor({ javaScriptEnabled: false });
  await signIn(page, morgan, '/');
  for (const action of ['See billing', 'See the audit']) {
    await page.goto(site('platform', '/grants/new?tenant=demo'));
    await page.getByLabel('Whom it is for').fill(uma.email);
    await page.locator('label', { hasText: action }).click();
    await page.getByLabel('Reason').fill('Looking into an invoice');
    await page.getByRole('button', { name: 'Give permission' }).click();
    await expect(page.getByRole('status').first()).toContainText('Granted');
  }
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: /Revoke selected/ }).click();
  await expect(page.getByText(uma.name).first()).toBeVisible();
  await page.getByRole('button', { name: 'Revoke 2 permissions' }).click();
  await expect(page.getByText('2 permissions are revoked.')).toBeVisible();
});

test('development signs in with one click', async ({ page }) => {
  await page.goto(site('demo', '/dev/login'));
  await page.getByRole('button', { name: new RegExp(chiara.name) }).click();
  await expect(page).toHaveURL(site('demo', '/today'));
});

/** Each state, and how to reach it. */
const states = {
  'dash-tenants-filtered': [robin, '/?q=nothing-like-it'],
  'dash-new-tenant': [robin, '/tenants/new'],
  'dash-users': [robin, '/users'],
  'dash-new-user': [robin, '/users/new'],
  'dash-grants': [robin, '/grants?state=all'],
  'dash-new-grant': [robin, '/grants/new'],
  'dash-domains': [robin, '/domains'],
  'dash-audit': [robin, '/audit'],
  'dash-migrations': [robin, '/migrations'],
  'dash-account': [robin, '/account'],
  'dash-refused': [uma, '/audit', 403],
  team: [ana, '/team'],
  'team-new': [ana, '/team/new'],
  'team-grants': [ana, '/grants'],
  activity: [ana, '/activity'],
  account: [ana, '/account'],
};

for (const [name, [person, path, status]] of Object.entries(states)) {
  test(`${name} has no barriers`, async ({ page, hygiene }) => {
    await signIn(page, person, '/login' === path ? path : person.site === 'platform' ? '/' : '/schedule');
    if (status) hygiene.expectStatus(status);
    await page.goto(site(person.site, path));
    await expectAccessible(page, name);
    await expectTabThrough(page, PHONE);
    await expectNoSideways(page);
  });
}

test('pages of one person and one business have no barriers', async ({ page }) => {
  await signIn(page, robin, '/');
  await page.getByRole('link', { name: 'Linden Hair Studio' }).first().click();
  await expect(heading(page)).toHaveText('Linden Hair Studio');
  await expectAccessible(page, 'dash-tenant');
  await expectNoSideways(page);
  await personOf(page, chiara.name);
  await expectAccessible(page, 'dash-user');
  await expectNoSideways(page);
  await actAs(page, chiara.name);
  await page.goto(site('demo', '/account'));
  await expectAccessible(page, 'masked-account');
  await expectTabThrough(page, PHONE);
  await expectNoSideways(page);
});

for (const [name, path] of [['forgot', '/forgot'], ['dev-login', '/dev/login'], ['dev-inbox', '/dev/inbox']]) {
  test(`${name} has no barriers`, async ({ page }) => {
    await page.goto(site('demo', path));
    await expectAccessible(page, name);
    await expectNoSideways(page);
  });
}
