import { beforeAll, describe, expect, test } from 'vitest';
import { launchAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { httpEvents, request } from '../helpers/events.ts';
import { rebuildStream } from '../helpers/rebuilt-answer.ts';
import type { Script } from '../helpers/scripted-app.ts';
import { brokenStreamOf, failureOf } from '../helpers/outcomes.ts';

let adapter: RunningAdapter;

beforeAll(async () => {
  adapter = await launchAdapter({ ...CROWDED, env: { ...CROWDED.env, AWS_LWA_INVOKE_MODE: 'response_stream' } });
  return () => adapter.stop();
});

/** Does something while 32 streams have begun and wait for their end, and makes sure that each then ends with its own. */
async function amongStreams(act: () => Promise<void>): Promise<void> {
  const ends: (() => void)[] = [];
  const begun: Promise<void>[] = [];
  adapter.app.route('/neighbour/', ({ target }, connection) => {
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
    return adapter.invoke(request(target), { onStreamStart: () => start.resolve() });
  });
  try {
    await Promise.all(begun);
    await act();
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
