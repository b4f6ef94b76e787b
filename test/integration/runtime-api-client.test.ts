import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Exchange } from '../../src/main/http-client/connection.ts';
import { RuntimeApiClient } from '../../src/main/runtime-api/client.ts';
import { postStartError } from '../../src/main/runtime-api/start-error.ts';
import type { Failure } from '../../src/shared/errors.ts';
import { startRawServer, type Peer, type RawServer } from '../helpers/raw-server.ts';

const TARGET = { requestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd', invocationId: null };
/** Its report in base64 has what the alphabets of base64 differ in: both of their last characters, and padding. */
const FAILURE: Failure = { errorType: 'Function.AppTimeout', errorMessage: 'too slow: é>>>???.' };
const REPORT = '{"errorType":"Function.AppTimeout","errorMessage":"too slow: é>>>???.","stackTrace":[]}';
const BODY = Buffer.from('{"statusCode":200}');
const ACCEPTED = 'HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n';
const INVOCATION = 'HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: id\r\ncontent-length: 2\r\n\r\n{}';

let server: RawServer;
let client: RuntimeApiClient;
/** What the client reported so far: a status, or `error`. */
let reports: (number | 'error')[];
const exchange: Exchange = {
  onResponse: ({ status }) => reports.push(status),
  onError: () => reports.push('error'),
};

beforeEach(async () => {
  vi.stubGlobal('__ADAPTER_VERSION__', '1.2.3');
  server = await startRawServer();
  client = new RuntimeApiClient(server.address);
  reports = [];
});
afterEach(() => {
  client.close();
  server.close();
});

function head(line: string, ...headers: readonly string[]): string {
  const own = [`host: 127.0.0.1:${server.address.port}`, 'user-agent: lambda-web-adapter/1.2.3'];
  return `${[line, ...own, ...headers].join('\r\n')}\r\n\r\n`;
}

/** The client has polled and got an invocation: its connection is one that has served before. */
async function pollOnce(): Promise<Peer> {
  client.next(exchange);
  const peer = await server.nextPeer();
  await peer.readTo('\r\n\r\n');
  peer.write(INVOCATION);
  await expect.poll(() => reports).toEqual([200]);
  return peer;
}

describe('the bytes of a call', () => {
  it('for the next invocation', async () => {
    client.next(exchange);
    const peer = await server.nextPeer();
    expect(await peer.readTo('\r\n\r\n')).toBe(head('GET /2018-06-01/runtime/invocation/next HTTP/1.1'));
  });

  it('with an answer', async () => {
    client.respond(TARGET, BODY, exchange);
    const peer = await server.nextPeer();
    expect(await peer.readTo('200}')).toBe(
      head(
        `POST /2018-06-01/runtime/invocation/${TARGET.requestId}/response HTTP/1.1`,
        'content-type: application/json',
        'content-length: 18',
      ) + BODY.toString(),
    );
    peer.write(ACCEPTED);
    await expect.poll(() => reports).toEqual([202]);
  });

  it('with a failure', async () => {
    client.fail(TARGET, FAILURE, exchange);
    const peer = await server.nextPeer();
    expect(await peer.readTo('[]}')).toBe(
      head(
        `POST /2018-06-01/runtime/invocation/${TARGET.requestId}/error HTTP/1.1`,
        'content-type: application/json',
        'lambda-runtime-function-error-type: Function.AppTimeout',
        `content-length: ${Buffer.byteLength(REPORT)}`,
      ) + Buffer.from(REPORT).toString('latin1'),
    );
  });

  it('with a failed start', async () => {
    const posted = postStartError(server.address, 'init', FAILURE);
    const peer = await server.nextPeer();
    expect(await peer.readTo('[]}')).toBe(
      head(
        'POST /2018-06-01/runtime/init/error HTTP/1.1',
        'lambda-runtime-function-error-type: Function.AppTimeout',
        'content-type: application/json',
        `content-length: ${Buffer.byteLength(REPORT)}`,
      ) + Buffer.from(REPORT).toString('latin1'),
    );
    peer.write(ACCEPTED);
    await posted;
    await peer.closed();
  });

  it('with an empty answer', async () => {
    client.respond(TARGET, Buffer.alloc(0), exchange);
    const peer = await server.nextPeer();
    expect(await peer.readTo('\r\n\r\n')).toContain('content-length: 0\r\n');
    peer.write(ACCEPTED);
    await expect.poll(() => reports).toEqual([202]);
  });
});

describe('a streamed answer', () => {
  const STREAM_HEAD = [
    `POST /2018-06-01/runtime/invocation/${TARGET.requestId}/response HTTP/1.1`,
    'content-type: application/vnd.awslambda.http-integration-response',
    'lambda-runtime-function-response-mode: streaming',
    'transfer-encoding: chunked',
    'trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
  ] as const;

  async function open(): Promise<Peer> {
    client.openStream(TARGET, 'application/vnd.awslambda.http-integration-response', exchange);
    const peer = await server.nextPeer();
    expect(await peer.readTo('\r\n\r\n')).toBe(head(...STREAM_HEAD));
    return peer;
  }

  it('is sent chunk by chunk, each when it is written', async () => {
    const peer = await open();
    client.writeChunk(Buffer.from('hello'));
    expect(await peer.readTo('hello\r\n')).toBe('5\r\nhello\r\n');
    client.writeChunk(Buffer.alloc(300, 'x'));
    expect(await peer.readTo('x\r\n')).toBe(`12c\r\n${'x'.repeat(300)}\r\n`);
    client.endStream(null);
    expect(await peer.readTo('\r\n\r\n')).toBe('0\r\n\r\n');
    peer.write(ACCEPTED);
    await expect.poll(() => reports).toEqual([202]);
  });

  it('has no empty chunk, which would end it', async () => {
    const peer = await open();
    expect(client.writeChunk(Buffer.alloc(0))).toBe(true);
    client.writeChunk(Buffer.from('x'));
    expect(await peer.readTo('x\r\n')).toBe('1\r\nx\r\n');
  });

  it('that fails ends with the failure in real trailers', async () => {
    const peer = await open();
    client.writeChunk(Buffer.from('half'));
    client.endStream(FAILURE);
    await peer.readTo('half\r\n');
    expect(await peer.readTo('\r\n\r\n')).toBe(
      '0\r\n' +
        'Lambda-Runtime-Function-Error-Type: Function.AppTimeout\r\n' +
        `Lambda-Runtime-Function-Error-Body: ${Buffer.from(REPORT).toString('base64')}\r\n\r\n`,
    );
  });

  it('is answered in the middle when the platform has had enough', async () => {
    const peer = await open();
    client.writeChunk(Buffer.from('too much'));
    peer.write('HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n');
    await expect.poll(() => reports).toEqual([413]);
  });

  it('goes over the connection that brought its invocation, and so does the next poll', async () => {
    const peer = await pollOnce();
    client.openStream(TARGET, 'some/type', exchange);
    await peer.readTo('\r\n\r\n');
    client.endStream(null);
    await peer.readTo('0\r\n\r\n');
    peer.write(ACCEPTED);
    await expect.poll(() => reports).toEqual([200, 202]);
    client.closeStream();
    client.next(exchange);
    expect(await peer.readTo('\r\n\r\n')).toContain('GET /2018-06-01/runtime/invocation/next');
    expect(server.accepted).toBe(1);
  });

  it('begins again on a new connection, with all of it, when the old one was closed while the app worked', async () => {
    const waiting = await pollOnce();
    client.openStream(TARGET, 'some/type', exchange);
    client.writeChunk(Buffer.from('x'));
    const first = await waiting.readTo('x\r\n');
    waiting.socket.resetAndDestroy();
    const peer = await server.nextPeer();
    expect(await peer.readTo('x\r\n')).toBe(first);
    client.writeChunk(Buffer.from('y'));
    client.endStream(FAILURE);
    expect(await peer.readTo('y\r\n')).toBe('1\r\ny\r\n');
    expect(await peer.readTo('\r\n\r\n')).toContain('Lambda-Runtime-Function-Error-Type: Function.AppTimeout');
    peer.write(ACCEPTED);
    await expect.poll(() => reports).toEqual([200, 202]);
  });

  it('begins again also when it had ended', async () => {
    const waiting = await pollOnce();
    client.openStream(TARGET, 'some/type', exchange);
    client.writeChunk(Buffer.alloc(16_000, 'x'));
    client.endStream(FAILURE);
    const first = (await waiting.readTo('x\r\n')) + (await waiting.readTo('\r\n\r\n'));
    waiting.socket.resetAndDestroy();
    const peer = await server.nextPeer();
    expect((await peer.readTo('x\r\n')) + (await peer.readTo('\r\n\r\n'))).toBe(first);
    peer.write(ACCEPTED);
    await expect.poll(() => reports).toEqual([200, 202]);
  });

  it('begins again once and not twice', async () => {
    const waiting = await pollOnce();
    client.openStream(TARGET, 'some/type', exchange);
    client.writeChunk(Buffer.from('x'));
    await waiting.readTo('x\r\n');
    waiting.socket.resetAndDestroy();
    const peer = await server.nextPeer();
    await peer.readTo('x\r\n');
    peer.socket.resetAndDestroy();
    await expect.poll(() => reports).toEqual([200, 'error']);
    expect(server.accepted).toBe(2);
  });

  it.each([
    ['in one chunk', [20_000]],
    ['in chunks', [10_000, 10_000]],
  ])('does not begin again when it has got far, %s: a closed connection would have been noticed', async (_, sizes) => {
    const peer = await pollOnce();
    client.openStream(TARGET, 'some/type', exchange);
    for (const size of sizes) {
      client.writeChunk(Buffer.alloc(size, 'x'));
      await peer.readTo('x\r\n');
    }
    peer.socket.resetAndDestroy();
    await expect.poll(() => reports).toEqual([200, 'error']);
    expect(server.accepted).toBe(1);
  });

  it('is not repeated on a connection that is new: part of it may have been read', async () => {
    const peer = await open();
    client.writeChunk(Buffer.from('x'));
    await peer.readTo('x\r\n');
    peer.socket.resetAndDestroy();
    await expect.poll(() => reports).toEqual(['error']);
    expect(server.accepted).toBe(1);
  });

  it.each([
    ['has not ended', () => client.writeChunk(Buffer.from('too much'))],
    [
      'has ended, but waits for the socket',
      () => {
        for (let count = 0; count < 100; count++) client.writeChunk(Buffer.alloc(1_000_000));
        client.endStream(null);
      },
    ],
  ])('that is answered while it %s takes its connection along: nobody reads the rest', async (_, write) => {
    const peer = await open();
    peer.socket.pause();
    write();
    peer.write('HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n');
    await expect.poll(() => reports).toEqual([413]);
    client.closeStream();
    client.next(exchange);
    const other = await server.nextPeer();
    expect(await other.readTo('\r\n\r\n')).toContain('GET /2018-06-01/runtime/invocation/next');
    peer.socket.resume();
    await peer.closed();
  });
});

describe('an answer names', () => {
  it('the attempt that it is for, if the platform told it', async () => {
    const target = { requestId: 'id', invocationId: 'nonce-1' };
    const line = '\r\nlambda-runtime-invocation-id: nonce-1\r\n';
    const calls = [
      () => client.respond(target, BODY, exchange),
      () => client.fail(target, FAILURE, exchange),
      () => client.openStream(target, 'some/type', exchange),
    ];
    for (const post of calls) {
      post();
      const peer = await server.nextPeer();
      expect(await peer.readTo('\r\n\r\n')).toContain(line);
      client.close();
    }
  });

  it('its request in one segment of the path, whatever characters the id has', async () => {
    client.respond({ requestId: 'a/../b?c#d e\r\nf%', invocationId: null }, BODY, exchange);
    const peer = await server.nextPeer();
    expect(await peer.readTo('\r\n')).toBe(
      'POST /2018-06-01/runtime/invocation/a%2F..%2Fb%3Fc%23d%20e%0D%0Af%25/response HTTP/1.1\r\n',
    );
  });
});

describe('a post whose connection breaks', () => {
  it('is repeated once on a new one, if the old one may have been closed while the app worked', async () => {
    const peer = await pollOnce();
    client.respond(TARGET, BODY, exchange);
    const first = await peer.readTo('200}');
    peer.socket.resetAndDestroy();
    const other = await server.nextPeer();
    expect(await other.readTo('200}')).toBe(first);
    other.write(ACCEPTED);
    await expect.poll(() => reports).toEqual([200, 202]);
  });

  it('is repeated once and not twice', async () => {
    const peer = await pollOnce();
    client.fail(TARGET, FAILURE, exchange);
    await peer.readTo('[]}');
    peer.socket.resetAndDestroy();
    const other = await server.nextPeer();
    await other.readTo('[]}');
    other.socket.resetAndDestroy();
    await expect.poll(() => reports).toEqual([200, 'error']);
    expect(server.accepted).toBe(2);
  });

  it('is not repeated on a connection of its own: the platform may have taken it', async () => {
    client.respond(TARGET, BODY, exchange);
    const peer = await server.nextPeer();
    await peer.readTo('200}');
    peer.socket.resetAndDestroy();
    await expect.poll(() => reports).toEqual(['error']);
    expect(server.accepted).toBe(1);
  });

  it('goes to a new one at once, if the old one is known to be closed', async () => {
    const peer = await pollOnce();
    peer.socket.end();
    await peer.closed();
    client.respond(TARGET, BODY, exchange);
    const other = await server.nextPeer();
    await other.readTo('200}');
    other.write(ACCEPTED);
    await expect.poll(() => reports).toEqual([200, 202]);
  });
});

it('a poll is not repeated by the client: who polls decides when', async () => {
  const peer = await pollOnce();
  client.next(exchange);
  await peer.readTo('\r\n\r\n');
  peer.socket.resetAndDestroy();
  await expect.poll(() => reports).toEqual([200, 'error']);
  expect(server.accepted).toBe(1);
});
