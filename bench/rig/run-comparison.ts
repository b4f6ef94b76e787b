import { messageOf } from '../../src/shared/errors.ts';
import type { Limit } from '../load/limit.ts';
import { startApp } from './app-process.ts';
import type { Trial } from './plan.ts';
import { runTrial } from './run-trial.ts';
import { notRun, type TrialResult } from './trial-result.ts';

export interface TrialRecord {
  readonly trial: Trial;
  readonly result: TrialResult;
}

/**
 * Runs the trials one after the other; those of one scenario share its app. A trial that goes wrong does not end the run:
 * the others may have taken an hour.
 *
 * @param onDone called after each
 */
export async function runComparison(
  trials: readonly Trial[],
  warmUp: Limit,
  measurement: Limit,
  onDone: (record: TrialRecord) => void,
): Promise<TrialRecord[]> {
  const records: TrialRecord[] = [];
  for (const [scenario, own] of Map.groupBy(trials, (trial) => trial.scenario)) {
    const app = await startApp(scenario);
    try {
      for (const trial of own) {
        const result = await runTrial(trial, app, warmUp, measurement).catch((error) => notRun(messageOf(error)));
        const record = { trial, result };
        records.push(record);
        onDone(record);
      }
    } finally {
      await app.stop();
    }
  }
  return records;
}
