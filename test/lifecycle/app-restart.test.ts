import { describe, expect, onTestFinished, test } from 'vitest';
import { startAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { queueEvent, request } from '../helpers/events.ts';
import { echoed, failureOf } from '../helpers/outcomes.ts';
import { startApp } from '../helpers/scripted-app.ts';
import { until } from '../helpers/until.ts';

const GONE = /the app at 127\.0\.0\.1:\d+ refuses connections/;
const BACK = /the app is back after \d+ ms/;

/** Ends the app while `count` invocations are under way, and waits until they have failed and the adapter knows. */
async function crash(adapter: RunningAdapter, count: number): Promise<void> {
  const known = linesLike(adapter, GONE);
  const path = `/held-${known}`;
  adapter.app.route(path, () => {});
  const held = Array.from({ length: count }, () => adapter.invoke(request(path, { method: 'POST', body: 'x' })));
  await adapter.app.received(({ target }) => target === path, count);
  await adapter.app.die();
  const startedAt = performance.now();
  for (const outcome of await Promise.all(held)) {
    expect(failureOf(outcome)).toMatchObject({
      errorType: 'Function.AppConnectionReset',
      errorMessage: expect.stringContaining('without a response'),
    });
  }
  expect(performance.now() - startedAt).toBeLessThan(1000);
  await until(() => linesLike(adapter, GONE) > known);
}

function linesLike(adapter: RunningAdapter, pattern: RegExp): number {
  return adapter.log.lines.filter((line) => pattern.test(line)).length;
}

describe('when the app dies while it serves', () => {
  test.each([
    ['on Managed Instances', CROWDED, 16],
    ['in standard mode', {}, 1],
  ])(
    '%s, those under way fail at once; later ones wait until it is back, and it is said once each',
    async (_mode, options, count) => {
      const adapter = await startAdapter(options);
      await crash(adapter, count);
      const later = Array.from({ length: count }, (_, index) => adapter.invoke(request(`/later-${index}`)));
      await until(() => adapter.steps.filter(({ kind }) => kind === 'invoked').length === 2 * count);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(adapter.steps.filter(({ kind }) => kind === 'answered')).toHaveLength(count);
      await adapter.app.listen();
      const targets = (await Promise.all(later)).map((outcome) => echoed(outcome).target);
      expect(targets).toEqual(Array.from({ length: count }, (_, index) => `/later-${index}`));
      expect([linesLike(adapter, GONE), linesLike(adapter, BACK)]).toEqual([1, 1]);
      expect(adapter.emulator.droppedPolls).toBe(0);
    },
  );

  test('and comes back again and again, each time costs those under way only', async () => {
    const adapter = await startAdapter(CROWDED);
    for (let round = 1; round <= 3; round++) {
      await crash(adapter, 4);
      const later = adapter.invoke(request('/later'));
      await adapter.app.listen();
      expect(echoed(await later).target).toBe('/later');
      await until(() => linesLike(adapter, GONE) === round && linesLike(adapter, BACK) === round);
    }
  });

  test('it is back when it is ready, not when it accepts connections', async () => {
    const adapter = await startAdapter(CROWDED);
    await crash(adapter, 1);
    let isReady = false;
    adapter.app.probe = (_request, connection) =>
      connection.answer({ status: isReady ? 200 : 503, body: 'warming up' });
    const later = adapter.invoke(request('/later'));
    await adapter.app.listen();
    await until(() => adapter.app.probes > 3);
    expect(adapter.app.requests.filter(({ target }) => target === '/later')).toEqual([]);
    isReady = true;
    expect(echoed(await later).target).toBe('/later');
  });

  test('a readiness check on another port does not hide it', async () => {
    const health = await startApp();
    onTestFinished(() => health.die());
    const env = { ...CROWDED.env, AWS_LWA_READINESS_CHECK_PORT: String(health.port) };
    const adapter = await startAdapter({ ...CROWDED, env });
    await crash(adapter, 1);
    const later = adapter.invoke(request('/later'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(linesLike(adapter, BACK)).toBe(0);
    await adapter.app.listen();
    expect(echoed(await later).target).toBe('/later');
  });
});

describe('an app that does not come back', () => {
  const env = { ...CROWDED.env, AWS_LWA_APP_RESTART_TIMEOUT_SECONDS: '0.5' };

  test('keeps nobody waiting for longer than was allowed, counted from when it went, and every poll stays parked', async () => {
    const adapter = await startAdapter({ ...CROWDED, env });
    await crash(adapter, 8);
    const wentAt = performance.now();
    const waiting = await Promise.all([
      adapter.invoke(request('/')),
      adapter.invoke(request('/', { method: 'POST', body: 'x' })),
      adapter.invoke(queueEvent('x')),
    ]);
    const waitedMs = performance.now() - wentAt;
    expect(waitedMs).toBeGreaterThan(200);
    expect(waitedMs).toBeLessThan(2000);
    for (const outcome of waiting) {
      expect(failureOf(outcome)).toEqual({
        errorType: 'Function.AppConnectionRefused',
        errorMessage: expect.stringMatching(
          new RegExp(`127\\.0\\.0\\.1:${adapter.app.port} has refused connections for \\d+ ms.*AWS_LWA_PORT`),
        ),
      });
    }
    const startedAt = performance.now();
    for (let count = 0; count < 20; count++) {
      expect(failureOf(await adapter.invoke(request('/'))).errorType).toBe('Function.AppConnectionRefused');
    }
    expect(performance.now() - startedAt).toBeLessThan(400);
    await adapter.emulator.waitForParked(64);
    expect(adapter.emulator.droppedPolls).toBe(0);
    expect([linesLike(adapter, GONE), linesLike(adapter, BACK)]).toEqual([1, 0]);
    await adapter.app.listen();
    await adapter.log.find(BACK);
    expect(echoed(await adapter.invoke(request('/back'))).target).toBe('/back');
  });

  test('or comes back ill fails invocations with what is wrong', async () => {
    const adapter = await startAdapter({ ...CROWDED, env });
    await crash(adapter, 1);
    adapter.app.probe = (_request, connection) => connection.answer({ status: 503, body: 'no database' });
    await adapter.app.listen();
    await until(() => adapter.app.probes > 2);
    expect(failureOf(await adapter.invoke(request('/')))).toEqual({
      errorType: 'Function.AppNotReady',
      errorMessage: expect.stringMatching(/went away \d+ ms ago.*503 \(no database\)/),
    });
  });

  test('fails an invocation before its deadline when that is sooner', async () => {
    const adapter = await startAdapter(CROWDED);
    await crash(adapter, 1);
    const outcome = await adapter.invoke(request('/'), { timeoutMs: 500 });
    expect(failureOf(outcome).errorType).toBe('Function.AppConnectionRefused');
  });
});

test('an app that breaks single connections is not taken for one that is gone', async () => {
  const adapter = await startAdapter(CROWDED);
  adapter.app.route('/broken', (_request, connection) => connection.reset());
  for (let count = 0; count < 5; count++) {
    expect(failureOf(await adapter.invoke(request('/broken'))).errorType).toBe('Function.AppConnectionReset');
    expect(echoed(await adapter.invoke(request('/fine'))).target).toBe('/fine');
  }
  // Time for a second look at the port.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(linesLike(adapter, GONE)).toBe(0);
});
