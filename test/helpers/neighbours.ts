import { expect } from 'vitest';
import type { InvokeOutcome } from '../../bench/emulator/types.ts';
import type { RunningAdapter } from './adapter.ts';
import { request } from './events.ts';
import { textAnswer } from './outcomes.ts';

/**
 * Does something while `count` other invocations are in flight, all of them held by the app until it is over, and makes
 * sure that each of those then ends with its own answer.
 */
export async function amongNeighbours<T>(adapter: RunningAdapter, count: number, act: () => Promise<T>): Promise<T> {
  const held: (() => void)[] = [];
  const prefix = `/neighbour-${sequence++}/`;
  adapter.app.route(prefix, ({ target }, connection) => {
    held.push(() => connection.answer({ headers: [['content-type', 'text/plain']], body: `answer to ${target}` }));
  });
  const targets = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  const invocations = Promise.all(targets.map((target) => adapter.invoke(request(target))));
  let outcomes: readonly InvokeOutcome[] = [];
  try {
    await adapter.app.received(({ target }) => target.startsWith(prefix), count);
    return await act();
  } finally {
    for (const release of held) release();
    outcomes = await invocations;
    expect(outcomes.map(textAnswer)).toEqual(targets.map((target) => `answer to ${target}`));
  }
}

let sequence = 0;
