import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { startGateway } from '../../bench/emulator/gateway.ts';
import { htmlPage } from '../../bench/scenarios/html-page.ts';
import type { Coding } from '../../src/shared/config.ts';
import { startAdapter } from '../helpers/adapter.ts';
import { httpEvents, request } from '../helpers/events.ts';
import { brokenStreamOf } from '../helpers/outcomes.ts';
import { rebuildOutcome, rebuildStream } from '../helpers/rebuilt-answer.ts';
import { decompress, decompressBeginning } from '../unit/workers/compression/decompress.ts';
import { streamingModes } from './modes.ts';
import { StreamReader } from './stream-reader.ts';

const CHUNKED = ['transfer-encoding', 'chunked'] as const;
const HTML = ['content-type', 'text/html'] as const;
const CODINGS: readonly Coding[] = ['gzip', 'br', 'zstd'];

function accepting(coding: string, path = '/') {
  return request(path, { headers: { 'accept-encoding': coding } });
}

describe.each(streamingModes({ AWS_LWA_ENABLE_COMPRESSION: 'true' }))('a compressed stream %s', (_mode, options) => {
  test.each(CODINGS)('keeps the pace of the app: %s', async (coding) => {
    const adapter = await startAdapter(options);
    const events = ['data: first\n\n', 'data: second\n\n', `data: ${'long '.repeat(30_000)}\n\n`, 'data: last\n\n'];
    const reader = new StreamReader();
    adapter.app.script = async (_request, connection) => {
      connection.answer({ headers: [CHUNKED, ['content-type', 'text/event-stream']] });
      let written = '';
      for (const event of events) {
        connection.chunk(event);
        written += event;
        // The next event is not written before the client can read this one.
        await reader.until((body) => decompressBeginning(coding, body).toString() === written);
      }
      connection.chunk('');
    };
    const { headers, body } = rebuildStream(await adapter.invoke(accepting(coding), reader.options));
    expect(headers).toEqual({
      'content-type': 'text/event-stream',
      'content-encoding': coding,
      vary: 'accept-encoding',
    });
    expect(decompress(coding, body).toString()).toBe(events.join(''));
  });

  test.each(CODINGS)('loses nothing when the app is faster than the codec: %s', async (coding) => {
    const adapter = await startAdapter(options);
    const page = htmlPage();
    adapter.app.script = async (_request, connection) => {
      connection.answer({ headers: [HTML, ['content-length', String(100 * page.length)], ['etag', '"1"']] });
      for (let count = 0; count < 100; count++) {
        if (!connection.write(page)) await once(connection.socket, 'drain');
      }
    };
    const { headers, body } = rebuildStream(await adapter.invoke(accepting(coding)));
    expect(headers).toMatchObject({ etag: 'W/"1"', 'content-encoding': coding });
    expect(headers).not.toHaveProperty('content-length');
    expect(decompress(coding, body).equals(Buffer.concat(Array.from({ length: 100 }, () => page)))).toBe(true);
  });

  test.each(CODINGS)(
    'that breaks off has all that the app wrote, no end of %s, and the error in the trailers',
    async (coding) => {
      const adapter = await startAdapter(options);
      adapter.app.script = (_request, connection) => {
        connection.answer({ headers: [HTML, CHUNKED] });
        connection.chunk(htmlPage());
        connection.chunk('the last words');
        connection.end();
      };
      const reader = new StreamReader();
      const outcome = await adapter.invoke(accepting(coding), reader.options);
      expect(brokenStreamOf(outcome).errorType).toBe('Function.AppConnectionReset');
      expect(decompressBeginning(coding, reader.body).toString()).toBe(`${htmlPage().toString()}the last words`);
      expect(() => decompress(coding, reader.body)).toThrow(Error);
    },
  );

  test('waits for a reader that has stopped, and so does the app', async () => {
    const adapter = await startAdapter(options);
    const page = htmlPage();
    const total = 1000;
    let written = 0;
    adapter.app.script = async (_request, connection) => {
      connection.answer({ headers: [HTML, CHUNKED] });
      for (; written < total; written++) {
        if (!connection.chunk(page)) await once(connection.socket, 'drain');
      }
      connection.chunk('');
    };
    const stopped = Promise.withResolvers<void>();
    const chunks: Buffer[] = [];
    const invocation = adapter.invoke(accepting('gzip;q=1'), {
      keepBody: false,
      onChunk: (chunk) => {
        chunks.push(chunk);
        return stopped.promise;
      },
    });
    await hasSettled(() => written);
    expect(written).toBeLessThan(total);
    stopped.resolve();
    expect(await invocation).toMatchObject({ kind: 'response', trailers: null });
    const all = Buffer.concat(chunks);
    const body = all.subarray(all.indexOf(Buffer.alloc(8)) + 8);
    expect(decompress('gzip', body)).toHaveLength(total * page.length);
  });

  test('is only made of what has a body', async () => {
    const adapter = await startAdapter(options);
    const bodiless: Readonly<Record<string, Parameters<typeof request>[1] & { status: number; length?: string }>> = {
      '/head': { status: 200, length: '5000', method: 'HEAD' },
      '/none': { status: 204 },
      '/moved': { status: 302, length: '0' },
      '/unchanged': { status: 304 },
      '/empty': { status: 200, length: '0' },
    };
    for (const [path, { status, length, ...rest }] of Object.entries(bodiless)) {
      const own = length === undefined ? [HTML] : [HTML, ['content-length', length] as const];
      adapter.app.route(path, (_request, connection) => connection.answer({ status, headers: own }));
      const outcome = await adapter.invoke(request(path, { ...rest, headers: { 'accept-encoding': 'gzip' } }));
      const { headers, body, ...answer } = rebuildStream(outcome);
      expect({ path, status: answer.status, headers, body: body.length }).toEqual({
        path,
        status,
        headers: Object.fromEntries(own),
        body: 0,
      });
    }
  });

  test('of nothing, whose length nobody told, is still one that a client can decode', async () => {
    const adapter = await startAdapter(options);
    adapter.app.script = (_request, connection) => {
      connection.answer({ headers: [HTML, CHUNKED] });
      connection.chunk('');
    };
    for (const coding of CODINGS) {
      const { body } = rebuildStream(await adapter.invoke(accepting(coding)));
      expect(decompress(coding, body)).toHaveLength(0);
    }
  });

  test('is not for sources that cannot read a stream: they get it compressed in one piece', async () => {
    const adapter = await startAdapter(options);
    adapter.app.script = (_request, connection) => connection.answer({ headers: [HTML], body: htmlPage() });
    const outcome = await adapter.invoke(httpEvents.alb({ headers: { 'accept-encoding': 'br' } }));
    if (outcome.kind !== 'response') throw new Error(outcome.kind);
    expect(outcome.streamed).toBe(false);
    const { body }: { body: string } = JSON.parse(outcome.body.toString('utf8'));
    expect(decompress('br', Buffer.from(body, 'base64')).equals(htmlPage())).toBe(true);
  });
});

describe('codings are used as configured', () => {
  test('in their order, and no other', async () => {
    const [, options] = streamingModes({ AWS_LWA_COMPRESSION: 'gzip:9,br' })[0] ?? [];
    const adapter = await startAdapter(options);
    adapter.app.script = (_request, connection) => connection.answer({ headers: [HTML], body: htmlPage() });
    const codingFor = async (accepted: string) =>
      rebuildStream(await adapter.invoke(accepting(accepted))).headers['content-encoding'];
    expect(await codingFor('zstd, br, gzip')).toBe('gzip');
    expect(await codingFor('zstd, br')).toBe('br');
    expect(await codingFor('zstd')).toBeUndefined();
  });

  test('at their levels, streamed and in one piece', async () => {
    const fastest = await sizesWith('gzip:1,br:1,zstd:1');
    const smallest = await sizesWith('gzip:9,br:9,zstd:15');
    for (const [index, bytes] of smallest.entries()) expect(bytes).toBeLessThan(fastest[index] ?? 0);
  });
});

/** Bytes that a page has with each coding: as a stream, and for a source that cannot read a stream. */
async function sizesWith(codings: string): Promise<readonly number[]> {
  const [, options] = streamingModes({ AWS_LWA_COMPRESSION: codings })[0] ?? [];
  const adapter = await startAdapter(options);
  // Too long to be compressed in one go, for which short ones have another way.
  const page = htmlPage(300_000);
  adapter.app.script = (_request, connection) => connection.answer({ headers: [HTML], body: page });
  const sizes: number[] = [];
  for (const coding of CODINGS) {
    const alb = httpEvents.alb({ headers: { 'accept-encoding': coding } });
    const streamed = rebuildStream(await adapter.invoke(accepting(coding)));
    const whole = rebuildOutcome('alb', await adapter.invoke(alb));
    for (const { headers, body } of [streamed, whole]) {
      expect(headers['content-encoding']).toBe(coding);
      expect(decompress(coding, body).equals(page)).toBe(true);
      sizes.push(body.length);
    }
  }
  return sizes;
}

test('a browser reads a compressed stream event by event', async () => {
  const [, options] = streamingModes({ AWS_LWA_ENABLE_COMPRESSION: 'true' })[1] ?? [];
  const adapter = await startAdapter(options);
  const goOn: (() => void)[] = [];
  adapter.app.script = async (_request, connection) => {
    connection.answer({ headers: [CHUNKED, ['content-type', 'text/event-stream']] });
    for (let count = 0; count < 5; count++) {
      connection.chunk(`data: ${count}\n\n`);
      await new Promise<void>((resolve) => goOn.push(resolve));
    }
    connection.chunk('');
  };
  const gateway = await startGateway({
    emulator: adapter.emulator,
    eventSource: 'function-url',
    invokeMode: 'response_stream',
  });
  try {
    const response = await fetch(gateway.url, { headers: { 'accept-encoding': 'br' } });
    expect(response.headers.get('content-encoding')).toBe('br');
    if (response.body === null) throw new Error('no body');
    let count = 0;
    for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
      expect(part).toBe(`data: ${count++}\n\n`);
      goOn.shift()?.();
    }
    expect(count).toBe(5);
  } finally {
    await gateway.close();
  }
});

/** Waits until a count that has begun to grow stops growing. */
async function hasSettled(count: () => number): Promise<void> {
  let last = -1;
  while (count() === 0 || count() !== last) {
    last = count();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
