import { describe, expect, test } from 'vitest';
import { startAdapter } from '../helpers/adapter.ts';
import { request } from '../helpers/events.ts';
import { echoed } from '../helpers/outcomes.ts';

describe('the adapter registers', () => {
  test('before anything else, for SHUTDOWN alone, under the name of its file', async () => {
    const adapter = await startAdapter({ name: 'web-adapter-2' });
    expect(adapter.steps.at(0)).toEqual({ kind: 'registered', name: 'web-adapter-2', events: ['SHUTDOWN'] });
    expect(adapter.steps.filter(({ kind }) => kind === 'registered')).toHaveLength(1);
    expect(echoed(await adapter.invoke(request('/'))).target).toBe('/');
  });

  test('with the platform itself, also where a proxy has taken the place of the Runtime API', async () => {
    const adapter = await startAdapter({ faultyRuntimeApi: 'as-proxy' });
    expect(echoed(await adapter.invoke(request('/'))).target).toBe('/');
    const paths = adapter.runtimeApi.calls.map(({ path }) => path.replace(/invocation\/[^/]+\//, 'invocation/ID/'));
    expect(paths.slice(0, 2)).toEqual([
      '/2018-06-01/runtime/invocation/next',
      '/2018-06-01/runtime/invocation/ID/response',
    ]);
    expect(paths.filter((path) => path.includes('/extension/'))).toEqual([]);
  });
});

describe('the adapter exits with code 1 and says why', () => {
  test('when the platform refuses it', async () => {
    // Standard mode has no SHUTDOWN for an extension that is not a file in /opt/extensions.
    const adapter = await startAdapter({ emulator: { extensions: ['another'] }, waitForInit: false });
    expect(await adapter.exit()).toMatchObject({ code: 1 });
    expect(adapter.log.text).toMatch(/registering the extension lambda-adapter was answered 403 .*InvalidEventType/);
  });

  test('when there is no platform', async () => {
    const adapter = await startAdapter({ env: { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:1' }, waitForInit: false });
    expect(await adapter.exit()).toMatchObject({ code: 1 });
    expect(adapter.log.text).toContain('ECONNREFUSED 127.0.0.1:1');
  });

  test('when no variable tells where the platform is', async () => {
    const adapter = await startAdapter({ env: { AWS_LAMBDA_RUNTIME_API: '' }, waitForInit: false });
    expect(await adapter.exit()).toMatchObject({ code: 1 });
    expect(adapter.log.text).toContain('AWS_LAMBDA_RUNTIME_API is not set');
  });
});
