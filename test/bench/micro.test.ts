import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Summary } from '../../bench/measure/statistics.ts';
import { compare, DisagreementError } from '../../bench/micro/compare.ts';
import { QUESTIONS } from '../../bench/micro/questions/index.ts';
import { timingsTable } from '../../bench/micro/timings-table.ts';

const PROGRAM = fileURLToPath(new URL('../../bench/micro/run.ts', import.meta.url));

interface Run {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

function micro(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('the micro-benchmarks', () => {
  it.each(QUESTIONS.map(({ name }) => name))('%s proves that its variants agree and times them', async (name) => {
    const { code, stdout, stderr } = await micro(name, '--time', '3');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^.*, \d+ cores?, .*, Node v\d+/);
    const [, ...tables] = stdout.trim().split('\n\n');
    expect(tables.length).toBeGreaterThan(1);
    for (const [index, table] of tables.entries()) {
      const lines = table.split('\n');
      if (lines[0]?.startsWith('## ') === true) continue;
      expect(lines[0], `table ${index}`).toMatch(/ops\/s +mean µs +spread +CPU µs +time/);
      expect(lines.length, `table ${index}`).toBeGreaterThan(1);
      // Operations per second, mean, spread, CPU, ratio: each a number, none of them 0 but the spread.
      for (const line of lines.slice(1))
        expect(line).toMatch(/ [1-9][\d,]* +[\d,]+\.\d\d +±[\d,]+ % +[\d,]+\.\d\d +\d+\.\d\d×/);
    }
  });

  it('name what can be asked when something else is', async () => {
    const { code, stderr } = await micro('decode', 'nonsense');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^nonsense: accepted is decode, encode, negotiation, compression, base64, hop, app\.$/m);
  });

  it.each(['0', 'soon', '1.5', '60001'])('do not take --time %s', async (time) => {
    const { code, stderr } = await micro('decode', '--time', time);
    expect(code).toBe(2);
    expect(stderr).toContain(`--time ${time}: accepted is a whole number from 1 to 60000`);
  });
});

const right = (): Buffer => Buffer.from('right');
const meaning = (bytes: Buffer): Buffer => bytes;

function spin(ms: number): null {
  const end = performance.now() + ms;
  while (performance.now() < end);
  return null;
}

function summary(median: number): Summary {
  return { median, min: median * 0.9, max: median * 1.1 };
}

describe('a comparison', () => {
  it('of variants that do not agree is refused before anything is timed', async () => {
    let calls = 0;
    const wrong = (): Buffer => {
      calls++;
      return Buffer.from('wrong');
    };
    const comparison = compare({ title: 'words', variants: { right, wrong }, meaning }, 5);
    await expect(comparison).rejects.toThrow(DisagreementError);
    await expect(comparison).rejects.toThrow('words: wrong makes wrong where it should make right');
    expect(calls).toBe(1);
  });

  it('of variants that agree on something wrong is refused', async () => {
    const comparison = compare({ title: 'words', variants: { right }, meaning, expected: Buffer.from('best') }, 5);
    await expect(comparison).rejects.toThrow('right makes right where it should make best');
  });

  it('tells a slow variant from a fast one, and what waits from what computes', async () => {
    const { rows } = await compare(
      {
        title: 'time',
        variants: {
          'one, computing': () => spin(1),
          'four, computing': () => spin(4),
          'four, waiting': () => new Promise<null>((resolve) => setTimeout(resolve, 4, null)),
        },
        meaning: () => 'nothing',
      },
      60,
    );
    const [one, four, waiting] = rows;
    expect(one?.meanUs.median).toBeGreaterThanOrEqual(1000);
    expect(four?.meanUs.median).toBeGreaterThanOrEqual(4000);
    expect(four?.cpuUs.median).toBeGreaterThan(2 * (waiting?.cpuUs.median ?? Infinity));
  });

  it('is a table of numbers, compared with the first', () => {
    const rows = [
      { variant: 'a', meanUs: summary(2), cpuUs: summary(3), remark: '10' },
      { variant: 'b', meanUs: summary(1000), cpuUs: summary(500), remark: '9' },
    ];
    expect(timingsTable({ title: 'letters', remarkHeading: 'bytes', rows }).split('\n')).toEqual([
      'letters    ops/s   mean µs  spread  CPU µs     time  bytes',
      '  a      500,000      2.00   ±10 %    3.00    1.00×     10',
      '  b        1,000  1,000.00   ±10 %  500.00  500.00×      9',
    ]);
  });
});
