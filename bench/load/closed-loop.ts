import type { Emulator } from '../emulator/types.ts';
import { answerBytes, type Scenario } from '../scenarios/scenario.ts';
import type { AnswerCheck } from './answer-check.ts';
import { Latencies } from './latencies.ts';
import { StreamCheck } from './stream-check.ts';

/** When a load ends. Invocations that are under way then are awaited and count. */
export type Limit =
  | { readonly kind: 'duration'; readonly ms: number }
  /** So many, but no more than answer with so many bytes together: a moment is long enough for a few large ones. */
  | { readonly kind: 'requests'; readonly count: number; readonly mostBytes?: number };

export interface LoadResult {
  /** Of the right answers, in milliseconds. */
  readonly latencies: Latencies;
  /** Between the first invocation and the last answer. */
  readonly elapsedMs: number;
  readonly failures: number;
  /** What was wrong with the first one; null without failures. */
  readonly firstFailure: string | null;
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
  const latencies = new Latencies();
  const options = { timeoutMs: INVOCATION_TIMEOUT_MS, waitForPollMs: INVOCATION_TIMEOUT_MS };
  const start = performance.now();
  const end = limit.kind === 'duration' ? start + limit.ms : Infinity;
  const most = limit.kind === 'requests' ? countOf(limit, scenario) : Infinity;
  let begun = 0;
  let failures = 0;
  let firstFailure: string | null = null;
  await Promise.all(Array.from({ length: inFlight }, invokeUntilEnd));
  return { latencies, elapsedMs: performance.now() - start, failures, firstFailure };

  async function invokeUntilEnd(): Promise<void> {
    for (let now = performance.now(); now < end && begun < most && failures < MAX_FAILURES;) {
      begun++;
      const began = now;
      const problem = await (scenario.isStreamed ? invokeStream() : invokeBuffered());
      now = performance.now();
      if (problem === null) {
        latencies.add(now - began);
      } else {
        failures++;
        firstFailure ??= problem;
      }
    }
  }

  async function invokeBuffered(): Promise<string | null> {
    return check.problemOf(await emulator.invoke(scenario.event, options));
  }

  async function invokeStream(): Promise<string | null> {
    const stream = new StreamCheck(scenario);
    const onChunk = (chunk: Buffer): void => stream.add(chunk);
    return stream.problemOf(await emulator.invoke(scenario.event, { ...options, onChunk, keepBody: false }));
  }
}

function countOf({ count, mostBytes = Infinity }: Extract<Limit, { kind: 'requests' }>, scenario: Scenario): number {
  return Math.min(count, Math.ceil(mostBytes / answerBytes(scenario)));
}
