import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Config } from '../../src/shared/config.ts';
import type { Failure } from '../../src/shared/errors.ts';
import type { Dispatcher, FromWorker, Invocation } from '../../src/shared/protocol.ts';
import { createDispatcher } from '../../src/workers/dispatcher.ts';
import { WIDEST_WINDOW_BYTES } from '../../src/workers/stream-budget.ts';
import { testConfig } from '../helpers/config.ts';
import { response, ScriptedApp } from './scripted-app.ts';

let app: ScriptedApp;
let messages: FromWorker[];
let dispatcher: Dispatcher;
let lastId: number;

beforeEach(async () => {
  app = await ScriptedApp.start();
  use({});
});

afterEach(async () => {
  dispatcher.receive({ kind: 'close' });
  await app.stop();
});

function use(config: Partial<Config>): void {
  // Of its own for each dispatcher: what an earlier one still has to say is about other invocations.
  const received: FromWorker[] = [];
  messages = received;
  lastId = 0;
  dispatcher = createDispatcher(testConfig({ app: app.address, ...config }), (message) => received.push(message));
}

/** A Function URL event, or any other one, as the platform hands it over. */
function invoke(
  options: {
    method?: string;
    path?: string;
    headers?: Readonly<Record<string, string>>;
    body?: string;
    event?: unknown;
    deadlineMs?: number;
  } = {},
): number {
  const { method = 'GET', path = '/', body } = options;
  const functionUrl = {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: { host: 'app.example', ...options.headers },
    requestContext: { domainName: 'app.example', http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1' } },
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
  const invocation: Invocation = {
    requestId: `request-${lastId + 1}`,
    deadlineMs: options.deadlineMs ?? 0,
    functionArn: 'arn:aws:lambda:eu-north-1:123456789012:function:test-function',
    traceId: null,
    clientContext: null,
    cognitoIdentity: null,
    tenantId: null,
    event: [Buffer.from(JSON.stringify(options.event ?? functionUrl))],
  };
  dispatcher.receive({ kind: 'invoke', id: ++lastId, invocation });
  return lastId;
}

const batch = { Records: [{ eventSource: 'aws:sqs', messageId: '1' }] };

function messagesOf(id: number): FromWorker[] {
  return messages.filter((message) => message.id === id);
}

/** The one message that is all of an invocation's answer. */
async function answerOf(id: number): Promise<FromWorker> {
  await expect.poll(() => messagesOf(id).length, { interval: 2 }).toBeGreaterThan(0);
  const [message] = messagesOf(id);
  if (message === undefined) throw new Error('no answer');
  return message;
}

async function responseTo(id: number): Promise<{ statusCode: number; headers: Record<string, string>; body: string }> {
  const message = await answerOf(id);
  if (message.kind !== 'response') throw new Error(`not a response: ${JSON.stringify(message)}`);
  return JSON.parse(Buffer.from(message.body).toString());
}

async function failureOf(id: number): Promise<Failure> {
  const message = await answerOf(id);
  if (message.kind !== 'failure') throw new Error(`not a failure: ${JSON.stringify(message)}`);
  return message.failure;
}

test('a request gets its response, and its connection serves the next', async () => {
  expect(await responseTo(invoke({ path: '/a' }))).toMatchObject({ statusCode: 200, body: 'ok' });
  expect(await responseTo(invoke({ method: 'POST', path: '/b', body: 'hi' }))).toMatchObject({ statusCode: 200 });
  expect(app.requests[0]).toMatch(/^GET \/a HTTP\/1\.1\r\n/);
  expect(app.requests[1]).toMatch(/^POST \/b HTTP\/1\.1\r\n[^]*content-length: 2\r\n\r\nhi$/);
  expect(app.connections).toBe(1);
});

test('many invocations at once each get their own response', async () => {
  app.script = (request, socket) => {
    const path = request.split(' ')[1] ?? '';
    setTimeout(() => socket.write(response(path)), Math.random() * 30);
  };
  const ids = Array.from({ length: 50 }, (_, index) => invoke({ path: `/${index + 1}` }));
  const responses = await Promise.all(ids.map(responseTo));
  expect(responses.map(({ body }) => body)).toEqual(ids.map((id) => `/${id}`));
});

test('without idle connections each request has one of its own', async () => {
  use({ poolIdleTimeoutMs: 0 });
  await responseTo(invoke());
  await responseTo(invoke());
  expect(app.requests[0]).toContain('connection: close');
  await expect.poll(() => app.disconnects).toBe(2);
});

test('header bytes survive, interim responses are skipped, headers of the connection end here', async () => {
  app.script = (_request, socket) =>
    socket.write(
      Buffer.from(
        `HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nx-utf8: ${latin1('zoë')}\r\nx-latin1: zo\u00eb\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nok`,
        'latin1',
      ),
    );
  const { statusCode, headers } = await responseTo(invoke());
  expect(statusCode).toBe(200);
  expect(headers).toEqual({ 'x-utf8': 'zoë', 'x-latin1': 'zoë', 'content-length': '2' });
});

function latin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}

test('a response may have more headers than Node takes by default', async () => {
  const value = 'x'.repeat(100_000);
  app.script = (_request, socket) => socket.write(response('ok', `x-large: ${value}\r\n`));
  expect((await responseTo(invoke())).headers['x-large']).toBe(value);
});

test('every invocation fails while nothing listens, and the next succeeds when the app is back', async () => {
  const { address } = app;
  await app.stop();
  const ids = Array.from({ length: 5 }, () => invoke());
  for (const id of ids) {
    const { errorType, errorMessage } = await failureOf(id);
    expect(errorType).toBe('Function.AppConnectionRefused');
    expect(errorMessage).toContain(`127.0.0.1:${address.port}`);
    expect(errorMessage).toContain('AWS_LWA_PORT');
  }
  app = await ScriptedApp.start(address.port);
  expect(await responseTo(invoke())).toMatchObject({ body: 'ok' });
});

test.each<[string, string | null]>([
  ['closes without a response', null],
  ['closes within the head', 'HTTP/1.1 200 OK\r\ncontent-'],
  ['closes within a body of known length', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc'],
  [
    'closes within a last body of known length',
    'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 10\r\n\r\nabc',
  ],
  ['closes within a chunked body', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n'],
  [
    'closes within a last chunked body',
    'HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n',
  ],
])('an app that %s fails that invocation alone', async (_what, text) => {
  app.script = (request, socket) => {
    if (request.startsWith('GET /fine')) setTimeout(() => socket.write(response('fine')), 20);
    else if (text === null) socket.end();
    else socket.end(text);
  };
  const neighbour = invoke({ path: '/fine' });
  expect(await failureOf(invoke())).toMatchObject({ errorType: 'Function.AppConnectionReset' });
  expect(await responseTo(neighbour)).toMatchObject({ body: 'fine' });
});

test('a reset before and after the head fails the invocation', async () => {
  app.script = (_request, socket) => socket.resetAndDestroy();
  expect(await failureOf(invoke())).toMatchObject({ errorType: 'Function.AppConnectionReset' });
  app.script = (_request, socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', () => socket.resetAndDestroy());
  };
  expect(await failureOf(invoke())).toMatchObject({ errorType: 'Function.AppConnectionReset' });
});

test.each([
  ['not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['a header without a colon', 'HTTP/1.1 200 OK\r\nno colon\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
  [
    'a length and chunks',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
  ],
  ['a bad chunk size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
  ['a change of protocol', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
  ['endless headers', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(300_000)}\r\n\r\n`],
])('a malformed response (%s) fails that invocation alone', async (_what, text) => {
  app.script = (request, socket) => {
    if (request.startsWith('GET /fine')) setTimeout(() => socket.write(response('fine')), 20);
    else socket.write(text);
  };
  const neighbour = invoke({ path: '/fine' });
  const { errorType, errorMessage } = await failureOf(invoke());
  expect(errorType).toBe('Function.AppInvalidResponse');
  expect(errorMessage).toContain('127.0.0.1');
  expect(await responseTo(neighbour)).toMatchObject({ body: 'fine' });
});

test('an event that is not JSON fails that invocation alone', async () => {
  const invocation = { event: [Buffer.from('{"a":')], requestId: 'x', deadlineMs: 0 } as const;
  const rest = { functionArn: null, traceId: null, clientContext: null, cognitoIdentity: null, tenantId: null };
  dispatcher.receive({ kind: 'invoke', id: 77, invocation: { ...invocation, ...rest } });
  expect(await failureOf(77)).toMatchObject({ errorType: 'Function.InvalidEvent' });
  expect(await responseTo(invoke())).toMatchObject({ body: 'ok' });
});

/** Answers the first request of a connection and closes the connection when a second arrives, as a stale one would be. */
function closeOnReuse(answerOfFirst: string) {
  const used = new WeakSet();
  return (_request: string, socket: Socket): void => {
    if (used.has(socket)) socket.destroy();
    else socket.write(answerOfFirst);
    used.add(socket);
  };
}

test('an idempotent request that met a stale connection goes out once more', async () => {
  app.script = closeOnReuse(response('fresh'));
  await responseTo(invoke());
  expect(await responseTo(invoke({ path: '/again' }))).toMatchObject({ body: 'fresh' });
  expect(app.requests.filter((request) => request.startsWith('GET /again'))).toHaveLength(2);
});

test('a POST that met a stale connection is not repeated', async () => {
  app.script = closeOnReuse(response('fresh'));
  await responseTo(invoke());
  expect(await failureOf(invoke({ method: 'POST', path: '/once', body: 'x' }))).toMatchObject({
    errorType: 'Function.AppConnectionReset',
  });
  expect(app.requests.filter((request) => request.startsWith('POST /once'))).toHaveLength(1);
});

test('a request on a new connection is not repeated', async () => {
  app.script = (_request, socket) => socket.destroy();
  expect(await failureOf(invoke())).toMatchObject({ errorType: 'Function.AppConnectionReset' });
  expect(app.requests).toHaveLength(1);
});

test('an app restarted between two invocations is not noticed', async () => {
  const { address } = app;
  await responseTo(invoke());
  await app.stop();
  app = await ScriptedApp.start(address.port);
  expect(await responseTo(invoke({ method: 'POST', body: 'x' }))).toMatchObject({ body: 'ok' });
});

test('the app sees its request go when the deadline is near, and the client gets a 504', async () => {
  app.script = () => {};
  const { statusCode, headers, body } = await responseTo(invoke({ deadlineMs: Date.now() + 200 }));
  expect(statusCode).toBe(504);
  expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(body).toContain('in time');
  await expect.poll(() => app.disconnects).toBe(1);
});

test('at the deadline an event fails, also in the middle of the response', async () => {
  app.script = (_request, socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{');
  expect(await failureOf(invoke({ event: batch, deadlineMs: Date.now() + 200 }))).toMatchObject({
    errorType: 'Function.AppTimeout',
  });
  await expect.poll(() => app.disconnects).toBe(1);
});

test('an invocation whose deadline has passed does not reach the app', async () => {
  expect((await responseTo(invoke({ deadlineMs: Date.now() - 1000 }))).statusCode).toBe(504);
  expect(await failureOf(invoke({ event: batch, deadlineMs: 1 }))).toMatchObject({ errorType: 'Function.AppTimeout' });
  await sleep(20);
  expect(app.requests).toEqual([]);
});

test('a deadline years ahead does not fire at once', async () => {
  app.script = (_request, socket) => setTimeout(() => socket.write(response('ok')), 20);
  expect(await responseTo(invoke({ deadlineMs: Date.now() * 1000 }))).toMatchObject({ statusCode: 200 });
});

function countTimers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

test('an invocation that has been answered leaves no timer behind', async () => {
  await answerOf(invoke());
  const before = countTimers();
  for (let count = 0; count < 50; count++) await answerOf(invoke({ deadlineMs: Date.now() + 900_000 }));
  // The HTTP client may have some of its own.
  expect(countTimers()).toBeLessThan(before + 10);
});

test('an abandoned invocation stops the app and is heard of no more', async () => {
  app.script = () => {};
  const id = invoke();
  await expect.poll(() => app.requests.length).toBe(1);
  dispatcher.receive({ kind: 'abandon', id });
  await expect.poll(() => app.disconnects).toBe(1);
  expect(messagesOf(id)).toEqual([]);
});

test('an invocation abandoned before there is a connection never reaches the app', async () => {
  const id = invoke();
  dispatcher.receive({ kind: 'abandon', id });
  expect(await responseTo(invoke())).toMatchObject({ body: 'ok' });
  expect(app.requests).toHaveLength(1);
  expect(messagesOf(id)).toEqual([]);
});

test('an endless buffered response is stopped when it is certain to be too large', async () => {
  const stopped = new Promise<number>((resolve) => {
    app.script = (_request, socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n');
      const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
      const pump = (): void => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on('drain', pump);
      socket.on('close', () => resolve(socket.bytesWritten));
      pump();
    };
  });
  const { errorType, errorMessage } = await failureOf(invoke());
  expect(errorType).toBe('Function.ResponseTooLarge');
  expect(errorMessage).toMatch(/6291556 bytes.*AWS_LWA_INVOKE_MODE=response_stream/);
  expect(await stopped).toBeLessThan(20_000_000);
});

test('an endless response that is compressed is stopped too', async () => {
  use({ compression: [{ coding: 'gzip', level: 1 }] });
  const noise = randomBytes(65_536);
  const stopped = new Promise<number>((resolve) => {
    app.script = (_request, socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n');
      const pump = (): void => {
        while (!socket.destroyed && socket.write(noise));
      };
      socket.on('drain', pump);
      socket.on('close', () => resolve(socket.bytesWritten));
      pump();
    };
  });
  const { errorType, errorMessage } = await failureOf(invoke({ headers: { 'accept-encoding': 'gzip' } }));
  expect(errorType).toBe('Function.ResponseTooLarge');
  expect(errorMessage).toMatch(/4718667 bytes.*6291556 bytes.*AWS_LWA_INVOKE_MODE=response_stream/);
  expect(await stopped).toBeLessThan(30_000_000);
});

test('a response that announces 10 MB is refused before it comes', async () => {
  app.script = (_request, socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10000000\r\n\r\n');
  const { errorType, errorMessage } = await failureOf(invoke());
  expect(errorType).toBe('Function.ResponseTooLarge');
  expect(errorMessage).toContain('10000000 bytes');
});

test('a response to HEAD or without content may name any length', async () => {
  app.script = (_request, socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10000000\r\n\r\n');
  expect(await responseTo(invoke({ method: 'HEAD' }))).toMatchObject({
    body: '',
    headers: { 'content-length': '10000000' },
  });
  app.script = (_request, socket) => socket.write('HTTP/1.1 304 Not Modified\r\ncontent-length: 10000000\r\n\r\n');
  expect(await responseTo(invoke())).toMatchObject({ statusCode: 304, body: '' });
});

function streamedBytes(id: number): number {
  return messagesOf(id).reduce(
    (sum, message) => (message.kind === 'stream-chunk' ? sum + message.chunk.byteLength : sum),
    0,
  );
}

test('a stream starts with the head, passes chunks on as they come and ends', async () => {
  use({ invokeMode: 'response_stream' });
  const connection = Promise.withResolvers<Socket>();
  app.script = (_request, socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nset-cookie: a=1\r\n\r\n');
    connection.resolve(socket);
  };
  const id = invoke();
  const start = await answerOf(id);
  expect(start).toMatchObject({
    kind: 'stream-start',
    contentType: 'application/vnd.awslambda.http-integration-response',
  });
  const prelude = start.kind === 'stream-start' ? Buffer.from(start.chunk).toString() : '';
  expect(prelude.endsWith('\0'.repeat(8))).toBe(true);
  expect(JSON.parse(prelude.slice(0, -8))).toMatchObject({ statusCode: 200, cookies: ['a=1'] });
  (await connection.promise).write('2\r\nab\r\n0\r\n\r\n');
  await expect.poll(() => messagesOf(id).at(-1)).toEqual({ kind: 'stream-end', id, failure: null });
  expect(streamedBytes(id)).toBe(2);
});

test('a stream waits for credit and loses nothing', async () => {
  use({ invokeMode: 'response_stream' });
  const body = Buffer.alloc(3_000_000, 'abcdefghij');
  app.script = (_request, socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.byteLength}\r\n\r\n`);
    socket.write(body);
  };
  const id = invoke();
  await expect.poll(() => streamedBytes(id)).toBeGreaterThanOrEqual(WIDEST_WINDOW_BYTES - 1000);
  await sleep(50);
  expect(streamedBytes(id)).toBeLessThan(WIDEST_WINDOW_BYTES + 530_000);

  let credited = 0;
  await expect
    .poll(
      () => {
        const bytes = streamedBytes(id) - credited;
        credited += bytes;
        dispatcher.receive({ kind: 'credit', id, bytes });
        return messagesOf(id).at(-1);
      },
      { interval: 2, timeout: 5000 },
    )
    .toEqual({ kind: 'stream-end', id, failure: null });
  const chunks = messagesOf(id).flatMap((message) => (message.kind === 'stream-chunk' ? [message.chunk] : []));
  expect(Buffer.concat(chunks).equals(body)).toBe(true);
});

test('a stream whose credit comes at once never stalls', async () => {
  use({ invokeMode: 'response_stream' });
  const config = testConfig({ app: app.address, invokeMode: 'response_stream' });
  dispatcher = createDispatcher(config, (message) => {
    messages.push(message);
    if (message.kind !== 'stream-chunk') return;
    dispatcher.receive({ kind: 'credit', id: message.id, bytes: message.chunk.byteLength });
  });
  app.script = (_request, socket) => socket.write(response('x'.repeat(2_000_000)));
  const id = invoke();
  await expect.poll(() => messagesOf(id).at(-1)).toEqual({ kind: 'stream-end', id, failure: null });
  expect(streamedBytes(id)).toBe(2_000_000);
});

test('an app that closes in the middle of a stream ends it with the failure', async () => {
  use({ invokeMode: 'response_stream' });
  app.script = (_request, socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n');
  const id = invoke();
  await expect
    .poll(() => messagesOf(id).at(-1))
    .toMatchObject({ kind: 'stream-end', failure: { errorType: 'Function.AppConnectionReset' } });
});

test('at the deadline a stream ends with the failure, even while it waits for credit', async () => {
  use({ invokeMode: 'response_stream' });
  app.script = (_request, socket) => socket.write(response('x'.repeat(2 * WIDEST_WINDOW_BYTES)));
  const id = invoke({ deadlineMs: Date.now() + 300 });
  await expect
    .poll(() => messagesOf(id).at(-1))
    .toMatchObject({ kind: 'stream-end', failure: { errorType: 'Function.AppTimeout' } });
  await expect.poll(() => app.disconnects).toBe(1);
});

test('before its head a stream times out with a streamed 504', async () => {
  use({ invokeMode: 'response_stream' });
  app.script = () => {};
  const id = invoke({ deadlineMs: Date.now() + 150 });
  await expect
    .poll(() => messagesOf(id).map(({ kind }) => kind))
    .toEqual(['stream-start', 'stream-chunk', 'stream-end']);
});

test('headers too large for a stream fail the invocation', async () => {
  use({ invokeMode: 'response_stream' });
  app.script = (_request, socket) => socket.write(response('ok', `x-large: ${'x'.repeat(20_000)}\r\n`));
  expect(await failureOf(invoke())).toMatchObject({ errorType: 'Function.ResponseHeadTooLarge' });
});

test('after close, invocations under way are finished before the end is told', async () => {
  let isClosed = false;
  const closing = createDispatcher(
    testConfig({ app: app.address }),
    (message) => messages.push(message),
    () => {
      isClosed = true;
    },
  );
  dispatcher = closing;
  app.script = (_request, socket) => setTimeout(() => socket.write(response('late')), 50);
  const id = invoke();
  closing.receive({ kind: 'close' });
  expect(isClosed).toBe(false);
  expect(await responseTo(id)).toMatchObject({ body: 'late' });
  await expect.poll(() => isClosed).toBe(true);
  await expect.poll(() => app.connections).toBe(0);
});
