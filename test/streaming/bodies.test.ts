import { describe, expect, test } from 'vitest';
import { startAdapter } from '../helpers/adapter.ts';
import { httpEvents, request } from '../helpers/events.ts';
import { rebuildStream } from '../helpers/rebuilt-answer.ts';
import { streamingModes } from './modes.ts';
import { readSlowly, writer } from './slow-readers.ts';

const MIB = 1024 * 1024;

interface Bodiless {
  readonly status: number;
  readonly method?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

const BODILESS: Readonly<Record<string, Bodiless>> = {
  'a 204': { status: 204 },
  'a redirect': {
    status: 302,
    headers: [
      ['location', '/there'],
      ['content-length', '0'],
    ],
  },
  'a 304': { status: 304, headers: [['etag', '"1"']] },
  'an answer to HEAD': { status: 200, method: 'HEAD', headers: [['content-length', '5000']] },
  'an empty 200': { status: 200, headers: [['content-length', '0']] },
  'an empty 200 in chunks': { status: 200, headers: [['transfer-encoding', 'chunked']] },
};

describe.each(streamingModes())('a stream %s', (_mode, options) => {
  test('without a body ends cleanly behind its metadata', async () => {
    const adapter = await startAdapter(options);
    let answer: Bodiless = { status: 200 };
    adapter.app.script = (_request, connection) => {
      connection.answer({ status: answer.status, headers: answer.headers ?? [] });
      if (answer.headers?.some(([name]) => name === 'transfer-encoding') === true) connection.chunk('');
    };
    for (const [what, bodiless] of Object.entries(BODILESS)) {
      answer = bodiless;
      for (const source of ['function-url', 'rest'] as const) {
        const method = bodiless.method ?? 'GET';
        const { status, headers, body, prelude } = rebuildStream(await adapter.invoke(httpEvents[source]({ method })));
        const expected = (bodiless.headers ?? []).filter(([name]) => name !== 'transfer-encoding');
        expect({ what, status, headers, body: body.toString() }).toEqual({
          what,
          status: bodiless.status,
          headers: Object.fromEntries(expected),
          body: '',
        });
        expect(prelude).toMatchObject({ cookies: [] });
      }
    }
    // None of them cost the connection or held up the next.
    expect(adapter.app.connections).toBe(1);
  });

  test('has one text for each header name, cookies apart, and no type that the app did not give', async () => {
    const adapter = await startAdapter(options);
    adapter.app.script = (_request, connection) =>
      connection.answer({
        headers: [
          ['vary', 'a'],
          ['vary', 'b'],
          ['set-cookie', 'c=1, 2'],
          ['set-cookie', 'd=3'],
        ],
        body: 'x',
      });
    expect(rebuildStream(await adapter.invoke(request('/'))).prelude).toEqual({
      statusCode: 200,
      headers: { vary: 'a, b', 'content-length': '1' },
      cookies: ['c=1, 2', 'd=3'],
    });
  });

  test('may have 200 MiB', async () => {
    const adapter = await startAdapter(options);
    adapter.app.script = writer;
    let received = 0;
    const outcome = await adapter.invoke(request(`/${200 * MIB}`), {
      keepBody: false,
      onChunk: (chunk) => {
        received += chunk.length;
      },
    });
    expect(outcome).toMatchObject({ kind: 'response', trailers: null });
    expect(received).toBeGreaterThan(200 * MIB);
    expect(received).toBeLessThan(200 * MIB + 1000);
  });
});

test.each([undefined, 'gzip'])(
  '32 streams to slow readers take little memory (compressed with %s)',
  async (acceptEncoding) => {
    const [, options] = streamingModes({ AWS_LWA_ENABLE_COMPRESSION: 'true' })[1] ?? [];
    const adapter = await startAdapter(options);
    const { growthMib } = await readSlowly(adapter, {
      streams: 32,
      bytes: 12 * MIB,
      pauseMs: 5,
      ...(acceptEncoding !== undefined && { acceptEncoding }),
    });
    // Half of what 64 of them may take; without backpressure it would be most of 384.
    expect(growthMib).toBeLessThan(acceptEncoding === undefined ? 40 : 60);
  },
);
