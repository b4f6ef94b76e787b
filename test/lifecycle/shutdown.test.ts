import { describe, expect, test } from 'vitest';
import { startAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { request } from '../helpers/events.ts';
import { brokenStreamOf, failureOf, textAnswer } from '../helpers/outcomes.ts';
import { preload, shortTimer } from '../helpers/preload.ts';
import { rebuildStream } from '../helpers/rebuilt-answer.ts';
import { startApp } from '../helpers/scripted-app.ts';
import { until } from '../helpers/until.ts';

const IN_GOOD_ORDER = { code: 0, signal: null, error: null };
/** After which an asynchronous init ends. */
const INIT_LIMIT_MS = 9800;
/** What the platform gives; the adapter gives itself the same after a signal. */
const BUDGET_MS = 2000;
const STREAMING = { ...CROWDED, env: { ...CROWDED.env, AWS_LWA_INVOKE_MODE: 'response_stream' } };

/** Sends a signal, and waits until the adapter has given up its parked polls. */
async function terminate(adapter: RunningAdapter, signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM') {
  const exit = adapter.exit();
  adapter.process.signal(signal);
  await until(() => adapter.emulator.parked === 0);
  return exit;
}

describe.each([
  ['on Managed Instances', CROWDED, 8],
  ['in standard mode', {}, 1],
])('what is not finished when the adapter has to end %s', (_mode, options, count) => {
  test('fails with a report, a line of the log, and a disconnect that the app sees', async () => {
    const adapter = await startAdapter(options);
    let disconnects = 0;
    adapter.app.script = (_request, { socket }) => void socket.once('close', () => disconnects++);
    const ids = Array.from({ length: count }, (_, index) => `unfinished-${index}`);
    const invocations = ids.map((requestId) => adapter.invoke(request('/'), { requestId }));
    await adapter.app.received(() => true, count);
    const startedAt = performance.now();
    expect(await terminate(adapter)).toEqual(IN_GOOD_ORDER);
    expect(performance.now() - startedAt).toBeLessThan(BUDGET_MS);
    for (const outcome of await Promise.all(invocations)) {
      expect(failureOf(outcome)).toEqual({
        errorType: 'Runtime.Shutdown',
        errorMessage: expect.stringContaining('not finished before the shutdown'),
      });
    }
    for (const id of ids) expect(adapter.log.lines.filter((line) => line.includes(id))).toHaveLength(1);
    await until(() => disconnects === count);
  });
});

test('what the app finishes after SIGTERM is answered, beside what it does not finish', async () => {
  const adapter = await startAdapter(CROWDED);
  const release = Promise.withResolvers<void>();
  adapter.app.route('/finished', async ({ target }, connection) => {
    await release.promise;
    connection.answer({ headers: [['content-type', 'text/plain']], body: target });
  });
  adapter.app.route('/unfinished', () => {});
  const targets = Array.from({ length: 32 }, (_, index) => `/finished/${index}`);
  const finished = targets.map((target) => adapter.invoke(request(target)));
  const unfinished = adapter.invoke(request('/unfinished'));
  await adapter.app.received(() => true, 33);
  const exit = terminate(adapter);
  await until(() => adapter.emulator.parked === 0);
  release.resolve();
  expect((await Promise.all(finished)).map(textAnswer)).toEqual(targets);
  expect(failureOf(await unfinished).errorType).toBe('Runtime.Shutdown');
  expect(await exit).toEqual(IN_GOOD_ORDER);
  // A slot that is free takes no further invocation.
  const parked = adapter.steps.findLastIndex(({ kind }) => kind === 'poll-parked');
  expect(parked).toBeLessThan(adapter.steps.findIndex(({ kind }) => kind === 'poll-dropped'));
});

/** A stream that has begun and waits for its end. */
async function beginStream() {
  const adapter = await startAdapter(STREAMING);
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  adapter.app.script = async (_request, connection) => {
    connection.answer({ headers: [['transfer-encoding', 'chunked']] });
    connection.chunk('start, ');
    await finish.promise;
    connection.chunk('end');
    connection.chunk('');
  };
  const outcome = adapter.invoke(request('/'), { requestId: 'a-stream', onStreamStart: () => begun.resolve() });
  await begun.promise;
  return { adapter, outcome, finish: () => finish.resolve() };
}

describe('a stream in progress at SIGTERM', () => {
  test('is finished if the app does so in time', async () => {
    const { adapter, outcome, finish } = await beginStream();
    const exit = terminate(adapter);
    await until(() => adapter.emulator.parked === 0);
    finish();
    expect(rebuildStream(await outcome).body.toString()).toBe('start, end');
    expect(await exit).toEqual(IN_GOOD_ORDER);
    expect(adapter.log.text).not.toContain('a-stream');
  });

  test('is ended with error trailers if the app does not', async () => {
    const { adapter, outcome } = await beginStream();
    expect(await terminate(adapter)).toEqual(IN_GOOD_ORDER);
    expect(brokenStreamOf(await outcome)).toMatchObject({ errorType: 'Runtime.Shutdown', body: 'start, ' });
    expect(adapter.log.lines.filter((line) => line.includes('a-stream'))).toHaveLength(1);
  });
});

test('an answer that the platform does not take at the end is named in the log', async () => {
  const adapter = await startAdapter(STREAMING);
  const begun = Promise.withResolvers<void>();
  void adapter.invoke(request('/'), {
    requestId: 'never-taken',
    onChunk: () => {
      begun.resolve();
      return new Promise(() => {});
    },
  });
  await begun.promise;
  expect(await terminate(adapter)).toEqual(IN_GOOD_ORDER);
  expect(adapter.log.lines.filter((line) => /never-taken.*has not taken its answer/.test(line))).toHaveLength(1);
});

test('a thread that does nothing any more keeps the adapter from neither its report nor its end', async () => {
  const adapter = await startAdapter({ ...CROWDED, env: { ...CROWDED.env, ...preload('dying-threads.cjs') } });
  const outcome = adapter.invoke(request('/hang'));
  await adapter.app.received(() => true);
  const startedAt = performance.now();
  expect(await terminate(adapter)).toEqual(IN_GOOD_ORDER);
  expect(performance.now() - startedAt).toBeLessThan(BUDGET_MS);
  expect(failureOf(await outcome).errorType).toBe('Runtime.Shutdown');
});

test('a thread that cannot even be ended keeps the adapter from its end no longer than until the deadline', async () => {
  const adapter = await startAdapter({ ...CROWDED, env: { ...CROWDED.env, ...preload('undying-threads.cjs') } });
  const outcome = adapter.invoke(request('/'));
  await adapter.app.received(() => true);
  const startedAt = performance.now();
  expect(await terminate(adapter)).toEqual(IN_GOOD_ORDER);
  expect(performance.now() - startedAt).toBeLessThan(BUDGET_MS);
  expect(failureOf(await outcome).errorType).toBe('Runtime.Shutdown');
});

describe('of several calls to end', () => {
  test('a second signal changes nothing', async () => {
    const adapter = await startAdapter();
    const release = Promise.withResolvers<void>();
    adapter.app.script = async (_request, connection) => {
      await release.promise;
      connection.answer({ headers: [['content-type', 'text/plain']], body: 'finished' });
    };
    const outcome = adapter.invoke(request('/'));
    await adapter.app.received(() => true);
    const exit = adapter.exit();
    for (const signal of ['SIGTERM', 'SIGTERM', 'SIGINT'] as const) {
      adapter.process.signal(signal);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    release.resolve();
    expect(textAnswer(await outcome)).toBe('finished');
    expect(await exit).toEqual(IN_GOOD_ORDER);
  });

  test('the earliest deadline counts', async () => {
    const adapter = await startAdapter({ env: { AWS_LAMBDA_LOG_LEVEL: 'DEBUG' } });
    adapter.app.script = () => {};
    void adapter.invoke(request('/'), { requestId: 'unfinished' });
    await adapter.app.received(() => true);
    const exit = adapter.exit();
    adapter.process.signal('SIGTERM');
    await adapter.log.find('shutting down: SIGTERM');
    const startedAt = performance.now();
    await adapter.emulator.shutdown('SPINDOWN', 600);
    expect(await exit).toEqual(IN_GOOD_ORDER);
    expect(adapter.log.text).toMatch(/unfinished.*not finished before the shutdown/);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

describe('SHUTDOWN ends the adapter with code 0', () => {
  test.each(['SPINDOWN', 'TIMEOUT', 'FAILURE'] as const)(
    '%s: before the deadline that comes with it',
    async (reason) => {
      const adapter = await startAdapter(CROWDED);
      adapter.app.script = () => {};
      const outcome = adapter.invoke(request('/'));
      await adapter.app.received(() => true);
      const exit = adapter.exit();
      const startedAt = performance.now();
      await adapter.emulator.shutdown(reason, 700);
      expect(await exit).toEqual(IN_GOOD_ORDER);
      expect(performance.now() - startedAt).toBeLessThan(700 + 300);
      // The platform has given it up before the adapter hears of the end.
      expect(await outcome).toMatchObject({ kind: 'error', errorType: 'Runtime.ExitError' });
    },
  );

  test('while the Runtime API is not to be reached', async () => {
    const adapter = await startAdapter({ ...CROWDED, faultyRuntimeApi: 'as-proxy' });
    adapter.app.route('/slow', () => {});
    const outcomes = Array.from({ length: 4 }, () => adapter.invoke(request('/slow')));
    await adapter.app.received(({ target }) => target === '/slow', 4);
    adapter.runtimeApi.fault = () => ({ kind: 'reset' });
    adapter.runtimeApi.resetOpen('/invocation/next');
    await adapter.log.find(/the Runtime API gave no invocation/);
    const exit = adapter.exit();
    await adapter.emulator.shutdown('SPINDOWN', 800);
    expect(await exit).toEqual(IN_GOOD_ORDER);
    await Promise.all(outcomes);
  });

  test('in the time that the platform always gives, when it does not say how long that is', async () => {
    const adapter = await startAdapter({ faultyRuntimeApi: 'in-place' });
    adapter.app.script = () => {};
    const outcome = adapter.invoke(request('/'));
    await adapter.app.received(() => true);
    const exit = adapter.exit();
    const body = '{"eventType":"SHUTDOWN","shutdownReason":"SPINDOWN"}';
    adapter.runtimeApi.fault = ({ path }) =>
      path.endsWith('/event/next') ? { kind: 'answer', status: 200, body } : null;
    adapter.runtimeApi.resetOpen('/event/next');
    expect(await exit).toEqual(IN_GOOD_ORDER);
    expect(failureOf(await outcome).errorType).toBe('Runtime.Shutdown');
  });

  test.each(['0', '2'])('in an init in which the app never becomes ready, with %s threads', async (workers) => {
    const app = await startApp();
    app.probe = () => {};
    const adapter = await startAdapter({ app, env: { AWS_LWA_WORKERS: workers }, waitForInit: false });
    await until(() => app.probes > 0 && adapter.steps.some(({ kind }) => kind === 'extension-ready'));
    const exit = adapter.exit();
    const startedAt = performance.now();
    await adapter.emulator.shutdown('FAILURE');
    expect(await exit).toEqual(IN_GOOD_ORDER);
    expect(performance.now() - startedAt).toBeLessThan(BUDGET_MS);
    expect(adapter.steps.some(({ kind }) => kind === 'init-error')).toBe(false);
  });
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s before the platform has answered the registration ends the adapter with code 0',
  async (signal) => {
    const adapter = await startAdapter({ faultyRuntimeApi: 'in-place', waitForInit: false });
    adapter.runtimeApi.fault = () => ({ kind: 'silence' });
    await until(() => adapter.runtimeApi.calls.length === 1);
    const exit = adapter.exit();
    adapter.process.signal(signal);
    expect(await exit).toEqual(IN_GOOD_ORDER);
    expect(adapter.steps).toEqual([]);
  },
);

test('an invocation that waits for the app fails at SIGTERM', async () => {
  const app = await startApp();
  await app.die();
  const adapter = await startAdapter({ app, env: { AWS_LWA_ASYNC_INIT: 'true', ...shortTimer(INIT_LIMIT_MS) } });
  const outcome = adapter.invoke(request('/'));
  await until(() => adapter.emulator.parked === 0);
  const exit = adapter.exit();
  adapter.process.signal('SIGTERM');
  expect(failureOf(await outcome).errorType).toBe('Runtime.Shutdown');
  expect(await exit).toEqual(IN_GOOD_ORDER);
});

test('the last lines of the log are not lost', async () => {
  const adapter = await startAdapter({ ...CROWDED, env: { ...CROWDED.env, AWS_LAMBDA_LOG_FORMAT: 'JSON' } });
  adapter.app.script = () => {};
  const ids = Array.from({ length: 64 }, (_, index) => `request-${index}`);
  for (const requestId of ids) void adapter.invoke(request('/'), { requestId });
  await adapter.app.received(() => true, 64);
  expect(await terminate(adapter)).toEqual(IN_GOOD_ORDER);
  const logged = adapter.log.records.map(({ requestId }) => requestId);
  expect(new Set(logged)).toEqual(new Set(ids));
  expect(logged).toHaveLength(64);
});
