import { expect, test } from 'vitest';
import { describeFailure } from '../../../../src/workers/upstream/describe-failure.ts';
import type { Attempt } from '../../../../src/workers/upstream/retry.ts';

const address = { host: '::1', port: 3000 };
const queued: Attempt = { stage: 'queued', isReused: false };
const sent: Attempt = { stage: 'sent', isReused: false };
const responding: Attempt = { stage: 'responding', isReused: true };
const body: Attempt = { stage: 'body', isReused: true };

function errorWith(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

function parserError(message: string): Error {
  return Object.assign(new Error(message), { name: 'HTTPParserError', code: undefined });
}

test.each([
  ['ECONNREFUSED', queued, 'Function.AppConnectionRefused'],
  ['ETIMEDOUT', queued, 'Function.AppConnectionRefused'],
  ['ENOTFOUND', queued, 'Function.AppConnectionRefused'],
  ['ECONNRESET', sent, 'Function.AppConnectionReset'],
  ['EPIPE', sent, 'Function.AppConnectionReset'],
  ['UND_ERR_SOCKET', body, 'Function.AppConnectionReset'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', body, 'Function.AppConnectionReset'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', responding, 'Function.AppInvalidResponse'],
  ['UND_ERR_HEADERS_OVERFLOW', responding, 'Function.AppInvalidResponse'],
  ['UND_ERR_INVALID_ARG', queued, 'Function.InvalidEvent'],
  ['ERR_SOMETHING_ELSE', sent, 'Runtime.AdapterError'],
])('%s gets a stable name of ours', (code, attempt, errorType) => {
  expect(describeFailure(errorWith(code), attempt, address).errorType).toBe(errorType);
});

test('what the parser cannot read is malformed, what only ends too early was cut off', () => {
  const malformed = describeFailure(parserError('Response does not match (Invalid header token)'), responding, address);
  expect(malformed.errorType).toBe('Function.AppInvalidResponse');
  const cut = describeFailure(parserError('Response does not match (Invalid EOF state)'), body, address);
  expect(cut.errorType).toBe('Function.AppConnectionReset');
});

test('an upgrade that nobody asked for is a malformed response', () => {
  const failure = describeFailure(errorWith('UND_ERR_SOCKET', 'bad upgrade'), responding, address);
  expect(failure.errorType).toBe('Function.AppInvalidResponse');
});

test('a refused connection names the address and the variable to set', () => {
  const { errorMessage } = describeFailure(errorWith('ECONNREFUSED'), queued, address);
  expect(errorMessage).toContain('[::1]:3000');
  expect(errorMessage).toContain('AWS_LWA_PORT');
});

test('a defect of ours is not blamed on the app', () => {
  expect(describeFailure(new TypeError('x is not a function'), sent, address).errorType).toBe('Runtime.AdapterError');
  expect(describeFailure(new TypeError('x is not a function'), queued, address).errorType).toBe('Runtime.AdapterError');
});
