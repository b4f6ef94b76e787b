import type { Emulator } from '../emulator/types.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Checks } from './checks.ts';
import { drawExchange } from './draw-exchange.ts';
import { boundsOf, type Limit } from './limit.ts';
import { startNeighbours } from './neighbours.ts';
import type { Pace } from './pace.ts';
import { Sender, type WithoutPoll } from './sender.ts';
import type { Tally } from './tally.ts';

export interface LoadResult {
  readonly tally: Tally;
  /** Of what ran beside it, and is in no figure but processor time. */
  readonly neighbours: Tally;
  /** Between the first invocation and the last answer. */
  readonly elapsedMs: number;
}

/** One load from its first invocation to its last answer. */
export async function runLoad(
  emulator: Emulator,
  scenario: Scenario,
  checks: Checks,
  pace: Pace,
  withoutPoll: WithoutPoll,
  limit: Limit,
): Promise<LoadResult> {
  const sender = new Sender(emulator, scenario, checks, withoutPoll);
  const beside = new Sender(emulator, scenario, checks, 'wait');
  const stopNeighbours = startNeighbours(scenario, beside);
  const began = await pace.run(sender, drawExchange(scenario), boundsOf(limit, scenario));
  const elapsedMs = performance.now() - began;
  await stopNeighbours();
  return { tally: sender.tally, neighbours: beside.tally, elapsedMs };
}
