import { describe, expect, test } from 'vitest';
import { startAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { request } from '../helpers/events.ts';
import { startApp } from '../helpers/scripted-app.ts';
import { echoed } from '../helpers/outcomes.ts';

/** A value that cannot be meant, for each variable that can have one, and what the message offers instead. */
const UNACCEPTABLE: Readonly<Record<string, readonly [value: string, accepted: string]>> = {
  AWS_LWA_PORT: ['http', 'a whole number from 1 to 65535'],
  AWS_LWA_HOST: ['http://localhost', 'a host name or IP address'],
  AWS_LWA_READINESS_CHECK_PORT: ['70000', 'a whole number from 1 to 65535'],
  AWS_LWA_READINESS_CHECK_PROTOCOL: ['udp', 'http or tcp'],
  AWS_LWA_READINESS_CHECK_HEALTHY_STATUS: ['500-200', 'status codes from 100 to 999'],
  AWS_LWA_READINESS_CHECK_TIMEOUT_SECONDS: ['soon', 'seconds from 0 to'],
  AWS_LWA_ASYNC_INIT: ['perhaps', 'true or false'],
  AWS_LWA_INVOKE_MODE: ['streaming', 'buffered or response_stream'],
  AWS_LWA_ENABLE_COMPRESSION: ['gzip', 'true or false'],
  AWS_LWA_ERROR_STATUS_CODES: ['5xx', 'status codes from 100 to 999'],
  AWS_LWA_EVENT_ERROR_STATUS_CODES: ['400-', 'status codes from 100 to 999'],
  AWS_LWA_AUTHORIZATION_SOURCE: ['two words', 'the name of a header'],
  AWS_LWA_DEADLINE_MARGIN_MS: ['-1', 'a whole number from 0 to'],
  AWS_LWA_POOL_IDLE_TIMEOUT_SECONDS: ['4s', 'seconds from 0 to'],
  AWS_LWA_LAMBDA_RUNTIME_API_PROXY: ['localhost', 'host:port'],
  AWS_LWA_MAX_CONCURRENCY: ['0', 'a whole number from 1 to'],
  AWS_LWA_WORKERS: ['many', 'a whole number from 0 to'],
  AWS_LAMBDA_LOG_LEVEL: ['loud', 'trace or debug or info'],
};

async function expectRefusal(adapter: RunningAdapter, problems: readonly string[]): Promise<void> {
  expect(await adapter.exit()).toMatchObject({ code: 1, signal: null });
  const report = adapter.steps.find((step) => step.kind === 'init-error');
  expect(report?.errorType).toBe('Runtime.InvalidConfig');
  for (const problem of problems) {
    expect(adapter.log.text).toContain(problem);
    expect(JSON.parse(report?.body ?? '{}')).toMatchObject({ errorMessage: expect.stringContaining(problem) });
  }
  expect(adapter.emulator.mostParked).toBe(0);
}

describe('a value that is not accepted ends the start, naming variable, value and what is accepted:', () => {
  test.each(['AWS_LWA_PORT', 'AWS_LWA_INVOKE_MODE', 'AWS_LWA_READINESS_CHECK_PROTOCOL', 'AWS_LWA_ERROR_STATUS_CODES'])(
    '%s',
    async (name) => {
      const [value = '', accepted = ''] = UNACCEPTABLE[name] ?? [];
      const adapter = await startAdapter({ env: { [name]: value }, waitForInit: false });
      await expectRefusal(adapter, [`${name} is "${value}": accepted is ${accepted}`]);
    },
  );

  test('all of them at once', async () => {
    const env = Object.fromEntries(Object.entries(UNACCEPTABLE).map(([name, [value]]) => [name, value]));
    const problems = Object.entries(UNACCEPTABLE).map(([name, [value, accepted]]) => {
      return `${name} is "${value}": accepted is ${accepted}`;
    });
    await expectRefusal(await startAdapter({ env, waitForInit: false }), problems);
  });
});

test('old names of variables work, with one warning each', async () => {
  const old = {
    HOST: '127.0.0.1',
    READINESS_CHECK_PATH: '/health',
    READINESS_CHECK_PROTOCOL: 'http',
    AWS_LWA_READINESS_CHECK_MIN_UNHEALTHY_STATUS: '400',
    REMOVE_BASE_PATH: '/base',
    ASYNC_INIT: 'false',
  };
  const adapter = await startAdapter({ env: old });
  expect(echoed(await adapter.invoke(request('/base/x'))).target).toBe('/x');
  for (const name of Object.keys(old)) {
    const warnings = adapter.log.lines.filter((line) => new RegExp(`\\b${name} is deprecated`).test(line));
    expect(warnings, name).toHaveLength(1);
  }
});

test('PORT is where the app is when AWS_LWA_PORT does not say', async () => {
  const app = await startApp();
  const adapter = await startAdapter({ app, env: { AWS_LWA_PORT: '', PORT: String(app.port) } });
  expect(echoed(await adapter.invoke(request('/'))).target).toBe('/');
});
