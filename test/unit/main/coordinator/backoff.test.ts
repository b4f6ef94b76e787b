import { expect, it } from 'vitest';
import { Backoff } from '../../../../src/main/coordinator/backoff.ts';

it('pauses double from 20 ms to 5 s, each anywhere in the upper half', () => {
  const ceilings = [20, 40, 80, 160, 320, 640, 1280, 2560, 5000, 5000, 5000];
  const backoff = new Backoff();
  for (const ceiling of ceilings) {
    const pause = backoff.next();
    expect(pause).toBeGreaterThanOrEqual(ceiling / 2);
    expect(pause).toBeLessThanOrEqual(ceiling);
  }
});

it('pauses differ, so that slots which failed together do not come back together', () => {
  const pauses = Array.from({ length: 50 }, () => {
    const backoff = new Backoff();
    for (let count = 0; count < 8; count++) backoff.next();
    return backoff.next();
  });
  expect(new Set(pauses).size).toBeGreaterThan(10);
});

it('pauses are short again after a success', () => {
  const backoff = new Backoff();
  for (let count = 0; count < 8; count++) backoff.next();
  backoff.reset();
  expect(backoff.next()).toBeLessThanOrEqual(20);
});
