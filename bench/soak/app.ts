// The app behind the adapters of a soak, as a process of its own. The path of a request says how to answer, or how not to;
// every answer carries the id that came with the request.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { markedBytes } from './marked-bytes.ts';

interface Call {
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  readonly response: ServerResponse;
}

/** Longer than every deadline that a soak sets for an app that hangs, in milliseconds. */
const HANG_MS = 20_000;
/** Beyond what a buffered answer may have. */
const OVERSIZED_BYTES = 7 * 1024 * 1024;

const ACTIONS: Readonly<Record<string, (call: Call) => void | Promise<void>>> = {
  '/ready': ({ response }) => void response.end(),
  '/json': ({ id, response }) => sendJson(response, 200, { id }),
  '/upload': ({ id, body, response }) => {
    const isRight = body.equals(markedBytes(id, body.byteLength));
    sendJson(response, isRight ? 200 : 422, { id, bytes: body.byteLength });
  },
  '/bytes': ({ id, query, response }) => {
    response.setHeader('content-type', query.get('type') ?? 'text/plain');
    response.end(markedBytes(id, Number(query.get('bytes'))));
  },
  '/status': ({ id, query, response }) => sendJson(response, Number(query.get('status')), { id }),
  '/empty': ({ response }) => {
    response.statusCode = 204;
    response.end();
  },
  '/sse': serverSentEvents,
  '/reset': ({ response }) => void response.socket?.resetAndDestroy(),
  '/close': ({ response }) => void response.socket?.destroy(),
  '/half': ({ id, query, response }) => {
    const bytes = Number(query.get('bytes'));
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': bytes * 2 });
    response.write(markedBytes(id, bytes), () => setTimeout(() => response.socket?.destroy(), 5));
  },
  '/malformed': ({ response }) => void response.socket?.end('HTTP/1.1 many things\r\nno colon here\r\n\r\n'),
  '/hang': ({ response }) => hang(response),
  '/half-and-hang': ({ id, query, response }) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.write(markedBytes(id, Number(query.get('bytes'))));
    return hang(response);
  },
  '/oversized': ({ id, query, response }) => {
    response.setHeader('content-type', 'application/octet-stream');
    if (query.has('announced')) response.setHeader('content-length', OVERSIZED_BYTES);
    response.end(markedBytes(id, OVERSIZED_BYTES));
  },
  '/long-head': ({ response }) => {
    response.setHeader('x-long', 'x'.repeat(20 * 1024));
    response.end();
  },
  '/events': answerEvent,
};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  // Both ends break connections on purpose.
  response.on('error', () => response.destroy());
  request.on('error', () => response.destroy());
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => void act(request, response, Buffer.concat(chunks)));
});
// The adapter is to close idle connections by its own clock.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
// Whoever started this has ended, one way or another.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole process group; the soak decides when the app ends.
process.on('SIGINT', () => {});

async function act(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://app');
  const id = String(request.headers['x-soak-id'] ?? '');
  response.setHeader('x-soak-id', id);
  const action = ACTIONS[pathname];
  if (action === undefined) return sendJson(response, 404, { id });
  await action({ id, query: searchParams, body, response });
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

async function serverSentEvents({ id, query, response }: Call): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let left = Number(query.get('events')); left > 0 && !response.destroyed; left--) {
    response.write(`data: ${id}\n\n`);
    await sleep(10);
  }
  response.end();
}

/** Until the adapter gives up, or far longer than it should take to. */
function hang(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => response.destroy(), HANG_MS);
    response.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A queue's message says in its body what is to become of it. */
function answerEvent({ body, response }: Call): void | Promise<void> {
  const { Records: records }: { Records: { messageId: string; body: string }[] } = JSON.parse(body.toString());
  const [{ messageId: id, body: wish } = { messageId: '', body: '' }] = records;
  switch (wish) {
    case 'fail':
      return sendJson(response, 500, { id });
    case 'hang':
      return hang(response);
    default:
      return sendJson(response, 200, { id, batchItemFailures: [] });
  }
}
