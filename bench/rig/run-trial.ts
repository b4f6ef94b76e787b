import { availableParallelism } from 'node:os';
import { AnswerCheck } from '../load/answer-check.ts';
import { runClosedLoop, type Limit, type LoadResult } from '../load/closed-loop.ts';
import { meterCpu } from '../measure/cpu-time.ts';
import type { Figures } from '../measure/figures.ts';
import { meterMachine } from '../measure/machine-time.ts';
import { readMemory, type Memory } from '../measure/memory.ts';
import { percentile } from '../measure/statistics.ts';
import { answerBytes, type Scenario } from '../scenarios/scenario.ts';
import type { AppProcess } from './app-process.ts';
import type { Trial } from './plan.ts';
import { startAdapter } from './start-adapter.ts';

export interface TrialResult {
  readonly invocations: number;
  readonly failures: number;
  /** What was wrong with the first failure; null without. */
  readonly firstFailure: string | null;
  /** null when something failed: then they would say nothing about the adapter. */
  readonly figures: Figures | null;
  /** Resident memory of the adapter, from its start on. */
  readonly memory: readonly { readonly atMs: number; readonly residentMb: number }[];
  /** Processor time of each of its threads while it was measured. */
  readonly threads: readonly { readonly name: string; readonly cpuUs: number }[];
}

/** Reads what the processes have used; the result fits the load that has just ended. */
type ProcessFigures = (invocations: number, elapsedMs: number) => Omit<Figures, keyof LoadFigures | 'firstPollMs'>;
type LoadFigures = ReturnType<typeof figuresOfLoad>;

const MEGABYTE = 1024 * 1024;

/**
 * Starts the adapter in a fresh environment, warms it up, measures it and stops it.
 *
 * @throws Error when the adapter does not start.
 */
export async function runTrial(trial: Trial, app: AppProcess, warmUp: Limit, measurement: Limit): Promise<TrialResult> {
  const adapter = await startAdapter(trial, app.port);
  try {
    const idle = readMemory(adapter.pid);
    const check = new AnswerCheck(trial.scenario);
    const run = (limit: Limit) => runClosedLoop(adapter.emulator, trial.scenario, check, trial.inFlight, limit);
    const warm = await run(warmUp);
    if (warm.failures > 0) return failed(warm);
    const processFigures = meterProcesses(adapter.pid, app.pid, idle);
    const load = await run(measurement);
    if (load.failures > 0) return failed(load);
    const invocations = load.latencies.count;
    const figures = {
      ...figuresOfLoad(load, trial.scenario),
      ...processFigures(invocations, load.elapsedMs),
      firstPollMs: adapter.firstPollMs,
    };
    return { invocations, failures: 0, firstFailure: null, figures, memory: [], threads: [] };
  } finally {
    await adapter.stop();
  }
}

function figuresOfLoad({ latencies, elapsedMs }: LoadResult, scenario: Scenario) {
  const throughput = (latencies.count / elapsedMs) * 1000;
  const sorted = latencies.sorted();
  return {
    throughput,
    megabytesPerSecond: (throughput * answerBytes(scenario)) / MEGABYTE,
    p50Ms: percentile(sorted, 50),
    p99Ms: percentile(sorted, 99),
  };
}

function meterProcesses(adapterPid: number, appPid: number, idle: Memory): ProcessFigures {
  const machine = meterMachine();
  const meters = { adapter: meterCpu(adapterPid), load: meterCpu(process.pid), app: meterCpu(appPid) };
  return (invocations, elapsedMs) => {
    const adapter = meters.adapter();
    const load = meters.load();
    const app = meters.app();
    const { residentBytes, peakBytes } = readMemory(adapterPid);
    const others = Math.max(0, machine() - adapter.totalUs - load.totalUs - app.totalUs);
    return {
      cpuUs: adapter.totalUs / invocations,
      systemUs: adapter.systemUs / invocations,
      loadCpuUs: load.totalUs / invocations,
      appCpuUs: app.totalUs / invocations,
      residentMb: residentBytes / MEGABYTE,
      peakMb: peakBytes / MEGABYTE,
      grownMb: (peakBytes - idle.residentBytes) / MEGABYTE,
      othersPercent: (others / (elapsedMs * 1000 * availableParallelism())) * 100,
    };
  };
}

function failed({ latencies, failures, firstFailure }: LoadResult): TrialResult {
  return { invocations: latencies.count, failures, firstFailure, figures: null, memory: [], threads: [] };
}
