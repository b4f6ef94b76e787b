import { describe, expect, test } from 'vitest';
import { startAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { request } from '../helpers/events.ts';
import { echoed, failureOf, textAnswer } from '../helpers/outcomes.ts';
import { rebuildStream } from '../helpers/rebuilt-answer.ts';
import { until } from '../helpers/until.ts';

const TEXT = [['content-type', 'text/plain']] as const;

/** Calls that the platform did not take, or should not have to take. */
function complaints({ steps }: RunningAdapter): (number | string)[] {
  return steps.flatMap((step) => {
    if (step.kind === 'refused-call') return step.status;
    return step.kind === 'violation' ? step.detail : [];
  });
}

describe('where the platform tells attempts apart, the adapter names the attempt', () => {
  test('with an answer and with a failure', async () => {
    const adapter = await startAdapter(CROWDED);
    adapter.app.route('/reset', (_request, connection) => connection.reset());
    const outcomes = Array.from({ length: 32 }, async (_, index) => {
      if (index % 2 === 0) expect(echoed(await adapter.invoke(request(`/${index}`))).target).toBe(`/${index}`);
      else expect(failureOf(await adapter.invoke(request('/reset'))).errorType).toBe('Function.AppConnectionReset');
    });
    await Promise.all(outcomes);
    expect(complaints(adapter)).toEqual([]);
  });

  test('with a stream, whether it ends well or not', async () => {
    const env = { ...CROWDED.env, AWS_LWA_INVOKE_MODE: 'response_stream' };
    const adapter = await startAdapter({ ...CROWDED, env });
    adapter.app.route('/breaks', (_request, connection) => {
      connection.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nten bytes.');
      connection.end();
    });
    expect(rebuildStream(await adapter.invoke(request('/fine'))).status).toBe(200);
    expect(await adapter.invoke(request('/breaks'))).toMatchObject({ kind: 'response', trailers: expect.anything() });
    expect(complaints(adapter)).toEqual([]);
  });
});

test('an answer that comes too late is refused, and is not taken for that of the next attempt with the same id', async () => {
  const adapter = await startAdapter(CROWDED);
  const releases: (() => void)[] = [];
  adapter.app.script = (_request, connection) => {
    const attempt = releases.length + 1;
    releases.push(() => connection.answer({ headers: TEXT, body: `attempt ${attempt}` }));
  };
  // Without a deadline that means anything, so that the platform gives up before the adapter does.
  const first = await adapter.invoke(request('/'), {
    requestId: 'same',
    timeoutMs: 300,
    deadlineHeader: '9999999999999',
  });
  expect(first.kind).toBe('timeout');
  const second = adapter.invoke(request('/'), { requestId: 'same' });
  await adapter.app.received(() => true, 2);
  releases[0]?.();
  const line = await adapter.log.find(/the platform refused the answer: 410/);
  expect(line).toContain('same');
  releases[1]?.();
  expect(textAnswer(await second)).toBe('attempt 2');
  expect(complaints(adapter)).toEqual([410]);
  await adapter.emulator.waitForParked(64);
});

test.each(['nonce\rx-injected: 1', 'nonce\nx-injected: 1', 'nonce\0'])(
  'an id that could begin a header of its own is no invocation at all: %j',
  async (id) => {
    const adapter = await startAdapter({ faultyRuntimeApi: 'in-place' });
    await adapter.emulator.waitForParked(1);
    let count = 0;
    const head = `HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: x\r\nLambda-Runtime-Invocation-Id: ${id}\r\n`;
    adapter.runtimeApi.fault = ({ path }) =>
      path.endsWith('/next') && count++ === 0 ? { kind: 'bytes', bytes: `${head}content-length: 2\r\n\r\n{}` } : null;
    adapter.runtimeApi.resetOpen('/invocation/next');
    await until(() => count > 1);
    await adapter.emulator.waitForParked(1);
    expect(echoed(await adapter.invoke(request('/fine'))).target).toBe('/fine');
    expect(adapter.app.requests.map(({ target }) => target)).toEqual(['/fine']);
    expect(adapter.runtimeApi.calls.filter(({ path }) => path.includes('/x/'))).toEqual([]);
  },
);
