import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startAdapter } from '../helpers/adapter.ts';
import { request } from '../helpers/events.ts';
import { portOf } from '../helpers/port-of.ts';
import { shortTimer } from '../helpers/preload.ts';
import { startApp, type ScriptedApp } from '../helpers/scripted-app.ts';
import { until } from '../helpers/until.ts';
import { echoed, failureOf } from '../helpers/outcomes.ts';

/** After which an asynchronous init ends. */
const INIT_LIMIT_MS = 9800;

/** An app that has a port and does not listen on it yet. */
async function appToCome(): Promise<ScriptedApp> {
  const app = await startApp();
  await app.die();
  return app;
}

describe('until the app is ready the adapter', () => {
  test('registers but does not poll', async () => {
    const app = await appToCome();
    const adapter = await startAdapter({ app, waitForInit: false });
    await adapter.emulator.waitForRegistration();
    app.probe = (_request, connection) => {
      expect(adapter.emulator.mostParked).toBe(0);
      connection.answer({});
    };
    await app.listen();
    await adapter.emulator.waitForInit();
    expect(app.probes).toBe(1);
    expect(echoed(await adapter.invoke(request('/'))).target).toBe('/');
  });

  test('asks again and again, one probe at a time', async () => {
    const app = await startApp();
    let open = 0;
    let mostOpen = 0;
    app.probe = async (_request, connection) => {
      mostOpen = Math.max(mostOpen, ++open);
      await new Promise((resolve) => setTimeout(resolve, 20));
      open--;
      connection.answer({ status: app.probes < 5 ? 503 : 404 });
    };
    await startAdapter({ app });
    expect(app.probes).toBe(5);
    expect(mostOpen).toBe(1);
  });

  test('asks at the configured place for the configured statuses', async () => {
    const app = await startApp();
    const health = await startApp();
    onTestFinished(() => health.die());
    const targets: string[] = [];
    health.probe = ({ method, target }, connection) => {
      targets.push(`${method} ${target}`);
      connection.answer({ status: targets.length < 3 ? 404 : 503 });
    };
    await startAdapter({
      app,
      env: {
        AWS_LWA_READINESS_CHECK_PORT: String(health.port),
        AWS_LWA_READINESS_CHECK_PATH: 'health?deep=1',
        AWS_LWA_READINESS_CHECK_HEALTHY_STATUS: '200-299,503',
      },
    });
    expect(targets).toEqual(['GET /health?deep=1', 'GET /health?deep=1', 'GET /health?deep=1']);
    expect(app.probes).toBe(0);
  });

  test('is content with an open port when told so', async () => {
    const app = await startApp();
    app.probe = () => {};
    const adapter = await startAdapter({ app, env: { AWS_LWA_READINESS_CHECK_PROTOCOL: 'tcp' } });
    expect(app.probes).toBe(0);
    expect(echoed(await adapter.invoke(request('/'))).target).toBe('/');
  });

  test('gets over broken answers and broken connections', async () => {
    const app = await startApp();
    app.probe = (_request, connection) => {
      if (app.probes === 1) connection.reset();
      else if (app.probes === 2) connection.end();
      else if (app.probes === 3) connection.write('this is not HTTP\r\n\r\n');
      else if (app.probes === 4) connection.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(1_000_000)}\r\n\r\n`);
      else connection.answer({});
    };
    await startAdapter({ app });
    expect(app.probes).toBe(5);
  });
});

describe('every two seconds the log says what is wrong', () => {
  test('and which port may be the right one', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    const app = await appToCome();
    const adapter = await startAdapter({ app, waitForInit: false });
    const line = await adapter.log.find('not ready after');
    expect(line).toContain(`nothing listens on 127.0.0.1:${app.port}, but something listens on`);
    expect(line).toMatch(new RegExp(`\\b${portOf(other)}\\b.*set AWS_LWA_PORT`));
  });
});

describe('when the time for it is over the adapter reports to the platform and exits with code 1, naming', () => {
  const env = { AWS_LWA_READINESS_CHECK_TIMEOUT_SECONDS: '0.3' };

  async function reportOf(app: ScriptedApp, more: Record<string, string> = {}) {
    const adapter = await startAdapter({ app, env: { ...env, ...more }, waitForInit: false });
    expect(await adapter.exit()).toMatchObject({ code: 1, signal: null });
    const reports = adapter.steps.filter((step) => step.kind === 'init-error');
    expect(reports.map(({ errorType }) => errorType)).toEqual(['Function.AppNotReady', 'Extension.AppNotReady']);
    const [report] = reports;
    const { errorMessage }: { errorMessage: string } = JSON.parse(report?.body ?? '{}');
    expect(adapter.log.text).toContain(errorMessage);
    return errorMessage;
  }

  test('an app that is not there', async () => {
    const app = await appToCome();
    const message = await reportOf(app);
    expect(message).toContain('not ready within 300 ms');
    expect(message).toContain(`nothing listens on 127.0.0.1:${app.port}`);
  });

  test('an app that answers with a status that is not healthy', async () => {
    const app = await startApp();
    app.probe = (_request, connection) => connection.answer({ status: 500, body: 'database is down' });
    const message = await reportOf(app);
    expect(message).toContain('GET / on');
    expect(message).toContain('answered 500 (database is down)');
    expect(message).toContain('AWS_LWA_READINESS_CHECK_HEALTHY_STATUS');
  });

  test('an app that accepts and does not answer', async () => {
    const app = await startApp();
    app.probe = () => {};
    expect(await reportOf(app, { AWS_LWA_READINESS_CHECK_PATH: '/health' })).toContain('GET /health on');
  });
});

describe('an asynchronous init', () => {
  test('ends before the limit of the platform; the first invocations wait for the app', async () => {
    const app = await appToCome();
    const adapter = await startAdapter({ app, env: { AWS_LWA_ASYNC_INIT: 'true', ...shortTimer(INIT_LIMIT_MS) } });
    const invocation = adapter.invoke(request('/late'));
    await until(() => adapter.emulator.parked === 0);
    await app.listen();
    expect(echoed(await invocation).target).toBe('/late');
  });

  test('fails an invocation whose deadline comes before the app, and goes on', async () => {
    const app = await appToCome();
    const adapter = await startAdapter({ app, env: { AWS_LWA_ASYNC_INIT: 'true', ...shortTimer(INIT_LIMIT_MS) } });
    const outcome = await adapter.invoke(request('/'), { timeoutMs: 600 });
    expect(failureOf(outcome)).toMatchObject({ errorType: 'Function.AppNotReady' });
    await app.listen();
    expect(echoed(await adapter.invoke(request('/'))).target).toBe('/');
  });

  test.each(['provisioned-concurrency', 'snap-start'])(
    'is not for %s, which has no such limit',
    async (initializationType) => {
      const app = await appToCome();
      const adapter = await startAdapter({
        app,
        emulator: { initializationType },
        env: { AWS_LWA_ASYNC_INIT: 'true', ...shortTimer(INIT_LIMIT_MS) },
        waitForInit: false,
      });
      await adapter.emulator.waitForRegistration();
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(adapter.emulator.mostParked).toBe(0);
      expect(adapter.steps.filter(({ kind }) => kind === 'checkpoint')).toEqual([]);
      await app.listen();
      await adapter.emulator.waitForInit();
    },
  );
});
