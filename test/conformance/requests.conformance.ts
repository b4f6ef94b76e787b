import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchAdapter, type AdapterOptions, type RunningAdapter } from '../helpers/adapter.ts';
import { valueOf, valuesOf, type ReceivedRequest } from '../helpers/received-request.ts';
import { failureOf } from '../helpers/outcomes.ts';
import { expectationOf, isImproved, NOTED, REQUEST_IMPROVEMENTS, type ExpectedRequest } from './expected-request.ts';
import { readEvent, readRequestFixtures, REQUEST_FIXTURES, type RequestFixture } from './fixtures.ts';

const fixtures = readRequestFixtures();

test('every recorded event is there', () => {
  expect(fixtures).toHaveLength(REQUEST_FIXTURES);
});

test('every exception is about a recorded event, and makes a difference', () => {
  const files = new Map(fixtures);
  for (const { reason, files: named } of REQUEST_IMPROVEMENTS) {
    for (const file of named) {
      const fixture = files.get(file);
      expect(fixture, `${file} (${reason})`).toBeDefined();
      if (fixture !== undefined) expect(isImproved(file, fixture), `${file} (${reason})`).toBe(true);
    }
  }
});

test('every improvement that is given in words is looked at here', () => {
  const inWords = fixtures.filter(([, { better }]) => better?.note !== undefined).map(([file]) => file);
  expect(inWords).toEqual(Object.keys(NOTED).toSorted());
});

const MODES: Record<string, AdapterOptions> = {
  'one at a time on the coordinator thread': {},
  'many at once on two worker threads': {
    emulator: { mode: 'managed-instances', concurrencyVisibleToExtensions: true },
    env: { AWS_LWA_WORKERS: '2', AWS_LAMBDA_LOG_FORMAT: 'TEXT' },
  },
};

describe.each(Object.entries(MODES))('%s', (_mode, options) => {
  let adapter: RunningAdapter;

  beforeAll(async () => {
    adapter = await launchAdapter(options);
    adapter.app.script = (_request, connection) =>
      connection.answer({ headers: [['content-type', 'application/json']], body: '{}' });
    return () => adapter.stop();
  });

  // At the end: a slot that an event had cost would show.
  afterAll(async () => {
    await adapter.emulator.waitForParked(options.emulator === undefined ? 1 : 64);
  });

  test.concurrent.each(fixtures)('%s', async (file, fixture) => {
    const event = readEvent(fixture);
    const expected = expectationOf(file, fixture);
    const outcome = await adapter.invoke(event);
    if (expected.kind === 'failure') {
      expect(failureOf(outcome)).toEqual({
        errorType: expected.errorType,
        errorMessage: expect.stringMatching(expected.message),
      });
      expect(adapter.app.requests.filter(({ requestId }) => requestId === outcome.requestId)).toEqual([]);
      return;
    }
    expect(outcome).toMatchObject({ kind: 'response' });
    const request = adapter.app.requestOf(outcome.requestId);
    expect(comparable(request)).toEqual({
      method: expected.method,
      target: expected.target,
      // Without a usable host in the event the app sees its own.
      headers: { host: [`127.0.0.1:${adapter.app.port}`], ...expected.headers },
      body: expected.body.toString('base64'),
    });
    checkContentLength(request, fixture, expected);
    checkContext(request, event, fixture, expected, INVENTED_TIMES[file]);
  });
});

/** Headers that are compared on their own, or that the HTTP client adds for its connection. */
const APART = new Set(['x-amzn-request-context', 'x-amzn-lambda-context', 'content-length', 'connection']);

function comparable(request: ReceivedRequest) {
  const headers: Record<string, string[]> = {};
  for (const [name, value] of request.headers) {
    // Names are sent in lower case: `toEqual` below would see any other.
    if (!APART.has(name)) (headers[name] ??= []).push(Buffer.from(value, 'latin1').toString('utf8'));
  }
  return { method: request.method, target: request.target, headers, body: request.body.toString('base64') };
}

/** Methods that define a meaning for a body, for which an empty one is announced. @see RFC 9110, 8.6 */
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

function checkContentLength(request: ReceivedRequest, fixture: RequestFixture, expected: ExpectedRequest): void {
  const sent = valuesOf(request, 'content-length');
  if (!expected.hasOtherBody) expect(fixture.contentLengthSent ?? '0').toBe(String(request.body.length));
  if (request.body.length > 0 || WITH_BODY.has(request.method)) expect(sent).toEqual([String(request.body.length)]);
  else expect(['', '0']).toContain(sent.join());
  expect(valuesOf(request, 'connection')).toEqual(['keep-alive']);
}

/** Contexts that were recorded with a time of 0, which the event does not have. */
const INVENTED_TIMES: Readonly<Record<string, string>> = {
  'apigw-http-v2__syn-minimal': 'timeEpoch',
  'apigw-rest__query-needs-encoding': 'requestTimeEpoch',
};

function checkContext(
  request: ReceivedRequest,
  event: Buffer,
  fixture: RequestFixture,
  expected: ExpectedRequest,
  inventedTime = '',
): void {
  const sent: unknown = JSON.parse(valueOf(request, 'x-amzn-request-context'));
  expect(request.raw.toString('latin1')).toMatch(/^[\x20-\x7e\r\n]*x-amzn-request-context: [\x20-\x7e]*\r\n/m);
  if (expected.target === '/events' && sent === null) {
    // By this an app tells events from requests.
    expect(fixture.requestContext === null || expected.becomesEvent).toBe(true);
    return;
  }
  const { requestContext = {} }: { requestContext?: unknown } = JSON.parse(event.toString('utf8'));
  expect(sent).toEqual(requestContext ?? {});
  if (expected.becomesRequest) return;
  const { [inventedTime]: _, ...recorded } = asObject(withoutNulls(fixture.requestContext));
  expect(withoutNulls(sent)).toMatchObject(recorded);
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
