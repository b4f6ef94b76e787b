import { expect, test } from 'vitest';
import { delayUntilDeadline } from '../../../src/workers/deadline.ts';

test('the request is stopped a margin before the deadline', () => {
  expect(delayUntilDeadline(10_000, 100, 4_000)).toBe(5_900);
});

test('a deadline that is past or within the margin leaves no time', () => {
  expect(delayUntilDeadline(10_000, 100, 9_950)).toBe(0);
  expect(delayUntilDeadline(1, 100, 9_950)).toBe(0);
});

test('no deadline, no timer', () => {
  expect(delayUntilDeadline(0, 100, 9_950)).toBeNull();
  expect(delayUntilDeadline(Number.NaN, 100, 9_950)).toBeNull();
});

test('a deadline years ahead is cut to what a timer takes', () => {
  expect(delayUntilDeadline(1e18, 100, 0)).toBe(2_147_483_647);
});
