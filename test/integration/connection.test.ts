import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call } from '../../src/main/http-client/call.ts';
import { Connection, ConnectionError, type Exchange } from '../../src/main/http-client/connection.ts';
import type { HttpResponse } from '../../src/main/http-client/http-response.ts';
import { HttpSyntaxError } from '../../src/shared/http/response-head.ts';
import { startRawServer, type Peer, type RawServer } from '../helpers/raw-server.ts';

const REQUEST = 'GET / HTTP/1.1\r\n\r\n';
const END_OF_HEAD = '\r\n\r\n';

let server: RawServer;
let connection: Connection;

beforeEach(async () => {
  server = await startRawServer();
  connection = new Connection(server.address);
});
afterEach(() => {
  connection.close();
  server.close();
});

function ok(body: string, headers = ''): string {
  return `HTTP/1.1 200 OK\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

function bodyOf(response: HttpResponse): string {
  return Buffer.concat(response.body).toString('latin1');
}

/** Sends a request; the server has received it when this returns. */
async function request(peer?: Peer): Promise<{ peer: Peer; response: Promise<HttpResponse> }> {
  const response = call(connection, REQUEST);
  // Whoever cares awaits it.
  response.catch(() => {});
  const receiver = peer ?? (await server.nextPeer());
  await receiver.readTo(END_OF_HEAD);
  return { peer: receiver, response };
}

/** A request that has been answered. */
async function exchange(peer?: Peer): Promise<Peer> {
  const sent = await request(peer);
  sent.peer.write(ok('first'));
  expect(bodyOf(await sent.response)).toBe('first');
  return sent.peer;
}

describe('a connection', () => {
  it('is opened by the first request and used for the next ones', async () => {
    expect(connection.isReused).toBe(false);
    const peer = await exchange();
    expect(connection.isReused).toBe(true);
    await exchange(peer);
    await exchange(peer);
    expect(server.accepted).toBe(1);
  });

  it('carries head and body, whatever bytes they are', async () => {
    const body = Buffer.from([0, 13, 10, 128, 255]);
    const response = call(connection, 'POST / HTTP/1.1\r\nx: \xe9\r\ncontent-length: 5\r\n\r\n', body);
    const peer = await server.nextPeer();
    expect(await peer.readTo('\xff')).toBe('POST / HTTP/1.1\r\nx: \xe9\r\ncontent-length: 5\r\n\r\n\0\r\n\x80\xff');
    peer.write(ok('done'));
    expect(bodyOf(await response)).toBe('done');
  });

  it('carries one exchange at a time', async () => {
    const { peer, response } = await request();
    expect(() => connection.send(REQUEST, null, { onResponse() {}, onError() {} })).toThrow(/one exchange at a time/);
    peer.write(ok('still answered'));
    expect(bodyOf(await response)).toBe('still answered');
  });

  it('may be used for the next request from within the report of the last', async () => {
    const bodies: string[] = [];
    const again: Exchange = {
      onResponse(response) {
        bodies.push(bodyOf(response));
        if (bodies.length < 3) connection.send(REQUEST, null, again);
      },
      onError(error) {
        bodies.push(error.message);
      },
    };
    connection.send(REQUEST, null, again);
    const peer = await server.nextPeer();
    for (const body of ['one', 'two', 'three']) {
      await peer.readTo(END_OF_HEAD);
      peer.write(ok(body));
    }
    await expect.poll(() => bodies).toEqual(['one', 'two', 'three']);
  });

  it('tells status and headers while the body is still to come', async () => {
    const statuses: number[] = [];
    connection.send(REQUEST, null, {
      onHead: ({ status }) => statuses.push(status),
      onResponse: () => statuses.push(0),
      onError: () => statuses.push(-1),
    });
    const peer = await server.nextPeer();
    peer.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhel');
    await expect.poll(() => statuses).toEqual([200]);
    peer.write('lo');
    await expect.poll(() => statuses).toEqual([200, 0]);
  });

  it('is made anew after the peer closed it while nothing was under way', async () => {
    const peer = await exchange();
    peer.socket.end();
    await peer.closed();
    await expect.poll(() => connection.isReused).toBe(false);
    await exchange();
    expect(server.accepted).toBe(2);
  });

  it.each(['HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n', 'noise'])(
    'is made anew after %j came while nothing was under way, which answers no later request',
    async (unasked) => {
      const peer = await exchange();
      peer.write(unasked);
      await peer.closed();
      await exchange();
      expect(server.accepted).toBe(2);
    },
  );

  it.each(['HTTP/1.1 500 Split\r\ncontent-length: 0\r\n\r\n', 'HTTP/1.1 200 Spl', 'noise\r\n\r\n'])(
    'is made anew after %j came behind a response, which answers no later request',
    async (surplus) => {
      const responses: HttpResponse[] = [];
      const errors: Error[] = [];
      const second: Exchange = {
        onResponse: (response) => responses.push(response),
        onError: (error) => errors.push(error),
      };
      connection.send(REQUEST, null, {
        onResponse(response) {
          responses.push(response);
          connection.send(REQUEST, null, second);
        },
        onError: (error) => errors.push(error),
      });
      const peer = await server.nextPeer();
      await peer.readTo(END_OF_HEAD);
      peer.write(ok('asked') + surplus);
      const other = await server.nextPeer();
      await other.readTo(END_OF_HEAD);
      other.write(ok('second'));
      await expect.poll(() => responses.map(bodyOf)).toEqual(['asked', 'second']);
      expect(errors).toEqual([]);
    },
  );

  it('is not used again after a response that announces its end', async () => {
    const { peer, response } = await request();
    peer.write(ok('last', 'connection: close\r\n'));
    expect(bodyOf(await response)).toBe('last');
    expect(connection.isReused).toBe(false);
    await peer.closed();
    await exchange();
    expect(server.accepted).toBe(2);
  });

  it('ends a response that has no length, and is not used again', async () => {
    const { peer, response } = await request();
    peer.write('HTTP/1.1 200 OK\r\n\r\nto the ');
    peer.socket.end('end');
    expect(bodyOf(await response)).toBe('to the end');
    await exchange();
    expect(server.accepted).toBe(2);
  });

  it('that is closed on purpose is not heard of again, and can be used again', async () => {
    const reports: unknown[] = [];
    connection.send(REQUEST, null, {
      onResponse: (response) => reports.push(response),
      onError: (error) => reports.push(error),
    });
    const peer = await server.nextPeer();
    await peer.readTo(END_OF_HEAD);
    connection.close();
    await peer.closed();
    await exchange();
    expect(reports).toEqual([]);
  });
});

describe('an exchange that fails is reported', () => {
  it('when nobody listens', async () => {
    server.close();
    await expect(call(connection, REQUEST)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('when the peer closes without a response', async () => {
    const { peer, response } = await request();
    peer.socket.end();
    await expect(response).rejects.toBeInstanceOf(ConnectionError);
  });

  it('when the peer closes its side without a response, even if it does not read what is still to be sent', async () => {
    const errors: Error[] = [];
    connection.open(REQUEST, { onResponse() {}, onError: (error) => errors.push(error) });
    const peer = await server.nextPeer();
    peer.socket.pause();
    connection.write(Buffer.alloc(32 * 1024 * 1024));
    peer.socket.end();
    await expect.poll(() => errors).toEqual([expect.any(ConnectionError)]);
  });

  it('when the peer closes in the middle of a response', async () => {
    const { peer, response } = await request();
    peer.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf');
    peer.socket.end();
    await expect(response).rejects.toBeInstanceOf(HttpSyntaxError);
  });

  it('when the peer resets in the middle of a response', async () => {
    const { peer, response } = await request();
    peer.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf');
    peer.socket.resetAndDestroy();
    await expect(response).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('when the answer is not HTTP', async () => {
    const { peer, response } = await request();
    peer.write('SSH-2.0-OpenSSH_9.6\r\n\r\n');
    await expect(response).rejects.toBeInstanceOf(HttpSyntaxError);
    await peer.closed();
  });

  it('and the next one gets a connection of its own', async () => {
    const { peer, response } = await request();
    peer.socket.resetAndDestroy();
    await expect(response).rejects.toThrow();
    await exchange();
    expect(server.accepted).toBe(2);
  });

  it('once, whatever else happens to the socket', async () => {
    const reports: string[] = [];
    connection.send(REQUEST, null, {
      onResponse: () => reports.push('response'),
      onError: () => reports.push('error'),
    });
    const peer = await server.nextPeer();
    peer.write('garbage\r\n\r\n');
    peer.socket.end();
    await peer.closed();
    // A turn for each event that could still come of the socket.
    await pause(20);
    expect(reports).toEqual(['error']);
  });
});

describe('a body that is written piece by piece', () => {
  const PIECE_BYTES = 64 * 1024;
  /** New each time, as they are given up when they are written. */
  const newPiece = () => Buffer.alloc(PIECE_BYTES, 'x');

  it('arrives as it was written', async () => {
    const responses: HttpResponse[] = [];
    connection.open('POST / HTTP/1.1\r\n\r\n', {
      onResponse: (response) => responses.push(response),
      onError() {},
    });
    connection.write('2\r\n', Buffer.from('ab'), '\r\n');
    connection.write('0\r\n\r\n');
    const peer = await server.nextPeer();
    expect(await peer.readTo('0\r\n\r\n')).toBe('POST / HTTP/1.1\r\n\r\n2\r\nab\r\n0\r\n\r\n');
    peer.write(ok('taken'));
    await expect.poll(() => responses.map(bodyOf)).toEqual(['taken']);
  });

  it('waits when the peer does not read, and goes on when it does', async () => {
    let pieces = 0;
    let drains = 0;
    let isFilling = true;
    const fill = (): void => {
      do pieces++;
      while (connection.write(newPiece()));
    };
    connection.open(REQUEST, {
      onResponse() {},
      onError() {},
      onDrain() {
        drains++;
        if (isFilling) fill();
      },
    });
    const peer = await server.nextPeer();
    await peer.readTo(END_OF_HEAD);
    peer.socket.pause();
    fill();
    // The kernel's buffers take some, and then no more.
    let drainsBefore: number;
    do {
      drainsBefore = drains;
      await pause(40);
    } while (drains > drainsBefore);
    isFilling = false;
    peer.socket.resume();
    await expect.poll(() => drains).toBe(drainsBefore + 1);
    await expect.poll(() => peer.unread.length).toBe(pieces * PIECE_BYTES);
    expect(connection.write(Buffer.from('x'))).toBe(true);
  });

  it('does not hold memory of which it is a part while it waits', async () => {
    connection.open(REQUEST, { onResponse() {}, onError() {} });
    const peer = await server.nextPeer();
    await peer.readTo(END_OF_HEAD);
    const batch = Buffer.from('a part of more');
    connection.write(Buffer.alloc(32 * 1024 * 1024));
    connection.write(batch.subarray(2, 6));
    batch.fill('x');
    expect(await peer.readTo('part')).toHaveLength(32 * 1024 * 1024 + 4);
  });

  it('goes nowhere when the exchange has ended, and is not waited for', async () => {
    const errors: Error[] = [];
    connection.open(REQUEST, { onResponse() {}, onError: (error) => errors.push(error) });
    const peer = await server.nextPeer();
    peer.socket.resetAndDestroy();
    await expect.poll(() => errors.length).toBe(1);
    expect(connection.write(newPiece())).toBe(true);
    expect(connection.isReused).toBe(false);
  });
});
