// A large day: what the calendar is made of then, and how long it takes. Sizes are held to; times are figures.
import { brotliCompressSync } from 'node:zlib';
import { Board } from './support/board.mjs';
import { sql } from './support/database.mjs';
import { expect, signIn, test } from './support/fixtures.mjs';
import { olivia, site } from './support/people.mjs';

const DATE = '2027-05-04';
const figure = (description) => test.info().annotations.push({ type: 'figure', description });
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Twelve people with 25 appointments each, from seven to half past seven in the evening. */
function fill() {
  return sql(olivia.site, `
    insert into resource (id, name, kind, position) select gen_random_uuid(), 'Crowd ' || to_char(n, '00'), 'STAFF', 100 + n from generate_series(1, 12) n;
    insert into weekly_hours (resource_id, weekday, from_minute, to_minute)
      select r.id, d, 420, 1200 from resource r, generate_series(1, 7) d where r.name like 'Crowd %';
    insert into service_need_resource (service_id, need, resource_id)
      select n.service_id, n.need, r.id from service_need n join service s on s.id = n.service_id and s.name = 'Follow-up', resource r
      where r.name like 'Crowd %' and n.need = (select min(need) from service_need where service_id = s.id);
    insert into customer (id, name, email, email_key) values (gen_random_uuid(), 'Crowd Customer', 'crowd@customers.example', 'crowd@customers.example');
    create temporary table made on commit drop as
      select gen_random_uuid() as id, r.id as resource, timestamp '${DATE} 07:00' at time zone 'Europe/London' + n * interval '30 minutes' as at
      from resource r, generate_series(0, 24) n where r.name like 'Crowd %';
    insert into appointment (id, reference, service_id, customer_id, contact_name, status, starts_at, ends_at)
      select m.id, upper(substr(md5(m.id::text), 1, 8)), s.id, c.id, 'Crowd Customer', 'CONFIRMED', m.at, m.at + interval '30 minutes'
      from made m, service s, customer c where s.name = 'Follow-up' and c.email_key = 'crowd@customers.example';
    insert into claim (appointment_id, resource_id, need, during)
      select m.id, m.resource, (select min(need) from service_need n join service s on s.id = n.service_id where s.name = 'Follow-up'),
             tstzrange(m.at, m.at + interval '30 minutes') from made m;
    select string_agg('resource=' || id, '&') from resource where name like 'Crowd %';`);
}

test('a day of 12 people and 300 appointments stays light', async ({ page }) => {
  const people = fill();
  const address = (date) => site(olivia.site, `/schedule?date=${date}&${people}`);
  await signIn(page, olivia, '/account');
  const times = [];
  let html = '';
  for (let n = 0; n < 5; n++) {
    const began = performance.now();
    html = await (await page.goto(address(DATE))).text();
    times.push(await page.evaluate(() => performance.getEntriesByType('navigation')[0].responseEnd - performance.getEntriesByType('navigation')[0].requestStart));
    expect(performance.now()).toBeGreaterThan(began);
  }
  const board = new Board(page);
  await board.live();
  await expect(board.grid.getByRole('button')).toHaveCount(300);
  const nodes = await page.evaluate(() => document.querySelectorAll('.day *').length);
  expect(nodes, 'elements of the board').toBeLessThanOrEqual(3000);
  const bytes = brotliCompressSync(html).length;
  expect(bytes, 'bytes of the page after brotli').toBeLessThanOrEqual(60_000);

  // A drag across the board: how long each frame took.
  const block = board.grid.getByRole('button').nth(30);
  await block.scrollIntoViewIfNeeded();
  const box = await block.boundingBox();
  await page.evaluate(() => {
    globalThis.frames_ = [];
    let last = performance.now();
    const tick = (now) => {
      globalThis.frames_.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await page.mouse.move(box.x + 20, box.y + 6);
  await page.mouse.down();
  for (let n = 1; n <= 60; n++) await page.mouse.move(box.x + 20 + n * 3, box.y + 6 + n * 2);
  await expect(board.ghost).toBeVisible();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  const frames = await page.evaluate(() => globalThis.frames_.slice(2));
  const steps = [];
  for (const day of ['2027-05-05', DATE, '2027-05-05']) {
    const began = Date.now();
    await page.goto(address(day), { waitUntil: 'domcontentloaded' });
    steps.push(Date.now() - began);
  }
  figure(`300 appointments, 12 people: ${nodes} elements, ${bytes} bytes after brotli, page from request to last byte ${Math.round(median(times))} ms (median of 5)`);
  figure(`a drag over it: a frame every ${median(frames).toFixed(1)} ms in the middle, ${Math.max(...frames).toFixed(0)} ms at worst; another day ${median(steps)} ms`);
});
