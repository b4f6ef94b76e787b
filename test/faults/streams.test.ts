import { beforeAll, describe, expect, test } from 'vitest';
import { launchAdapter, startAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { httpEvents, request } from '../helpers/events.ts';
import { rebuildStream } from '../helpers/rebuilt-answer.ts';
import type { Script, ScriptedApp } from '../helpers/scripted-app.ts';
import { brokenStreamOf, failureOf } from '../helpers/outcomes.ts';

const STREAMING = { ...CROWDED, env: { ...CROWDED.env, AWS_LWA_INVOKE_MODE: 'response_stream' } };

let adapter: RunningAdapter;

beforeAll(async () => {
  adapter = await launchAdapter(STREAMING);
  return () => adapter.stop();
});

/** Does something while 32 streams have begun and wait for their end, and makes sure that each then ends with its own. */
async function amongStreams<T>(act: () => Promise<T>, crowd = adapter): Promise<T> {
  const ends: (() => void)[] = [];
  const begun: Promise<void>[] = [];
  crowd.app.route('/neighbour/', ({ target }, connection) => {
    connection.answer({ headers: [['transfer-encoding', 'chunked']] });
    connection.chunk(`start of ${target}, `);
    ends.push(() => {
      connection.chunk(`end of ${target}`);
      connection.chunk('');
    });
  });
  const targets = Array.from({ length: 32 }, (_, index) => `/neighbour/${index}`);
  const streams = targets.map((target) => {
    const start = Promise.withResolvers<void>();
    begun.push(start.promise);
    return crowd.invoke(request(target), { onStreamStart: () => start.resolve() });
  });
  try {
    await Promise.all(begun);
    return await act();
  } finally {
    for (const end of ends) end();
    const bodies = (await Promise.all(streams)).map((outcome) => rebuildStream(outcome).body.toString('utf8'));
    expect(bodies).toEqual(targets.map((target) => `start of ${target}, end of ${target}`));
  }
}

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n';

describe('a stream that breaks off ends with an error in real trailers, and nothing of it in the body:', () => {
  const scripts: Readonly<Record<string, readonly [script: Script, errorType: string]>> = {
    'the app closes in a body of known length': [
      (_request, connection) => {
        connection.write(`${HEAD}content-length: 100\r\n\r\nten bytes.`);
        connection.end();
      },
      'Function.AppConnectionReset',
    ],
    'the app closes between chunks': [
      (_request, connection) => {
        connection.write(`${HEAD}transfer-encoding: chunked\r\n\r\na\r\nten bytes.\r\n`);
        connection.end();
      },
      'Function.AppConnectionReset',
    ],
    'the app resets': [
      (_request, connection) => {
        connection.write(`${HEAD}transfer-encoding: chunked\r\n\r\na\r\nten bytes.\r\n`);
        setTimeout(() => connection.reset(), 20);
      },
      'Function.AppConnectionReset',
    ],
    'a chunk is malformed': [
      (_request, connection) => {
        connection.write(`${HEAD}transfer-encoding: chunked\r\n\r\na\r\nten bytes.\r\nxyz\r\n`);
      },
      'Function.AppInvalidResponse',
    ],
    'the deadline comes': [
      (_request, connection) => {
        connection.write(`${HEAD}transfer-encoding: chunked\r\n\r\na\r\nten bytes.\r\n`);
      },
      'Function.AppTimeout',
    ],
  };

  test.each(Object.entries(scripts))('%s', async (_name, [script, errorType]) => {
    adapter.app.route('/breaks', script);
    await amongStreams(async () => {
      const isLate = errorType === 'Function.AppTimeout';
      const outcome = await adapter.invoke(request('/breaks'), isLate ? { timeoutMs: 700 } : {});
      expect(brokenStreamOf(outcome)).toEqual({ errorType, errorMessage: expect.any(String), body: 'ten bytes.' });
    });
  });
});

describe('a failure before the stream has begun is an error like any other:', () => {
  test('the app resets', async () => {
    adapter.app.route('/reset', (_request, connection) => connection.reset());
    await amongStreams(async () => {
      expect(failureOf(await adapter.invoke(request('/reset'))).errorType).toBe('Function.AppConnectionReset');
    });
  });

  test('the metadata are larger than Lambda reads', async () => {
    adapter.app.route('/head', (_request, connection) =>
      connection.answer({ headers: [['x-large', 'x'.repeat(17 * 1024)]], body: 'body' }),
    );
    await amongStreams(async () => {
      for (const event of [request('/head'), httpEvents.rest({ path: '/head' })]) {
        const failure = failureOf(await adapter.invoke(event));
        expect(failure.errorType).toBe('Function.ResponseHeadTooLarge');
        expect(failure.errorMessage).toMatch(/\d{5} bytes.*16384/);
      }
    });
  });
});

/** Writes as fast as it is taken, until it is told to finish; says how much it could write, and when its connection is gone. */
function endless(app: ScriptedApp, path: string) {
  const isStopped = Promise.withResolvers<void>();
  let written = 0;
  let isFinished = false;
  app.route(path, (_request, connection) => {
    connection.answer({ headers: [['transfer-encoding', 'chunked']] });
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const write = (): void => {
      if (connection.socket.destroyed) return;
      if (isFinished) return void connection.chunk('');
      written += chunk.byteLength;
      if (connection.chunk(chunk)) setImmediate(write);
      else connection.socket.once('drain', write);
    };
    write();
    connection.socket.once('close', () => isStopped.resolve());
  });
  return { written: () => written, finish: () => (isFinished = true), isStopped: isStopped.promise };
}

/** Resolves when the app cannot write any more. @throws Error when it could write far more than is on its way anywhere. */
async function standstill(written: () => number): Promise<void> {
  for (let last = -1; last !== written() || last === 0;) {
    last = written();
    if (last > 64 * 1024 * 1024) throw new Error(`the app could write ${last} bytes that nobody read`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

const FAR_AWAY = '9999999999999';

describe('a platform that does not take a stream stops the app that writes it, and no other:', () => {
  test('it breaks the connection', async () => {
    const crowd = await startAdapter({ ...STREAMING, faultyRuntimeApi: 'in-place' });
    crowd.runtimeApi.fault = ({ path }) => (path.includes('/broken/') ? { kind: 'reset' } : null);
    const { isStopped } = endless(crowd.app, '/endless');
    await amongStreams(async () => {
      const broken = crowd.invoke(request('/endless'), {
        requestId: 'broken',
        timeoutMs: 700,
        deadlineHeader: FAR_AWAY,
      });
      await isStopped;
      expect(await broken).toMatchObject({ kind: 'timeout' });
      expect(await crowd.log.find('the stream could not be posted')).toContain('broken');
    }, crowd);
    await crowd.emulator.waitForParked(64);
  });

  test('it ends the invocation', async () => {
    const { isStopped } = endless(adapter.app, '/ended');
    await amongStreams(async () => {
      const ended = adapter.invoke(request('/ended'), { timeoutMs: 500, deadlineHeader: FAR_AWAY, keepBody: false });
      expect(await ended).toMatchObject({ kind: 'timeout' });
      await isStopped;
    });
    await adapter.emulator.waitForParked(64);
  });

  test('it reads no further', async () => {
    const { written, finish } = endless(adapter.app, '/unread');
    const goOn = Promise.withResolvers<void>();
    const { unread } = await amongStreams(async () => {
      const options = { keepBody: false, onChunk: () => goOn.promise };
      const invocation = adapter.invoke(request('/unread'), options);
      await standstill(written);
      return { unread: invocation };
    });
    finish();
    goOn.resolve();
    expect(await unread).toMatchObject({ kind: 'response', trailers: null });
    await adapter.emulator.waitForParked(64);
  });
});

test('header bytes that are not UTF-8 and names of object members are in the metadata as text', async () => {
  adapter.app.route('/names', (_request, connection) =>
    connection.answer({
      headers: [
        ['x-name', Buffer.from('se\xf1or', 'latin1')],
        ['__proto__', 'p'],
      ],
    }),
  );
  await amongStreams(async () => {
    const { headers } = rebuildStream(await adapter.invoke(request('/names')));
    expect(Object.entries(headers)).toEqual(
      expect.arrayContaining([
        ['x-name', 'señor'],
        ['__proto__', 'p'],
      ]),
    );
  });
});
