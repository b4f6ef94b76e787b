import type { ProcessSample } from './process-sample.ts';
import type { Tally } from './tally.ts';
import type { InvokeMode } from '../../src/shared/config.ts';

/** What a soak found out about one adapter. */
export interface Findings {
  readonly mode: InvokeMode;
  readonly concurrency: number;
  readonly tally: Tally;
  readonly durationMs: number;
  /** Invocations per second of the load after the warm-up. */
  readonly throughput: number;
  /** Idle before the load and after it. */
  readonly before: ProcessSample;
  readonly after: ProcessSample;
  /** Bytes that the heaps held at these two moments, without garbage. */
  readonly heldBefore: number;
  readonly heldAfter: number;
  /** Under load, one each second. */
  readonly samples: readonly ProcessSample[];
  /** MB per 1000 s. */
  readonly slope: number;
  readonly parked: number;
  readonly droppedPolls: number;
  readonly defects: readonly string[];
  readonly endedEarly: string | null;
  readonly exitCode: number | null;
}

const MEGABYTE = 1024 * 1024;

/** Growth over the judged half of a soak that still counts as flat, in MB: what a collector may happen to leave lying. */
const FLAT_MB = 16;
/** What code that runs for the first time, and its profile, may add to the heaps, in MB. */
const HEAP_MB = 8;
/** A shorter soak ends before the heap has its size. */
const LEAST_JUDGED_MS = 2 * 60_000;

/** The steepest slope that counts as flat, in MB per 1000 s. */
export function tolerance(durationMs: number): number {
  return (FLAT_MB / (durationMs / 2)) * 1_000_000;
}

/** What is wrong with an adapter, in words; nothing when it has passed. */
export function problemsOf(findings: Findings): string[] {
  const { tally, before, after, slope, durationMs } = findings;
  const problems = [...tally.details, ...findings.defects];
  if (findings.endedEarly !== null) problems.push(findings.endedEarly);
  else if (findings.exitCode !== 0) problems.push(`it ended with exit code ${findings.exitCode} at shutdown`);
  if (tally.requests === 0) problems.push('nothing was invoked');
  if (after.descriptors > before.descriptors) {
    problems.push(`${after.descriptors} descriptors are open after the load, ${before.descriptors} were before it`);
  }
  if (findings.parked !== findings.concurrency) problems.push(`${findings.parked} polls are parked after the load`);
  if (findings.droppedPolls > 0) problems.push(`${findings.droppedPolls} parked polls were dropped`);
  if (durationMs >= LEAST_JUDGED_MS && slope > tolerance(durationMs)) {
    problems.push(`resident memory grew by ${slope.toFixed(0)} MB per 1000 s`);
  }
  const heldMb = (findings.heldAfter - findings.heldBefore) / MEGABYTE;
  if (durationMs >= LEAST_JUDGED_MS && heldMb > HEAP_MB) {
    problems.push(`its heaps hold ${heldMb.toFixed(1)} MB more after the load, without garbage`);
  }
  if (findings.endedEarly === null && findings.heldAfter === 0) problems.push('it did not tell what its heaps hold');
  return problems.map((problem) => `${findings.mode}: ${problem}`);
}
