import { describe, expect, it } from 'vitest';
import { durationText, expectedMs, remainingMs } from '../../bench/rig/run-time.ts';

const seconds = (count: number) => ({ kind: 'duration', ms: count * 1000 }) as const;

describe('the time that a run takes', () => {
  it('is that of its loads and a little more for each', () => {
    const ms = expectedMs(10, seconds(2), seconds(4)) ?? NaN;
    expect(ms).toBeGreaterThan(60_000);
    expect(ms).toBeLessThan(80_000);
  });

  it('cannot be told when it depends on the adapters', () => {
    expect(expectedMs(10, seconds(2), { kind: 'requests', count: 1000 })).toBe(null);
  });

  it('is for the rest what it was for what is done', () => {
    expect(remainingMs(20_000, 2, 10)).toBe(80_000);
    expect(remainingMs(20_000, 10, 10)).toBe(0);
  });

  it.each([
    [400, '0 s'],
    [45_200, '45 s'],
    [600_000, '10 min'],
    [4_900_000, '82 min'],
    [7_800_000, '2 h 10 min'],
  ])('is %i ms, which is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
