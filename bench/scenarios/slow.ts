import { exchange, PLAIN } from './exchange.ts';
import type { Scenario } from './scenario.ts';

/** An app that waits for a database or a model: what counts is what the adapter adds, and how many it keeps waiting at once. */
function slow(delayMs: number): Scenario {
  const body = Buffer.from(JSON.stringify({ ok: true, waitedMs: delayMs }));
  return {
    ...PLAIN,
    name: `slow-${delayMs}ms`,
    summary: `an app that answers after ${delayMs} ms: what the adapter adds to that`,
    measured: exchange({ path: '/report', answer: { contentType: 'application/json', body, delayMs } }),
  };
}

export const slow50 = slow(50);
export const slow500 = slow(500);
