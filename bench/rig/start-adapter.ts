import { dirname, delimiter } from 'node:path';
import { startEnvironment } from '../emulator/environment.ts';
import type { Emulator } from '../emulator/types.ts';
import { concurrencyOf } from '../scenarios/scenario.ts';
import type { Trial } from './plan.ts';
import { stageAdapter } from './stage-adapter.ts';

export interface RunningAdapter {
  readonly emulator: Emulator;
  readonly pid: number;
  /** Milliseconds from its start to its first parked poll. */
  readonly firstPollMs: number;
  stop(): Promise<void>;
}

const INIT_TIMEOUT_MS = 10_000;

/**
 * Starts the adapter of a trial beside an app that already listens, so that the time to the first poll is the adapter's own.
 * Every adapter sees the concurrency: what is measured is speed, not whether it finds that out.
 *
 * @throws Error with its last lines of log when it ends or does not poll.
 */
export async function startAdapter(trial: Trial, appPort: number): Promise<RunningAdapter> {
  const { adapter, scenario } = trial;
  const concurrency = concurrencyOf(scenario, trial.inFlight);
  const workers = trial.workers === null ? {} : { AWS_LWA_WORKERS: String(trial.workers) };
  const staged = stageAdapter(adapter.path);
  let polledAt = NaN;
  try {
    const environment = await startEnvironment({
      emulator: {
        mode: concurrency === 1 ? 'standard' : 'managed-instances',
        maxConcurrency: concurrency,
        concurrencyVisibleToExtensions: true,
        initTimeoutMs: INIT_TIMEOUT_MS,
        onStep(step) {
          if (step.kind === 'poll-parked' && Number.isNaN(polledAt)) polledAt = performance.now();
        },
      },
      adapter: {
        command: [staged.path],
        env: {
          PATH: pathWithThisNode(),
          AWS_LWA_PORT: String(appPort),
          // For the null adapter, which has to know the answer.
          BENCH_SCENARIO: scenario.name,
          ...scenario.adapterEnv,
          ...workers,
          ...adapter.env,
        },
      },
      app: null,
    });
    const stop = async (): Promise<void> => {
      await environment.stop();
      staged.remove();
    };
    try {
      await environment.emulator.waitForInit();
    } catch (error) {
      await stop();
      throw error;
    }
    const { pid, startedAtMs } = environment.adapter;
    // Without a process there would have been no poll.
    return { emulator: environment.emulator, pid: pid ?? NaN, firstPollMs: polledAt - startedAtMs, stop };
  } catch (error) {
    staged.remove();
    throw error;
  }
}

/** An adapter that is a script with `#!/usr/bin/env node` runs on the Node that this program runs on. */
function pathWithThisNode(): string {
  return `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`;
}
