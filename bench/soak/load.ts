import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../emulator/types.ts';
import { judge } from './judge.ts';
import type { Draft } from './kinds/kind.ts';
import type { Shot } from './shot.ts';
import type { Tally } from './tally.ts';

/** How long an invocation waits for a parked poll, in milliseconds: here is no other environment that could take it. */
const WAIT_FOR_POLL_MS = 30_000;
/** Longest pause of a client between two requests, in milliseconds. It leaves the machine some air. */
const PAUSE_MS = 50;

/** Without an adapter every invocation ends at once, and there would be no end of losses. */
const MOST_WRONG = 200;

/** Keeps up to `clients` invocations running for `durationMs`, and resolves when the last one has ended. */
export async function runLoad(
  emulator: Emulator,
  draw: () => Shot,
  random: Draft['random'],
  clients: number,
  durationMs: number,
  tally: Tally,
): Promise<void> {
  const end = performance.now() + durationMs;
  await Promise.all(Array.from({ length: clients }, invokeUntilEnd));

  async function invokeUntilEnd(): Promise<void> {
    while (performance.now() < end && tally.wrong < MOST_WRONG) {
      const shot = draw();
      tally.add(shot, judge(shot, await invoke(shot)));
      await sleep(random(PAUSE_MS));
    }
  }

  function invoke({ id, event, timeoutMs, readDelayMs }: Shot) {
    return emulator.invoke(event, {
      requestId: id,
      timeoutMs,
      waitForPollMs: WAIT_FOR_POLL_MS,
      ...(readDelayMs > 0 ? { onChunk: () => sleep(readDelayMs) } : {}),
    });
  }
}
