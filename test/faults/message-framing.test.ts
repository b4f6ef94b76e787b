import { beforeAll, describe, expect, test } from 'vitest';
import { launchAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { httpEvents, HTTP_SOURCES, request } from '../helpers/events.ts';
import { amongNeighbours } from '../helpers/neighbours.ts';
import { valuesOf, type ReceivedRequest } from '../helpers/received-request.ts';
import { answerOf, failureOf } from '../helpers/outcomes.ts';

let adapter: RunningAdapter;

beforeAll(async () => {
  adapter = await launchAdapter(CROWDED);
  return () => adapter.stop();
});

async function sent(event: unknown): Promise<ReceivedRequest> {
  const outcome = await adapter.invoke(event);
  expect(answerOf(outcome)).toMatchObject({ statusCode: 200 });
  return adapter.app.requestOf(outcome.requestId);
}

const BYTES = Buffer.from([0xfb, 0xef, 0xff, 0x00, 0x0a]);

describe('a base64 body', () => {
  test.each([
    ['in its canonical form', '++//AAo='],
    ['in the alphabet of URLs', '--__AAo='],
    ['without padding', '++//AAo'],
    ['with line breaks', '++//\r\nAAo=\n'],
    ['with bits left over', '++//AAp='],
    ['with too much padding', '++//AAo==='],
  ])('is decoded %s', async (_form, body) => {
    await amongNeighbours(adapter, 32, async () => {
      for (const source of HTTP_SOURCES) {
        const received = await sent(httpEvents[source]({ method: 'POST', body, isBase64Encoded: true }));
        expect(received.body).toEqual(BYTES);
      }
    });
  });

  test.each(['not base64!', 'AAA*', 'A', 'AA=A', 'a word with spaces', '{"json":1}', 'é'])(
    'fails its invocation alone when it is none, as %j',
    async (body) => {
      await amongNeighbours(adapter, 32, async () => {
        for (const source of HTTP_SOURCES) {
          const failure = failureOf(
            await adapter.invoke(httpEvents[source]({ method: 'POST', body, isBase64Encoded: true })),
          );
          expect(failure).toEqual({
            errorType: 'Function.InvalidEvent',
            errorMessage: expect.stringMatching(/\bbody\b.*\bbase64\b/),
          });
          expect(failure.errorMessage).not.toContain(body);
        }
      });
    },
  );
});

describe('what an event says about the framing of its message is not believed:', () => {
  test.each([
    { 'content-length': '3' },
    { 'content-length': '99999' },
    { 'Content-Length': '-1' },
    { 'content-length': 'four' },
    { 'content-length': '8, 9' },
    { 'content-length': '99999999999999999999' },
    { 'transfer-encoding': 'chunked' },
    { 'Transfer-Encoding': 'gzip, chunked' },
    { 'content-length': '3', 'transfer-encoding': 'chunked' },
    { content_length: '3' },
  ])('%j', async (headers) => {
    await amongNeighbours(adapter, 32, async () => {
      for (const source of HTTP_SOURCES) {
        const received = await sent(httpEvents[source]({ method: 'POST', headers, body: 'the body' }));
        expect(received.body.toString('utf8')).toBe('the body');
        expect(valuesOf(received, 'content-length')).toEqual(['8']);
        expect(valuesOf(received, 'content_length')).toEqual([]);
        expect((await sent(httpEvents[source]({ headers }))).body).toHaveLength(0);
      }
    });
  });

  test('fields about the connection of the client end at the adapter, and those that these name', async () => {
    const headers = {
      connection: 'close, X-Private, host, authorization',
      'keep-alive': 'timeout=1',
      te: 'trailers',
      trailer: 'x-checksum',
      upgrade: 'websocket',
      expect: '100-continue',
      'proxy-connection': 'close',
      'x-private': '1',
      authorization: 'stays',
    };
    await amongNeighbours(adapter, 32, async () => {
      const received = await sent(request('/', { headers }));
      expect(received.headers.map(([name]) => name).toSorted()).toEqual([
        'authorization',
        'connection',
        'host',
        'x-amzn-lambda-context',
        'x-amzn-request-context',
        'x-forwarded-proto',
      ]);
      expect(valuesOf(received, 'connection')).toEqual(['keep-alive']);
      expect(valuesOf(received, 'host')).toEqual(['app.example.com']);
    });
  });
});

describe('a method', () => {
  test.each(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'post', 'M-SEARCH', "!#$%&'*+.^_`|~"])(
    'such as %s is sent as it is, with a body if there is one',
    async (method) => {
      adapter.app.route('/method', (_request, connection) => connection.answer({ status: 204 }));
      await amongNeighbours(adapter, 32, async () => {
        const outcome = await adapter.invoke(request('/method', { method, body: 'the body' }));
        const received = adapter.app.requestOf(outcome.requestId);
        expect(answerOf(outcome)).toMatchObject({ statusCode: 204 });
        expect([received.method, received.body.toString('utf8')]).toEqual([method, 'the body']);
      });
    },
  );

  test.each(['GET / HTTP/1.1\r\nx: y', 'G T', 'GÉT', 'CONNECT', '\0'])(
    'that cannot be one fails its invocation alone: %j',
    async (method) => {
      await amongNeighbours(adapter, 32, async () => {
        for (const source of HTTP_SOURCES) {
          const failure = failureOf(await adapter.invoke(httpEvents[source]({ method })));
          expect(failure).toMatchObject({
            errorType: 'Function.InvalidEvent',
            errorMessage: expect.stringContaining('ethod'),
          });
        }
      });
    },
  );
});
