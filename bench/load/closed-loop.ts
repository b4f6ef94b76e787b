import type { Emulator } from '../emulator/types.ts';
import { answerBytes, type Scenario } from '../scenarios/scenario.ts';
import type { AnswerCheck } from './answer-check.ts';
import { StreamCheck } from './stream-check.ts';
import { Tally } from './tally.ts';

/** When a load ends. Invocations that are under way then are awaited and count. */
export type Limit =
  | { readonly kind: 'duration'; readonly ms: number }
  /** So many, but no more than answer with so many bytes together: a moment is long enough for a few large ones. */
  | { readonly kind: 'requests'; readonly count: number; readonly mostBytes?: number };

export interface LoadResult {
  readonly tally: Tally;
  /** Between the first invocation and the last answer. */
  readonly elapsedMs: number;
}

/** An answer that takes longer than that is lost, in milliseconds. */
const INVOCATION_TIMEOUT_MS = 30_000;
/** A load with so many failures says nothing, and one without an adapter would never pause. */
const MAX_FAILURES = 50;

/**
 * Keeps `inFlight` invocations running: each answer is followed by the next invocation. An invocation waits for a parked
 * poll where the platform would refuse it, because here there is no other environment to take it; the wait is part of its
 * latency.
 */
export async function runClosedLoop(
  emulator: Emulator,
  scenario: Scenario,
  check: AnswerCheck,
  inFlight: number,
  limit: Limit,
): Promise<LoadResult> {
  const tally = new Tally();
  const options = { timeoutMs: INVOCATION_TIMEOUT_MS, waitForPollMs: INVOCATION_TIMEOUT_MS };
  const start = performance.now();
  const end = limit.kind === 'duration' ? start + limit.ms : Infinity;
  const most = limit.kind === 'requests' ? countOf(limit, scenario) : Infinity;
  let begun = 0;
  await Promise.all(Array.from({ length: inFlight }, invokeUntilEnd));
  return { tally, elapsedMs: performance.now() - start };

  async function invokeUntilEnd(): Promise<void> {
    for (let now = performance.now(); now < end && begun < most && tally.failures < MAX_FAILURES;) {
      begun++;
      const began = now;
      if (emulator.parked === 0) tally.waited++;
      const problem = await (scenario.isStreamed ? invokeStream() : invokeBuffered());
      now = performance.now();
      if (problem !== null) {
        tally.fail(problem);
        continue;
      }
      tally.latencies.add(now - began);
      tally.answered++;
      tally.bodyBytes += answerBytes(scenario);
    }
  }

  async function invokeBuffered(): Promise<string | null> {
    const outcome = await emulator.invoke(scenario.event, options);
    if (outcome.kind === 'response') tally.answerBytes += outcome.body.length;
    return check.problemOf(outcome);
  }

  async function invokeStream(): Promise<string | null> {
    const stream = new StreamCheck(scenario);
    const onChunk = (chunk: Buffer): void => {
      tally.answerBytes += chunk.length;
      stream.add(chunk);
    };
    const began = performance.now();
    const outcome = await emulator.invoke(scenario.event, { ...options, onChunk, keepBody: false });
    if (stream.firstByteAt !== null) tally.firstBytes.add(stream.firstByteAt - began);
    return stream.problemOf(outcome);
  }
}

function countOf({ count, mostBytes = Infinity }: Extract<Limit, { kind: 'requests' }>, scenario: Scenario): number {
  return Math.min(count, Math.ceil(mostBytes / answerBytes(scenario)));
}
