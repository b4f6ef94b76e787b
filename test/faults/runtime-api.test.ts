import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchAdapter, startAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { request } from '../helpers/events.ts';
import type { Fault } from '../helpers/faulty-runtime-api.ts';
import { amongNeighbours } from '../helpers/neighbours.ts';
import { until } from '../helpers/until.ts';
import { echoed } from '../helpers/outcomes.ts';

const POLLS = 64;
const NEIGHBOURS = 32;
const NEXT = '/runtime/invocation/next';

let adapter: RunningAdapter;

beforeAll(async () => {
  adapter = await launchAdapter({ ...CROWDED, faultyRuntimeApi: 'in-place' });
  return () => adapter.stop();
});

beforeEach(() => {
  adapter.runtimeApi.fault = () => null;
});

/** Every slot is back, and of use. */
async function expectAllPolls(): Promise<void> {
  adapter.runtimeApi.fault = () => null;
  await amongNeighbours(adapter, POLLS, async () => {});
  await adapter.emulator.waitForParked(POLLS);
  expect(adapter.emulator.parked).toBe(POLLS);
}

describe('a slot is never lost:', () => {
  test('connections of parked polls that break are made anew', async () => {
    await expectAllPolls();
    await amongNeighbours(adapter, NEIGHBOURS, async () => {
      expect(adapter.runtimeApi.resetOpen(NEXT)).toBe(POLLS - NEIGHBOURS);
      await until(() => adapter.emulator.droppedPolls >= POLLS - NEIGHBOURS);
      await adapter.emulator.waitForParked(POLLS - NEIGHBOURS);
      await adapter.log.find(/the Runtime API gave no invocation/);
      expect(echoed(await adapter.invoke(request('/x'))).target).toBe('/x');
    });
    await expectAllPolls();
  });

  const faults: Readonly<Record<string, Fault>> = {
    'with 500': { kind: 'answer', status: 500, body: '{"errorType":"InternalServerError"}' },
    'with 403': { kind: 'answer', status: 403, body: '' },
    'with 200 and no invocation': { kind: 'answer', status: 200, body: '{}' },
    'with what is not HTTP': { kind: 'bytes', bytes: 'hello\r\n\r\n' },
    'with a head that does not end': { kind: 'bytes', bytes: `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(500_000)}` },
    'with a request id that would begin a line': {
      kind: 'bytes',
      bytes: 'HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: smuggled\nx: y\r\ncontent-length: 2\r\n\r\n{}',
    },
    'with the name of an attempt that would begin a line': {
      kind: 'bytes',
      bytes:
        'HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: smuggled\r\nlambda-runtime-invocation-id: b\nx: y\r\ncontent-length: 2\r\n\r\n{}',
    },
    'by closing the connection': { kind: 'bytes', bytes: '' },
    'by a reset': { kind: 'reset' },
  };

  test.each(Object.entries(faults))('polls that are answered %s are repeated after a pause', async (_name, fault) => {
    await expectAllPolls();
    await amongNeighbours(adapter, NEIGHBOURS, async () => {
      let left = 3 * (POLLS - NEIGHBOURS);
      adapter.runtimeApi.fault = ({ path }) => (path.endsWith(NEXT) && left-- > 0 ? fault : null);
      adapter.runtimeApi.resetOpen(NEXT);
      await until(() => left <= 0);
      await adapter.emulator.waitForParked(POLLS - NEIGHBOURS);
      expect(echoed(await adapter.invoke(request('/x'))).target).toBe('/x');
    });
    await expectAllPolls();
    // None of these is an invocation, which would have been answered.
    expect(adapter.runtimeApi.calls.filter(({ path }) => path.includes('smuggled'))).toEqual([]);
  });

  test('pauses grow while the Runtime API is away', async () => {
    const quiet = await startAdapter({ faultyRuntimeApi: 'in-place' });
    await quiet.emulator.waitForParked(1);
    let attempts = 0;
    quiet.runtimeApi.fault = ({ path }) => {
      if (path.endsWith(NEXT)) attempts++;
      return { kind: 'reset' };
    };
    quiet.runtimeApi.resetOpen(NEXT);
    await new Promise((resolve) => setTimeout(resolve, 600));
    // 20, 40, 80, … ms at most, and half of that at least: without growth there would be a hundred.
    expect(attempts).toBeGreaterThan(2);
    expect(attempts).toBeLessThan(12);
    quiet.runtimeApi.fault = () => null;
    expect(echoed(await quiet.invoke(request('/x'))).target).toBe('/x');
  });
});

describe('an answer that the platform refuses is logged with its request id, and the slot polls again:', () => {
  test.each([400, 403, 410, 413, 500, 503])('%i', async (status) => {
    await expectAllPolls();
    await amongNeighbours(adapter, NEIGHBOURS, async () => {
      const requestId = `refused-${status}`;
      adapter.runtimeApi.fault = ({ path }) =>
        path.includes(requestId) ? { kind: 'answer', status, body: '{"errorType":"RefusedByTest"}' } : null;
      const refused = adapter.invoke(request('/x'), { requestId, timeoutMs: 500 });
      const line: unknown = JSON.parse(await adapter.log.find(new RegExp(`refused the answer: ${status}`)));
      expect(line).toMatchObject({ requestId, level: 'ERROR', message: expect.stringContaining('RefusedByTest') });
      await adapter.emulator.waitForParked(POLLS - NEIGHBOURS);
      expect(await refused).toMatchObject({ kind: 'timeout' });
      expect(adapter.runtimeApi.calls.filter(({ path }) => path.includes(requestId))).toHaveLength(1);
    });
    await expectAllPolls();
  });

  test.each([410, 413])('also the report of a failure: %i', async (status) => {
    await amongNeighbours(adapter, NEIGHBOURS, async () => {
      const requestId = `refused-report-${status}`;
      adapter.runtimeApi.fault = ({ path }) =>
        path.endsWith(`${requestId}/error`) ? { kind: 'answer', status, body: '' } : null;
      expect(await adapter.invoke('no JSON', { requestId, timeoutMs: 500 })).toMatchObject({ kind: 'timeout' });
    });
    await expectAllPolls();
  });
});

describe('an answer whose connection breaks', () => {
  test('is posted once more, as it may not have arrived', async () => {
    await amongNeighbours(adapter, NEIGHBOURS, async () => {
      let isFirst = true;
      adapter.runtimeApi.fault = ({ path }) => {
        if (!path.includes('lost-once') || !isFirst) return null;
        isFirst = false;
        return { kind: 'reset' };
      };
      expect(echoed(await adapter.invoke(request('/x'), { requestId: 'lost-once' })).target).toBe('/x');
    });
    await expectAllPolls();
  });

  test('is given up when that breaks too, and the slot polls again', async () => {
    await expectAllPolls();
    await amongNeighbours(adapter, NEIGHBOURS, async () => {
      adapter.runtimeApi.fault = ({ path }) => (path.includes('lost-twice') ? { kind: 'reset' } : null);
      const lost = adapter.invoke(request('/x'), { requestId: 'lost-twice', timeoutMs: 500 });
      const line: unknown = JSON.parse(await adapter.log.find('could not be posted'));
      expect(line).toMatchObject({ requestId: 'lost-twice', level: 'ERROR' });
      await adapter.emulator.waitForParked(POLLS - NEIGHBOURS);
      expect(await lost).toMatchObject({ kind: 'timeout' });
    });
    await expectAllPolls();
  });

  test('counts once when it had arrived', async () => {
    await amongNeighbours(adapter, NEIGHBOURS, async () => {
      adapter.runtimeApi.fault = ({ path }) => (path.includes('arrived') ? { kind: 'reset-after' } : null);
      expect(echoed(await adapter.invoke(request('/x'), { requestId: 'arrived' })).target).toBe('/x');
    });
    await expectAllPolls();
  });
});

test('an answer to an invocation that has timed out is refused with 410 and harms nobody', async () => {
  const release = Promise.withResolvers<void>();
  adapter.app.route('/late', async (_request, connection) => {
    await release.promise;
    connection.answer({ body: 'late' });
  });
  await amongNeighbours(adapter, NEIGHBOURS, async () => {
    // A deadline years ahead, as the platform's own emulator sends it: the adapter cannot know that time is up.
    const deadlineHeader = String(Date.now() + 1e12);
    const outcome = await adapter.invoke(request('/late'), { timeoutMs: 300, deadlineHeader });
    expect(outcome).toMatchObject({ kind: 'timeout' });
    release.resolve();
    await adapter.log.find(/refused the answer: 410/);
  });
  await expectAllPolls();
});

/** An adapter whose app streams without an end, and when it has been stopped. */
async function streaming() {
  const started = await startAdapter({
    ...CROWDED,
    env: { ...CROWDED.env, AWS_LWA_INVOKE_MODE: 'response_stream' },
    faultyRuntimeApi: 'in-place',
  });
  const stopped = Promise.withResolvers<void>();
  started.app.route('/endless', (_request, connection) => {
    connection.answer({ headers: [['transfer-encoding', 'chunked']] });
    const timer = setInterval(() => connection.chunk('more'), 5);
    connection.socket.once('close', () => {
      clearInterval(timer);
      stopped.resolve();
    });
  });
  return { started, stopped: stopped.promise };
}

describe('a stream stops the app, and its slot polls again,', () => {
  test('when the connection breaks on which it is posted', async () => {
    const { started, stopped } = await streaming();
    started.runtimeApi.fault = ({ path }) => (path.includes('broken-stream') ? { kind: 'reset' } : null);
    const broken = started.invoke(request('/endless'), { requestId: 'broken-stream', timeoutMs: 700 });
    await stopped;
    expect(await broken).toMatchObject({ kind: 'timeout' });
    await started.emulator.waitForParked(POLLS);
  });

  test('when the platform ends the invocation in the middle', async () => {
    const { started, stopped } = await streaming();
    const deadlineHeader = String(Date.now() + 1e12);
    expect(await started.invoke(request('/endless'), { timeoutMs: 500, deadlineHeader })).toMatchObject({
      kind: 'timeout',
    });
    await stopped;
    await started.emulator.waitForParked(POLLS);
  });
});

test('the connection on which the adapter waits for the end may break', async () => {
  const quiet = await startAdapter({ faultyRuntimeApi: 'in-place' });
  const waits = (): number => quiet.runtimeApi.calls.filter(({ path }) => path.endsWith('/event/next')).length;
  expect(quiet.runtimeApi.resetOpen('/event/next')).toBe(1);
  await until(() => waits() === 2);
  expect(echoed(await quiet.invoke(request('/x'))).target).toBe('/x');
  const exit = quiet.exit();
  await quiet.emulator.shutdown('SPINDOWN');
  expect(await exit).toMatchObject({ code: 0 });
});
