import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../bench/report/results/judge.ts';
import { chancesOfWins, isShifted } from '../../bench/report/results/rank-test.ts';

/** Every way to choose which of so many places in order belong to the first side. */
function arrangements(m: number, n: number): number[][] {
  if (m === 0) return [Array.from({ length: n }, () => 0)];
  if (n === 0) return [Array.from({ length: m }, () => 1)];
  return [
    arrangements(m - 1, n).map((rest) => rest.concat(1)),
    arrangements(m, n - 1).map((rest) => rest.concat(0)),
  ].flat();
}

function winsOf(arrangement: readonly number[]): number {
  return arrangement.reduce(
    (sum, side, at) => sum + (side === 1 ? arrangement.slice(0, at).filter((s) => s === 0).length : 0),
    0,
  );
}

describe('the chance of so many wins', () => {
  it.each([
    [1, 1],
    [3, 3],
    [4, 2],
    [2, 5],
    [5, 5],
  ])('is what counting every order of %i and %i values gives', (m, n) => {
    const orders = arrangements(m, n);
    const counted = Array.from(
      { length: m * n + 1 },
      (_, wins) => orders.filter((order) => winsOf(order) === wins).length,
    );
    chancesOfWins(m, n).forEach((chance, wins) => expect(chance).toBeCloseTo((counted[wins] ?? 0) / orders.length, 12));
    expect(chancesOfWins(m, n)).toHaveLength(m * n + 1);
  });

  it('adds up to one, for any number of rounds', () => {
    const rounds = fc.integer({ min: 1, max: 19 });
    fc.assert(
      fc.property(rounds, rounds, (m, n) => {
        expect(chancesOfWins(m, n).reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a shift', () => {
  it('takes every value above every other where rounds are few', () => {
    expect(isShifted([4, 5, 6], [1, 2, 3])).toBe(true);
    expect(isShifted([4, 5, 2.5], [1, 2, 3])).toBe(false);
    expect(isShifted([5, 6, 7, 8], [1, 2, 3, 4])).toBe(true);
    expect(isShifted([5, 6, 7, 3.5], [1, 2, 3, 4])).toBe(false);
  });

  it('bears one value out of order from five rounds on', () => {
    expect(isShifted([6, 7, 8, 9, 4.5], [1, 2, 3, 4, 5])).toBe(true);
    expect(isShifted([6, 7, 8, 3.5, 4.5], [1, 2, 3, 4, 5])).toBe(false);
  });

  it('is none between equal values', () => {
    expect(isShifted([1, 1, 1, 1, 1], [1, 1, 1, 1, 1])).toBe(false);
    expect(isShifted([3, 4, 5], [1, 2, 3])).toBe(false);
  });

  it.each([5, 8, 12, 25])('is seen in %i rounds of one kind at most once in a hundred', (rounds) => {
    // A generator of its own, so that a failure comes again.
    let state = 12_345;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const draw = (): number[] => Array.from({ length: rounds }, random);
    const seen = Array.from({ length: 4000 }, () => isShifted(draw(), draw())).filter(Boolean).length;
    expect(seen / 4000).toBeLessThan(0.016);
    expect(seen).toBeGreaterThan(4);
  });

  it.each([6, 30])('of two standard deviations is seen in nearly all of %i rounds', (rounds) => {
    const below = Array.from({ length: rounds }, (_, index) => index);
    expect(
      isShifted(
        below.map((value) => value + rounds),
        below,
      ),
    ).toBe(true);
  });
});

describe('a verdict', () => {
  const before = [100, 101, 102, 103, 104];
  const times = (factor: number): number[] => before.map((value) => value * factor);

  it('depends on which way is better', () => {
    expect(judge(times(1.2), before, 'higher')).toBe('better');
    expect(judge(times(1.2), before, 'lower')).toBe('worse');
    expect(judge(times(0.8), before, 'higher')).toBe('worse');
    expect(judge(times(0.8), before, 'lower')).toBe('better');
  });

  it('is none about less than 5 %, however sure', () => {
    expect(judge(times(1.045), before, 'lower')).toBe('same');
    expect(judge(times(1.055), before, 'lower')).toBe('worse');
    expect(judge(times(1 / 1.045), before, 'lower')).toBe('same');
    expect(judge(times(1 / 1.055), before, 'lower')).toBe('better');
  });

  it('is none about more than 5 % when the rounds overlap', () => {
    expect(judge([90, 100, 115, 125, 130], [80, 95, 102, 110, 120], 'lower')).toBe('same');
  });

  it('takes three rounds on either side', () => {
    expect(judge([200, 201], before, 'lower')).toBe('unjudged');
    expect(judge(before, [200, 201], 'lower')).toBe('unjudged');
    expect(judge([200, 201, 202], before, 'lower')).toBe('worse');
  });

  it('is none where there was nothing and is nothing', () => {
    expect(judge([0, 0, 0], [0, 0, 0], 'lower')).toBe('same');
    expect(judge([4, 5, 6], [0, 0, 0], 'lower')).toBe('worse');
  });
});
