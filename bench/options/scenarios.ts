import { findScenario, SCENARIOS } from '../scenarios/index.ts';
import { parseSize, payload } from '../scenarios/payload.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { unacceptable } from './usage-error.ts';
import { list } from './values.ts';

/**
 * @param given names with commas; `all` for all that every adapter can do
 * @param withExtras whether `all` has the others too
 * @throws {UsageError}
 */
export function scenariosCalled(given: readonly string[], withExtras: boolean): Scenario[] {
  const named = given.flatMap(list).flatMap((name) => {
    if (name === 'all') return SCENARIOS.filter(({ isExtra }) => withExtras || !isExtra);
    const scenario = findScenario(name);
    if (scenario === null) throw unacceptable('scenario', name);
    return [scenario];
  });
  return [...new Set(named)];
}

/**
 * Every size in with every size out; the direction that is not given carries nothing.
 *
 * @throws {UsageError}
 */
export function payloadScenarios(sent: string | undefined, received: string | undefined): Scenario[] {
  if (sent === undefined && received === undefined) return [];
  const downloads = list(received ?? '0');
  return list(sent ?? '0').flatMap((upload) => downloads.map((download) => payloadOf(upload, download)));
}

function payloadOf(upload: string, download: string): Scenario {
  const scenario = payload(upload, download);
  if (scenario !== null) return scenario;
  throw parseSize(upload) === null ? unacceptable('payload-in', upload) : unacceptable('payload-out', download);
}
