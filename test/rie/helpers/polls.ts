import { expect } from 'vitest';
import type { Rie } from './rie.ts';

export const POLL = 'GET /2018-06-01/runtime/invocation/next';

/** Resolves when the adapter has polled `count` times since its start. */
export async function untilPolled(rie: Rie, count: number): Promise<void> {
  await expect.poll(() => rie.calls.filter((call) => call === POLL).length).toBeGreaterThanOrEqual(count);
}
