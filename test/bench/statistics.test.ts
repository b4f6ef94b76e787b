import { describe, expect, it } from 'vitest';
import { pairedRatio, relativeSpread, summarize } from '../../bench/measure/statistics.ts';

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
