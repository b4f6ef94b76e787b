import { describe, expect, test } from 'vitest';
import { startAdapter, type AdapterOptions, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { httpEvents, HTTP_SOURCES, queueEvent, request } from '../helpers/events.ts';
import { brokenStreamOf, echoed, failureOf } from '../helpers/outcomes.ts';
import { rebuildOutcome } from '../helpers/rebuilt-answer.ts';
import type { AppConnection, ScriptedApp } from '../helpers/scripted-app.ts';

const MARGIN_MS = 300;
const TIMEOUT_MS = 800;
const env = { ...CROWDED.env, AWS_LWA_DEADLINE_MARGIN_MS: String(MARGIN_MS), AWS_LAMBDA_LOG_FORMAT: 'JSON' };

/** Lets every request to this path wait; resolves, for the first one, with how long it was before its connection broke. */
function disconnectOf(app: ScriptedApp, path: string, begin: (connection: AppConnection) => void = () => {}) {
  const { promise, resolve } = Promise.withResolvers<number>();
  app.route(path, (_request, connection) => {
    const startedAt = performance.now();
    connection.socket.once('close', () => resolve(performance.now() - startedAt));
    begin(connection);
  });
  return promise;
}

/** An adapter whose threads have all served: what the first invocation of each takes longer would count as the app's time. */
async function startWarm(options: AdapterOptions): Promise<RunningAdapter> {
  const adapter = await startAdapter(options);
  await Promise.all(Array.from({ length: 4 }, () => adapter.invoke(request('/warm'))));
  return adapter;
}

function expectAbortedAtMargin(elapsedMs: number): void {
  expect(elapsedMs).toBeGreaterThan((TIMEOUT_MS - MARGIN_MS) / 2);
  expect(elapsedMs).toBeLessThan(TIMEOUT_MS);
}

/** The one line about a request that was given up. */
function lineOf(adapter: RunningAdapter, requestId: string): Record<string, unknown> {
  const lines = adapter.log.records.filter((record) => record['requestId'] === requestId && record['level'] === 'WARN');
  expect(lines).toHaveLength(1);
  return lines[0] ?? {};
}

describe.each([
  ['on Managed Instances', CROWDED],
  ['in standard mode', {}],
])('%s, an app that has not answered the margin before the deadline', (_mode, options) => {
  const timeOut = { timeoutMs: TIMEOUT_MS, requestId: 'too-slow' };

  test('sees the disconnect; the client gets 504, a line says what it was, and the slot is free', async () => {
    const adapter = await startWarm({ ...options, env });
    const disconnect = disconnectOf(adapter.app, '/slow');
    const event = request('/slow/page', { method: 'PUT', query: 'token=secret', body: 'x' });
    const answer = rebuildOutcome('function-url', await adapter.invoke(event, timeOut));
    expect([answer.status, answer.body.toString()]).toEqual([504, 'The application did not answer in time.\n']);
    expectAbortedAtMargin(await disconnect);
    const line = lineOf(adapter, 'too-slow');
    expect(line).toMatchObject({ method: 'PUT', path: '/slow/page' });
    expect(line['elapsedMs']).toBeGreaterThan((TIMEOUT_MS - MARGIN_MS) / 2);
    expect(adapter.log.text).not.toContain('secret');
    expect(echoed(await adapter.invoke(request('/next'))).target).toBe('/next');
  });

  test('sees the disconnect in the middle of its answer too, of which nothing is used', async () => {
    const adapter = await startWarm({ ...options, env });
    const disconnect = disconnectOf(adapter.app, '/stuck', (connection) => {
      connection.write('HTTP/1.1 200 OK\r\nx-half: 1\r\ncontent-length: 100\r\n\r\nten bytes.');
    });
    const answer = rebuildOutcome('function-url', await adapter.invoke(request('/stuck'), timeOut));
    expect(answer).toMatchObject({ status: 504, headers: { 'content-type': 'text/plain; charset=utf-8' } });
    expectAbortedAtMargin(await disconnect);
    expect(echoed(await adapter.invoke(request('/next'))).target).toBe('/next');
  });

  test('fails an event', async () => {
    const adapter = await startWarm({ ...options, env });
    const disconnect = disconnectOf(adapter.app, '/events');
    expect(failureOf(await adapter.invoke(queueEvent('x'), timeOut))).toEqual({
      errorType: 'Function.AppTimeout',
      errorMessage: expect.stringMatching(/within \d+ ms/),
    });
    expectAbortedAtMargin(await disconnect);
    expect(lineOf(adapter, 'too-slow')).toMatchObject({ method: 'POST', path: '/events' });
    expect(echoed(await adapter.invoke(request('/next'))).target).toBe('/next');
  });

  test('ends a stream that has begun with error trailers', async () => {
    const adapter = await startWarm({ ...options, env: { ...env, AWS_LWA_INVOKE_MODE: 'response_stream' } });
    const disconnect = disconnectOf(adapter.app, '/stream', (connection) => {
      connection.answer({ headers: [['transfer-encoding', 'chunked']] });
      connection.chunk('begun');
    });
    const outcome = await adapter.invoke(request('/stream'), timeOut);
    expect(brokenStreamOf(outcome)).toMatchObject({ errorType: 'Function.AppTimeout', body: 'begun' });
    expectAbortedAtMargin(await disconnect);
    expect(lineOf(adapter, 'too-slow')).toMatchObject({ method: 'GET', path: '/stream' });
    const next = await adapter.invoke(request('/next'));
    expect(next).toMatchObject({ kind: 'response', streamed: true, trailers: null });
  });
});

test('each invocation has a deadline of its own', async () => {
  const adapter = await startWarm({ ...CROWDED, env });
  adapter.app.route('/slow', () => {});
  const statuses = await Promise.all(
    [600, 900, 1200, 1500].map(async (timeoutMs) => {
      const startedAt = performance.now();
      const { status } = rebuildOutcome('function-url', await adapter.invoke(request('/slow'), { timeoutMs }));
      const elapsedMs = performance.now() - startedAt;
      expect(elapsedMs).toBeGreaterThan(timeoutMs - MARGIN_MS - 50);
      expect(elapsedMs).toBeLessThan(timeoutMs);
      return status;
    }),
  );
  expect(statuses).toEqual([504, 504, 504, 504]);
});

test('the margin is as long as is configured: with less than that left the app is not asked', async () => {
  const adapter = await startAdapter({ env: { AWS_LWA_DEADLINE_MARGIN_MS: '30000' } });
  const outcome = await adapter.invoke(request('/late'), { timeoutMs: 20_000 });
  expect(rebuildOutcome('function-url', outcome).status).toBe(504);
  expect(adapter.app.requests).toEqual([]);
  expect(echoed(await adapter.invoke(request('/next'), { timeoutMs: 60_000 })).target).toBe('/next');
});

test.each(HTTP_SOURCES)('%s gets 504 in the form that it reads', async (source) => {
  const adapter = await startWarm({ env });
  adapter.app.route('/slow', () => {});
  const outcome = await adapter.invoke(httpEvents[source]({ path: '/slow' }), { timeoutMs: 500 });
  expect(rebuildOutcome(source, outcome)).toMatchObject({
    status: 504,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
});

describe('a deadline that cannot be meant', () => {
  const nextCentury = Date.UTC(2100);
  test.each([
    ['years ahead', String(nextCentury)],
    ['further ahead than a number is exact', '1e300'],
    ['in nanoseconds', String(nextCentury * 1_000_000)],
    ['infinite', 'Infinity'],
    ['negative', '-1'],
    ['zero', '0'],
    ['absent', ''],
    ['no number', 'tomorrow'],
    ['two numbers', '1, 2'],
  ])('(%s) does not keep the app from answering', async (_what, deadlineHeader) => {
    const adapter = await startAdapter();
    adapter.app.route('/', async ({ target }, connection) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      connection.answer({ headers: [['content-type', 'application/json']], body: JSON.stringify({ target }) });
    });
    expect(echoed(await adapter.invoke(request('/x'), { deadlineHeader })).target).toBe('/x');
    expect(echoed(await adapter.invoke(request('/y'))).target).toBe('/y');
  });

  test.each([
    ['long ago', '1'],
    ['just over', String(Date.now())],
  ])('(%s) is over before the app is asked', async (_what, deadlineHeader) => {
    const adapter = await startAdapter({ env });
    const http = await adapter.invoke(request('/late'), { deadlineHeader });
    expect(rebuildOutcome('function-url', http).status).toBe(504);
    expect(failureOf(await adapter.invoke(queueEvent('x'), { deadlineHeader })).errorType).toBe('Function.AppTimeout');
    expect(adapter.app.requests).toEqual([]);
    expect(echoed(await adapter.invoke(request('/next'))).target).toBe('/next');
  });
});
