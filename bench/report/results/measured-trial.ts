import type { TrialRecord } from '../../rig/run-comparison.ts';
import type { MeasuredTrial } from './results.ts';

/** A finished trial by the names of what took part, as it is kept. */
export function measuredTrial({ trial, result }: TrialRecord): MeasuredTrial {
  const { scenario, inFlight, loop, workers, round, adapter } = trial;
  return { scenario: scenario.name, inFlight, loop, workers, round, adapter: adapter.name, ...result };
}
