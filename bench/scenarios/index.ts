import { binary } from './binary-64k.ts';
import { htmlBrotli } from './html-100k-br.ts';
import { htmlGzip } from './html-100k-gzip.ts';
import { html } from './html-100k.ts';
import type { Scenario } from './scenario.ts';
import { smallJson } from './small-json.ts';
import { stream } from './stream-64m.ts';

export const SCENARIOS: readonly Scenario[] = [smallJson, html, htmlGzip, htmlBrotli, binary, stream];

export const SCENARIO_NAMES: readonly string[] = SCENARIOS.map(({ name }) => name);

export function findScenario(name: string): Scenario | null {
  return SCENARIOS.find((scenario) => scenario.name === name) ?? null;
}
