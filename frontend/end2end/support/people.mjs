// Who takes part, and where: the demo of `server/src/seed`.

/** The port that the server listens on. */
export const PORT = process.env.E2E_PORT ?? '3000';

/** An address of a site: `site('demo', '/login')`, `site('')` for the base domain. */
export const site = (name, path = '/') => `http://${name ? `${name}.` : ''}localhost:${PORT}${path}`;

export const PASSWORD = 'smooth-demo';

/** The team of Linden Hair Studio. Each works from Monday to Saturday but for one day off. */
export const ana = { name: 'Ana Ruiz', email: 'owner@demo.example', off: 'Monday', site: 'demo' };
export const bo = { name: 'Bo Lindqvist', email: 'manager@demo.example', off: 'Tuesday', site: 'demo' };
export const chiara = { name: 'Chiara Conti', email: 'staff@demo.example', off: 'Wednesday', site: 'demo' };

/** The owner of the demo's second business: what is added to its set-up is in nobody's way. */
export const olivia = { name: 'Olivia Hart', email: 'owner@studio.example', site: 'studio' };

/** The platform's people: a superuser, a manager, and one of the support. */
export const robin = { name: 'Robin Platform', email: 'root@platform.example', site: 'platform' };
export const morgan = { name: 'Morgan Lane', email: 'manager@platform.example', site: 'platform' };
export const uma = { name: 'Uma Hart', email: 'support@platform.example', site: 'platform' };

/** Somebody who books. The name is used by one test only, so that the calendar can be searched for it. */
export const customer = (name) => ({
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@customers.example`,
  phone: '+49 30 1234567',
  notes: `A note of ${name}`,
});

/** `2026-12-03` as the pages write it: `Thursday 3 December 2026`. */
export function dayLabel(date) {
  const parts = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
    .formatToParts(new Date(`${date}T12:00:00Z`))
    .reduce((all, { type, value }) => ({ ...all, [type]: value }), {});
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}`;
}

/** `2026-12-03` as `December 2026`. */
export const monthLabel = (date) => dayLabel(date).split(' ').slice(2).join(' ');
