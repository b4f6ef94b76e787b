import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { startAdapter, type AdapterOptions } from '../helpers/adapter.ts';
import { httpEvents, queueEvent, request } from '../helpers/events.ts';
import { rebuildOutcome, rebuildStream } from '../helpers/rebuilt-answer.ts';
import type { Script } from '../helpers/scripted-app.ts';
import { echoed } from '../helpers/outcomes.ts';

const MODES: Record<string, AdapterOptions> = {
  'on the coordinator thread': { env: { AWS_LWA_INVOKE_MODE: 'response_stream' } },
  'on a worker thread': {
    emulator: { mode: 'managed-instances', maxConcurrency: 32, concurrencyVisibleToExtensions: true },
    env: { AWS_LWA_INVOKE_MODE: 'response_stream', AWS_LWA_WORKERS: '1' },
  },
};

const DELIMITER = Buffer.alloc(8);
const CHUNKED = [['transfer-encoding', 'chunked']] as const;

describe.each(Object.entries(MODES))('a streamed answer %s', (_mode, options) => {
  test('arrives while the app is still writing it', async () => {
    const adapter = await startAdapter(options);
    const parts = ['first', 'second', 'third'];
    let arrived = Buffer.alloc(0);
    const arrivals: string[] = [];
    let wake: (() => void) | null = null;
    adapter.app.script = async (_request, connection) => {
      connection.answer({ headers: [...CHUNKED, ['content-type', 'text/plain']] });
      for (const part of parts) {
        connection.chunk(part);
        // The next part is not written before this one has come out at the other end.
        while (!arrived.includes(part)) await new Promise<void>((resolve) => (wake = resolve));
        arrivals.push(part);
      }
      connection.chunk('');
    };
    const outcome = await adapter.invoke(request('/'), {
      onChunk: (chunk) => {
        arrived = Buffer.concat([arrived, chunk]);
        wake?.();
      },
    });
    expect(arrivals).toEqual(parts);
    expect(rebuildStream(outcome)).toMatchObject({ status: 200, body: Buffer.from(parts.join('')) });
  });

  test('sends its metadata before the app has written any of the body', async () => {
    const adapter = await startAdapter(options);
    let finish: (() => void) | null = null;
    adapter.app.script = (_request, connection) => {
      connection.answer({ status: 203, headers: CHUNKED });
      finish = () => connection.chunk('');
    };
    let seen = Buffer.alloc(0);
    await adapter.invoke(request('/'), {
      onChunk: (chunk) => {
        seen = Buffer.concat([seen, chunk]);
        if (seen.includes(DELIMITER)) finish?.();
      },
    });
    expect(seen.toString('utf8')).toBe('{"statusCode":203,"headers":{},"cookies":[]}' + DELIMITER.toString('utf8'));
  });

  test('goes at the pace of its reader: a slow one stops the app, and nothing is lost', async () => {
    const adapter = await startAdapter(options);
    const total = 48 * 1024 * 1024;
    const piece = Buffer.alloc(64 * 1024, 'abcdefgh');
    let written = 0;
    adapter.app.script = async (_request, connection) => {
      connection.answer({ headers: [['content-length', String(total)]] });
      for (; written < total; written += piece.length) {
        if (!connection.write(piece)) await once(connection.socket, 'drain');
      }
    };
    const reader = Promise.withResolvers<void>();
    let received = 0;
    const invocation = adapter.invoke(request('/'), {
      keepBody: false,
      onChunk: (chunk) => {
        received += chunk.length;
        return reader.promise;
      },
    });
    await standstill(() => written);
    // What sockets and windows on the way hold, far from all of it.
    expect(written).toBeLessThan(total / 2);
    reader.resolve();
    expect(await invocation).toMatchObject({ kind: 'response', trailers: null });
    const prelude = `{"statusCode":200,"headers":{"content-length":"${total}"},"cookies":[]}`;
    expect(received).toBe(prelude.length + DELIMITER.length + total);
  });

  test('is for sources that can read a stream: others get a plain one', async () => {
    const adapter = await startAdapter(options);
    adapter.app.route('/events', (_request, connection) =>
      connection.answer({ headers: [['content-type', 'application/json']], body: '[1]' }),
    );
    for (const source of ['alb', 'alb-multi-value', 'vpc-lattice-v1', 'vpc-lattice-v2'] as const) {
      const outcome = await adapter.invoke(httpEvents[source]({ path: '/plain' }));
      expect(JSON.parse(rebuildOutcome(source, outcome).body.toString('utf8'))).toMatchObject({ target: '/plain' });
    }
    const outcome = await adapter.invoke(queueEvent('x'));
    expect(outcome).toMatchObject({ kind: 'response', streamed: false, body: Buffer.from('[1]') });
  });

  test('of a REST API has repeated headers where that reads them', async () => {
    const adapter = await startAdapter(options);
    adapter.app.script = (_request, connection) =>
      connection.answer({
        headers: [
          ['vary', 'a'],
          ['vary', 'b'],
          ['set-cookie', 'c=1'],
          ['set-cookie', 'd=2'],
        ],
        body: 'x',
      });
    expect(rebuildStream(await adapter.invoke(httpEvents.rest({}))).prelude).toEqual({
      statusCode: 200,
      headers: { 'content-length': '1' },
      multiValueHeaders: { vary: ['a', 'b'] },
      cookies: ['c=1', 'd=2'],
    });
  });
});

describe('streams side by side', () => {
  const options = MODES['on a worker thread'];

  test('do not mix', async () => {
    const adapter = await startAdapter(options);
    adapter.app.script = interleaved;
    const paths = Array.from({ length: 16 }, (_, index) => `/${index}`);
    const outcomes = await Promise.all(paths.map((path) => adapter.invoke(request(path))));
    const bodies = outcomes.map((outcome) => rebuildStream(outcome).body.toString('utf8'));
    expect(bodies).toEqual(paths.map((path) => Array.from({ length: 50 }, (_, line) => `${path} ${line}\n`).join('')));
  });

  test('do not wait for each other: one with a reader that has stopped holds up nobody', async () => {
    const adapter = await startAdapter(options);
    adapter.app.route('/big', (_request, connection) => connection.answer({ body: Buffer.alloc(32 * 1024 * 1024) }));
    const stopped = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const big = adapter.invoke(request('/big'), {
      keepBody: false,
      onChunk: () => {
        reached.resolve();
        return stopped.promise;
      },
    });
    await reached.promise;
    for (let count = 0; count < 50; count++) {
      expect(rebuildStream(await adapter.invoke(request(`/${count}`))).body.toString()).toContain(`"/${count}"`);
    }
    stopped.resolve();
    expect(await big).toMatchObject({ kind: 'response', trailers: null });
  });
});

test('an answer that is not streamed may come in chunks', async () => {
  const adapter = await startAdapter();
  adapter.app.script = ({ target }, connection) => {
    connection.answer({ headers: [...CHUNKED, ['content-type', 'application/json']] });
    for (const character of JSON.stringify({ target })) connection.chunk(character);
    connection.chunk('');
  };
  expect(echoed(await adapter.invoke(request('/x'))).target).toBe('/x');
});

/** Writes a line and lets the others write theirs. */
const interleaved: Script = async ({ target }, connection) => {
  connection.answer({ headers: CHUNKED });
  for (let line = 0; line < 50; line++) {
    connection.chunk(`${target} ${line}\n`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  connection.chunk('');
};

/** Resolves when a number has not changed for a while. */
async function standstill(read: () => number): Promise<void> {
  for (let last = -1; last !== read() || last === 0;) {
    last = read();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
