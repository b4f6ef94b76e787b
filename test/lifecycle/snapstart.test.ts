import { describe, expect, test } from 'vitest';
import { startAdapter, type AdapterOptions, type RunningAdapter } from '../helpers/adapter.ts';
import { httpEvents, HTTP_SOURCES, queueEvent, request } from '../helpers/events.ts';
import { answerOf, echoed, failureOf } from '../helpers/outcomes.ts';
import { shortTimer } from '../helpers/preload.ts';
import { rebuildOutcome, rebuildStream } from '../helpers/rebuilt-answer.ts';
import { valuesOf } from '../helpers/received-request.ts';
import { startApp, type ScriptedAnswer, type ScriptedApp } from '../helpers/scripted-app.ts';
import { until } from '../helpers/until.ts';

const BEFORE = '/snapstart/before-checkpoint';
const AFTER = '/snapstart/after-restore';
const HOOKS = {
  AWS_LWA_SNAPSTART_BEFORE_CHECKPOINT_PATH: BEFORE,
  AWS_LWA_SNAPSTART_AFTER_RESTORE_PATH: AFTER,
};

/** An app that keeps what happens in a list, the calls to its hooks among it, and answers those as told. */
async function hookedApp(events: string[], answers: Record<string, ScriptedAnswer> = {}): Promise<ScriptedApp> {
  const app = await startApp();
  app.probe = ({ method, target, body }, connection) => {
    events.push(`${method} ${target}${body.length === 0 ? '' : ' with a body'}`);
    connection.answer({ status: method === 'POST' ? 204 : 200, ...answers[target] });
  };
  return app;
}

async function startRecorded(
  answers: Record<string, ScriptedAnswer> = {},
  { env = HOOKS, ...options }: AdapterOptions = {},
): Promise<{ adapter: RunningAdapter; events: string[] }> {
  const events: string[] = [];
  const adapter = await startAdapter({
    env,
    app: await hookedApp(events, answers),
    emulator: { initializationType: 'snap-start', onStep: ({ kind }) => events.push(kind) },
    waitForInit: false,
    ...options,
  });
  return { adapter, events };
}

/** How long the app has for a hook. */
const HOOK_MS = 60_000;

const STARTED: ReadonlySet<string> = new Set(['registered', 'extension-ready']);

/** Without the registration, which goes its own way. */
function withoutStart(events: readonly string[]): readonly string[] {
  return events.filter((event) => !STARTED.has(event));
}

describe('with SnapStart the adapter', () => {
  test('prepares the app, waits to be restored, tells the app, asks whether it is ready, and only then polls', async () => {
    const { adapter, events } = await startRecorded();
    await adapter.emulator.waitForInit();
    expect(withoutStart(events)).toEqual(['GET /', `POST ${BEFORE}`, 'checkpoint']);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(adapter.emulator.mostParked).toBe(0);
    expect(echoed(await adapter.invoke(request('/x'))).target).toBe('/x');
    expect(withoutStart(events).slice(2, 7)).toEqual([
      'checkpoint',
      'restored',
      `POST ${AFTER}`,
      'GET /',
      'poll-parked',
    ]);
  });

  test.each([200, 299])('takes a status of %i for a yes', async (status) => {
    const { adapter } = await startRecorded({ [BEFORE]: { status }, [AFTER]: { status } });
    await adapter.emulator.waitForInit();
    expect(echoed(await adapter.invoke(request('/x'))).target).toBe('/x');
  });

  test('needs no hooks for that', async () => {
    const { adapter, events } = await startRecorded({}, { env: {} });
    await adapter.emulator.waitForInit();
    expect(echoed(await adapter.invoke(request('/x'))).target).toBe('/x');
    expect(withoutStart(events).slice(0, 5)).toEqual(['GET /', 'checkpoint', 'restored', 'GET /', 'poll-parked']);
  });

  test.each(['0', '2'])(
    'has no connection in the snapshot, to the app or to the Runtime API, with %s threads',
    async (workers) => {
      const { adapter } = await startRecorded(
        {},
        { env: { ...HOOKS, AWS_LWA_WORKERS: workers }, faultyRuntimeApi: 'as-proxy' },
      );
      await adapter.emulator.waitForInit();
      await until(() => adapter.app.connections === 0);
      expect(adapter.runtimeApi.calls.map(({ path }) => path)).toEqual(['/2018-06-01/runtime/restore/next']);
      const outcome = await adapter.invoke(request('/x'));
      expect(echoed(outcome).target).toBe('/x');
      // The one on which it waited is not the one on which it polls, and is gone.
      await adapter.emulator.waitForParked(1);
      await until(() => adapter.runtimeApi.connections === 1);
      // Nor is any kept later.
      expect(valuesOf(adapter.app.requestOf(outcome.requestId), 'connection')).toEqual(['close']);
    },
  );

  test('waits for an app that needs the hook to become ready again', async () => {
    const { adapter, events } = await startRecorded();
    const { app } = adapter;
    await adapter.emulator.waitForInit();
    let isReady = false;
    app.probe = ({ method, target }, connection) => {
      events.push(`${method} ${target}`);
      if (target === AFTER) isReady = true;
      connection.answer({ status: isReady ? 200 : 503 });
    };
    expect(echoed(await adapter.invoke(request('/x'))).target).toBe('/x');
  });

  test.each(['on-demand', 'provisioned-concurrency'])('and with %s it calls no hook', async (initializationType) => {
    const events: string[] = [];
    const adapter = await startAdapter({ env: HOOKS, app: await hookedApp(events), emulator: { initializationType } });
    expect(echoed(await adapter.invoke(request('/x'))).target).toBe('/x');
    expect(events).toEqual(['GET /']);
  });
});

describe('an app that cannot be prepared for the snapshot fails the init phase, and the process ends with code 1:', () => {
  test.each([
    [
      'it answers with another status',
      { status: 500, body: 'no way' },
      /POST \/snapstart\/before-checkpoint on .* 500 \(no way\)/,
    ],
    ['it answers with a redirect', { status: 302 }, /302/],
    ['it answers with the first status beyond success', { status: 300 }, /300/],
    ['it switches protocols', { status: 101 }, /switches to a protocol/],
  ])('%s', async (_what, answer, message) => {
    const { adapter, events } = await startRecorded({ [BEFORE]: answer });
    expect(await adapter.exit()).toMatchObject({ code: 1, signal: null });
    const reports = adapter.steps.filter((step) => step.kind === 'init-error');
    expect(reports.map(({ errorType }) => errorType)).toEqual([
      'Runtime.BeforeCheckpointError',
      'Extension.BeforeCheckpointError',
    ]);
    expect(reports[0]?.body).toMatch(message);
    expect(adapter.log.text).toMatch(message);
    expect(events).not.toContain('checkpoint');
  });

  test('it breaks the connection', async () => {
    const { adapter } = await startRecorded();
    adapter.app.probe = ({ target }, connection) => (target === BEFORE ? connection.reset() : connection.answer({}));
    expect(await adapter.exit()).toMatchObject({ code: 1 });
    expect(adapter.steps.find((step) => step.kind === 'init-error')).toMatchObject({
      errorType: 'Runtime.BeforeCheckpointError',
    });
  });

  test('it does not answer within 60 s', async () => {
    const { adapter } = await startRecorded({}, { env: { ...HOOKS, ...shortTimer(HOOK_MS) } });
    adapter.app.probe = ({ target }, connection) => {
      if (target !== BEFORE) connection.answer({});
    };
    expect(await adapter.exit()).toMatchObject({ code: 1 });
    const report = adapter.steps.find((step) => step.kind === 'init-error');
    expect(report).toMatchObject({ errorType: 'Runtime.BeforeCheckpointError' });
    expect(report?.body).toMatch(/no answer within 60000 ms/);
  });

  test('or the platform refuses to take it', async () => {
    const { adapter } = await startRecorded({}, { faultyRuntimeApi: 'as-proxy' });
    adapter.runtimeApi.fault = () => ({ kind: 'answer', status: 403, body: 'InvalidStateTransition' });
    expect(await adapter.exit()).toMatchObject({ code: 1 });
    const report = adapter.steps.find((step) => step.kind === 'init-error');
    expect(report).toMatchObject({ errorType: 'Runtime.BeforeCheckpointError' });
    expect(report?.body).toMatch(/403 InvalidStateTransition/);
  });
});

describe('an app that does not come back well fails the restore and the invocation that waits, and the process ends with code 1:', () => {
  test('its hook answers with another status', async () => {
    const { adapter, events } = await startRecorded({ [AFTER]: { status: 503, body: 'no database' } });
    await adapter.emulator.waitForInit();
    const exit = adapter.exit();
    const failure = failureOf(await adapter.invoke(request('/x')));
    expect(failure).toEqual({
      errorType: 'Runtime.AfterRestoreError',
      errorMessage: expect.stringMatching(/POST \/snapstart\/after-restore on .* 503 \(no database\)/),
    });
    expect(await exit).toMatchObject({ code: 1, signal: null });
    expect(adapter.log.text).toContain(failure.errorMessage);
    expect(events).not.toContain('poll-parked');
    expect(events.filter((event) => event === 'GET /')).toHaveLength(1);
  });

  test('its hook does not answer within 60 s', async () => {
    const env = { AWS_LWA_SNAPSTART_AFTER_RESTORE_PATH: AFTER, ...shortTimer(HOOK_MS) };
    const { adapter } = await startRecorded({}, { env });
    await adapter.emulator.waitForInit();
    adapter.app.probe = () => {};
    const exit = adapter.exit();
    expect(failureOf(await adapter.invoke(request('/x')))).toEqual({
      errorType: 'Runtime.AfterRestoreError',
      errorMessage: expect.stringContaining('no answer within 60000 ms'),
    });
    expect(await exit).toMatchObject({ code: 1, signal: null });
  });

  test('it is not ready in the time allowed', async () => {
    const env = { ...HOOKS, AWS_LWA_READINESS_CHECK_TIMEOUT_SECONDS: '0.3' };
    const { adapter } = await startRecorded({}, { env });
    await adapter.emulator.waitForInit();
    adapter.app.probe = ({ method }, connection) => connection.answer({ status: method === 'POST' ? 200 : 503 });
    const exit = adapter.exit();
    expect(failureOf(await adapter.invoke(request('/x'))).errorType).toBe('Function.AppNotReady');
    expect(await exit).toMatchObject({ code: 1 });
  });
});

describe('a request from outside for the path of a hook', () => {
  const spellings = ['', '/', '//', '?x=1', ';x=1', '%2f', '\\', '/.', '/x/..', '%3bx', '%00'];
  const options = { env: { ...HOOKS, AWS_LWA_REMOVE_BASE_PATH: '/base' } };

  test.each(HTTP_SOURCES)('gets 403 through %s and never reaches the app, however it is spelled', async (source) => {
    const adapter = await startAdapter(options);
    const paths = [
      ...[BEFORE, AFTER].flatMap((path) => spellings.map((end) => `${path}${end}`)),
      AFTER.toUpperCase(),
      AFTER.replace('/', '//'),
      AFTER.replace('after', '%61fter'),
      AFTER.replaceAll('-', '%2D'),
      `/base${AFTER}`,
      `/base/x/..${AFTER}`,
      `/x/..;${AFTER}`,
      `//other.example${AFTER}`,
    ];
    for (const whole of paths) {
      const [path = '', query = ''] = whole.split('?');
      for (const method of ['POST', 'GET']) {
        const answer = rebuildOutcome(source, await adapter.invoke(httpEvents[source]({ method, path, query })));
        expect([whole, answer.status, answer.body.toString()]).toEqual([whole, 403, 'Forbidden\n']);
      }
    }
    expect(adapter.app.requests).toEqual([]);
    const near = await adapter.invoke(httpEvents[source]({ path: `${AFTER}/x` }));
    expect(rebuildOutcome(source, near).status).toBe(200);
  });

  test('gets it as a stream where answers are streams', async () => {
    const adapter = await startAdapter({ env: { ...HOOKS, AWS_LWA_INVOKE_MODE: 'response_stream' } });
    const { status, body } = rebuildStream(await adapter.invoke(request(AFTER)));
    expect([status, body.toString()]).toEqual([403, 'Forbidden\n']);
  });

  test('reaches an app that has no such hook', async () => {
    const adapter = await startAdapter({ env: { AWS_LWA_SNAPSTART_BEFORE_CHECKPOINT_PATH: BEFORE } });
    expect(echoed(await adapter.invoke(request(AFTER))).target).toBe(AFTER);
    expect(answerOf(await adapter.invoke(request(BEFORE)))).toMatchObject({ statusCode: 403 });
    expect(answerOf(await adapter.invoke(queueEvent('x')))).toMatchObject({ target: '/events' });
  });
});
