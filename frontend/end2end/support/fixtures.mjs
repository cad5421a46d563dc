// What every test has: watched pages, and people to open more of them as.
import { test as base, expect } from '@playwright/test';
import { Hygiene } from './hygiene.mjs';
import { PASSWORD, ana, site } from './people.mjs';

export { expect };

export const test = base.extend({
  /** Fails the test for whatever no page may do: see `hygiene.mjs`. */
  hygiene: [
    async ({ context, javaScriptEnabled }, use) => {
      const hygiene = new Hygiene();
      await hygiene.watch(context, { javaScriptEnabled });
      await use(hygiene);
      expect(hygiene.problems(), 'what the pages logged, threw or failed to load').toEqual([]);
    },
    { auto: true },
  ],

  /** Opens a page as somebody else: another browser, as it were. `visitor({ javaScriptEnabled: false })`. */
  visitor: async ({ browser, hygiene, javaScriptEnabled }, use) => {
    const contexts = [];
    await use(async (options = {}) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      await hygiene.watch(context, { javaScriptEnabled, ...options });
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  /** Opens a page as a person who has signed in. `signedIn(ana, '/schedule')`. */
  signedIn: async ({ visitor }, use) => {
    await use(async (person, path = '/', options = {}) => {
      const page = await visitor(options);
      await signIn(page, person, path);
      return page;
    });
  },

  /**
   * What the server itself has on a day: the names of the blocks (`blockName`), as a page without script shows them.
   */
  appointmentsOn: async ({ signedIn }, use) => {
    let page;
    await use(async (date) => {
      page ??= await signedIn(ana, '/schedule', { javaScriptEnabled: false });
      await page.goto(site(ana.site, `/schedule?date=${date}`));
      const calendar = await page.getByRole('region', { name: 'Calendar' }).ariaSnapshot();
      return [...calendar.matchAll(/- link "([^"]*)"/g)].map(([, name]) => name);
    });
  },
});

/** Signs in through the page, and goes on to `path`. */
export async function signIn(page, person, path) {
  await page.goto(site(person.site, `/login?next=${encodeURIComponent(path)}`));
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(site(person.site, path));
}
