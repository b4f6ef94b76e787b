import { parseResults } from '../../../bench/report/results/parse-results.ts';
import type { Results } from '../../../bench/report/results/results.ts';
import { FIGURE_NAMES, MAY_NOT_APPLY, type FigureName } from '../../../bench/measure/figures.ts';

export interface Sample {
  readonly adapters: readonly string[];
  readonly inFlight: readonly number[];
  readonly rounds: number;
  readonly loops: readonly Results['trials'][number]['loop'][];
  readonly workers: readonly (number | null)[];
  /** A figure of one trial; null for one that does not apply. */
  readonly value: (figure: FigureName, adapter: string, inFlight: number, round: number) => number | null;
}

const MACHINE = { processor: 'A processor', cores: 2, memoryBytes: 8e9, system: 'Linux 6.1', node: 'v26.10.0' };

/** What a run leaves behind, as JSON data: the rounds of a figure lie 1 % apart, unless `value` says otherwise. */
export function sampleData(given: Partial<Sample> = {}) {
  const { adapters = ['rust', 'ours'], inFlight = [1, 64], rounds = 5, loops = [{ kind: 'closed' }] } = given;
  const { workers = [null] } = given;
  const value =
    given.value ?? ((figure, _adapter, _inFlight, round) => (MAY_NOT_APPLY.includes(figure) ? null : 100 + round));
  const loads = workers.flatMap((threads) =>
    inFlight.flatMap((count) => loops.map((loop) => ({ count, threads, loop }))),
  );
  const trials = loads.flatMap(({ count, threads, loop }) =>
    Array.from({ length: rounds }, (_, index) =>
      adapters.map((adapter) => ({
        scenario: 'small-json',
        inFlight: count,
        loop,
        workers: threads,
        round: index + 1,
        adapter,
        invocations: 1000,
        failures: 0,
        firstFailure: null,
        figures: Object.fromEntries(FIGURE_NAMES.map((name) => [name, value(name, adapter, count, index + 1)])),
        memory: Array.from({ length: 40 }, (__, sample) => ({ atMs: sample * 100, residentMb: 20 + sample })),
        threads: [
          { name: 'main', cpuUs: 3000 },
          { name: 'worker', cpuUs: 1000 },
        ],
      })),
    ).flat(),
  );
  return {
    format: 1,
    date: '2026-01-02T03:04:05.678Z',
    machine: { ...MACHINE },
    commit: null,
    command: 'lambda-adapter-bench --rounds 5',
    adapters: adapters.map((name) => ({ name, path: `/opt/${name}`, version: '1.0.0', env: { LEVEL: '3' } })),
    options: { rounds, warmUp: { kind: 'duration', ms: 2000 }, measurement: { kind: 'requests', count: 300 } },
    trials,
  };
}

export function sampleResults(given: Partial<Sample> = {}): Results {
  return parseResults(JSON.stringify(sampleData(given)), 'sample');
}
