import { describe, expect, test } from 'vitest';
import { startAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import type { Fault } from '../helpers/faulty-runtime-api.ts';
import { startApp } from '../helpers/scripted-app.ts';

const REGISTER = 'POST /2020-01-01/extension/register';
const NEXT_EVENT = 'GET /2020-01-01/extension/event/next';
const INIT_ERROR = 'POST /2018-06-01/runtime/init/error';
const EXTENSION_INIT_ERROR = 'POST /2020-01-01/extension/init/error';

const BAD_PORT = { AWS_LWA_PORT: 'http' };

function callsOf({ runtimeApi }: RunningAdapter): string[] {
  return runtimeApi.calls.map(({ method, path }) => `${method} ${path}`);
}

function reportsOf({ steps }: RunningAdapter): { errorType: string; errorMessage: unknown }[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'init-error') return [];
    const { errorMessage }: { errorMessage?: unknown } = JSON.parse(step.body);
    return [{ errorType: step.errorType, errorMessage }];
  });
}

/** Starts an adapter that cannot start, behind a platform that may fail calls. */
function startFailing(env: Record<string, string>, app?: Awaited<ReturnType<typeof startApp>>) {
  return startAdapter({ env, faultyRuntimeApi: 'in-place', waitForInit: false, ...(app !== undefined && { app }) });
}

describe('a start that cannot succeed is reported for the runtime and then for the extension, and ends with code 1:', () => {
  test('a value that is not accepted, before anything is begun', async () => {
    const adapter = await startFailing(BAD_PORT);
    expect(await adapter.exit()).toMatchObject({ code: 1, signal: null });
    expect(callsOf(adapter)).toEqual([REGISTER, INIT_ERROR, EXTENSION_INIT_ERROR]);
    const errorMessage = 'AWS_LWA_PORT is "http": accepted is a whole number from 1 to 65535';
    expect(reportsOf(adapter)).toEqual([
      { errorType: 'Runtime.InvalidConfig', errorMessage },
      { errorType: 'Extension.InvalidConfig', errorMessage },
    ]);
    expect(adapter.log.text).toContain(errorMessage);
    expect(adapter.app.probes).toBe(0);
  });

  test.each(['0', '2'])('an app that is not ready in time, with %s threads', async (workers) => {
    const app = await startApp();
    app.probe = (_request, connection) => connection.answer({ status: 500, body: 'no database' });
    const env = { AWS_LWA_READINESS_CHECK_TIMEOUT_SECONDS: '0.3', AWS_LWA_WORKERS: workers };
    const adapter = await startFailing(env, app);
    expect(await adapter.exit()).toMatchObject({ code: 1, signal: null });
    expect(callsOf(adapter)).toEqual([REGISTER, NEXT_EVENT, INIT_ERROR, EXTENSION_INIT_ERROR]);
    expect(reportsOf(adapter).map(({ errorType }) => errorType)).toEqual([
      'Function.AppNotReady',
      'Extension.AppNotReady',
    ]);
    for (const { errorMessage } of reportsOf(adapter)) {
      expect(errorMessage).toMatch(/not ready within 300 ms: GET \/ on .* answered 500 \(no database\)/);
    }
  });
});

describe('a report of a failed start', () => {
  test('that comes before there is a runtime to speak for is repeated until it is taken', async () => {
    const adapter = await startFailing(BAD_PORT);
    const faults = [{ kind: 'reset' }, { kind: 'answer', status: 403, body: '' }] as const;
    let count = 0;
    adapter.runtimeApi.fault = ({ path }) => (INIT_ERROR.endsWith(` ${path}`) ? (faults[count++] ?? null) : null);
    expect(await adapter.exit()).toMatchObject({ code: 1 });
    expect(callsOf(adapter)).toEqual([REGISTER, INIT_ERROR, INIT_ERROR, INIT_ERROR, EXTENSION_INIT_ERROR]);
    expect(reportsOf(adapter).map(({ errorType }) => errorType)).toEqual([
      'Runtime.InvalidConfig',
      'Extension.InvalidConfig',
    ]);
  });

  test('that is never taken keeps the extension from neither its report nor its end', async () => {
    const adapter = await startFailing(BAD_PORT);
    adapter.runtimeApi.fault = ({ path }) => (INIT_ERROR.endsWith(` ${path}`) ? { kind: 'reset' } : null);
    const startedAt = performance.now();
    expect(await adapter.exit()).toMatchObject({ code: 1 });
    expect(performance.now() - startedAt).toBeLessThan(2000);
    expect(callsOf(adapter).at(-1)).toBe(EXTENSION_INIT_ERROR);
    expect(reportsOf(adapter)).toEqual([
      { errorType: 'Extension.InvalidConfig', errorMessage: expect.stringContaining('AWS_LWA_PORT') },
    ]);
  });
});

function refuse({ path }: { readonly path: string }): Fault | null {
  const body = '{"errorType":"Extension.InvalidExtensionName"}';
  return path.endsWith('/extension/register') ? { kind: 'answer', status: 403, body } : null;
}

describe('an adapter that the platform does not register', () => {
  test.each([
    [
      'reports for the runtime what it was told',
      {},
      'Runtime.RegistrationFailed',
      /answered 403 .*InvalidExtensionName/,
    ],
    [
      'reports what is wrong with its configuration, if something is',
      BAD_PORT,
      'Runtime.InvalidConfig',
      /AWS_LWA_PORT/,
    ],
  ])('%s, and exits with code 1', async (_what, env, errorType, errorMessage) => {
    const adapter = await startFailing(env);
    adapter.runtimeApi.fault = refuse;
    expect(await adapter.exit()).toMatchObject({ code: 1, signal: null });
    expect(callsOf(adapter)).toEqual([REGISTER, INIT_ERROR]);
    expect(reportsOf(adapter)).toEqual([{ errorType, errorMessage: expect.stringMatching(errorMessage) }]);
    expect(adapter.log.text).toMatch(errorMessage);
  });
});
