import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { delayUntil } from '../../../src/main/timers.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

it('a delay ends the margin before the time that is given', () => {
  expect(delayUntil(1_005_000, 100)).toBe(4900);
});

it('a delay until a time that is over is none', () => {
  expect(delayUntil(1_000_050, 100)).toBe(0);
  expect(delayUntil(5, 0)).toBe(0);
});

it('a delay is never longer than a timer can wait, or it would fire at once', () => {
  expect(delayUntil(1e15, 0)).toBe(2 ** 31 - 1);
  expect(delayUntil(0, 0)).toBe(2 ** 31 - 1);
});
