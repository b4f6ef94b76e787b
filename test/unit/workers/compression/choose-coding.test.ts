import { expect, test } from 'vitest';
import { chooseCoding } from '../../../../src/workers/compression/choose-coding.ts';

test.each([
  ['gzip', 'gzip'],
  ['br', 'br'],
  ['zstd', 'zstd'],
  ['GZip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['gzip, deflate, br, zstd', 'zstd'],
])('%j is answered with %s', (acceptEncoding, coding) => {
  expect(chooseCoding(acceptEncoding)).toBe(coding);
});

test.each([
  ['br;q=0.5, gzip', 'gzip'],
  ['br;q=0.5 , gzip;q=0.501', 'gzip'],
  ['zstd;q=0, br;Q=0.1', 'br'],
  ['identity;q=0.5, gzip;q=0.6', 'gzip'],
  ['identity, gzip', 'gzip'],
])('weights decide before our own liking: %j', (acceptEncoding, coding) => {
  expect(chooseCoding(acceptEncoding)).toBe(coding);
});

test.each([null, '', 'deflate', 'identity', 'gzip;q=0', 'identity;q=1, gzip;q=0.5', 'gzip;q=0, *'])(
  'content stays plain for %j',
  (acceptEncoding) => {
    expect(chooseCoding(acceptEncoding)).toBeNull();
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
  expect(chooseCoding(acceptEncoding)).toBeNull();
  expect(chooseCoding(`${acceptEncoding}, br;q=0.1`)).toBe('br');
});

test('an asterisk alone stands for gzip', () => {
  expect(chooseCoding('*')).toBe('gzip');
  expect(chooseCoding('*;q=0.1, identity;q=0')).toBe('gzip');
  expect(chooseCoding('*;q=0')).toBeNull();
});
