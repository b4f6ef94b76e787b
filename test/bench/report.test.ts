import { describe, expect, it } from 'vitest';
import type { Figures } from '../../bench/measure/figures.ts';
import { compare } from '../../bench/report/compare.ts';
import { noiseWarning } from '../../bench/report/noise-warning.ts';
import { problemsOf } from '../../bench/report/problems.ts';
import { table } from '../../bench/report/table.ts';
import { conditionsLabel } from '../../bench/report/trial-label.ts';
import { planTrials } from '../../bench/rig/plan.ts';
import type { TrialRecord } from '../../bench/rig/run-comparison.ts';
import type { Trial } from '../../bench/rig/plan.ts';
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

function records(figuresOf: (trial: Trial) => Figures | null): TrialRecord[] {
  return plan.map((trial) => {
    const measured = figuresOf(trial);
    const failure = measured === null ? { failures: 3, firstFailure: 'refused' } : { failures: 0, firstFailure: null };
    return { trial, result: { invocations: 100, ...failure, figures: measured, memory: [], threads: [] } };
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
    expect(new Set(trials.map(conditionsLabel)).size).toBe(2 * 2 * 2 * 3);
    expect(trials.map(conditionsLabel)).toContain('html-100k, 256 in flight, 100/s, 1 worker');
  });
});

describe('the comparison', () => {
  it('has for each number in flight the medians of each adapter and the ratios to the first', () => {
    const [one, ten] = compare(
      records(({ round, adapter }) => figures(adapter.name === 'rust' ? 10 * round : 5 * round)),
    );
    expect(one).toMatchObject({ inFlight: 1, adapters: [{ name: 'rust' }, { name: 'ours' }] });
    expect(ten?.adapters[0]?.figures?.[0]).toEqual({ name: 'throughput', median: 15, min: 10, max: 20, ratio: null });
    expect(ten?.adapters[1]?.figures?.[0]).toEqual({ name: 'throughput', median: 7.5, min: 5, max: 10, ratio: 0.5 });
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
    const failed = table(compare(records(({ adapter }) => (adapter.name === 'ours' ? null : figures(1)))));
    expect(failed).toMatch(/^ {2}ours +failed$/m);
    expect(failed).toMatch(/^ {2}rust +1 /m);
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
    expect(table(compare(records(() => figures(1, { refused: NaN }))))).toContain(' – ');
  });

  it('warns when other programs were at work', () => {
    const busy = compare(records(({ round }) => figures(1, { othersPercent: round === 1 ? 40 : 0 })));
    expect(noiseWarning(busy)).toMatch(/^Other programs used up to 40 %/);
    expect(noiseWarning(compare(records(() => figures(1))))).toBe(null);
  });
});
