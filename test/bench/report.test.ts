import { describe, expect, it } from 'vitest';
import { FIGURE_NAMES, type Figures } from '../../bench/measure/figures.ts';
import { compare } from '../../bench/report/results/compare.ts';
import { levelLabel } from '../../bench/report/results/levels.ts';
import { measuredTrial } from '../../bench/report/results/measured-trial.ts';
import type { MeasuredTrial } from '../../bench/report/results/results.ts';
import { defaultColumns } from '../../bench/report/text/default-columns.ts';
import { noiseWarning } from '../../bench/report/text/noise-warning.ts';
import { problemsOf } from '../../bench/report/text/problems.ts';
import { table } from '../../bench/report/text/table.ts';
import { planTrials, type Trial } from '../../bench/rig/plan.ts';
import { SCENARIOS } from '../../bench/scenarios/index.ts';
import { figures } from './fixtures/figures.ts';

const adapters = ['rust', 'ours'].map((name) => ({ name, path: `/${name}`, env: {} }));
const plan = planTrials({
  scenarios: SCENARIOS.slice(0, 1),
  inFlight: [1, 10],
  loops: [{ kind: 'closed' }],
  workers: [null],
  rounds: 2,
  adapters,
});

function records(figuresOf: (trial: Trial) => Figures | null): MeasuredTrial[] {
  return plan.map((trial) => {
    const measured = figuresOf(trial);
    const failure = measured === null ? { failures: 3, firstFailure: 'refused' } : { failures: 0, firstFailure: null };
    const result = { invocations: 100, ...failure, figures: measured, memory: [], threads: [] };
    return measuredTrial({ trial, result });
  });
}

describe('the plan', () => {
  it('lets adapters take turns at each number in flight', () => {
    expect(plan.map(({ inFlight, round, adapter }) => `${inFlight} ${round} ${adapter.name}`)).toEqual([
      '1 1 rust',
      '1 1 ours',
      '1 2 rust',
      '1 2 ours',
      '10 1 rust',
      '10 1 ours',
      '10 2 rust',
      '10 2 ours',
    ]);
  });
});

describe('the plan of a sweep', () => {
  it('has every combination once, and a label of its own for each', () => {
    const trials = planTrials({
      scenarios: SCENARIOS.slice(0, 2),
      inFlight: [1, 256],
      loops: [{ kind: 'closed' }, { kind: 'open', perSecond: 100 }],
      workers: [0, 1, 2],
      rounds: 1,
      adapters,
    });
    expect(trials).toHaveLength(2 * 2 * 2 * 3 * 2);
    const labels = trials.map((trial) => levelLabel({ ...trial, scenario: trial.scenario.name }));
    expect(new Set(labels).size).toBe(2 * 2 * 2 * 3);
    expect(labels).toContain('html-100k, 256 in flight, 100/s, 1 worker');
  });
});

describe('the comparison', () => {
  it('has for each number in flight the medians of each adapter and the ratios to the first', () => {
    const [one, ten] = compare(
      records(({ round, adapter }) => figures(adapter.name === 'rust' ? 10 * round : 5 * round)),
    );
    expect(one).toMatchObject({ inFlight: 1, adapters: [{ name: 'rust' }, { name: 'ours' }] });
    expect(ten?.adapters[0]?.figures?.[0]).toEqual({
      name: 'throughput',
      median: 15,
      min: 10,
      max: 20,
      ratio: null,
      verdict: null,
    });
    expect(ten?.adapters[1]?.figures?.[0]).toEqual({
      name: 'throughput',
      median: 7.5,
      min: 5,
      max: 10,
      ratio: 0.5,
      verdict: 'unjudged',
    });
  });

  it('has no figures for an adapter that failed once, and no ratios to it', () => {
    const [one] = compare(
      records(({ round, adapter }) => (adapter.name === 'rust' && round === 2 ? null : figures(5))),
    );
    expect(one?.adapters[0]?.figures).toBe(null);
    expect(one?.adapters[1]?.figures?.every(({ ratio }) => ratio === null)).toBe(true);
  });
});

describe('the table', () => {
  const text = table(
    compare(records(({ round, adapter }) => figures(adapter.name === 'rust' ? 1000 * round : 1200 * round))),
    FIGURE_NAMES,
  );

  it('is aligned, with the columns at the same place in each line', () => {
    const lines = text.split('\n');
    const end = (lines[0] ?? '').indexOf('inv/s') + 'inv/s'.length;
    const rows = lines.filter((line) => /^ {2}/.test(line));
    expect(rows).toHaveLength(1 + 2 * 5);
    for (const line of rows) expect(line.slice(0, end)).toMatch(/(inv\/s|\d|%|×)$/);
  });

  it('shows medians, spread and ratios, and no colours', () => {
    expect(text).toMatch(/^small-json, 10 in flight$/m);
    expect(text).toMatch(/^ {2}ours +1,800 +1,800\.0 +1,800 /m);
    expect(text).toMatch(/^ {4}spread +±33 % /m);
    expect(text).toMatch(/^ {4}to rust +1\.20× /m);
    expect(text).not.toContain('\u001B');
  });

  it('says which adapter failed', () => {
    const failed = table(compare(records(({ adapter }) => (adapter.name === 'ours' ? null : figures(1)))), [
      'throughput',
    ]);
    expect(failed).toMatch(/^ {2}ours +failed$/m);
    expect(failed).toMatch(/^ {2}rust +1$/m);
  });

  it('fits a terminal of 120 columns by itself, with names and figures of some length', () => {
    const wide = records(({ round }) => figures(12_345.6 * round)).map((trial) =>
      Object.assign(trial, { scenario: 'html-100k-gzip', workers: 16, loop: { kind: 'open', perSecond: 12_345 } }),
    );
    const lines = table(compare(wide), defaultColumns(compare(wide))).split('\n');
    expect(lines[1]).toBe('html-100k-gzip, 1 in flight, 12345/s, 16 workers');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('has by itself no column in which nothing applies', () => {
    const columnsOf = (others: Partial<Figures>) => defaultColumns(compare(records(() => figures(7, others))));
    expect(columnsOf({ refused: NaN })).toContain('waited');
    expect(columnsOf({ refused: NaN })).not.toContain('refused');
    expect(columnsOf({ waited: NaN })).toContain('refused');
    const someRefuse = records(({ inFlight }) => figures(7, { refused: inFlight === 1 ? NaN : 3 }));
    expect(defaultColumns(compare(someRefuse))).toContain('refused');
  });

  it('has the columns that are wanted, in the order in which they are wanted', () => {
    const [headings, , first] = table(compare(records(() => figures(7))), ['p99Ms', 'throughput']).split('\n');
    expect(headings?.trim().split(/ {2,}/)).toEqual(['p99 ms', 'inv/s']);
    expect(first?.trim().split(/ +/)).toEqual(['rust', '7.000', '7']);
  });

  it('has a dash where a figure does not apply, and no ratio there', () => {
    const dashed = table(compare(records(() => figures(7, { megabytesPerSecond: NaN }))), [
      'megabytesPerSecond',
      'cpuUs',
    ]);
    expect(dashed).toMatch(/^ {2}rust +– +7\.0$/m);
    expect(dashed).toMatch(/^ {4}to rust {2,}1\.00×$/m);
  });
});

describe('the verdict', () => {
  it('is silent about figures that can be', () => {
    expect(problemsOf(records(() => figures(1, { systemUs: 0, othersPercent: 0 })))).toEqual([]);
  });

  it('names trials with wrong answers and how many of them', () => {
    const problems = problemsOf(records(({ round }) => (round === 2 ? null : figures(1))));
    expect(problems).toHaveLength(4);
    expect(problems[0]).toBe(
      'small-json, 1 in flight, round 2, rust: 3 of 103 invocations failed, the first one: refused',
    );
  });

  it.each([0, -1, NaN, Infinity])('names figures that cannot be: %d', (value) => {
    const [problem] = problemsOf(records(() => figures(1, { cpuUs: value })));
    expect(problem).toBe(`small-json, 1 in flight, round 1, rust: CPU µs cannot be ${value}`);
  });

  it('takes a figure that does not apply for what it is', () => {
    expect(problemsOf(records(() => figures(1, { firstByteP50Ms: NaN, refused: NaN })))).toEqual([]);
  });

  it('warns when other programs were at work', () => {
    const busy = compare(records(({ round }) => figures(1, { othersPercent: round === 1 ? 40 : 0 })));
    expect(noiseWarning(busy)).toMatch(/^Other programs used up to 40 %/);
    expect(noiseWarning(compare(records(() => figures(1))))).toBe(null);
  });
});
