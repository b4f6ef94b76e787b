import type { LoadResult } from '../load/run-load.ts';
import type { ThreadTime } from '../measure/cpu-time.ts';
import type { Figures } from '../measure/figures.ts';
import type { MemorySample } from '../measure/sample-memory.ts';

export interface TrialResult {
  /** Right answers while it was measured. */
  readonly invocations: number;
  readonly failures: number;
  /** What was wrong with the first failure; null without. */
  readonly firstFailure: string | null;
  /** null when something failed: then they would say nothing about the adapter. */
  readonly figures: Figures | null;
  /** Resident memory of the adapter during warm-up and measurement, counted from the start of the warm-up. */
  readonly memory: readonly MemorySample[];
  /** Processor time of the adapter per invocation by name of the thread, the busiest first; empty when something failed. */
  readonly threads: readonly ThreadTime[];
}

/** The trial of an adapter that did not start, or was lost in the middle. */
export function notRun(reason: string): TrialResult {
  return { invocations: 0, failures: 0, firstFailure: reason, figures: null, memory: [], threads: [] };
}

/** The trial of an adapter that gave wrong answers. */
export function failed({ tally, neighbours }: LoadResult, memory: readonly MemorySample[]): TrialResult {
  const failures = tally.failures + neighbours.failures;
  const firstFailure = tally.firstFailure ?? neighbours.firstFailure;
  return { invocations: tally.answered, failures, firstFailure, figures: null, memory, threads: [] };
}

export function hasFailed({ tally, neighbours }: LoadResult): boolean {
  return tally.failures + neighbours.failures > 0;
}
