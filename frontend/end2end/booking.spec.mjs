// A customer books. Everything here holds with and without JavaScript, so every test runs both ways.
import { blockName } from './support/board.mjs';
import { expect, test } from './support/fixtures.mjs';
import { Journey, REFERENCE, book } from './support/journey.mjs';
import { ana, bo, chiara, customer, dayLabel, site } from './support/people.mjs';

for (const { javaScriptEnabled, with_, week } of [
  { javaScriptEnabled: false, with_: 'without JavaScript', week: ['07', '08', '09', '10', '11', '12'] },
  { javaScriptEnabled: true, with_: 'with JavaScript', week: ['14', '15', '16', '17', '18', '19'] },
]) {
  test.describe(`booking ${with_}`, () => {
    test.use({ javaScriptEnabled });
    const [, tuesday, wednesday, thursday, friday, saturday] = week.map((day) => `2026-12-${day}`);
    const someone = (name) => customer(`${name} ${javaScriptEnabled ? 'Script' : 'Plain'}`);

    test('takes four clicks with somebody in particular, and the time is then gone', async ({ page }) => {
      const journey = new Journey(page);
      await journey.land();
      await journey.service('Haircut');
      await journey.staff(bo.name);
      // A day is chosen already: the first that has free times, here today.
      await expect(page.getByRole('heading', { level: 2, name: 'Monday 30 November 2026' })).toBeVisible();
      const slot = journey.slots.first();
      const clock = (await slot.textContent()).trim();
      await journey.click(slot);
      await expect(page.getByRole('complementary')).toContainText('Monday 30 November 2026');
      await expect(page.getByRole('complementary')).toContainText(`${clock} to `);
      const maria = someone('Maria Lopez');
      await journey.type(maria);
      await journey.click(journey.submit);
      expect(await journey.expectBooked()).toMatch(REFERENCE);
      expect(journey.clicks).toBeLessThanOrEqual(4);

      await expect(page).toHaveURL(/\/booked\//);
      const facts = page.getByRole('region', { name: 'Reference' });
      for (const fact of ['Haircut', '45 min', 'Monday 30 November 2026', `${clock} to `, bo.name, maria.name, maria.email]) {
        await expect(facts).toContainText(fact);
      }

      const next = new Journey(page);
      await next.land();
      await next.service('Haircut');
      await next.staff(bo.name);
      await expect(page.getByRole('heading', { level: 2, name: 'Monday 30 November 2026' })).toBeVisible();
      await expect(next.slots).not.toHaveCount(0);
      await expect(next.slot(clock)).toHaveCount(0);
    });

    test('takes three clicks with anyone, and says who it is', async ({ page }) => {
      const journey = new Journey(page);
      await journey.land();
      await journey.service('Consultation');
      await journey.click(journey.slots.last());
      await expect(page.getByRole('complementary')).toContainText('Anyone who is free');
      await journey.type(someone('Jonas Weber'));
      await journey.click(journey.submit);
      await journey.expectBooked();
      expect(journey.clicks).toBe(3);
      await expect(page.getByRole('region', { name: 'Reference' })).toContainText(new RegExp([ana, bo, chiara].map((p) => p.name).join('|')));
    });

    test('keeps what was typed when something is wrong with it', async ({ page, hygiene }) => {
      hygiene.expectStatus(422);
      const journey = new Journey(page);
      await journey.detailsOf({ staff: bo, date: wednesday, clock: '09:30' });
      const typed = { name: '', email: 'emma.rossi', phone: 'at home', notes: 'Side entrance, please.\nTwo lines & <more>.' };
      await journey.type(typed);
      await journey.click(journey.submit);

      await expect(page).toHaveTitle(/^Error: /);
      const summary = page.getByRole('alert');
      await expect(summary).toBeFocused();
      await expect(summary.getByRole('heading')).toHaveText('There is a problem');
      await expect(summary.getByRole('link')).toHaveText([
        'Enter your name',
        'Enter your e-mail address like name@example.com',
        'Enter your phone number with digits, such as +49 30 1234567',
      ]);
      await journey.expectTyped(typed);
      for (const [link, label] of [['Enter your name', 'Name'], [/^Enter your e-mail/, 'E-mail'], [/^Enter your phone/, 'Phone']]) {
        await summary.getByRole('link', { name: link }).click();
        const control = page.getByLabel(label);
        await expect(control).toBeFocused();
        await expect(control).toHaveAccessibleDescription(/Error: Enter your/);
        await expect(control).toHaveAttribute('aria-invalid', 'true');
      }

      const emma = someone('Emma Rossi');
      await journey.type({ ...emma, notes: typed.notes });
      await journey.submit.click();
      await journey.expectBooked();
      await expect(page.getByRole('region', { name: 'Reference' })).toContainText('09:30 to 10:15');
    });

    test('offers other times when somebody else was quicker', async ({ page, visitor, appointmentsOn, hygiene }) => {
      const what = { staff: ana, date: thursday, clock: '10:00' };
      const late = new Journey(page);
      await late.detailsByLink(what);
      await book(await visitor(), { ...what, who: someone('Noah Klein').name });

      hygiene.expectStatus(409);
      const lena = someone('Lena Vogt');
      await late.type(lena);
      await late.click(late.submit);
      await expect(page.getByRole('alert')).toBeFocused();
      await expect(page.getByRole('alert')).toContainText('Somebody else has just booked this time');
      await expect(page.getByRole('complementary')).toContainText('10:00 to 10:45 not free');
      await late.expectTyped(lena);

      // Enter in a field does not choose one of them for the person.
      await page.getByLabel('Name').press('Enter');
      await expect(page.getByRole('alert')).toBeVisible();
      const alternatives = page.getByRole('group', { name: 'Book one of the nearest free times' }).getByRole('button');
      // The nearest two, and one of the next two, which are equally near.
      await expect(alternatives).toHaveText([/^Book 09:15/, /^Book 10:45/, /^Book (09|11):00/]);
      expect(await appointmentsOn(thursday)).toEqual([expect.stringContaining('Noah Klein')]);

      const before = late.clicks;
      await late.click(page.getByRole('button', { name: /^Book 10:45/ }));
      await late.expectBooked();
      expect(late.clicks - before).toBe(1);
      await expect(page.getByRole('region', { name: 'Reference' })).toContainText('10:45 to 11:30');
      expect(await appointmentsOn(thursday)).toEqual([
        expect.stringContaining('Noah Klein'),
        blockName(lena.name, '10:45 to 11:30', ana),
      ]);
    });

    test('says at once that the time of an old link is taken', async ({ page, visitor, hygiene }) => {
      const journey = new Journey(page);
      await journey.detailsByLink({ staff: chiara, date: tuesday, clock: '11:00' });
      await book(await visitor(), { staff: chiara, date: tuesday, clock: '11:00', who: someone('Aylin Demir').name });
      hygiene.expectStatus(409);
      await page.reload();
      await expect(page.getByRole('alert')).toContainText('Somebody else has just booked this time');
      await page.getByRole('link', { name: 'Other times', exact: true }).click();
      await expect(page.getByRole('heading', { level: 2, name: dayLabel(tuesday) })).toBeVisible();
      await expect(journey.slot('11:00')).toHaveCount(0);
      await expect(page.getByRole('navigation', { name: 'With' }).getByRole('link', { name: chiara.name })).toHaveAttribute('aria-current', 'true');
    });

    test('books once, however often the same form is sent', async ({ page, appointmentsOn }) => {
      const journey = new Journey(page);
      await journey.detailsOf({ service: 'Beard trim', staff: bo, date: friday, clock: '10:00' });
      const tom = someone('Tom Fischer');
      await journey.type(tom);
      // What one sends is what many send who click twice.
      await journey.submit.dblclick();
      const reference = await journey.expectBooked();
      const address = page.url();

      await page.reload();
      expect(await journey.expectBooked()).toBe(reference);

      await page.goBack();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your details');
      await journey.type(tom);
      await journey.submit.click();
      expect(await journey.expectBooked()).toBe(reference);
      await expect(page).toHaveURL(address);
      expect(await appointmentsOn(friday)).toEqual([blockName(tom.name, '10:00 to 10:20', bo, 'Beard trim')]);
    });

    test('goes back and forward without losing the way', async ({ page }) => {
      const journey = new Journey(page);
      const heading = page.getByRole('heading', { level: 1 });
      await journey.detailsOf({ service: 'Colour and cut', staff: chiara, date: saturday, clock: '10:00' });
      await page.goBack();
      await expect(heading).toHaveText('Choose a day and time');
      await expect(page.getByRole('heading', { level: 2, name: dayLabel(saturday) })).toBeVisible();
      await expect(page.getByRole('navigation', { name: 'With' }).getByRole('link', { name: chiara.name })).toHaveAttribute('aria-current', 'true');
      await page.goForward();
      await expect(heading).toHaveText('Your details');
      await journey.type(someone('Priya Nair'));
      await journey.submit.click();
      const reference = await journey.expectBooked();
      await page.getByRole('link', { name: 'Book another appointment' }).click();
      await expect(heading).toHaveText('Book an appointment');
      await page.goBack();
      expect(await journey.expectBooked()).toBe(reference);
    });

    test('shows the times of the business, wherever the browser is', async ({ page }) => {
      expect(await page.evaluate(() => new Date('2026-12-08T12:00Z').getTimezoneOffset())).toBe(5 * 60);
      const journey = new Journey(page);
      await journey.land();
      await expect(page.getByText('Times are in the time zone of the business: Europe/Berlin')).toBeVisible();
      await journey.service('Haircut');
      await journey.staff(ana.name);
      await journey.day(saturday);
      await expect(journey.times).toContainText('Times in Berlin time (UTC+1)');
      // The day begins when Ana does, at nine in Berlin.
      await expect(journey.slots.first()).toHaveAccessibleName(`09:00, ${dayLabel(saturday)}`);
      await expect(journey.slots.first().getByRole('time')).toHaveAttribute('datetime', `${saturday}T09:00:00+01:00`);
      await journey.click(journey.slots.first());
      await expect(page.getByRole('complementary')).toContainText('09:00 to 09:45');
      await expect(page.getByRole('complementary')).toContainText('Berlin time (UTC+1)');
    });

    test('keeps the time while the form is filled in, and says for how long', async ({ page, visitor }) => {
      const what = { service: 'Consultation', staff: bo, date: saturday, clock: '12:00' };
      const journey = new Journey(page);
      await journey.detailsOf(what);
      await expect(page.getByRole('complementary')).toContainText(/Kept for you until \d\d:\d\d/);
      await expect(page.getByRole('complementary')).toContainText('You can move or cancel it until 24 hours before it begins.');
      const other = new Journey(await visitor());
      await other.timesOf(what);
      await expect(other.slots).not.toHaveCount(0);
      await expect(other.slot('12:00')).toHaveCount(0);
      await page.reload();
      await expect(page.getByRole('complementary')).toContainText(/Kept for you until/);
      await journey.type(someone('Kept Keeper'));
      await journey.submit.click();
      await journey.expectBooked();
    });

    test('says why a day has no times, and where there are some', async ({ page }) => {
      const journey = new Journey(page);
      await journey.land();
      await journey.service('Haircut');
      const address = new URL(page.url());
      address.searchParams.set('date', '2026-12-06');
      await page.goto(address.href);
      await expect(journey.times).toContainText('Closed on this day.');
      await page.getByRole('link', { name: 'Next free: Monday 7 December 2026' }).click();
      await expect(page.getByRole('heading', { level: 2, name: 'Monday 7 December 2026' })).toBeVisible();
      await expect(journey.slots).not.toHaveCount(0);
      await page.getByRole('link', { name: 'All services' }).click();
      await expect(page).toHaveURL(site('demo'));
    });
  });
}

test('a form sent twice at the same moment books once', async ({ page, appointmentsOn }) => {
  const journey = new Journey(page);
  await journey.detailsOf({ staff: ana, date: '2026-12-22', clock: '09:00' });
  await journey.type(customer('Jo Twice'));
  const addresses = await page.evaluate(async () => {
    const form = document.querySelector('form[method=post]');
    const send = () => fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    const answers = await Promise.all([send(), send(), send()]);
    return answers.map(({ url }) => url);
  });
  expect(addresses[0]).toMatch(/\/booked\//);
  expect(new Set(addresses).size).toBe(1);
  expect(await appointmentsOn('2026-12-22')).toHaveLength(1);
});

// Night Owl Studios: open from six to six every night, in New York; the browser is in Berlin then.
for (const javaScriptEnabled of [false, true]) {
  test.describe(`the night on which clocks change, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled, timezoneId: 'Europe/Berlin' });

    test('the hour that is left out is not offered, and a booking across it is as long as it says', async ({ page }) => {
      const journey = new Journey(page);
      await page.goto(site('nightowl'));
      await journey.service('Rehearsal');
      const address = new URL(page.url());
      // On 14 March 2027 New York goes from 02:00 to 03:00.
      address.searchParams.set('date', '2027-03-14');
      await page.goto(address.href);
      await expect(journey.times).toContainText('Times in New York time (UTC−5)');
      const clocks = (await journey.slots.allTextContents()).map((clock) => clock.trim());
      expect(clocks.slice(0, 8)).toEqual(['00:00', '00:30', '01:00', '01:30', '03:00', '03:30', '04:00', '18:00']);
      await journey.slot(javaScriptEnabled ? '01:00' : '01:30').click();
      await expect(page.getByRole('complementary')).toContainText(javaScriptEnabled ? '01:00 to 04:00' : '01:30 to 04:30');
      await expect(page.getByRole('complementary')).toContainText('New York time (UTC−5)');
      await journey.type(customer(`Night ${javaScriptEnabled ? 'Script' : 'Plain'}`));
      await journey.submit.click();
      await journey.expectBooked();
      await expect(page.getByRole('region', { name: 'Reference' })).toContainText('2 hours');
    });
  });
}

test('the whole way by keyboard alone, on a telephone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const journey = new Journey(page);
  await page.goto(site('nightowl'));
  const press = async (locator) => {
    // As far as Tab leads, so that nothing is out of its reach.
    for (let presses = 0; presses < 120; presses += 1) {
      if (await locator.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await expect(locator).toBeFocused();
    await page.keyboard.press('Enter');
  };
  await press(page.getByRole('link', { name: 'Solo hour', exact: true }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Choose a day and time');
  await press(journey.slots.first());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your details');
  const { name, email } = customer('Karla Keys');
  for (const [label, text] of [['Name', name], ['E-mail', email]]) {
    for (let presses = 0; presses < 60; presses += 1) {
      if (await page.getByLabel(label).evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await journey.expectBooked();
});

test('what the business wants to be asked is asked, and its answer is seen', async ({ page, signedIn }) => {
  const nora = { name: 'Nora Quill', email: 'owner@nightowl.example', site: 'nightowl' };
  const journey = new Journey(page);
  await page.goto(site('nightowl'));
  await journey.service('Recording session');
  await journey.click(journey.slots.first());
  const asks = customer('Rita Request');
  await journey.type(asks);
  await page.getByRole('button', { name: 'Request this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your request is in');
  const booked = page.url();
  const desk = await signedIn(nora, '/requests');
  await desk.getByRole('link', { name: `Recording session, ${asks.name}` }).click();
  await desk.getByRole('button', { name: 'Confirm' }).click();
  await expect(desk.getByText('Confirmed', { exact: true }).first()).toBeVisible();
  await page.goto(booked);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
});
