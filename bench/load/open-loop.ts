import type { Exchange } from '../scenarios/scenario.ts';
import type { ArrivalClock } from './arrival-clock.ts';
import type { Bounds } from './limit.ts';
import type { Sender } from './sender.ts';

const SEED = 2020;

/**
 * Begins invocations when a clock says so, whether earlier ones have been answered or not, as independent clients do. Latency
 * counts from the moment at which one was due: what an invocation waits because others are slow is part of it.
 *
 * @param next what to send
 * @returns when it began, on the clock of `performance.now()`, once all are answered
 */
export async function runOpenLoop(
  sender: Sender,
  next: () => Exchange,
  clock: ArrivalClock,
  perSecond: number,
  bounds: Bounds,
): Promise<number> {
  const underWay = new Set<Promise<void>>();
  const began = await clock.run({ perSecond, seed: SEED, ...bounds }, (dueMs) => {
    sender.tally.startLags.add(performance.now() - dueMs);
    const sent = sender.send(next(), dueMs);
    underWay.add(sent);
    void sent.finally(() => underWay.delete(sent));
    return !sender.isHopeless;
  });
  await Promise.all(underWay);
  return began;
}
