// The scheduler: lengths, weeks, timelines and lists; what others change meanwhile; nights on which clocks change.
import { Board, blockName } from './support/board.mjs';
import { put } from './support/database.mjs';
import { expect, signIn, test } from './support/fixtures.mjs';
import { book } from './support/journey.mjs';
import { expectAccessible, expectNoSideways } from './support/looks.mjs';
import { ana, bo, chiara, site } from './support/people.mjs';

/** Puts an appointment there, and opens the day as the owner. */
async function booked({ page }, date, who, { staff = ana, clock = '10:00' } = {}, view = '') {
  put({ staff, date, clock, who });
  await signIn(page, ana, '/schedule');
  const board = new Board(page);
  await board.open(date, view);
  return { board, block: board.block(who) };
}

test.describe('an appointment becomes longer or shorter', () => {
  test('by its lower edge, and back by Undo', async ({ page, appointmentsOn }) => {
    const [date, who] = ['2027-02-02', 'Edge One'];
    const { board, block } = await booked({ page }, date, who);
    await board.stretch(block, ana.name, '11:30');
    await board.expectSaid('Now 10:00 to 11:30');
    await expect(block).toHaveAccessibleName(blockName(who, '10:00 to 11:30', ana));
    expect(await appointmentsOn(date)).toEqual([blockName(who, '10:00 to 11:30', ana)]);
    await board.undo.click();
    await board.expectSaid('Now 10:00 to 10:45');
    expect(await appointmentsOn(date)).toEqual([blockName(who, '10:00 to 10:45', ana)]);
  });

  test('by keys, never over another one', async ({ page, appointmentsOn }) => {
    const [date, who] = ['2027-02-03', 'Key Two'];
    put({ staff: ana, date, clock: '11:00', who: 'Key Three' });
    const { board, block } = await booked({ page }, date, who);
    await block.focus();
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await board.expectSaid('Now 10:00 to 11:00');
    await expect(block).toBeFocused();
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await board.expectSaid('Ana Ruiz has Key Three, 11:00 to 11:45.');
    await page.keyboard.press('Alt+Shift+ArrowUp');
    await board.expectSaid('Now 10:00 to 10:45');
    expect(await appointmentsOn(date)).toContain(blockName(who, '10:00 to 10:45', ana));
    await expect(block).toBeFocused();
  });

  test('by clicks alone, without a word to the customer', async ({ page, appointmentsOn }) => {
    const [date, who] = ['2027-02-04', 'Click Four'];
    const { board, block } = await booked({ page }, date, who);
    await page.getByRole('checkbox', { name: 'Tell customers of changes' }).uncheck();
    await block.click();
    await board.details('Haircut').getByRole('button', { name: '15 min longer' }).click();
    await board.expectSaid('Now 10:00 to 11:00. The customer is not told');
    await block.click();
    await board.details('Haircut').getByRole('button', { name: 'Change length…' }).click();
    await board.clickAt(ana.name, '12:00');
    await board.expectSaid(/^Now 10:00 to 12:\d\d\. The customer is not told$/);
    expect((await appointmentsOn(date))[0]).toMatch(/^10:00 to 12:/);
  });
});

test.describe('the other ways to look at it', () => {
  test('a week of one person: moved to another day, by drag and by keys', async ({ page, appointmentsOn }) => {
    const [date, who] = ['2027-02-09', 'Week Five'];
    const { board, block } = await booked({ page }, date, who, {}, '&view=week');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ana Ruiz, 8 February to 14 February');
    await expect(board.grid.getByRole('rowheader')).toHaveCount(7);
    await board.drag(block, 'Thu 11 Feb', '11:15');
    await board.expectSaid('Moved to 11:15, Thu 11 Feb');
    await block.focus();
    await page.keyboard.press('Alt+ArrowRight');
    await board.expectSaid('Moved to 11:15, Fri 12 Feb');
    expect(await appointmentsOn('2027-02-12')).toEqual([blockName(who, '11:15 to 12:00', ana)]);
    expect(await appointmentsOn(date)).toEqual([]);
    await page.getByRole('link', { name: /^Week after, / }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ana Ruiz, 15 February to 21 February');
  });

  test('a timeline: time from left to right, for pointer and keys', async ({ page, appointmentsOn }) => {
    const [date, who] = ['2027-02-16', 'Line Six'];
    const { board, block } = await booked({ page }, date, who, { staff: bo }, '&view=timeline');
    // An hour to the right, one row down.
    const hour = async (clock) => (await board.region.getByText(clock, { exact: true }).boundingBox()).x;
    const wide = (await hour('11:00')) - (await hour('10:00'));
    const box = await block.boundingBox();
    const row = await page.getByRole('rowheader', { name: chiara.name }).boundingBox();
    await page.mouse.move(box.x + 8, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 8 + wide, row.y + row.height / 2, { steps: 8 });
    await expect(board.ghost).toHaveText('11:00 to 11:45, Chiara Conti');
    await page.mouse.up();
    await board.expectSaid('Moved to 11:00, Chiara Conti');
    await block.focus();
    await page.keyboard.press('Alt+ArrowRight');
    await board.expectSaid('Moved to 11:15, Chiara Conti');
    await page.keyboard.press('Alt+Shift+ArrowRight');
    await board.expectSaid('Now 11:15 to 12:15');
    expect(await appointmentsOn(date)).toEqual([blockName(who, '11:15 to 12:15', chiara)]);
  });

  test('lists, which say what is new by themselves', async ({ page, signedIn }) => {
    const date = '2027-02-17';
    put({ staff: bo, date, clock: '10:00', who: 'List Seven' });
    await signIn(page, ana, '/schedule');
    await page.goto(site(ana.site, `/schedule?date=${date}&view=agenda`));
    await expect(page.getByRole('link', { name: 'List Seven' })).toBeVisible();
    const other = new Board(await signedIn(bo, '/schedule'));
    await other.open(date);
    await other.book(bo.name, '11:00', 'List Eight');
    await expect(page.getByRole('link', { name: 'List Eight' })).toBeVisible();
  });

  test('only those who were asked for, in steps as long as was asked for', async ({ page }) => {
    const [date, who] = ['2027-02-18', 'Step Nine'];
    const { board, block } = await booked({ page }, date, who, { staff: chiara });
    await page.getByText('Options').click();
    await page.getByRole('checkbox', { name: ana.name }).uncheck();
    await page.getByLabel('Steps').selectOption('5 min');
    await page.getByLabel('Size').selectOption('Large');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await board.live();
    await expect(board.grid.getByRole('rowheader')).toHaveText([/^Bo/, /^Chiara/]);
    await board.hold(block, chiara.name, '10:25');
    await expect(board.ghost).toHaveText('10:25 to 11:10, Chiara Conti');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await block.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await board.expectSaid('Moved to 10:05, Chiara Conti');
    await board.open(date, '&snap=30');
    await board.hold(block, chiara.name, '11:20');
    await expect(board.ghost).toHaveText('11:30 to 12:15, Chiara Conti');
    await page.keyboard.press('Escape');
    await page.mouse.up();
  });
});

test.describe('others at work', () => {
  test('what a colleague moves, books and calls off is seen within moments', async ({ page, visitor, signedIn }) => {
    const [date, who] = ['2026-12-30', 'Seen Ten'];
    const { board, block } = await booked({ page }, date, who);
    const other = new Board(await signedIn(bo, '/schedule'));
    await other.open(date);
    await other.drag(other.block(who), bo.name, '11:00');
    await other.expectSaid('Moved to 11:00, Bo Lindqvist');
    await expect(block).toHaveAccessibleName(blockName(who, '11:00 to 11:45', bo));
    await board.expectSaid('Haircut, Seen Ten is now 11:00 to 11:45, Bo Lindqvist');
    // A customer, far away.
    await book(await visitor(), { staff: ana, date, clock: '10:00', who: 'Seen Eleven' });
    await expect(board.block('Seen Eleven')).toHaveAccessibleName(blockName('Seen Eleven', '10:00 to 10:45', ana));
    await other.block('Seen Eleven').click();
    await other.details('Haircut').getByRole('link', { name: 'Open appointment' }).click();
    await other.page.getByRole('button', { name: 'Cancel' }).click();
    await expect(board.block('Seen Eleven')).toHaveCount(0);
  });

  test('nothing moves under the hand that holds it', async ({ page, signedIn, hygiene }) => {
    const [date, who] = ['2027-02-20', 'Hand Twelve'];
    const { board, block } = await booked({ page }, date, who);
    const other = new Board(await signedIn(bo, '/schedule'));
    await other.open(date);
    await board.hold(block, ana.name, '11:30');
    await other.drag(other.block(who), bo.name, '10:30');
    await other.expectSaid('Moved to 10:30, Bo Lindqvist');
    await other.book(chiara.name, '10:00', 'Hand Thirteen');
    await expect(board.block('Hand Thirteen')).toBeVisible();
    await expect(board.ghost).toHaveText('11:30 to 12:15, Ana Ruiz');
    hygiene.expectStatus(409);
    await page.mouse.up();
    await expect(block).toHaveAccessibleName(blockName(who, '10:30 to 11:15', bo));
    await expect(other.block(who)).toHaveAccessibleName(blockName(who, '10:30 to 11:15', bo));
  });

  test('one moves and one calls off: both see the same in the end, and the audit has both', async ({ page, signedIn }) => {
    const [date, who] = ['2027-02-23', 'Both Fourteen'];
    const { board, block } = await booked({ page }, date, who);
    const other = new Board(await signedIn(bo, '/schedule'));
    await other.open(date);
    await board.drag(block, ana.name, '11:30');
    await board.expectSaid('Moved to 11:30, Ana Ruiz');
    await expect(other.block(who)).toHaveAccessibleName(blockName(who, '11:30 to 12:15', ana));
    await other.block(who).click();
    await other.details('Haircut').getByRole('link', { name: 'Open appointment' }).click();
    await other.page.getByRole('button', { name: 'Cancel' }).click();
    await expect(block).toHaveCount(0);
    await other.open(date);
    await expect(other.block(who)).toHaveCount(0);
    await page.goto(site(ana.site, '/activity'));
    const rows = page.getByRole('main');
    await expect(rows).toContainText('Appointment moved');
    await expect(rows).toContainText('Appointment cancelled');
  });

  test('without a connection it says so, and is itself again afterwards', async ({ page, context, signedIn, hygiene }) => {
    const [date, who] = ['2027-02-26', 'Line Fifteen'];
    const { board, block } = await booked({ page }, date, who);
    const other = new Board(await signedIn(bo, '/schedule'));
    await other.open(date);
    hygiene.allow(/ERR_INTERNET_DISCONNECTED/);
    await context.setOffline(true);
    await board.drag(block, bo.name, '11:00');
    await expect(block).toHaveAccessibleName(blockName(who, '10:00 to 10:45', ana));
    await other.book(chiara.name, '10:30', 'Line Sixteen');
    await expect(board.block('Line Sixteen')).toHaveCount(0);
    await context.setOffline(false);
    await expect(board.block('Line Sixteen')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText('No connection.')).toBeHidden();
    await board.drag(block, bo.name, '11:00');
    await board.expectSaid('Moved to 11:00, Bo Lindqvist');
  });
});

test.describe('the nights on which clocks change', () => {
  for (const [date, week, hours] of [['2027-03-28', '22 March to 28 March', 23], ['2027-10-31', '25 October to 31 October', 25]]) {
    test(`a day of ${hours} hours, in a week of one person`, async ({ page }) => {
      await signIn(page, ana, '/schedule');
      const board = new Board(page);
      await board.open(date, '&view=week');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Ana Ruiz, ${week}`);
      // Ten o'clock is at ten in each column, whatever the day has lost or gained.
      const [saturday, sunday] = await board.grid.getByRole('row').all().then((rows) => rows.slice(5, 7));
      await expect(sunday).toContainText('Closed');
      const [first, second] = await Promise.all([saturday, sunday].map((row) => row.boundingBox()));
      expect(first.y).toBe(second.y);
    });
  }
});

for (const [name, path] of [['week', '&view=week'], ['timeline', '&view=timeline'], ['agenda', '&view=agenda']]) {
  test(`the ${name} has no barriers, filled and empty`, async ({ page }) => {
    const date = { week: '2027-02-25', timeline: '2027-03-19', agenda: '2027-02-27' }[name];
    put({ staff: ana, date, who: `Axe ${name}` });
    await signIn(page, ana, '/schedule');
    for (const [state, day] of [['filled', date], ['empty', '2027-04-04']]) {
      await page.goto(site(ana.site, `/schedule?date=${day}${path}`));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page, `schedule-${name}-${state}`);
      await expectNoSideways(page);
    }
  });
}
