import { adapterVersion } from '../../measure/adapter-version.ts';
import type { Machine } from '../../measure/machine.ts';
import type { BenchOptions } from '../../options/parse-options.ts';
import { projectCommit } from './project-commit.ts';
import { FORMAT, type Results } from './results.ts';

export type ResultsHead = Omit<Results, 'trials'>;

/** A run but for its trials: what is known before the first trial; after an hour of measuring the checkout may be another. */
export function headOf(machine: Machine, options: BenchOptions, command: string): ResultsHead {
  const { rounds, warmUp, measurement } = options;
  return {
    format: FORMAT,
    date: new Date().toISOString(),
    machine,
    commit: projectCommit(),
    command,
    adapters: options.adapters.map((adapter) => ({ ...adapter, version: adapterVersion(adapter.path) })),
    options: { rounds, warmUp, measurement },
  };
}
