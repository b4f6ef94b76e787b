import { expect, test } from 'vitest';
import { HttpSyntaxError } from '../../../../src/shared/http/response-head.ts';
import { HeadTooLargeError } from '../../../../src/shared/http/response-parser.ts';
import { describeFailure } from '../../../../src/workers/upstream/describe-failure.ts';
import { ClosedError } from '../../../../src/workers/upstream/exchange.ts';
import type { Attempt } from '../../../../src/workers/upstream/retry.ts';

const address = { host: '::1', port: 3000 };
const queued: Attempt = { stage: 'queued', isReused: false };
const sent: Attempt = { stage: 'sent', isReused: false };
const responding: Attempt = { stage: 'responding', isReused: true };
const body: Attempt = { stage: 'body', isReused: true };

function errorWith(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

test.each([
  ['ECONNREFUSED', queued, 'Function.AppConnectionRefused'],
  ['ETIMEDOUT', queued, 'Function.AppConnectionRefused'],
  ['ENOTFOUND', queued, 'Function.AppConnectionRefused'],
  ['ECONNRESET', sent, 'Function.AppConnectionReset'],
  ['EPIPE', sent, 'Function.AppConnectionReset'],
  ['ECONNRESET', body, 'Function.AppConnectionReset'],
  ['ERR_SOMETHING_ELSE', sent, 'Runtime.AdapterError'],
])('%s gets a stable name of ours', (code, attempt, errorType) => {
  expect(describeFailure(errorWith(code), attempt, address).errorType).toBe(errorType);
});

test.each([
  ['what the parser cannot read', new HttpSyntaxError('nonsense'), responding, 'Function.AppInvalidResponse'],
  ['a head without end', new HeadTooLargeError('long'), responding, 'Function.AppInvalidResponse'],
  ['a response that ends too early', new ClosedError('closed'), body, 'Function.AppConnectionReset'],
  ['a connection that was closed', new ClosedError('closed'), sent, 'Function.AppConnectionReset'],
])('%s gets a stable name of ours', (_what, error, attempt, errorType) => {
  expect(describeFailure(error, attempt, address).errorType).toBe(errorType);
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
