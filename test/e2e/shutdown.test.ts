import { describe, expect, test } from 'vitest';
import { startAdapter, type AdapterOptions } from '../helpers/adapter.ts';
import { request } from '../helpers/events.ts';
import { until } from '../helpers/until.ts';
import { textAnswer } from '../helpers/outcomes.ts';

const MODES: Record<string, AdapterOptions> = {
  'in standard mode': {},
  'on Managed Instances': {
    emulator: { mode: 'managed-instances', maxConcurrency: 16, concurrencyVisibleToExtensions: true },
    env: { AWS_LWA_WORKERS: '2' },
  },
};

/** Less than the platform gives, which is told with the event. */
const BUDGET_MS = 800;
const IN_GOOD_ORDER = { code: 0, signal: null, error: null };

describe.each(Object.entries(MODES))('the adapter %s exits with code 0', (_mode, options) => {
  test('on SHUTDOWN, when nothing is under way', async () => {
    const adapter = await startAdapter(options);
    const exit = adapter.exit();
    await adapter.emulator.shutdown('SPINDOWN');
    expect(await exit).toEqual(IN_GOOD_ORDER);
  });

  test('on SHUTDOWN within its budget, although the app does not answer', async () => {
    const adapter = await startAdapter(options);
    adapter.app.script = () => {};
    const invocation = adapter.invoke(request('/'));
    await adapter.app.received(({ target }) => target === '/');
    const exit = adapter.exit();
    const startedAt = performance.now();
    await adapter.emulator.shutdown('TIMEOUT', BUDGET_MS);
    expect(await exit).toEqual(IN_GOOD_ORDER);
    expect(performance.now() - startedAt).toBeLessThan(BUDGET_MS + 500);
    expect(await invocation).toMatchObject({ kind: 'error', errorType: 'Runtime.ExitError' });
  });

  test('on SIGTERM, when nothing is under way', async () => {
    const adapter = await startAdapter(options);
    const exit = adapter.exit();
    adapter.process.signal('SIGTERM');
    expect(await exit).toEqual(IN_GOOD_ORDER);
  });

  test('on SIGTERM after what is under way has been answered', async () => {
    const adapter = await startAdapter(options);
    const release = Promise.withResolvers<void>();
    adapter.app.script = async (_request, connection) => {
      await release.promise;
      connection.answer({ headers: [['content-type', 'text/plain']], body: 'finished' });
    };
    const count = options.emulator === undefined ? 1 : 8;
    const invocations = Array.from({ length: count }, () => adapter.invoke(request('/')));
    await adapter.app.received(({ target }) => target === '/', count);
    const exit = adapter.exit();
    adapter.process.signal('SIGTERM');
    // It has taken the signal when it gives up the polls that wait.
    await until(() => adapter.emulator.parked === 0);
    release.resolve();
    expect((await Promise.all(invocations)).map(textAnswer)).toEqual(Array.from({ length: count }, () => 'finished'));
    expect(await exit).toEqual(IN_GOOD_ORDER);
  });
});

test('on SIGTERM the adapter does not wait for an app that does not answer, and says what is lost', async () => {
  const adapter = await startAdapter();
  adapter.app.script = () => {};
  void adapter.invoke(request('/'), { requestId: 'lost-one' });
  await adapter.app.received(({ target }) => target === '/');
  const exit = adapter.exit();
  adapter.process.signal('SIGTERM');
  expect(await exit).toEqual(IN_GOOD_ORDER);
  expect(adapter.log.lines.filter((line) => line.includes('lost-one') && line.includes('shutdown'))).toHaveLength(1);
});

test('SHUTDOWN is heard while the app is not ready yet', async () => {
  const adapter = await startAdapter({ waitForInit: false, env: { AWS_LWA_PORT: '1' } });
  await until(() => adapter.steps.some(({ kind }) => kind === 'extension-ready'));
  const exit = adapter.exit();
  await adapter.emulator.shutdown('FAILURE');
  expect(await exit).toEqual(IN_GOOD_ORDER);
});
