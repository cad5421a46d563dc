// Every page and state: no violation that axe knows, a visible focus all the way through, no scrolling sideways.
import { Board } from './support/board.mjs';
import { expect, signIn, test } from './support/fixtures.mjs';
import { Journey, book } from './support/journey.mjs';
import { DESKTOP, PHONE, expectAccessible, expectNoSideways, expectTabThrough } from './support/looks.mjs';
import { ana, bo, chiara, customer, robin, site } from './support/people.mjs';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const heading = (page) => page.getByRole('heading', { level: 1 });

/** Signs in and opens a day; with `booking`, after somebody has booked on it. */
async function calendar({ page, visitor }, date, person, booking) {
  if (booking) await book(await visitor(), { date, clock: '10:00', ...booking });
  await signIn(page, person, '/schedule');
  const board = new Board(page);
  await board.open(date);
  return board;
}

/** The page of an appointment that was booked for this. */
async function appointment({ page, visitor }, date, person, who) {
  const board = await calendar({ page, visitor }, date, person, { staff: ana, who });
  await page.goto(await board.block(who).getAttribute('href'));
  await expect(heading(page)).toHaveText(`Haircut, ${who}`);
}

/** Each state by its name: how to get there. */
const states = {
  async landing({ page }) {
    await new Journey(page).land();
  },
  async 'pick-time'({ page }) {
    const journey = new Journey(page);
    await journey.land();
    await journey.service('Haircut');
    await journey.day('2026-12-11');
  },
  async 'pick-time-closed'({ page }) {
    const journey = new Journey(page);
    await journey.land();
    await journey.service('Haircut');
    await page.goto(`${page.url()}?date=2026-12-06`);
    await expect(page.getByText('Closed on this day.')).toBeVisible();
  },
  async 'pick-time-past'({ page }) {
    const journey = new Journey(page);
    await journey.land();
    await journey.service('Haircut');
    await page.goto(`${page.url()}?date=2026-11-20`);
    await expect(page.getByText('This day cannot be booked')).toBeVisible();
  },
  async details({ page }) {
    await new Journey(page).detailsOf({ staff: chiara, date: '2026-12-12', clock: '14:15' });
  },
  async 'details-errors'({ page, hygiene }) {
    hygiene.expectStatus(422);
    const journey = new Journey(page);
    await journey.detailsOf({ staff: chiara, date: '2026-12-12', clock: '15:15' });
    await journey.type({ name: '', email: 'x', phone: 'x', notes: 'A note' });
    await journey.submit.click();
    await expect(page.getByRole('alert')).toBeFocused();
  },
  async taken({ page, visitor, hygiene }) {
    hygiene.expectStatus(409);
    const journey = new Journey(page);
    const what = { staff: bo, date: '2027-01-11', clock: '10:00' };
    await journey.detailsByLink(what);
    await book(await visitor(), { ...what, who: 'Axel Quicker' });
    await journey.type(customer('Axel Slower'));
    await journey.submit.click();
    await expect(page.getByRole('alert')).toBeFocused();
  },
  async booked({ page }) {
    await book(page, { staff: ana, date: '2027-01-12', clock: '10:00', who: 'Axel Booked' });
  },
  async login({ page }) {
    await page.goto('/login');
  },
  async 'login-wrong'({ page, hygiene }) {
    hygiene.expectStatus(422);
    await page.goto('/login');
    await page.getByLabel('E-mail').fill('nobody@demo.example');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toBeFocused();
  },
  async 'login-empty'({ page, hygiene }) {
    hygiene.expectStatus(422);
    await page.goto('/login');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toBeFocused();
  },
  async schedule({ page, visitor }) {
    await calendar({ page, visitor }, '2026-12-03', ana);
  },
  async 'schedule-empty'({ page, visitor }) {
    await calendar({ page, visitor }, '2026-12-27', ana);
  },
  async 'schedule-grid-chosen'({ page, visitor }) {
    await page.setViewportSize(PHONE);
    await calendar({ page, visitor }, '2026-12-03', chiara);
    await page.getByRole('radio', { name: 'Grid' }).check();
  },
  async 'schedule-details'({ page, visitor }) {
    const board = await calendar({ page, visitor }, '2026-12-03', ana);
    await board.grid.getByRole('button').first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  async 'schedule-moving'({ page, visitor }) {
    const board = await calendar({ page, visitor }, '2026-12-03', ana);
    await board.grid.getByRole('button').first().click();
    await page.getByRole('button', { name: 'Move…' }).click();
    await page.keyboard.press('ArrowDown');
    await expect(board.ghost).toBeVisible();
  },
  async 'schedule-moved'({ page, visitor }) {
    const board = await calendar({ page, visitor }, '2027-01-13', ana, { staff: ana, who: 'Axel Moved' });
    await board.block('Axel Moved').focus();
    await page.keyboard.press('Alt+ArrowDown');
    // A message that has the focus stays.
    await board.undo.focus();
  },
  async 'schedule-refused'({ page, visitor }) {
    const board = await calendar({ page, visitor }, '2027-01-18', bo, { staff: chiara, who: 'Axel Refused' });
    await board.block('Axel Refused').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect(page.getByRole('button', { name: 'Dismiss message' })).toBeVisible();
  },
  async appointment({ page, visitor }) {
    await appointment({ page, visitor }, '2027-01-19', ana, 'Axel Visit');
  },
  async 'appointment-refused'({ page, visitor, hygiene }) {
    await appointment({ page, visitor }, '2027-01-20', ana, 'Axel Nights');
    hygiene.expectStatus(409);
    await page.getByLabel('New time').selectOption('22:00');
    await page.getByRole('button', { name: 'Move appointment' }).click();
    await expect(page.getByRole('alert')).toBeFocused();
  },
  async 'appointment-of-others'({ page, visitor }) {
    await appointment({ page, visitor }, '2027-01-26', chiara, 'Axel Foreign');
    await expect(page.getByRole('button', { name: 'Move appointment' })).toBeHidden();
  },
  async platform({ page }) {
    await signIn(page, robin, '/');
    await expect(heading(page)).toHaveText('Businesses');
    await expect(page.getByRole('rowheader', { name: 'Linden Hair Studio' })).toBeVisible();
  },
  async 'platform-login'({ page }) {
    await page.goto(site('platform'));
    await expect(heading(page)).toHaveText('Sign in');
  },
  async base({ page }) {
    await page.goto(site(''));
    await expect(heading(page)).toHaveText('Appointments that never collide');
  },
  async 'problem-400'({ page, hygiene }) {
    hygiene.expectStatus(400);
    const journey = new Journey(page);
    await journey.land();
    await journey.service('Haircut');
    await page.goto(`${page.url()}?date=tomorrow`);
    await expect(heading(page)).toHaveText('This address does not work');
  },
  async 'problem-403-denied'({ page, visitor, hygiene }) {
    const date = '2026-12-29';
    await book(await visitor(), { staff: ana, date, clock: '10:00', who: 'Axel Foreign' });
    const board = await calendar({ page, visitor }, date, chiara, { staff: chiara, who: 'Axel Own' });
    const foreign = await board.block('Axel Foreign').getAttribute('href');
    await page.goto(await board.block('Axel Own').getAttribute('href'));
    hygiene.expectStatus(403);
    // The form of the own appointment, sent for somebody else's.
    const button = page.getByRole('button', { name: 'Move appointment' });
    await button.evaluate(({ form }, action) => Object.assign(form, { action }), `${foreign}/move`);
    await button.click();
    await expect(heading(page)).toHaveText('Your role does not allow this');
  },
  async 'problem-403-cross-site'({ page, hygiene }) {
    hygiene.expectStatus(403);
    await page.setContent(`<form method="post" action="${site('demo', '/logout')}"><button>Win a prize</button></form>`);
    await page.getByRole('button').click();
    await expect(heading(page)).toHaveText('This form was not accepted');
  },
  async 'problem-404'({ page, hygiene }) {
    hygiene.expectStatus(404);
    await page.goto('/nothing/here');
    await expect(heading(page)).toHaveText('Page not found');
  },
  async 'problem-404-host'({ page, hygiene }) {
    hygiene.expectStatus(404);
    await page.goto(site('nobody'));
    await expect(heading(page)).toHaveText('There is no site at this address');
  },
};

for (const [name, open] of Object.entries(states)) {
  test(`${name} has no barriers`, async ({ page, visitor, hygiene }) => {
    await open({ page, visitor, hygiene });
    await expectAccessible(page, name);
    const wide = await expectTabThrough(page, DESKTOP);
    await expectTabThrough(page, PHONE);
    if (!(await page.getByRole('dialog').isVisible())) expect(wide[0]).toBe('Skip to content');
    await expectNoSideways(page);
  });
}
