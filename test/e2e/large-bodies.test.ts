import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startAdapter, type AdapterOptions, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { httpEvents, type EventRequest } from '../helpers/events.ts';
import { rebuildOutcome } from '../helpers/rebuilt-answer.ts';
import { portOf } from '../helpers/port-of.ts';
import { until } from '../helpers/until.ts';

/** What the platform delivers at most. */
const EVENT_BYTES = 6 * 1024 * 1024;

const LINE = 'every line of it is like the one before\n';
const TEXT = LINE.repeat(Math.floor((EVENT_BYTES - 4096) / (LINE.length + 1)));
/** Of a period that is no power of two, so that a piece in the wrong place shows. */
const BYTES = Buffer.from(Array.from({ length: 4_700_000 }, (_, index) => index % 251));

const UPLOADS: Readonly<Record<string, readonly [event: EventRequest, body: Buffer]>> = {
  text: [{ body: TEXT }, Buffer.from(TEXT)],
  bytes: [{ body: BYTES.toString('base64'), isBase64Encoded: true }, BYTES],
};

/** An adapter before an app that reads its sockets as it likes. */
async function startBefore(app: Server, options: AdapterOptions): Promise<RunningAdapter> {
  const sockets = new Set<Socket>();
  app.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    app.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    app.close();
    for (const socket of sockets) socket.destroy();
  });
  return startAdapter({ ...options, env: { ...options.env, AWS_LWA_PORT: String(portOf(app)) } });
}

async function put(adapter: RunningAdapter, fields: EventRequest) {
  const event = httpEvents['function-url']({ method: 'PUT', path: '/upload', ...fields });
  const { status, body } = rebuildOutcome('function-url', await adapter.invoke(event));
  return [status, body.toString()];
}

describe.each([
  ['in standard mode', {}],
  ['on Managed Instances', CROWDED],
])('%s, a body as large as an event can hold', (_mode, options) => {
  test.each(Object.entries(UPLOADS))('reaches an app that reads slowly: %s', async (_what, [fields, body]) => {
    const received: Buffer[] = [];
    const app = createHttpServer((request, response) => {
      request.on('data', (chunk: Buffer) => {
        received.push(chunk);
        request.pause();
        setTimeout(() => request.resume(), 1);
      });
      request.on('end', () => response.end('read'));
    });
    const adapter = await startBefore(app, options);
    expect(await put(adapter, fields)).toEqual([200, 'read']);
    expect(Buffer.concat(received).equals(body)).toBe(true);
  });

  test.each(Object.entries(UPLOADS))(
    'holds up no answer of an app that does not read it before: %s',
    async (_what, [fields]) => {
      const unread: Socket[] = [];
      const app = createServer((socket) => {
        socket.on('error', () => socket.destroy());
        socket.once('data', (start) => {
          if (start.toString('latin1').startsWith('GET')) return void socket.end('HTTP/1.1 204 Ready\r\n\r\n');
          unread.push(socket.pause());
          socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 9\r\n\r\ntoo large');
        });
      });
      const adapter = await startBefore(app, options);
      for (let count = 1; count <= 3; count++) {
        expect(await put(adapter, fields)).toEqual([413, 'too large']);
        expect(unread).toHaveLength(count);
      }
      for (const socket of unread) socket.resume();
    },
  );
});

test('an answer that comes before the upload has been read holds up nobody else', async () => {
  const held: Socket[] = [];
  const app = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (start) => {
      const line = start.toString('latin1');
      if (line.startsWith('GET /neighbour/')) return void held.push(socket);
      if (line.startsWith('GET')) return void socket.end('HTTP/1.1 204 Ready\r\n\r\n');
      socket.pause();
      socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 9\r\n\r\ntoo large');
    });
  });
  const adapter = await startBefore(app, CROWDED);
  const paths = Array.from({ length: 32 }, (_, index) => `/neighbour/${index}`);
  const neighbours = paths.map((path) => adapter.invoke(httpEvents['function-url']({ path })));
  await until(() => held.length === paths.length);
  expect(await put(adapter, { body: TEXT })).toEqual([413, 'too large']);
  for (const socket of held) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nhere');
  for (const outcome of await Promise.all(neighbours)) {
    expect(rebuildOutcome('function-url', outcome).body.toString()).toBe('here');
  }
});
