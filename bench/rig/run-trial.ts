import { AnswerCheck } from '../load/answer-check.ts';
import { runClosedLoop, type Limit } from '../load/closed-loop.ts';
import { loadFigures } from '../load/load-figures.ts';
import { readMemory } from '../measure/memory.ts';
import { meterProcesses } from '../measure/meter-processes.ts';
import { sampleMemory } from '../measure/sample-memory.ts';
import type { AppProcess } from './app-process.ts';
import type { Trial } from './plan.ts';
import { startAdapter } from './start-adapter.ts';
import { failed, type TrialResult } from './trial-result.ts';

/**
 * Starts the adapter in a fresh environment, warms it up, measures it and stops it.
 *
 * @throws Error when the adapter does not start.
 */
export async function runTrial(trial: Trial, app: AppProcess, warmUp: Limit, measurement: Limit): Promise<TrialResult> {
  const adapter = await startAdapter(trial, app.port);
  const samples = sampleMemory(adapter.pid);
  try {
    const idle = readMemory(adapter.pid);
    const check = new AnswerCheck(trial.scenario);
    const run = (limit: Limit) => runClosedLoop(adapter.emulator, trial.scenario, check, trial.inFlight, limit);
    const warm = await run(warmUp);
    if (warm.tally.failures > 0) return failed(warm.tally, samples());
    const meter = meterProcesses(adapter.pid, app.pid, idle);
    const load = await run(measurement);
    if (load.tally.failures > 0) return failed(load.tally, samples());
    const invocations = load.tally.answered;
    const processes = meter(invocations, load.elapsedMs);
    return {
      invocations,
      failures: 0,
      firstFailure: null,
      figures: { ...loadFigures(load, null), ...processes.figures, firstPollMs: adapter.firstPollMs },
      memory: samples(),
      threads: processes.threads,
    };
  } finally {
    samples();
    await adapter.stop();
  }
}
