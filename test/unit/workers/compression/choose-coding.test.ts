import { expect, test } from 'vitest';
import type { CodingChoice } from '../../../../src/shared/config.ts';
import { chooseCoding } from '../../../../src/workers/compression/choose-coding.ts';

const ALL: readonly CodingChoice[] = [
  { coding: 'zstd', level: 3 },
  { coding: 'br', level: 4 },
  { coding: 'gzip', level: 6 },
];

/** The name of the coding that is chosen among all of them. */
function chosen(acceptEncoding: string | null, ours = ALL): string | null {
  return chooseCoding(acceptEncoding, ours)?.coding ?? null;
}

test.each([
  ['gzip', 'gzip'],
  ['br', 'br'],
  ['zstd', 'zstd'],
  ['GZip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['gzip, deflate, br, zstd', 'zstd'],
])('%j is answered with %s', (acceptEncoding, coding) => {
  expect(chosen(acceptEncoding)).toBe(coding);
});

test.each([
  ['br;q=0.5, gzip', 'gzip'],
  ['br;q=0.5 , gzip;q=0.501', 'gzip'],
  ['zstd;q=0, br;Q=0.1', 'br'],
  ['identity;q=0.5, gzip;q=0.6', 'gzip'],
  ['identity, gzip', 'gzip'],
])('weights decide before our own liking: %j', (acceptEncoding, coding) => {
  expect(chosen(acceptEncoding)).toBe(coding);
});

test.each([null, '', 'deflate', 'identity', 'gzip;q=0', 'identity;q=1, gzip;q=0.5', 'gzip;q=0, *'])(
  'content stays plain for %j',
  (acceptEncoding) => {
    expect(chosen(acceptEncoding)).toBeNull();
  },
);

test.each([
  'gzip;q=1.001',
  'gzip;q=0.1234',
  'gzip;q=',
  'gzip;level=9',
  'gzip;q=0.5;x=1',
  'gzip br',
  ';q=1',
  'gzip;q=-1',
])('a malformed item is not obeyed: %j', (acceptEncoding) => {
  expect(chosen(acceptEncoding)).toBeNull();
  expect(chosen(`${acceptEncoding}, br;q=0.1`)).toBe('br');
});

test('an asterisk alone stands for gzip', () => {
  expect(chosen('*')).toBe('gzip');
  expect(chosen('*;q=0.1, identity;q=0')).toBe('gzip');
  expect(chosen('*;q=0')).toBeNull();
});

test('our own order decides between codings that the client likes equally', () => {
  const ours = ALL.toReversed();
  expect(chosen('gzip, deflate, br, zstd', ours)).toBe('gzip');
  expect(chosen('gzip;q=0.9, deflate, br, zstd', ours)).toBe('br');
});

test('a coding that is not among ours is not used', () => {
  const ours = ALL.slice(1, 2);
  expect(chosen('gzip, zstd, br;q=0.1', ours)).toBe('br');
  expect(chosen('gzip, zstd', ours)).toBeNull();
  expect(chosen('*', ours)).toBeNull();
});

test('a coding comes with the level that is configured for it', () => {
  expect(chooseCoding('gzip', [{ coding: 'gzip', level: 9 }])).toEqual({ coding: 'gzip', level: 9 });
});
