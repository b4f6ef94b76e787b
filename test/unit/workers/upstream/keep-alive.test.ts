import { expect, test } from 'vitest';
import { parseHead } from '../../../../src/shared/http/response-head.ts';
import { keepAliveMs } from '../../../../src/workers/upstream/keep-alive.ts';

const MOST_MS = 60_000;

function kept(...lines: readonly string[]): number {
  return keepAliveMs(parseHead(['HTTP/1.1 200 OK', ...lines].join('\r\n')), MOST_MS);
}

test.each([
  ['timeout=5', 4000],
  ['timeout=5, max=100', 4000],
  ['max=100, timeout=5', 4000],
  ['max=100;timeout=5', 4000],
  ['max=100 timeout=5', 4000],
  ['Timeout = 5', 4000],
  ['timeout="5"', 4000],
  ['timeout=5.9', 4000],
  ['timeout=1', 0],
  ['timeout=0', -1000],
  ['timeout=61', 60_000],
  ['timeout=62', 60_000],
  ['timeout=999999999', 60_000],
])('an app that says %j is asked again for a second less, and never for longer than is configured', (value, ms) => {
  expect(kept(`keep-alive: ${value}`)).toBe(ms);
});

test.each(['', 'max=100', 'timeout', 'timeout=', 'timeout=soon', 'timeout=-5', 'xtimeout=5', 'no-timeout=5'])(
  'an app that says %j says nothing about it',
  (value) => {
    expect(kept(`keep-alive: ${value}`)).toBe(MOST_MS);
  },
);

test('only its own header counts, and of several lines the first that says it', () => {
  expect(kept('x-keep-alive: timeout=5')).toBe(MOST_MS);
  expect(kept('date: x', 'keep-alive: max=5', 'Keep-Alive: timeout=3', 'keep-alive: timeout=9')).toBe(2000);
});
