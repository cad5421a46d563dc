// The team's calendar as a person uses it: columns by name, times by the clock at the side.
import { expect } from '@playwright/test';
import { ana, site } from './people.mjs';

/** What a confirmed appointment is called: `blockName('Maria Lopez', '10:00 to 10:45', ana)`. */
export const blockName = (who, range, staff, service = 'Haircut') => `${range}, ${who}, ${service}, Confirmed, ${staff.name}`;

/** The page is never told of changes by others, as on a line that has just gone. */
export const muteChanges = (page) =>
  page.addInitScript(() => {
    globalThis.EventSource = class extends EventTarget {
      readyState = 0;
      close() {}
    };
  });

export class Board {
  constructor(page) {
    this.page = page;
    this.region = page.getByRole('region', { name: 'Calendar' });
    // It is a grid only once the island runs: until then it is lists of links.
    this.grid = page.getByRole('grid', { name: /^Appointments by (resource|day)$/ });
    this.sheet = page.locator('dialog.pane');
    this.new = page.getByRole('link', { name: 'New appointment' });
    this.moving = page.getByRole('group', { name: 'Moving an appointment' });
    this.undo = page.getByRole('button', { name: 'Undo' });
    this.ghost = page.locator('.ghost');
  }

  /** Opens a day and waits until the island runs. */
  async open(date, view = '') {
    await this.page.goto(site(ana.site, `/schedule?date=${date}${view}`));
    await this.live();
  }

  async live() {
    await expect(this.grid).toBeVisible();
  }

  async reload() {
    await this.page.reload();
    await this.live();
  }

  column(name) {
    return this.grid.getByRole('row', { name });
  }

  /** An appointment, by any part of its name. */
  block(name) {
    return this.grid.getByRole('button', { name });
  }

  details(service) {
    return this.page.getByRole('dialog', { name: service });
  }

  /** What is said to those who do not see the board. */
  async expectSaid(text) {
    await expect(this.page.getByRole('status')).toHaveText(text);
  }

  /** Where a column and a time meet on the screen; `minutes` are added to the time. */
  async spot(column, clock, minutes = 0) {
    const [hour, minute] = clock.split(':').map(Number);
    const label = (hour) => this.region.getByText(`${String(hour).padStart(2, '0')}:00`, { exact: true }).first();
    await label(hour).scrollIntoViewIfNeeded();
    const [head, from, to] = await Promise.all([
      this.page.getByRole('rowheader', { name: column }).boundingBox(),
      label(hour).boundingBox(),
      label(hour + 1).boundingBox(),
    ]);
    const y = from.y + from.height / 2 + ((to.y - from.y) * (minute + minutes)) / 60;
    return { x: head.x + head.width / 2, y };
  }

  /** Takes a block by its upper edge and holds it over a column and a time, without letting go. */
  async hold(block, column, clock) {
    const grip = 4;
    await block.scrollIntoViewIfNeeded();
    const box = await block.boundingBox();
    await this.page.mouse.move(box.x + box.width / 3, box.y + grip);
    await this.page.mouse.down();
    const to = await this.spot(column, clock);
    await this.page.mouse.move(to.x, to.y + grip, { steps: 8 });
  }

  async drag(block, column, clock) {
    await this.hold(block, column, clock);
    await this.page.mouse.up();
  }

  /** Takes the lower edge of a block and lets it go at a time. */
  async stretch(block, column, clock) {
    await block.scrollIntoViewIfNeeded();
    const box = await block.boundingBox();
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height - 3);
    await this.page.mouse.down();
    const to = await this.spot(column, clock);
    await this.page.mouse.move(to.x, to.y, { steps: 8 });
    await this.page.mouse.up();
  }

  /** Presses on an empty time and draws to another. */
  async draw(column, from, to) {
    const start = await this.spot(column, from, 4);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    const end = await this.spot(column, to);
    await this.page.mouse.move(end.x, end.y, { steps: 8 });
    await this.page.mouse.up();
  }

  /** Books a haircut for somebody by a click on an empty time. */
  async book(column, clock, who) {
    await this.clickAt(column, clock);
    await this.sheet.getByLabel('Service').selectOption({ label: 'Haircut, 45 min' });
    await this.sheet.getByLabel('Name').fill(who);
    await this.sheet.getByRole('button', { name: 'Book appointment' }).click();
    await expect(this.sheet).toBeHidden();
    await expect(this.block(who)).toBeVisible();
  }

  /** Clicks into the quarter of an hour that begins at a time. */
  async clickAt(column, clock) {
    const { x, y } = await this.spot(column, clock, 7);
    await this.page.mouse.click(x, y);
  }

  /** Opens the details with a click and takes the block into the hand. */
  async pickUp(block, service = 'Haircut') {
    await block.click();
    await this.details(service).getByRole('button', { name: 'Move…' }).click();
    await expect(this.moving).toBeVisible();
  }
}
