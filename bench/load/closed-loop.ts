import type { Exchange } from '../scenarios/scenario.ts';
import type { Bounds } from './limit.ts';
import type { Sender } from './sender.ts';

/**
 * Keeps `inFlight` invocations running: each answer is followed by the next invocation.
 *
 * @param next what to send
 * @returns when it began, on the clock of `performance.now()`, once all are answered
 */
export async function runClosedLoop(
  sender: Sender,
  next: () => Exchange,
  inFlight: number,
  { ms, count }: Bounds,
): Promise<number> {
  const start = performance.now();
  const end = start + ms;
  let begun = 0;
  await Promise.all(Array.from({ length: inFlight }, sendUntilEnd));
  return start;

  async function sendUntilEnd(): Promise<void> {
    for (let now = performance.now(); now < end && begun < count && !sender.isHopeless; now = performance.now()) {
      begun++;
      await sender.send(next(), now);
    }
  }
}
