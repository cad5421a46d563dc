// The team's calendar: what customers booked is there, and can be moved by drag, by keys, by clicks and by form.
import { Board, blockName, muteChanges } from './support/board.mjs';
import { expect, signIn, test } from './support/fixtures.mjs';
import { book } from './support/journey.mjs';
import { ana, bo, chiara, dayLabel, site } from './support/people.mjs';

test.describe('the calendar', () => {
  test('opens after signing in, and closes after signing out', async ({ page }) => {
    await page.goto('/schedule');
    await expect(page).toHaveURL(/\/login\?next=/);
    await signIn(page, ana, '/schedule');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Monday 30 November 2026');
    await expect(page.getByText('Owner')).toBeVisible();
    await new Board(page).live();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  });

  test('does not tell a wrong password from a wrong address', async ({ page, hygiene }) => {
    hygiene.expectStatus(422);
    for (const [email, password] of [[ana.email, 'wrong'], ['nobody@demo.example', 'wrong'], ['owner@studio.example', 'smooth-demo']]) {
      await page.goto('/login');
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('alert')).toHaveText('E-mail or password is not rightCheck both and try again.');
      await expect(page.getByRole('alert')).toBeFocused();
      await expect(page.getByLabel('E-mail')).toHaveValue(email);
      await expect(page.getByLabel('Password')).toHaveValue('');
    }
  });

  test('shows what was booked, one column a resource, in the time of the business', async ({ page, visitor }) => {
    await book(await visitor(), { staff: bo, date: '2026-12-24', clock: '10:00', who: 'Columba One' });
    await signIn(page, ana, '/schedule');
    const board = new Board(page);
    await board.open('2026-12-24');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(dayLabel('2026-12-24'));
    await expect(page.getByRole('main')).toContainText('Times in Berlin time (UTC+1)');
    await expect(board.grid.getByRole('rowheader')).toHaveText([/^Ana Ruiz/, /^Bo Lindqvist/, /^Chiara Conti/]);
    const block = board.column(bo.name).getByRole('button');
    await expect(block).toHaveAccessibleName(blockName('Columba One', '10:00 to 10:45', bo));
    await expect(board.grid.getByRole('button')).toHaveCount(1);
    // It is drawn where its time is.
    const [box, ten] = [await block.boundingBox(), await board.spot(bo.name, '10:00')];
    expect(Math.abs(box.y - ten.y)).toBeLessThan(2);
    expect(Math.abs(box.y + box.height - (await board.spot(bo.name, '10:45')).y)).toBeLessThan(2);

    await page.getByRole('link', { name: 'Day before, Wednesday 23 December 2026' }).click();
    await expect(board.grid.getByRole('rowheader', { name: chiara.name })).toContainText('Closed');
    await page.getByRole('link', { name: 'Day after, Thursday 24 December 2026' }).click();
    await expect(board.block('Columba One')).toBeVisible();
    await page.getByLabel('Date').fill('2026-12-27');
    await page.getByRole('button', { name: 'Go' }).click();
    await expect(page.getByText('No appointments on this day.')).toBeVisible();
    await page.getByRole('navigation', { name: 'Day' }).getByRole('link', { name: 'Today' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Monday 30 November 2026');
  });

  test('opens an appointment by click and by Enter, and gives the focus back', async ({ page, visitor }) => {
    await book(await visitor(), { staff: ana, date: '2026-12-26', clock: '09:00', who: 'Delia Two' });
    await signIn(page, ana, '/schedule');
    const board = new Board(page);
    await board.open('2026-12-26');
    const block = board.block('Delia Two');
    await block.click();
    await expect(board.details('Haircut')).toContainText('Delia Two');
    await page.keyboard.press('Escape');
    await expect(board.details('Haircut')).toBeHidden();
    await expect(block).toBeFocused();
    await page.keyboard.press('Enter');
    await board.details('Haircut').getByRole('link', { name: 'Open appointment' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Haircut, Delia Two');
    await expect(page.getByText('A note of Delia Two')).toBeVisible();
    await expect(page.getByRole('link', { name: '+49 30 1234567' })).toBeVisible();
  });
});

test.describe('an appointment moves', () => {
  /** Books with Ana at ten, and opens the day as its owner. */
  async function bookedWithAna({ page, visitor }, date, who, ...others) {
    const customer = await visitor();
    await book(customer, { staff: ana, date, clock: '10:00', who });
    for (const other of others) await book(customer, { date, ...other });
    await signIn(page, ana, '/schedule');
    const board = new Board(page);
    await board.open(date);
    return { board, block: board.block(who) };
  }

  test('by dragging it to another time and person', async ({ page, visitor, appointmentsOn }) => {
    const [date, who] = ['2026-12-28', 'Drago Three'];
    await book(await visitor(), { staff: bo, date, clock: '10:00', who });
    await signIn(page, ana, '/schedule');
    const board = new Board(page);
    await board.open(date);
    const block = board.block(who);
    await board.hold(block, chiara.name, '11:15');
    await expect(board.ghost).toHaveText('11:15 to 12:00, Chiara Conti');
    await page.mouse.up();
    await board.expectSaid('Moved to 11:15, Chiara Conti');
    await expect(block).toHaveAccessibleName(blockName(who, '11:15 to 12:00', chiara));
    await expect(block).toBeFocused();
    await expect(board.details('Haircut')).toBeHidden();
    await board.reload();
    await expect(board.column(chiara.name).getByRole('button')).toHaveAccessibleName(blockName(who, '11:15 to 12:00', chiara));
    expect(await appointmentsOn(date)).toEqual([blockName(who, '11:15 to 12:00', chiara)]);
  });

  test('by Alt and an arrow key, at once', async ({ page, visitor, appointmentsOn }) => {
    const [date, who] = ['2026-12-31', 'Alva Four'];
    const { board, block } = await bookedWithAna({ page, visitor }, date, who);
    // One tab stop for the whole grid, and it is the block.
    await page.getByRole('checkbox', { name: 'Tell customers of changes' }).focus();
    await page.keyboard.press('Tab');
    await expect(block).toBeFocused();
    await page.keyboard.press('Alt+ArrowDown');
    await board.expectSaid('Moved to 10:15, Ana Ruiz');
    await expect(block).toBeFocused();
    await page.keyboard.press('Alt+ArrowRight');
    await board.expectSaid('Moved to 10:15, Bo Lindqvist');
    await expect(block).toBeFocused();
    await page.keyboard.press('Alt+ArrowUp');
    await board.expectSaid('Moved to 10:00, Bo Lindqvist');
    await board.reload();
    await expect(board.column(bo.name).getByRole('button')).toHaveAccessibleName(blockName(who, '10:00 to 10:45', bo));
    expect(await appointmentsOn(date)).toEqual([blockName(who, '10:00 to 10:45', bo)]);
  });

  test('by keys alone: opened, picked up, shifted, dropped', async ({ page, visitor, appointmentsOn }) => {
    const [date, who] = ['2027-01-01', 'Kay Five'];
    const { board, block } = await bookedWithAna({ page, visitor }, date, who);
    await block.focus();
    await page.keyboard.press('Enter');
    const move = board.details('Haircut').getByRole('button', { name: 'Move…' });
    await expect(move).toBeVisible();
    while (!(await move.evaluate((button) => button === document.activeElement))) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(board.moving).toContainText(`Haircut, ${who}`);
    await expect(block).toBeFocused();
    await board.expectSaid(/^Moving Haircut, Kay Five\. /);
    await page.keyboard.press('ArrowDown');
    await board.expectSaid('10:15 to 11:00, Ana Ruiz');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await board.expectSaid('10:30 to 11:15, Bo Lindqvist');
    await expect(board.ghost).toHaveText('10:30 to 11:15, Bo Lindqvist');
    await page.keyboard.press('Enter');
    await board.expectSaid('Moved to 10:30, Bo Lindqvist');
    await expect(board.moving).toBeHidden();
    await expect(block).toBeFocused();
    await board.reload();
    await expect(board.column(bo.name).getByRole('button')).toHaveAccessibleName(blockName(who, '10:30 to 11:15', bo));
    expect(await appointmentsOn(date)).toEqual([blockName(who, '10:30 to 11:15', bo)]);
  });

  test('by clicks alone', async ({ page, visitor, appointmentsOn }) => {
    const [date, who] = ['2027-01-02', 'Clea Six'];
    const { board, block } = await bookedWithAna({ page, visitor }, date, who);
    await board.pickUp(block);
    await board.clickAt(chiara.name, '11:30');
    await board.expectSaid('Moved to 11:30, Chiara Conti');
    await board.reload();
    await expect(board.column(chiara.name).getByRole('button')).toHaveAccessibleName(blockName(who, '11:30 to 12:15', chiara));
    expect(await appointmentsOn(date)).toEqual([blockName(who, '11:30 to 12:15', chiara)]);
  });

  test('on a telephone too: from the list to the grid', async ({ page, visitor, appointmentsOn }) => {
    const [date, who] = ['2027-01-29', 'Tela Seven'];
    await page.setViewportSize({ width: 390, height: 844 });
    const { board, block } = await bookedWithAna({ page, visitor }, date, who);
    await expect(page.getByRole('radio', { name: 'List' })).toBeChecked();
    await board.pickUp(block);
    await expect(page.getByRole('radio', { name: 'Grid' })).toBeChecked();
    await board.clickAt(ana.name, '11:00');
    await board.expectSaid('Moved to 11:00, Ana Ruiz');
    expect(await appointmentsOn(date)).toEqual([blockName(who, '11:00 to 11:45', ana)]);
  });

  test('and back again: Undo, by button and by key', async ({ page, visitor, appointmentsOn }) => {
    const [date, who] = ['2027-01-07', 'Uma Eight'];
    const { board, block } = await bookedWithAna({ page, visitor }, date, who);
    await board.drag(block, bo.name, '11:00');
    await board.expectSaid('Moved to 11:00, Bo Lindqvist');
    await board.undo.click();
    await board.expectSaid('Moved back to 10:00, Ana Ruiz');
    await expect(board.undo).toBeHidden();
    await expect(block).toHaveAccessibleName(blockName(who, '10:00 to 10:45', ana));
    expect(await appointmentsOn(date)).toEqual([blockName(who, '10:00 to 10:45', ana)]);

    await block.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await board.expectSaid('Moved to 10:15, Ana Ruiz');
    await page.keyboard.press('Control+z');
    await board.expectSaid('Moved back to 10:00, Ana Ruiz');
    expect(await appointmentsOn(date)).toEqual([blockName(who, '10:00 to 10:45', ana)]);
  });

  test('nowhere, if Escape is pressed on the way', async ({ page, visitor, appointmentsOn }) => {
    const [date, who] = ['2027-01-08', 'Esca Nine'];
    const { board, block } = await bookedWithAna({ page, visitor }, date, who);
    const expectUnmoved = async () => {
      await board.expectSaid('Not changed.');
      await expect(board.ghost).toBeHidden();
      await expect(block).toHaveAccessibleName(blockName(who, '10:00 to 10:45', ana));
      await expect(block).toBeFocused();
    };
    await board.hold(block, bo.name, '11:30');
    await expect(board.ghost).toBeVisible();
    await page.keyboard.press('Escape');
    await expectUnmoved();
    await page.mouse.up();
    await expect(board.details('Haircut')).toBeHidden();

    await board.pickUp(block);
    await page.keyboard.press('ArrowDown');
    await expect(board.ghost).toHaveText('10:15 to 11:00, Ana Ruiz');
    await page.keyboard.press('Escape');
    await expectUnmoved();
    await expect(board.moving).toBeHidden();

    await board.pickUp(block);
    await board.moving.getByRole('button', { name: 'Cancel' }).click();
    await expect(board.moving).toBeHidden();
    await expect(block).toBeFocused();
    expect(await appointmentsOn(date)).toEqual([blockName(who, '10:00 to 10:45', ana)]);
  });

  test('not onto another one, which is named', async ({ page, visitor, appointmentsOn }) => {
    const [date, who] = ['2027-01-09', 'Olga Ten'];
    const inTheWay = [
      { staff: bo, clock: '11:00', who: 'Bea Eleven' },
      { staff: ana, clock: '11:00', who: 'Ada Twelve' },
    ];
    const { board, block } = await bookedWithAna({ page, visitor }, date, who, ...inTheWay);
    const expectBack = async () => {
      await expect(block).toHaveAccessibleName(blockName(who, '10:00 to 10:45', ana));
      await expect(block).toBeFocused();
    };
    await board.hold(block, bo.name, '11:15');
    await expect(board.ghost).toHaveText('11:15 to 12:00, Bo LindqvistBo Lindqvist has Bea Eleven, 11:00 to 11:45.');
    await page.mouse.up();
    await board.expectSaid('Bo Lindqvist has Bea Eleven, 11:00 to 11:45.');
    await expectBack();
    await page.getByRole('button', { name: 'Dismiss message' }).click();

    await block.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await board.expectSaid('Moved to 10:15, Ana Ruiz');
    await page.keyboard.press('Alt+ArrowDown');
    await board.expectSaid('Ana Ruiz has Ada Twelve, 11:00 to 11:45.');
    await expect(block).toBeFocused();
    await page.keyboard.press('Alt+ArrowUp');
    await board.expectSaid('Moved to 10:00, Ana Ruiz');
    await expectBack();

    // Who chooses with care may choose again.
    await board.pickUp(block);
    await board.clickAt(bo.name, '11:30');
    await board.expectSaid('Bo Lindqvist has Bea Eleven, 11:00 to 11:45.');
    await expect(board.moving).toBeVisible();
    await board.clickAt(bo.name, '10:00');
    await board.expectSaid('Moved to 10:00, Bo Lindqvist');
    expect(await appointmentsOn(date)).toContain(blockName(who, '10:00 to 10:45', bo));
  });

  test('not onto one that was booked meanwhile: the server knows', async ({ page, visitor, appointmentsOn, hygiene }) => {
    const [date, who] = ['2027-01-14', 'Sven Thirteen'];
    // As on a line that has just gone: nobody tells this page.
    await muteChanges(page);
    const { board, block } = await bookedWithAna({ page, visitor }, date, who);
    await book(await visitor(), { staff: chiara, date, clock: '11:00', who: 'Mia Fourteen' });
    hygiene.expectStatus(409);
    await board.drag(block, chiara.name, '11:15');
    await board.expectSaid('Chiara Conti is booked 11:00 to 11:45. The appointment stays where it was; choose another time.');
    await expect(block).toHaveAccessibleName(blockName(who, '10:00 to 10:45', ana));
    await expect(block).toBeFocused();
    await expect(board.column(ana.name).getByRole('button')).toHaveCount(1);
    expect(await appointmentsOn(date)).toEqual([blockName(who, '10:00 to 10:45', ana), blockName('Mia Fourteen', '11:00 to 11:45', chiara)]);
  });

  test('not outside of hours', async ({ page, visitor, appointmentsOn }) => {
    const [date, who] = ['2027-01-15', 'Hans Fifteen'];
    const { board, block } = await bookedWithAna({ page, visitor }, date, who);
    await board.drag(block, ana.name, '12:30');
    await board.expectSaid('Ana Ruiz is not open then.');
    await expect(block).toHaveAccessibleName(blockName(who, '10:00 to 10:45', ana));
    await expect(block).toBeFocused();
    expect(await appointmentsOn(date)).toEqual([blockName(who, '10:00 to 10:45', ana)]);
  });

  test('not over the move of a colleague', async ({ page, visitor, signedIn, appointmentsOn, hygiene }) => {
    const [date, who] = ['2027-01-16', 'Rita Sixteen'];
    await muteChanges(page);
    const { board, block } = await bookedWithAna({ page, visitor }, date, who);
    const other = new Board(await signedIn(bo, `/schedule?date=${date}`));
    await other.live();
    await other.drag(other.block(who), bo.name, '10:30');
    await other.expectSaid('Moved to 10:30, Bo Lindqvist');
    hygiene.expectStatus(409);
    await board.drag(block, chiara.name, '11:00');
    await board.expectSaid('Somebody changed this appointment meanwhile. Reload to see where it is now.');
    await page.getByRole('link', { name: 'Reload' }).click();
    await board.live();
    await expect(block).toHaveAccessibleName(blockName(who, '10:30 to 11:15', bo));
    expect(await appointmentsOn(date)).toEqual([blockName(who, '10:30 to 11:15', bo)]);
  });
});

test.describe('a member of staff', () => {
  test('moves own appointments only', async ({ page, visitor, appointmentsOn, hygiene }) => {
    const date = '2027-01-21';
    const customer = await visitor();
    await book(customer, { staff: ana, date, clock: '10:00', who: 'Foreign One' });
    await book(customer, { staff: chiara, date, clock: '11:00', who: 'Own Two' });
    await signIn(page, chiara, '/schedule');
    await expect(page.getByText('Staff', { exact: true })).toBeVisible();
    const board = new Board(page);
    await board.open(date);
    const [foreign, own] = [board.block('Foreign One'), board.block('Own Two')];

    await foreign.click();
    await expect(board.details('Haircut')).toContainText('You may look at this appointment, not move it.');
    await expect(board.details('Haircut').getByRole('button', { name: 'Move…' })).toBeHidden();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+ArrowDown');
    await board.expectSaid('You may not move this appointment.');
    await board.drag(foreign, ana.name, '11:00');
    await expect(foreign).toHaveAccessibleName(/10:00 to 10:45/);
    await page.keyboard.press('Escape');

    await board.drag(own, ana.name, '11:00');
    await board.expectSaid('You may not change the calendar of Ana Ruiz.');
    await expect(own).toHaveAccessibleName(/^11:00 to 11:45.*Chiara Conti$/);
    await board.drag(own, chiara.name, '11:30');
    await board.expectSaid('Moved to 11:30, Chiara Conti');

    // What the page does not offer, the server refuses.
    const [foreignPage, ownPage] = await Promise.all([foreign, own].map((block) => block.getAttribute('href')));
    await page.goto(foreignPage);
    await expect(page.getByText('This appointment cannot be moved, or not by you.')).toBeVisible();
    await page.goto(ownPage);
    await expect(page.getByLabel('With').getByRole('option')).toHaveText([chiara.name]);
    hygiene.expectStatus(403);
    const button = page.getByRole('button', { name: 'Move appointment' });
    await button.evaluate(({ form }, action) => Object.assign(form, { action }), `${foreignPage}/move`);
    await button.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your role does not allow this');
    expect(await appointmentsOn(date)).toEqual([
      blockName('Foreign One', '10:00 to 10:45', ana),
      blockName('Own Two', '11:30 to 12:15', chiara),
    ]);
  });

  test('is nobody at another business, nor on the platform', async ({ page, hygiene }) => {
    await signIn(page, chiara, '/schedule');
    for (const place of [site('studio', '/schedule'), site('platform')]) {
      await page.goto(place);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
    }
    hygiene.expectStatus(404);
    await page.goto(site('demo', '/appointments/01a2076a-aa0c-768c-8dc5-466a6f1bbb2a'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
  });
});

test.describe('the calendar without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('is readable, and its form moves an appointment', async ({ page, visitor, appointmentsOn, hygiene }) => {
    const date = '2027-01-22';
    const customer = await visitor();
    await book(customer, { staff: ana, date, clock: '10:00', who: 'Paper One' });
    await book(customer, { staff: bo, date, clock: '11:00', who: 'Paper Two' });
    await signIn(page, ana, '/schedule');
    await page.getByLabel('Date').fill(date);
    await page.getByRole('button', { name: 'Go' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(dayLabel(date));
    await expect(page.getByRole('heading', { level: 2 })).toHaveText([ana.name, bo.name, chiara.name]);
    const column = (person) => page.getByRole('group', { name: person.name });
    await expect(column(bo).getByRole('listitem').getByRole('link')).toHaveAccessibleName(blockName('Paper Two', '11:00 to 11:45', bo));

    await column(ana).getByRole('link', { name: 'Paper One' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Haircut, Paper One');
    await expect(page.getByLabel('New time').getByRole('option', { selected: true })).toHaveText('10:00');
    hygiene.expectStatus(409);
    await page.getByLabel('New time').selectOption('11:15');
    await page.getByLabel('With').selectOption(bo.name);
    await page.getByRole('button', { name: 'Move appointment' }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.getByRole('alert')).toBeFocused();
    await expect(page.getByRole('alert')).toContainText('Bo Lindqvist is booked 11:00 to 11:45.');
    await expect(page.getByRole('region', { name: 'Appointment' })).toContainText('10:00 to 10:45');

    await page.getByLabel('New time').selectOption('11:45');
    await page.getByLabel('With').selectOption(bo.name);
    await page.getByRole('button', { name: 'Move appointment' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(dayLabel(date));
    await expect(column(ana).getByRole('link')).toHaveCount(0);
    await expect(column(bo).getByRole('link')).toHaveCount(2);
    expect(await appointmentsOn(date)).toEqual([
      blockName('Paper Two', '11:00 to 11:45', bo),
      blockName('Paper One', '11:45 to 12:30', bo),
    ]);

    // To another day.
    await column(bo).getByRole('link', { name: 'Paper One' }).click();
    await page.getByLabel('Day').fill('2027-01-23');
    await page.getByRole('button', { name: 'Show times' }).click();
    await page.getByLabel('New time').selectOption('09:30');
    await page.getByRole('button', { name: 'Move appointment' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(dayLabel('2027-01-23'));
    expect(await appointmentsOn('2027-01-23')).toEqual([blockName('Paper One', '09:30 to 10:15', bo)]);
  });
});
