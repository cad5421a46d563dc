// A customer's way from the landing page to the confirmation, step by step as a person goes it.
import { expect } from '@playwright/test';
import { customer, dayLabel, monthLabel, site } from './people.mjs';

/** What people say on the telephone: letters and digits that cannot be taken for each other. */
export const REFERENCE = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/;

/** Where the times of a service with somebody are, once found. */
const links = new Map();

export class Journey {
  /** Clicks so far; typing is none. */
  clicks = 0;

  constructor(page) {
    this.page = page;
    this.times = page.getByRole('region', { name: /^\w+day \d/ });
    this.slots = this.times.getByRole('button', { name: /^\d\d:\d\d, / });
    this.submit = page.getByRole('button', { name: 'Book this appointment' });
    this.reference = page.getByText(REFERENCE);
  }

  async click(locator) {
    this.clicks += 1;
    await locator.click();
  }

  async land(business = 'demo') {
    await this.page.goto(site(business));
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText('Book an appointment');
  }

  async service(name) {
    await this.click(this.page.getByRole('link', { name, exact: true }));
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText('Choose a day and time');
  }

  async staff(name) {
    const choice = this.page.getByRole('navigation', { name: 'With' }).getByRole('link', { name });
    await this.click(choice);
    await expect(choice).toHaveAttribute('aria-current', 'true');
  }

  /** Turns to the month of a day, then chooses the day. */
  async day(date) {
    const month = this.page.getByRole('region', { name: /^\w+ \d{4}$/ });
    for (;;) {
      const shown = await month.getByRole('heading').textContent();
      if (shown === monthLabel(date)) break;
      await this.click(month.getByRole('link', { name: /^Later, / }));
      await expect(month.getByRole('heading')).not.toHaveText(shown);
    }
    await this.click(month.getByRole('link', { name: new RegExp(`^${dayLabel(date)}, `) }));
    await expect(this.page.getByRole('heading', { level: 2, name: dayLabel(date) })).toBeVisible();
  }

  /** The button of a start: `slot('10:00')`. */
  slot(clock) {
    return this.slots.filter({ hasText: clock });
  }

  async time(clock) {
    await this.click(this.slot(clock));
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText('Your details');
  }

  async type({ name, email, phone, notes }) {
    await this.page.getByLabel('Name').fill(name);
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Phone').fill(phone);
    await this.page.getByLabel('Anything we should know').fill(notes);
  }

  async expectTyped({ name, email, phone, notes }) {
    await expect(this.page.getByLabel('Name')).toHaveValue(name);
    await expect(this.page.getByLabel('E-mail')).toHaveValue(email);
    await expect(this.page.getByLabel('Phone')).toHaveValue(phone);
    await expect(this.page.getByLabel('Anything we should know')).toHaveValue(notes);
  }

  async expectBooked() {
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
    await expect(this.reference).toBeVisible();
    return this.reference.textContent();
  }

  /** To the details of one start, which is kept from then on. */
  async detailsOf({ clock, ...what }) {
    await this.timesOf(what);
    await this.time(clock);
  }

  /** To the details by an address that keeps nothing, such as an old link. */
  async detailsByLink({ clock, ...what }) {
    await this.timesOf(what);
    const start = await this.slot(clock).getAttribute('value');
    const [address, query] = this.page.url().split('?');
    const staff = new URLSearchParams(query).get('staff') ?? '';
    await this.page.goto(`${address}/details?${new URLSearchParams({ start, staff })}`);
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText('Your details');
  }

  /** To the times of a day. The first time from the landing page on; later, as people do, by a link kept from then. */
  async timesOf({ service = 'Haircut', staff, date }) {
    const what = `${service} with ${staff?.name ?? 'anyone'}`;
    if (!links.has(what)) {
      await this.land();
      await this.service(service);
      if (staff) await this.staff(staff.name);
      links.set(what, this.page.url());
    }
    const link = new URL(links.get(what));
    link.searchParams.set('date', date);
    await this.page.goto(link.href);
  }
}

/** Books in the browser; answers with the reference. `who` is a name. */
export async function book(page, { who, ...what }) {
  const journey = new Journey(page);
  await journey.detailsOf(what);
  await journey.type(customer(who));
  await journey.click(journey.submit);
  return journey.expectBooked();
}
