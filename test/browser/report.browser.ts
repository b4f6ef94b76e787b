import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FIGURES } from '../../bench/measure/figures.ts';
import { formatNumber } from '../../bench/report/format-number.ts';
import { htmlReport } from '../../bench/report/html/html-report.ts';
import { compare } from '../../bench/report/results/compare.ts';
import type { Results } from '../../bench/report/results/results.ts';
import { sampleResults } from '../bench/helpers/sample-results.ts';
import { launchChromium } from './chromium.ts';

const NAMES = ['rust', '<script>document.title="run"</script>', 'a-name-too-long-for-any-plot', 'WWWWWWWWWWWWWW', 'e'];
/** Of every size that a figure has, and for two adapters nearly the same. */
const MANY = sampleResults({
  adapters: NAMES,
  inFlight: [1, 8, 10, 64, 1600],
  value: (figure, adapter, inFlight, round) =>
    figure === 'throughput'
      ? 200_000 + inFlight * round
      : (0.012 + NAMES.indexOf(adapter) / 90 + round / 50) * inFlight,
});
const ONE_LOAD = sampleResults({
  adapters: NAMES,
  inFlight: [64],
  value: (_, adapter) => 123_456.7 * (1 + NAMES.indexOf(adapter)),
});
const SCREENS = [
  { name: 'a wide screen', width: 1280, colorScheme: 'light' },
  { name: 'a phone in the dark', width: 360, colorScheme: 'dark' },
] as const;

let browser: Browser;
let page: Page;
let folder: string;

beforeAll(async () => {
  browser = await launchChromium();
  folder = mkdtempSync(join(tmpdir(), 'bench-report-'));
});
afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

interface Seen {
  /** What the page complains of, and what it asks for but itself. */
  readonly errors: string[];
  readonly requests: string[];
}

async function open(results: Results, width: number, colorScheme: 'light' | 'dark'): Promise<Seen> {
  const file = join(folder, 'report.html');
  writeFileSync(file, htmlReport(results, compare(results.trials), null));
  const url = pathToFileURL(file).href;
  const seen: Seen = { errors: [], requests: [] };
  page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  page.on('console', (message) => seen.errors.push(message.text()));
  page.on('pageerror', (error) => seen.errors.push(error.message));
  page.on(
    'request',
    (request) => request.url() !== url && !request.url().startsWith('data:') && seen.requests.push(request.url()),
  );
  await page.goto(url, { waitUntil: 'networkidle' });
  return seen;
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('not visible');
  return box;
}

/** Texts of a plot that stick out of it, half a pixel forgiven. */
async function overflowing(plot: Locator): Promise<string[]> {
  const outer = await boxOf(plot);
  const texts = await plot.locator('text').all();
  const found = await Promise.all(
    texts.map(async (text) => {
      const { x, y, width, height } = await boxOf(text);
      const sticksOut =
        x < outer.x - 0.5 ||
        y < outer.y - 0.5 ||
        x + width > outer.x + outer.width + 0.5 ||
        y + height > outer.y + outer.height + 0.5;
      return sticksOut ? [(await text.textContent()) ?? ''] : [];
    }),
  );
  return found.flat();
}

describe.each(SCREENS)('the report on $name', ({ width, colorScheme }) => {
  it.each([
    ['lines', MANY, 7 + 5],
    ['bars', ONE_LOAD, 7 + 1],
  ])('draws %s that are seen whole, asks for nothing and complains of nothing', async (_, results, plots) => {
    const { errors, requests } = await open(results, width, colorScheme);
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    expect(await page.title()).toContain('Lambda adapters');
    const all = await page.locator('svg.plot').all();
    expect(all).toHaveLength(plots);
    for (const svg of await page.locator('svg').all()) {
      const box = await boxOf(svg);
      expect(Math.min(box.width, box.height)).toBeGreaterThan(10);
    }
    for (const plot of all) expect(await overflowing(plot)).toEqual([]);
  });

  it('does not scroll sideways as a whole', async () => {
    await open(MANY, width, colorScheme);
    expect((await boxOf(page.locator('body'))).width).toBeLessThanOrEqual(width);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });
});

it('has in its tables the figures of the results', async () => {
  await open(MANY, 1280, 'light');
  for (const { label, adapters } of compare(MANY.trials)) {
    const tables = page.locator('table').and(page.locator(`[data-level="${label}"]`));
    const shown = await tables.locator('td .median').allTextContents();
    // Row by row: a figure of each adapter.
    const [first] = adapters;
    const expected = (first?.figures ?? []).flatMap(({ name }) =>
      adapters.map(({ figures }) =>
        formatNumber(figures?.find((figure) => figure.name === name)?.median ?? NaN, FIGURES[name].decimals),
      ),
    );
    expect(expected.length).toBeGreaterThan(20);
    expect(shown).toEqual(expected);
  }
});
