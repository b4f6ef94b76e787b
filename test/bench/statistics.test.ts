import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedRatio, percentile, relativeSpread, summarize } from '../../bench/measure/statistics.ts';

describe('percentile', () => {
  const hundred = Float64Array.from({ length: 100 }, (_, index) => index + 1);

  it('is the smallest value that so many per cent of the values do not exceed', () => {
    expect(percentile(hundred, 50)).toBe(50);
    expect(percentile(hundred, 99)).toBe(99);
    expect(percentile(hundred, 99.9)).toBe(100);
    expect(percentile(Float64Array.of(1, 2, 3), 50)).toBe(2);
    expect(percentile(Float64Array.of(7), 99)).toBe(7);
    expect(percentile(hundred, 0)).toBe(1);
  });

  it('leaves at most the rest of the values above it, whatever they are', () => {
    const values = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (unsorted, percent) => {
        const sorted = Float64Array.from(unsorted).toSorted();
        const value = percentile(sorted, percent);
        const above = sorted.filter((other) => other > value).length;
        expect(above * 100).toBeLessThanOrEqual(sorted.length * (100 - percent));
      }),
    );
  });

  it('refuses to make up a value where nothing was measured', () => {
    expect(() => percentile(new Float64Array(), 50)).toThrow(RangeError);
  });
});

describe('a summary', () => {
  it('holds median, least and most, whatever the order', () => {
    expect(summarize([30, 10, 20])).toEqual({ median: 20, min: 10, max: 30 });
  });

  it('takes the middle between the two middle values of an even number', () => {
    expect(summarize([4, 1, 2, 9]).median).toBe(3);
  });

  it('does not sort numbers as text', () => {
    expect(summarize([100, 9, 20]).median).toBe(20);
  });

  it('leaves the values as they were', () => {
    const values = [3, 1, 2];
    summarize(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('spreads by half its range, as a share of the median', () => {
    expect(relativeSpread({ median: 100, min: 95, max: 105 })).toBeCloseTo(0.05);
    expect(relativeSpread({ median: 0, min: 0, max: 0 })).toBe(0);
  });
});

describe('the ratio of two adapters', () => {
  it('is taken round by round, so that a slow round of both does not count', () => {
    expect(pairedRatio([50, 500, 60], [100, 1000, 100])).toBe(0.5);
  });

  it('is not swayed by one bad round', () => {
    expect(pairedRatio([50, 50, 5000], [100, 100, 100])).toBe(0.5);
  });
});
