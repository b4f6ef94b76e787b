import { describe, expect, it } from 'vitest';
import { UsageError } from '../../bench/options/usage-error.ts';
import { commandLine } from '../../bench/report/results/command-line.ts';
import { parseResults } from '../../bench/report/results/parse-results.ts';
import { toJson } from '../../bench/report/results/to-json.ts';
import { sampleData, sampleResults } from './helpers/sample-results.ts';

/** Sample data with one field, by its path, replaced or (undefined) missing. */
function spoiled(path: string, value: unknown): string {
  const data: object = sampleData();
  const names = path.split('.');
  const last = names.pop() ?? '';
  const holder = names.reduce<object>((at, name) => {
    const next: unknown = Reflect.get(at, name);
    if (typeof next !== 'object' || next === null) throw new Error(`the sample has no ${path}`);
    return next;
  }, data);
  Reflect.set(holder, last, value);
  return JSON.stringify(data);
}

describe('results', () => {
  it('are read as they were written', () => {
    const results = sampleResults();
    expect(parseResults(toJson(results), 'x.json')).toEqual(results);
  });

  it('keep a figure that does not apply as one', () => {
    const results = sampleResults({ value: (figure) => (figure === 'grownMb' ? null : 5) });
    expect(results.trials[0]?.figures).toMatchObject({ grownMb: NaN, cpuUs: 5 });
    expect(JSON.parse(toJson(results))).toHaveProperty('trials.0.figures.grownMb', null);
    expect(parseResults(toJson(results), 'x.json')).toEqual(results);
  });

  it('keep how a trial was loaded, and what ends a measurement first', () => {
    const loop = { kind: 'open', perSecond: 500 } as const;
    const options = { ...sampleData().options, warmUp: { kind: 'requests', count: 20, mostBytes: 1024, mostMs: 50 } };
    const text = JSON.stringify({ ...sampleData({ loops: [loop], workers: [2] }), options });
    const results = parseResults(text, 'x.json');
    expect(results).toMatchObject({ options, trials: { 0: { loop, workers: 2 } } });
    expect(parseResults(toJson(results), 'x.json')).toEqual(results);
  });

  it('of a version with fewer figures are still read', () => {
    const { trials } = parseResults(spoiled('trials.0.figures.p99Ms', undefined), 'x.json');
    expect(trials[0]?.figures).toMatchObject({ p99Ms: NaN, p50Ms: 101 });
  });

  it('say what they amount to, and do not trust what a file says about that', () => {
    const json: unknown = JSON.parse(toJson(sampleResults()));
    expect(json).toHaveProperty('comparisons.1.adapters.1.figures.0.median', 103);
    expect(parseResults(JSON.stringify({ ...sampleData(), comparisons: 'none' }), 'x.json')).toEqual(sampleResults());
  });

  it.each([
    ['adapters.0.name', 7, /x\.json cannot be read: adapters\.0\.name: expected string, found 7/],
    ['trials.3.figures.cpuUs', 'fast', /trials\.3\.figures\.cpuUs: expected number, found "fast"/],
    ['trials.2.inFlight', 1.5, /trials\.2\.inFlight: expected/],
    ['trials.2.loop', { kind: 'square' }, /trials\.2\.loop\.kind: expected .*"closed".*, found "square"/],
    ['machine.cores', undefined, /machine\.cores: expected "cores", found undefined/],
    ['machine', null, /machine: expected Object, found null/],
    ['date', 'yesterday', /date: expected/],
    ['trials', [], /trials: expected/],
    ['trials.4.adapter', 'go', /trials\.4\.adapter: go is not in adapters/],
    ['adapters.1.name', 'rust', /adapters: rust is there twice/],
    ['options.measurement', { kind: 'duration' }, /options\.measurement\.ms: expected "ms"/],
    ['format', 2, /x\.json has format 2; this version reads format 1/],
    ['format', 'one', /x\.json is not a result of this benchmark/],
  ])('are refused with the place where they are wrong: %s', (path, value, message) => {
    expect(() => parseResults(spoiled(path, value), 'x.json')).toThrow(UsageError);
    expect(() => parseResults(spoiled(path, value), 'x.json')).toThrow(message);
  });

  it.each(['', '{', 'null', '[]', '"text"'])('are not made of %j', (text) => {
    expect(() => parseResults(text, 'x.json')).toThrow(/^x\.json is not/);
  });

  it('do not bury the reader in faults', () => {
    const message = /(found.*){5}; and \d+ more$/;
    expect(() =>
      parseResults(JSON.stringify({ ...sampleData(), trials: Array.from({ length: 50 }, () => ({})) }), 'x'),
    ).toThrow(message);
  });
});

describe('the command that repeats a measurement', () => {
  it('has what decides about it, quoted for a shell, and not what becomes of the results', () => {
    const args = ['--adapter', "a=/tmp/it's here", '--rounds=5', '--json', 'x', '--html=y', '--against=z', '--smoke'];
    expect(commandLine(args)).toMatch(/ --adapter 'a=\/tmp\/it'\\''s here' --rounds 5 --smoke$/);
  });
});
