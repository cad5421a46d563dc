// What the team books for customers: from the calendar by click, drag and keys, by a form without JavaScript; and "why not?".
import { Board, blockName } from './support/board.mjs';
import { put } from './support/database.mjs';
import { expect, signIn, test } from './support/fixtures.mjs';
import { expectAccessible, expectNoSideways } from './support/looks.mjs';
import { ana, bo, chiara, dayLabel, site } from './support/people.mjs';

async function opened(page, date, view = '') {
  await signIn(page, ana, '/schedule');
  const board = new Board(page);
  await board.open(date, view);
  return board;
}

async function fill(form, who) {
  await form.getByLabel('Service').selectOption({ label: 'Haircut, 45 min' });
  await form.getByLabel('Name').fill(who);
}

test.describe('a new appointment', () => {
  test('by a click on an empty time', async ({ page, appointmentsOn }) => {
    const [date, who] = ['2027-03-02', 'Click Desk'];
    const board = await opened(page, date);
    await board.clickAt(ana.name, '10:15');
    await expect(board.sheet).toHaveAccessibleName('New appointment');
    await expect(board.sheet.getByLabel('Time')).toHaveValue('10:15');
    await expect(board.sheet.getByLabel('With').getByRole('option', { selected: true })).toHaveText(ana.name);
    await fill(board.sheet, who);
    await board.sheet.getByRole('button', { name: 'Book appointment' }).click();
    await expect(board.sheet).toBeHidden();
    await expect(board.block(who)).toHaveAccessibleName(blockName(who, '10:15 to 11:00', ana));
    expect(await appointmentsOn(date)).toEqual([blockName(who, '10:15 to 11:00', ana)]);
  });

  test('by drawing its length', async ({ page, appointmentsOn }) => {
    const [date, who] = ['2027-03-03', 'Draw Desk'];
    const board = await opened(page, date);
    await board.draw(bo.name, '10:00', '11:30');
    await expect(board.sheet.getByLabel('Length in minutes')).toHaveValue('90');
    await fill(board.sheet, who);
    await board.sheet.getByRole('button', { name: 'Book appointment' }).click();
    await expect(board.block(who)).toBeVisible();
    expect(await appointmentsOn(date)).toEqual([blockName(who, '10:00 to 11:30', bo)]);
  });

  test('by keys alone', async ({ page, appointmentsOn }) => {
    const [date, who] = ['2027-03-04', 'Keys Desk'];
    const board = await opened(page, date);
    await board.new.focus();
    await page.keyboard.press('Enter');
    await board.expectSaid(/^New appointment, 09:00 to 09:30, Ana Ruiz\. /);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await board.expectSaid('09:30 to 10:00, Ana Ruiz');
    await page.keyboard.press('Enter');
    await expect(board.sheet.getByLabel('Time')).toHaveValue('09:30');
    await board.sheet.getByLabel('Service').focus();
    await page.keyboard.type('Haircut');
    await board.sheet.getByLabel('Name').focus();
    await page.keyboard.type(who);
    await page.keyboard.press('Enter');
    await expect(board.sheet).toBeHidden();
    expect(await appointmentsOn(date)).toEqual([blockName(who, '09:30 to 10:15', ana)]);
  });

  test('for a customer who is there, and not over another appointment', async ({ page, appointmentsOn, hygiene }) => {
    const date = '2027-03-05';
    put({ staff: ana, date, clock: '10:00', who: 'Regular Rita' });
    const board = await opened(page, date);
    await page.goto(site(ana.site, `/appointments/new?start=${date}T10:15:00%2B01:00`));
    await page.getByLabel('Service').selectOption({ label: 'Haircut, 45 min' });
    await page.getByLabel('With').selectOption(ana.name);
    await page.getByLabel('Find a customer').fill('regular');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('radio', { name: /^Regular Rita/ }).check();
    hygiene.expectStatus(409);
    await page.getByRole('button', { name: 'Book appointment' }).click();
    await expect(page.getByRole('alert')).toContainText('Ana Ruiz has Regular Rita, 10:00 to 10:45.');
    await expect(page.getByRole('checkbox', { name: 'Book anyway' })).toHaveCount(0);
    await page.getByRole('alert').getByRole('button').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(dayLabel(date));
    await board.live();
    expect(await appointmentsOn(date)).toHaveLength(2);
  });

  test('outside of hours only when it is said', async ({ page, hygiene, appointmentsOn }) => {
    const [date, who] = ['2027-03-06', 'Late Desk'];
    const board = await opened(page, date);
    await board.clickAt(ana.name, '17:15');
    await fill(board.sheet, who);
    hygiene.expectStatus(409);
    await board.sheet.getByRole('button', { name: 'Book appointment' }).click();
    await expect(board.sheet.getByRole('alert')).toContainText('Ana Ruiz is not open then.');
    await expect(board.sheet.getByLabel('Name')).toHaveValue(who);
    await board.sheet.getByRole('checkbox', { name: 'Book anyway' }).check();
    await board.sheet.getByRole('button', { name: 'Book appointment' }).click();
    await expect(board.sheet).toBeHidden();
    expect(await appointmentsOn(date)).toEqual([blockName(who, '17:15 to 18:00', ana)]);
  });

  test('keeps what was typed when the line goes', async ({ page, context, hygiene }) => {
    const board = await opened(page, '2027-03-09');
    await board.clickAt(ana.name, '10:00');
    await fill(board.sheet, 'Offline Desk');
    hygiene.allow(/ERR_INTERNET_DISCONNECTED/);
    await context.setOffline(true);
    await board.sheet.getByRole('button', { name: 'Book appointment' }).click();
    await expect(board.sheet.getByRole('alert')).toContainText('What you typed is kept');
    await context.setOffline(false);
    await board.sheet.getByRole('button', { name: 'Book appointment' }).click();
    await expect(board.sheet).toBeHidden();
    await expect(board.block('Offline Desk')).toBeVisible({ timeout: 20_000 });
  });
});

test('why not: a refused move says more, and the time that would do', async ({ page }) => {
  const date = '2027-03-10';
  put({ staff: ana, date, clock: '10:00', who: 'Why One' });
  put({ staff: ana, date, clock: '11:00', who: 'Why Two' });
  const board = await opened(page, date);
  await board.drag(board.block('Why One'), ana.name, '11:15');
  await board.expectSaid('Ana Ruiz has Why Two, 11:00 to 11:45.');
  await page.getByRole('link', { name: 'Why not?' }).click();
  await expect(board.sheet).toHaveAccessibleName('Why not?');
  await expect(board.sheet).toContainText('Ana Ruiz has Why Two, 11:00 to 11:45.');
  await expect(board.sheet.getByRole('link', { name: 'Open it' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(board.sheet).toBeHidden();
});

test('staff book with themselves and with nobody else', async ({ page }) => {
  const date = '2027-03-11';
  await signIn(page, chiara, '/schedule');
  const board = new Board(page);
  await board.open(date);
  await board.clickAt(ana.name, '10:00');
  await expect(board.sheet).toBeHidden();
  await board.clickAt(chiara.name, '10:30');
  await expect(board.sheet.getByLabel('With').getByRole('option')).toHaveText(['Anyone who is free', chiara.name]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the form books, and says what is wrong', async ({ page, hygiene, appointmentsOn }) => {
    const [date, who] = ['2027-03-12', 'Plain Desk'];
    await signIn(page, ana, '/schedule');
    await page.goto(site(ana.site, '/appointments/new'));
    hygiene.expectStatus(422);
    await page.getByRole('button', { name: 'Book appointment' }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.getByRole('alert')).toContainText('Enter the time like 14:30');
    await page.getByLabel('Day').fill(date);
    await page.getByLabel('Time').fill('9:15');
    await page.getByLabel('With').selectOption(ana.name);
    await fill(page, who);
    await page.getByRole('button', { name: 'Book appointment' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(dayLabel(date));
    await expect(page.getByText('Confirmed at 09:15.')).toBeVisible();
    expect(await appointmentsOn(date)).toEqual([blockName(who, '09:15 to 10:00', ana)]);
  });
});

test('the form and its sheet have no barriers', async ({ page }) => {
  const board = await opened(page, '2027-03-13');
  await board.clickAt(ana.name, '10:00');
  await expect(board.sheet).toBeVisible();
  await expectAccessible(page, 'desk-sheet');
  await page.goto(site(ana.site, '/appointments/new'));
  await expectAccessible(page, 'desk-new');
  await expectNoSideways(page);
});
