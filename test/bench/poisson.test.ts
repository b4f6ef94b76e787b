import { describe, expect, it } from 'vitest';
import { poissonArrivals } from '../../bench/load/poisson.ts';

function arrivals(perSecond: number, seed: number, count: number): number[] {
  const next = poissonArrivals(perSecond, seed);
  return Array.from({ length: count }, () => next());
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('arrivals by chance', () => {
  const moments = arrivals(500, 1, 20_000);
  const gaps = moments.map((moment, index) => moment - (moments[index - 1] ?? 0));

  it('come at the rate that is asked for', () => {
    expect((moments.at(-1) ?? NaN) / 1000).toBeCloseTo(20_000 / 500, -0.5);
    expect(mean(gaps)).toBeCloseTo(2, 1);
  });

  it('have gaps that are exponentially distributed: as wide on average as they differ, and none negative', () => {
    const variance = mean(gaps.map((gap) => (gap - mean(gaps)) ** 2));
    expect(Math.sqrt(variance) / mean(gaps)).toBeCloseTo(1, 1);
    expect(gaps.filter((gap) => gap > 2).length / gaps.length).toBeCloseTo(Math.exp(-1), 1);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
  });

  it('do not remember: a short gap is followed by short and long ones alike', () => {
    const afterShort = gaps.filter((_, index) => (gaps[index - 1] ?? Infinity) < 0.5);
    expect(mean(afterShort)).toBeCloseTo(2, 0);
  });

  it('are the same for every adapter, and others with another seed', () => {
    expect(arrivals(500, 1, 100)).toEqual(moments.slice(0, 100));
    expect(arrivals(500, 2, 100)).not.toEqual(moments.slice(0, 100));
  });
});
