import { expect, test } from 'vitest';
import { ClosedError } from '../../../../src/workers/upstream/exchange.ts';
import { isWorthRetry, type Attempt } from '../../../../src/workers/upstream/retry.ts';

const closed = new ClosedError('the other side closed it');
const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
const onReused: Attempt = { stage: 'sent', isReused: true };

test.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])(
  '%s goes out again when a reused connection was stale',
  (method) => {
    expect(isWorthRetry(method, onReused, closed)).toBe(true);
    expect(isWorthRetry(method, onReused, reset)).toBe(true);
  },
);

test.each(['POST', 'PATCH', 'get', 'PURGE'])('%s never goes out twice', (method) => {
  expect(isWorthRetry(method, onReused, closed)).toBe(false);
});

test('a connection of its own that breaks is no accident of reuse', () => {
  expect(isWorthRetry('GET', { stage: 'sent', isReused: false }, closed)).toBe(false);
});

test('nothing goes out again once a response has begun', () => {
  expect(isWorthRetry('GET', { stage: 'responding', isReused: true }, closed)).toBe(false);
  expect(isWorthRetry('GET', { stage: 'body', isReused: true }, closed)).toBe(false);
});

test('any request may be repeated that was never written', () => {
  expect(isWorthRetry('POST', { stage: 'queued', isReused: false }, reset)).toBe(true);
});

test('other errors are not a matter of the connection', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(isWorthRetry('GET', { stage: 'queued', isReused: false }, refused)).toBe(false);
  expect(isWorthRetry('GET', onReused, new Error('x'))).toBe(false);
});
