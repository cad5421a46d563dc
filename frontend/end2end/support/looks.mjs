// What every page must be: without barriers that a machine can find, usable by keyboard, never wider than the screen.
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { fileURLToPath } from 'node:url';

const SHOTS = fileURLToPath(new URL('../screenshots/', import.meta.url));
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

/** Axe finds nothing, light and dark, narrow and wide; a picture of each is kept. */
export async function expectAccessible(page, name) {
  const found = {};
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      // Colours change over a moment: what is in between is nobody's design.
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
      const { violations, passes } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      expect(passes.length, 'rules that had something to look at').toBeGreaterThan(5);
      for (const { id, nodes } of violations) {
        for (const { target, failureSummary } of nodes) (found[`${id} at ${target}: ${failureSummary}`] ??= []).push(`${viewport.width} ${colorScheme}`);
      }
      await page.screenshot({ path: `${SHOTS}${name}-${viewport.width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  expect.soft(found, 'what axe found').toEqual({});
}

/** The page itself never scrolls sideways, down to the width of 320 pixels (WCAG 1.4.10). */
export async function expectNoSideways(page) {
  for (const width of [320, PHONE.width, 768, DESKTOP.width]) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
    expect(wide, `width of the page in a window of ${width} px`).toBeLessThanOrEqual(width);
  }
}

/**
 * Goes through the page with the tab key. Each stop is within the window, nothing lies over it, and the first of each kind
 * look different with the focus than without. All that can be used is reached. Answers with the names of the stops.
 */
export async function expectTabThrough(page, viewport) {
  await page.setViewportSize(viewport);
  await page.evaluate(begin);
  const names = [];
  const kinds = {};
  for (let ends = 0; ends < 2 && names.length < 150; ) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(look);
    if (stop.isSame) continue;
    if (stop.isEnd) {
      // In a dialog the first round began in the middle.
      ends += stop.isInDialog ? 1 : 2;
      continue;
    }
    names.push(stop.name);
    expect.soft(stop.hidden, `focus on "${stop.name}" at ${viewport.width} px: points that cannot be seen`).toEqual([]);
    kinds[stop.kind] = (kinds[stop.kind] ?? 0) + 1;
    if (kinds[stop.kind] > 3) continue;
    const focused = await page.screenshot({ animations: 'disabled' });
    await page.evaluate(() => document.activeElement.blur());
    const blurred = await page.screenshot({ animations: 'disabled' });
    expect.soft(focused.equals(blurred), `focus on "${stop.name}" at ${viewport.width} px looks like no focus`).toBe(false);
    await page.evaluate(() => globalThis.tabbed.last.focus({ preventScroll: true }));
  }
  expect(await page.evaluate(missed), 'never reached by the tab key').toEqual([]);
  return names;
}

// The rest runs in the page.

function begin() {
  globalThis.tabbed = { stops: new Set(), last: null };
  if (document.querySelector('dialog[open]')) return;
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  document.activeElement.blur();
}

function look() {
  const element = document.activeElement;
  const { stops } = globalThis.tabbed;
  const isInDialog = document.querySelector('dialog[open]') !== null;
  // A field for a date has stops of its own inside: day, month, year.
  if (element === globalThis.tabbed.last) return { isSame: true };
  if (!element || element === document.body || stops.has(element)) return { isEnd: true, isInDialog };
  stops.add(element);
  globalThis.tabbed.last = element;
  const name = (element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent).trim().slice(0, 60) || element.tagName;
  const { left, top, width, height } = element.getClientRects()[0] ?? {};
  const hidden = [];
  for (const across of [0.1, 0.5, 0.9]) {
    // Of a text of several lines browsers bring the line into view that is written on.
    for (const down of element.tagName === 'TEXTAREA' ? [0.1] : [0.1, 0.5, 0.9]) {
      const [x, y] = [left + width * across, top + height * down];
      const over = document.elementFromPoint(x, y);
      const isSeen = over && [element, ...(element.labels ?? [])].some((part) => part.contains(over) || over.contains(part));
      // What is larger than the window cannot be seen whole.
      if (!isSeen && !(over === null && height > innerHeight)) hidden.push(`${Math.round(x)},${Math.round(y)} is under ${over?.outerHTML.slice(0, 80) ?? 'no part of the window'}`);
    }
  }
  return { isEnd: false, name, kind: `${element.tagName} ${element.className}`, hidden };
}

function missed() {
  const scope = document.querySelector('dialog[open]') ?? document;
  const usable = [...scope.querySelectorAll('a[href], button, input, select, textarea, [tabindex]')].filter(
    (element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }) && !(element.type === 'radio' && !element.checked),
  );
  return usable.filter((element) => !globalThis.tabbed.stops.has(element)).map((element) => element.outerHTML.slice(0, 120));
}
