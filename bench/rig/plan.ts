import type { Loop } from '../load/loop.ts';
import type { AdapterUnderTest } from '../options/adapters.ts';
import type { Scenario } from '../scenarios/scenario.ts';

export type { Loop } from '../load/loop.ts';

/** One start of one adapter with one load. */
export interface Trial {
  readonly scenario: Scenario;
  /** Most invocations at once: those of a closed loop, or what an open one may come to before it is refused. */
  readonly inFlight: number;
  readonly loop: Loop;
  /** `AWS_LWA_WORKERS` of the adapter; null for its own default. */
  readonly workers: number | null;
  /** From 1. */
  readonly round: number;
  readonly adapter: AdapterUnderTest;
}

/** What trials are compared under: alike in all of these, and each adapter's turn in every round. */
export type Conditions = Pick<Trial, 'scenario' | 'inFlight' | 'loop' | 'workers'>;

export interface PlanOptions {
  readonly scenarios: readonly Scenario[];
  readonly inFlight: readonly number[];
  readonly loops: readonly Loop[];
  readonly workers: readonly (number | null)[];
  readonly rounds: number;
  readonly adapters: readonly AdapterUnderTest[];
}

/** All trials in order: adapters take turns (A B A B), so that whatever else the machine does meets all of them alike. */
export function planTrials(options: PlanOptions): Trial[] {
  const rounds = Array.from({ length: options.rounds }, (_, index) => index + 1);
  return conditionsOf(options).flatMap((conditions) =>
    rounds.flatMap((round) => options.adapters.map((adapter) => ({ ...conditions, round, adapter }))),
  );
}

/** Every combination, the last named dimension changing first. */
function conditionsOf({ scenarios, workers, inFlight, loops }: PlanOptions): Conditions[] {
  return scenarios.flatMap((scenario) =>
    workers.flatMap((threads) =>
      inFlight.flatMap((count) => loops.map((loop) => ({ scenario, workers: threads, inFlight: count, loop }))),
    ),
  );
}
