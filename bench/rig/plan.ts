import type { AdapterUnderTest } from '../options/adapters.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** What decides when the next invocation is sent: an answer, or the clock. */
export type Loop = { readonly kind: 'closed' } | { readonly kind: 'open'; readonly perSecond: number };

/** One start of one adapter with one load. */
export interface Trial {
  readonly scenario: Scenario;
  readonly inFlight: number;
  readonly loop: Loop;
  /** Worker threads of the adapter; null when it decides. */
  readonly workers: number | null;
  /** From 1. */
  readonly round: number;
  readonly adapter: AdapterUnderTest;
}

interface PlanOptions {
  readonly scenarios: readonly Scenario[];
  readonly inFlight: readonly number[];
  readonly rounds: number;
  readonly adapters: readonly AdapterUnderTest[];
}

/** All trials in order: adapters take turns (A B A B), so that whatever else the machine does meets all of them alike. */
export function planTrials({ scenarios, inFlight, rounds, adapters }: PlanOptions): Trial[] {
  return scenarios.flatMap((scenario) =>
    inFlight.flatMap((count) =>
      Array.from({ length: rounds }, (_, index) =>
        adapters.map((adapter) => ({
          scenario,
          inFlight: count,
          loop: { kind: 'closed' } as const,
          workers: null,
          round: index + 1,
          adapter,
        })),
      ).flat(),
    ),
  );
}
