import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../emulator/types.ts';
import { Checks } from '../load/checks.ts';
import type { Limit } from '../load/limit.ts';
import { loadFigures } from '../load/load-figures.ts';
import { startPace, type Pace } from '../load/pace.ts';
import { runLoad } from '../load/run-load.ts';
import { readMemory } from '../measure/memory.ts';
import { meterProcesses } from '../measure/meter-processes.ts';
import { sampleMemory } from '../measure/sample-memory.ts';
import { concurrencyOf } from '../scenarios/scenario.ts';
import type { AppProcess } from './app-process.ts';
import type { Trial } from './plan.ts';
import { startAdapter, type RunningAdapter } from './start-adapter.ts';
import { failed, hasFailed, type TrialResult } from './trial-result.ts';

/** An adapter that parks fewer polls than it could is measured all the same. */
const REST_MS = 1000;

/**
 * Starts the adapter in a fresh environment, warms it up, measures it and stops it.
 *
 * @throws Error when the adapter does not start.
 */
export async function runTrial(trial: Trial, app: AppProcess, warmUp: Limit, measurement: Limit): Promise<TrialResult> {
  const adapter = await startAdapter(trial, app.port);
  const pace = await startPace(trial.loop, trial.inFlight);
  try {
    return await measure(trial, adapter, pace, app, warmUp, measurement);
  } finally {
    await pace.close();
    await adapter.stop();
  }
}

async function measure(
  { scenario, loop, inFlight }: Trial,
  { emulator, pid, firstPollMs }: RunningAdapter,
  pace: Pace,
  app: AppProcess,
  warmUp: Limit,
  measurement: Limit,
): Promise<TrialResult> {
  // In a closed loop a missing poll is waited for: there is no other environment that would take the invocation.
  const withoutPoll = loop.kind === 'open' ? 'refuse' : 'wait';
  const checks = new Checks(scenario);
  const run = (limit: Limit) => runLoad(emulator, scenario, checks, pace, withoutPoll, limit);
  const idle = readMemory(pid);
  const memory = sampleMemory(pid);
  try {
    const warm = await run(warmUp);
    if (hasFailed(warm)) return failed(warm, memory());
    await atRest(emulator, concurrencyOf(scenario, inFlight));
    const meter = meterProcesses(pid, app.pid, idle);
    const load = await run(measurement);
    if (hasFailed(load)) return failed(load, memory());
    const { figures, threads } = meter(load.tally.answered + load.neighbours.answered, load.elapsedMs);
    return {
      invocations: load.tally.answered,
      failures: 0,
      firstFailure: null,
      figures: { ...loadFigures(load, withoutPoll, scenario.measured.answer), ...figures, firstPollMs },
      memory: memory(),
      threads,
    };
  } finally {
    memory();
  }
}

/**
 * Until all polls are parked again after the warm-up: the first invocations that are measured would be refused for what came
 * before them, and of a few large ones perhaps all.
 */
async function atRest(emulator: Emulator, polls: number): Promise<void> {
  const given = new AbortController();
  await Promise.race([emulator.waitForParked(polls), sleep(REST_MS, null, { signal: given.signal }).catch(() => {})]);
  given.abort();
}
