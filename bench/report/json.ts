import { adapterVersion } from '../measure/adapter-version.ts';
import type { Machine } from '../measure/machine.ts';
import type { BenchOptions } from '../options/parse-options.ts';
import type { TrialRecord } from '../rig/run-comparison.ts';
import { compare } from './compare.ts';

/** Everything measured, trial by trial, and what it amounts to. */
export function toJson(machine: Machine, options: BenchOptions, records: readonly TrialRecord[]): string {
  const document = {
    date: new Date().toISOString(),
    machine,
    adapters: options.adapters.map((adapter) => ({ ...adapter, version: adapterVersion(adapter.path) })),
    rounds: options.rounds,
    warmUp: options.warmUp,
    measurement: options.measurement,
    comparisons: compare(records),
    trials: records.map(({ trial, result }) => ({
      scenario: trial.scenario.name,
      inFlight: trial.inFlight,
      loop: trial.loop,
      workers: trial.workers,
      round: trial.round,
      adapter: trial.adapter.name,
      ...result,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
