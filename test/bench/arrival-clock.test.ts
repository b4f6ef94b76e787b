import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArrivalClock } from '../../bench/load/arrival-clock.ts';

let clock: ArrivalClock;

beforeAll(async () => {
  clock = await ArrivalClock.start();
});
afterAll(() => clock.close());

describe('the clock of the open loop', () => {
  it('calls at the moments that were drawn, on time, and not again when it is over', async () => {
    const due: number[] = [];
    const late: number[] = [];
    const began = await clock.run({ perSecond: 500, seed: 1, ms: 400, count: Infinity }, (moment) => {
      due.push(moment);
      late.push(performance.now() - moment);
      return true;
    });
    expect(due.length).toBeGreaterThan(130);
    expect(due.length).toBeLessThan(280);
    expect(due).toEqual(due.toSorted((a, b) => a - b));
    expect((due.at(-1) ?? NaN) - began).toBeLessThan(400);
    // Never before it is due; how late is the machine's affair, but a clock that only looked up now and then would show.
    expect(Math.min(...late)).toBeGreaterThan(-0.05);
    expect(late.toSorted((a, b) => a - b)[due.length >> 1]).toBeLessThan(20);
  });

  it('ends after so many', async () => {
    let calls = 0;
    await clock.run({ perSecond: 10_000, seed: 1, ms: Infinity, count: 50 }, () => ++calls > 0);
    expect(calls).toBe(50);
  });

  it('ends at once when it is told to, although the next one is seconds off', async () => {
    let calls = 0;
    const start = performance.now();
    // With this seed the first comes after 0.5 s and the second 2.6 s later.
    await clock.run({ perSecond: 0.5, seed: 5, ms: Infinity, count: Infinity }, () => ++calls > 1);
    expect(performance.now() - start).toBeLessThan(2500);
    expect(calls).toBe(1);
  });
});
