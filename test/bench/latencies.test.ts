import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Latencies } from '../../bench/load/latencies.ts';

function latencies(values: readonly number[]): Latencies {
  const all = new Latencies();
  for (const value of values) all.add(value);
  return all;
}

describe('latencies', () => {
  it('have percentiles: the value that so many per cent do not exceed', () => {
    const thousand = latencies(Array.from({ length: 1000 }, (_, index) => (index + 1) / 1000));
    expect(thousand.count).toBe(1000);
    expect([50, 90, 99, 99.9, 100].map((percent) => thousand.percentile(percent))).toEqual([0.5, 0.9, 0.99, 0.999, 1]);
  });

  it('are true to three digits, from a microsecond to minutes', () => {
    const values = fc.array(fc.double({ min: 0.001, max: 600_000, noNaN: true }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (given, percent) => {
        const sorted = given.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? NaN;
        const found = latencies(given).percentile(percent);
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.max(0.0005, exact / 1000) + 1e-9);
      }),
    );
  });

  it('have none where nothing was measured', () => {
    expect(new Latencies().percentile(50)).toBe(NaN);
  });

  it('do not end a run over one that is absurd', () => {
    expect(latencies([-1]).percentile(50)).toBe(0);
    expect(latencies([1e12]).percentile(50) / 3_600_000).toBeCloseTo(1, 3);
  });
});
