import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectionClosed, connectionOpened, windowBytes } from '../../src/workers/stream-budget.ts';
import { Upstreams } from '../../src/workers/upstream/upstream.ts';
import { callApp, openCall, type Options } from '../helpers/app-calls.ts';
import { testConfig } from '../helpers/config.ts';
import { response, ScriptedApp } from './scripted-app.ts';

const POLL = { interval: 5 };

let app: ScriptedApp;
let upstreams: Upstreams;

beforeEach(async () => {
  app = await ScriptedApp.start();
  upstreams = new Upstreams(testConfig({ app: app.address }));
  onTestFinished(() => {
    upstreams.close();
    return app.stop();
  });
});

async function textOf(target: string, method = 'GET'): Promise<string> {
  const { body } = await callApp(upstreams, { target, method });
  return body.toString('latin1');
}

function targetOf(request: string): string {
  return request.split(' ', 2)[1] ?? '';
}

/** Answers each request with its target. */
const echo = (request: string, socket: Socket): void => void socket.write(response(targetOf(request)));

/** Long enough for what was written to a socket to be read. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Connections to apps that this thread has, as far as it counts. */
function openConnections(): number {
  // So many and no more have windows of this size.
  let added = 0;
  for (; windowBytes() >= 512 * 1024; added++) connectionOpened();
  for (let count = 0; count < added; count++) connectionClosed();
  return 17 - added;
}

describe('what comes behind a response', () => {
  const SURPLUS = [
    'x',
    '\r\n',
    'HTTP/1.1 ',
    response('forged'),
    `HTTP/1.1 103 Early Hints\r\n\r\n${response('forged')}`,
    'HTTP/1.1 200 OK\r\n\r\nforged without an end',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\nforged\r\n',
  ];

  test.each(SURPLUS)('%j at once closes the connection and is nobody’s answer', async (surplus) => {
    app.script = (request, socket) => socket.write(response(targetOf(request)) + surplus);
    for (const target of ['/a', '/b', '/c']) expect(await textOf(target)).toBe(target);
    await expect.poll(() => app.disconnects, POLL).toBe(3);
  });

  test.each([...SURPLUS, 'HTTP/1.1 100 Continue\r\n\r\n'])('%j later closes the connection', async (surplus) => {
    const used: Socket[] = [];
    app.script = (request, socket) => {
      used.push(socket);
      echo(request, socket);
    };
    expect(await textOf('/a')).toBe('/a');
    used[0]?.write(surplus);
    await expect.poll(() => app.disconnects, POLL).toBe(1);
    expect(await textOf('/b')).toBe('/b');
  });

  test.each(['HEAD', 'GET'])('as a body where %s has none closes the connection', async (method) => {
    const status = method === 'HEAD' ? '200 OK' : '304 Not Modified';
    app.script = (_request, socket) => socket.write(`HTTP/1.1 ${status}\r\ncontent-length: 4\r\n\r\nbody`);
    expect(await textOf('/', method)).toBe('');
    await expect.poll(() => app.disconnects, POLL).toBe(1);
  });
});

test('a body that comes late where HEAD has none answers no other request', async () => {
  app.script = (request, socket) => {
    if (!request.startsWith('HEAD')) {
      setTimeout(() => echo(request, socket), 50);
      return;
    }
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 53\r\n\r\n');
    setTimeout(() => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\nfor nobody yet'), 20);
  };
  await textOf('/', 'HEAD');
  expect(await textOf('/next')).toBe('/next');
  expect([app.connections, app.disconnects]).toEqual([1, 1]);
});

describe('a connection is used again after', () => {
  test.each([
    ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\ncontent-length: 4\r\n\r\n'],
    ['GET', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'],
    ['POST', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;x\r\na\r\n0\r\nt: u\r\n\r\n'],
    ['GET', 'HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 1\r\n\r\na'],
  ])('%s that is answered with %j', async (method, answer) => {
    app.script = (_request, socket) => socket.write(answer);
    await textOf('/', method);
    app.script = echo;
    expect(await textOf('/next')).toBe('/next');
    expect([app.connections, app.disconnects]).toEqual([1, 0]);
  });

  test('a response at whose end it was paused', async () => {
    app.script = echo;
    for (const target of ['/a', '/b', '/c']) {
      const { response: received } = openCall(upstreams, { target }, { onData: (call) => call.pause() });
      expect((await received).body.toString()).toBe(target);
    }
    expect([app.connections, app.disconnects]).toEqual([1, 0]);
  });

  test('and the call that had it before has no hold on it', async () => {
    app.script = echo;
    const before = openCall(upstreams, { target: '/before' });
    await before.response;
    app.script = (request, socket) => setTimeout(() => echo(request, socket), 20);
    const after = openCall(upstreams, { target: '/after' });
    before.call.pause();
    before.call.abort();
    expect((await after.response).body.toString()).toBe('/after');
    expect([app.connections, app.disconnects]).toEqual([1, 0]);
  });
});

describe('a connection is not used again after', () => {
  test.each([
    'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1\r\n\r\na',
    'HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\na',
  ])('%j, though the app leaves it open', async (answer) => {
    app.script = (_request, socket) => socket.write(answer);
    expect(await textOf('/')).toBe('a');
    await expect.poll(() => app.disconnects, POLL).toBe(1);
  });
});

test('a response with both a length and chunks is refused', async () => {
  app.script = (_request, socket) =>
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n');
  await expect(textOf('/')).rejects.toThrow('Function.AppInvalidResponse');
  await expect.poll(() => app.disconnects, POLL).toBe(1);
});

test('a long response is delivered in larger pieces than a short one', async () => {
  const LONG_BYTES = 16 * 1024 * 1024;
  app.script = (_request, socket) => socket.write(response('x'.repeat(LONG_BYTES)));
  const { body, delivered } = await callApp(upstreams);
  expect(body.byteLength).toBe(LONG_BYTES);
  expect(Math.max(...delivered.map(({ byteLength }) => byteLength))).toBeGreaterThan(64 * 1024);
});

describe('a paused response', () => {
  test('stops the app, and goes on where it was', async () => {
    const CHUNK = Buffer.alloc(256 * 1024, 'abcdefghijklmnopqrstuvwxyz');
    const CHUNKS = 128;
    let written = 0;
    app.script = (_request, socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${CHUNK.length * CHUNKS}\r\n\r\n`);
      const goOn = (): void => {
        while (written < CHUNKS) {
          written++;
          if (!socket.write(CHUNK)) return void socket.once('drain', goOn);
        }
      };
      goOn();
    };
    let pieces = 0;
    const onData: Options['onData'] = (call) => {
      if (++pieces === 3) call.pause();
    };
    const { call, response: received } = openCall(upstreams, {}, { onData });
    await expect.poll(() => pieces, POLL).toBe(3);
    await sleep(100);
    const writtenInPause = written;
    await sleep(100);
    expect([pieces, written]).toEqual([3, writtenInPause]);
    expect(written).toBeLessThan(CHUNKS);
    call.resume();
    const { body } = await received;
    expect(body.equals(Buffer.concat(Array.from({ length: CHUNKS }, () => CHUNK)))).toBe(true);
  });
});

describe('an aborted call', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n';
  const heard: string[] = [];

  /** A call of which is told what it hears. */
  function listened(method: string): ReturnType<typeof openCall> {
    heard.length = 0;
    const opened = openCall(
      upstreams,
      { method },
      { onHead: () => heard.push('head'), onData: () => heard.push('data') },
    );
    opened.response.then(
      () => heard.push('end'),
      (error: Error) => heard.push(error.message),
    );
    return opened;
  }

  test.each([
    ['its head', 'HTTP/1.1 200 OK\r\ncont', []],
    ['its body', `${HEAD}hello`, ['head', 'data']],
    ['the wait for it', '', []],
  ])('in the middle of %s closes the connection and hears nothing more', async (_where, begun, told) => {
    const used: Socket[] = [];
    app.script = (_request, socket) => {
      used.push(socket);
      socket.write(begun);
    };
    const { call } = listened('GET');
    await expect.poll(() => app.requests.length, POLL).toBe(1);
    await turns();
    call.abort();
    used[0]?.write('more of it');
    await expect.poll(() => app.disconnects, POLL).toBe(1);
    await turns();
    expect(heard).toEqual(told);
    app.script = echo;
    expect(await textOf('/next')).toBe('/next');
  });

  test.each(['GET', 'POST'])('before it has a connection reaches no app (%s)', async (method) => {
    listened(method).call.abort();
    await sleep(50);
    expect([heard, app.requests]).toEqual([[], []]);
  });

  test('while it waits to be sure of an idle connection leaves that to others', async () => {
    app.script = echo;
    await textOf('/first');
    listened('POST').call.abort();
    await turns();
    expect([heard, app.requests.length]).toEqual([[], 1]);
    expect(await textOf('/next')).toBe('/next');
    expect([app.connections, app.disconnects]).toEqual([1, 0]);
  });

  test.each(['onHead', 'onData'] as const)('in %s hears nothing of what has come with it', async (moment) => {
    app.script = (_request, socket) => socket.write(`${HEAD}0123456789${response('forged')}`);
    let pieces = 0;
    const { response: received } = openCall(
      upstreams,
      {},
      {
        [moment]: (call: { abort: () => void }) => call.abort(),
        ...(moment === 'onHead' && { onData: () => pieces++ }),
      },
    );
    received.then(
      () => pieces++,
      () => pieces++,
    );
    await expect.poll(() => app.disconnects, POLL).toBe(1);
    await turns();
    expect(pieces).toBe(0);
  });
});

const thrower = (): never => {
  throw new Error('thrown by the test');
};

describe('what a listener throws', () => {
  test.each(['onHead', 'onData'] as const)(
    'in %s is the failure of its call, and closes the connection',
    async (moment) => {
      app.script = echo;
      const { response: received } = openCall(upstreams, {}, { [moment]: thrower });
      await expect(received).rejects.toThrow('thrown by the test');
      await expect.poll(() => app.disconnects, POLL).toBe(1);
      expect(await textOf('/next')).toBe('/next');
    },
  );
});

describe('an app that has answered before it has read the request', () => {
  const body = Buffer.alloc(16 * 1024 * 1024, 'abcdefghijklmnopqrstuvwxyz');

  test('gets the rest if it reads on, and then the end', async () => {
    const received: Buffer[] = [];
    let hasEnded = false;
    app.onConnection = (socket) => {
      socket.removeAllListeners('data').once('data', (first) => {
        received.push(first);
        socket.pause();
        socket.write(response('early'));
        setTimeout(() => socket.on('data', (data) => received.push(data)).resume(), 200);
      });
      socket.once('end', () => (hasEnded = true));
    };
    expect((await callApp(upstreams, { method: 'PUT', body })).body.toString()).toBe('early');
    expect(hasEnded).toBe(false);
    await expect.poll(() => hasEnded, { ...POLL, timeout: 5000 }).toBe(true);
    const text = Buffer.concat(received);
    expect(text.subarray(text.indexOf('\r\n\r\n') + 4).equals(body)).toBe(true);
  });

  test('and never reads on is left after a while; its connection is not used for anything else', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    let stuck: Socket | null = null;
    app.onConnection = (socket) => {
      if (stuck !== null) return;
      stuck = socket;
      socket.removeAllListeners('data').once('data', () => {
        socket.pause();
        socket.write(response('early'));
      });
    };
    expect((await callApp(upstreams, { method: 'PUT', body })).body.toString()).toBe('early');
    app.script = echo;
    for (const target of ['/a', '/b']) expect(await textOf(target)).toBe(target);
    expect([app.connections, app.disconnects]).toEqual([2, 0]);
    vi.advanceTimersByTime(4999);
    await turns();
    expect(openConnections()).toBe(2);
    vi.advanceTimersByTime(1);
    await turns();
    expect(openConnections()).toBe(1);
  });
});

/** Closes its connections and calls in the same turn, as if both had come while the process was frozen. */
function closedJustBefore(method: string): Promise<string> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      app.dropConnections();
      textOf('/late', method).then(resolve, reject);
    }, 10);
  });
}

describe('an idle connection that the app has closed', () => {
  test.each(['GET', 'POST', 'PATCH'])('is not used for a %s', async (method) => {
    app.script = echo;
    await Promise.all(['/a', '/b', '/c'].map((target) => textOf(target)));
    expect(await closedJustBefore(method)).toBe('/late');
    expect(app.requests.filter((request) => targetOf(request) === '/late')).toHaveLength(1);
  });

  test('is no reason to ask a third time on the next of its kind', async () => {
    app.script = echo;
    await Promise.all(['/a', '/b', '/c'].map((target) => textOf(target)));
    const fresh = new Set<Socket>();
    app.onConnection = (socket) => fresh.add(socket);
    app.script = (request, socket) => (fresh.has(socket) ? echo(request, socket) : socket.destroy());
    expect(await textOf('/late')).toBe('/late');
    expect(app.requests.filter((request) => targetOf(request) === '/late')).toHaveLength(2);
  });
});

describe('an app that resets a connection when it is used again', () => {
  test('is not sent a POST twice', async () => {
    app.script = echo;
    await textOf('/first');
    app.script = (_request, socket) => socket.resetAndDestroy();
    await expect(textOf('/again', 'POST')).rejects.toThrow('Function.AppConnectionReset');
    expect(app.requests.map(targetOf)).toEqual(['/first', '/again']);
  });

  test('and listens no more has refused the second try', async () => {
    app.script = echo;
    await textOf('/first');
    app.script = (_request, socket) => {
      app.refuse();
      socket.resetAndDestroy();
    };
    await expect(textOf('/again')).rejects.toThrow('Function.AppConnectionRefused');
  });
});

test('every connection is counted while it is open, however it ends', async () => {
  app.script = echo;
  await expect.poll(openConnections, POLL).toBe(0);
  await Promise.all(['/a', '/b', '/c'].map((target) => textOf(target)));
  expect(openConnections()).toBe(3);
  openCall(upstreams, {}).call.abort();
  app.script = (_request, socket) => socket.destroy();
  await expect(textOf('/', 'POST')).rejects.toThrow('Function.AppConnectionReset');
  await turns();
  expect(openConnections()).toBe(1);
  const nobody = new Upstreams(testConfig({ app: { host: '127.0.0.1', port: 1 } }));
  await expect(callApp(nobody)).rejects.toThrow('Function.AppConnectionRefused');
  upstreams.close();
  await expect.poll(openConnections, POLL).toBe(0);
});

test('an app that ends its side without an answer has reset the connection', async () => {
  app.script = (_request, socket) => socket.end();
  await expect(textOf('/', 'POST')).rejects.toThrow('without a response');
});
