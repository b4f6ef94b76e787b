import { messageOf } from '../../src/shared/errors.ts';
import type { Limit } from '../load/closed-loop.ts';
import { startApp } from './app-process.ts';
import type { Trial } from './plan.ts';
import { runTrial, type TrialResult } from './run-trial.ts';

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
        const record = { trial, result: await runTrial(trial, app, warmUp, measurement).catch(notRun) };
        records.push(record);
        onDone(record);
      }
    } finally {
      await app.stop();
    }
  }
  return records;
}

function notRun(error: unknown): TrialResult {
  return { invocations: 0, failures: 0, firstFailure: messageOf(error), figures: null, memory: [], threads: [] };
}
