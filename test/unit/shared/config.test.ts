import { expect, it } from 'vitest';
import { includesStatus } from '../../../src/shared/config.ts';

it('a range of statuses includes both of its ends', () => {
  const ranges = [
    [200, 200],
    [300, 399],
  ] as const;
  const included = [199, 200, 201, 299, 300, 399, 400].filter((status) => includesStatus(ranges, status));
  expect(included).toEqual([200, 300, 399]);
});

it('no range includes no status', () => {
  expect(includesStatus([], 200)).toBe(false);
});
