// The browser tests. `scripts/e2e.sh` seeds a database, starts the server with its clock at a fixed Monday and sets E2E_PORT.
import { defineConfig } from '@playwright/test';
import { site } from './support/people.mjs';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.mjs',
  // Each test has days of its own in the calendar, so files may run beside each other.
  workers: 2,
  // On a busy machine a browser may be slow once; a test that fails twice is wrong.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: process.env.CI ? 20_000 : 7_000 },
  reporter: [['list'], ['./support/closing.mjs']],
  use: {
    baseURL: site('demo'),
    browserName: 'chromium',
    locale: 'en-GB',
    // Not the business's zone, on purpose: what is shown must not depend on the visitor's.
    timezoneId: 'America/New_York',
    viewport: { width: 1280, height: 800 },
    actionTimeout: process.env.CI ? 30_000 : 10_000,
    screenshot: 'only-on-failure',
    // TRACE=1 records each step, to look at with `npx playwright show-trace`.
    trace: process.env.TRACE ? 'on' : 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
