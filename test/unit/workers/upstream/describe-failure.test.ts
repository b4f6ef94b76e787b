import { expect, test } from 'vitest';
import { HttpSyntaxError } from '../../../../src/shared/http/response-head.ts';
import { HeadTooLargeError } from '../../../../src/shared/http/response-parser.ts';
import { ConnectTimeoutError } from '../../../../src/workers/upstream/connect.ts';
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

test('an app that sends too many headers is told how many it may', () => {
  const { errorMessage } = describeFailure(new HeadTooLargeError('long'), responding, address);
  expect(errorMessage).toBe('the app at [::1]:3000 answered with more than 256 KiB of headers: make it send fewer');
});

test.each([
  ['nothing listens at [::1]:3000: ', errorWith('ECONNREFUSED'), queued],
  [
    'no connection to the app at [::1]:3000 (ENOTFOUND: no such name): ',
    errorWith('ENOTFOUND', 'no such name'),
    queued,
  ],
  ['the app at [::1]:3000 accepted no connection within 5000 ms: ', new ConnectTimeoutError('timed out'), queued],
  ['the app at [::1]:3000 closed the connection without a response (closed): ', new ClosedError('closed'), sent],
  [
    'the app at [::1]:3000 closed the connection in the middle of its response (closed): ',
    new ClosedError('closed'),
    responding,
  ],
  [
    'the app at [::1]:3000 closed the connection in the middle of its response (closed): ',
    new ClosedError('closed'),
    body,
  ],
])('it is said what happened: %s', (said, error, attempt) => {
  const { errorMessage } = describeFailure(error, attempt, address);
  expect(errorMessage.slice(0, said.length)).toBe(said);
});

test('only where an idle connection was used again keeping it longer may help', () => {
  const advice = 'AWS_LWA_POOL_IDLE_TIMEOUT_SECONDS';
  const closed = new ClosedError('closed');
  expect(describeFailure(closed, { stage: 'sent', isReused: true }, address).errorMessage).toContain(advice);
  expect(describeFailure(closed, sent, address).errorMessage).not.toContain(advice);
  expect(describeFailure(closed, responding, address).errorMessage).not.toContain(advice);
});
