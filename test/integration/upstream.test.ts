import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Config } from '../../src/shared/config.ts';
import type { Failure } from '../../src/shared/errors.ts';
import type { AppRequest } from '../../src/workers/types.ts';
import { AppCall } from '../../src/workers/upstream/app-call.ts';
import type { BodyDelivery } from '../../src/workers/upstream/exchange.ts';
import { Upstreams } from '../../src/workers/upstream/upstream.ts';
import { testConfig } from '../helpers/config.ts';
import { response, ScriptedApp } from './scripted-app.ts';

let app: ScriptedApp;
let upstreams: Upstreams;

beforeEach(async () => {
  app = await ScriptedApp.start();
  use({});
});

afterEach(async () => {
  upstreams.close();
  await app.stop();
});

function use(config: Partial<Config>): void {
  upstreams = new Upstreams(testConfig({ app: app.address, ...config }));
}

/** A connection is free again when the turn is over in which its response ended. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

interface Received {
  readonly status: number;
  readonly body: string;
}

/** The app's whole response. @throws the failure when there is none. */
function call(request: Partial<AppRequest> = {}, delivery: BodyDelivery = 'pieces'): Promise<Received> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let body = '';
    const whole: AppRequest = { method: 'GET', target: '/', headers: ['host', 'app'], body: null, ...request };
    new AppCall(upstreams.choose(), whole, {
      onHead: (head) => {
        status = head.status;
        return delivery;
      },
      onData: (chunk) => {
        body += chunk.toString('latin1');
      },
      onEnd: () => resolve({ status, body }),
      onFailure: (failure: Failure) => reject(new Error(`${failure.errorType}: ${failure.errorMessage}`)),
    }).start();
  });
}

describe('an idle connection', () => {
  test('is used again', async () => {
    for (let count = 0; count < 5; count++) {
      await call();
      await turn();
    }
    expect([app.connections, app.disconnects]).toEqual([1, 0]);
  });

  test('is closed after the configured time', async () => {
    use({ poolIdleTimeoutMs: 200 });
    await call();
    await sleep(100);
    expect(app.disconnects).toBe(0);
    await expect.poll(() => app.disconnects).toBe(1);
    expect(await call()).toMatchObject({ body: 'ok' });
  });

  test.each<Partial<Config>>([{ poolIdleTimeoutMs: 0 }, { initializationType: 'snap-start' }])(
    'is not kept with %j',
    async (config) => {
      use(config);
      await call();
      await expect.poll(() => app.disconnects).toBe(1);
      expect(app.requests[0]).toContain('connection: close');
    },
  );

  test('is closed before the app closes it, as far as the app says when', async () => {
    app.script = (_request, socket) => socket.write(response('ok', 'keep-alive: timeout=2, max=100\r\n'));
    await call();
    await sleep(700);
    expect(app.disconnects).toBe(0);
    // A second before the app would.
    await expect.poll(() => app.disconnects, { timeout: 900 }).toBe(1);
  });

  test('is not kept when the app closes it within the second', async () => {
    app.script = (_request, socket) => socket.write(response('ok', 'keep-alive: timeout=1\r\n'));
    await call();
    await expect.poll(() => app.disconnects).toBe(1);
  });
});

test('there are as many connections as requests at once', async () => {
  const waiting: Socket[] = [];
  app.script = (_request, socket) => waiting.push(socket);
  const calls = Array.from({ length: 200 }, () => call());
  await expect.poll(() => waiting.length).toBe(200);
  for (const socket of waiting) socket.write(response('ok'));
  expect(await Promise.all(calls)).toHaveLength(200);
});

describe('a request with a body of 6 MB', () => {
  const body = Buffer.alloc(6 * 1024 * 1024, 'abcdefghijklmnopqrstuvwxyz');
  const post = { method: 'POST', body };

  test('arrives whole at an app that reads slowly', async () => {
    app.onConnection = (socket) => {
      socket.on('data', () => {
        socket.pause();
        setTimeout(() => socket.resume(), 1);
      });
    };
    expect(await call(post)).toMatchObject({ body: 'ok' });
    const [request = ''] = app.requests;
    expect(request.slice(request.indexOf('\r\n\r\n') + 4) === body.toString('latin1')).toBe(true);
  });

  test.each(['connection: close\r\n', 'connection: keep-alive\r\n', ''])(
    'gets the answer of an app that does not want to read it and closes (%j)',
    async (header) => {
      app.onConnection = (socket) => {
        socket.removeAllListeners('data');
        socket.once('data', () => {
          socket.pause();
          const head = `HTTP/1.1 413 Too Large\r\n${header}content-length: 9\r\n\r\n`;
          socket.write(`${head}too large`, () => socket.destroy());
        });
      };
      for (let count = 0; count < 20; count++) expect(await call(post)).toEqual({ status: 413, body: 'too large' });
    },
  );

  test('gets the answer of an app that answers first and reads later, as does the next request', async () => {
    app.onConnection = (socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write(response('early'));
        setTimeout(() => socket.resume(), 50);
      });
    };
    app.script = (request, socket) => {
      if (request.startsWith('GET')) socket.write(response('next'));
    };
    expect(await call(post)).toMatchObject({ body: 'early' });
    await turn();
    app.onConnection = () => {};
    expect(await call()).toMatchObject({ body: 'next' });
    expect(app.requests.at(-1)).toMatch(/^GET/);
  });
});

describe('an interim response', () => {
  test.each([
    ['a 100 that nobody asked for', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['a 100 with headers', 'HTTP/1.1 100 Continue\r\nx-a: b\r\n\r\n'],
    ['102 and 103', 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'],
    ['several of 100', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n'],
  ])('is skipped: %s', async (_what, interim) => {
    app.script = (_request, socket) => socket.write(interim + response('final'));
    for (const method of ['GET', 'POST']) {
      expect(await call({ method, body: method === 'POST' ? Buffer.from('x') : null })).toEqual({
        status: 200,
        body: 'final',
      });
      await turn();
    }
    // The connection is fit for the next request.
    expect([app.connections, app.disconnects]).toEqual([1, 0]);
  });

  test('in parts, and long before the final one', async () => {
    app.script = (_request, socket) => {
      const parts = ['HTTP/1.1 10', '0 Continue\r', '\n\r\n', response('final')];
      for (const [index, part] of parts.entries()) setTimeout(() => socket.write(part), index * 5);
    };
    expect(await call()).toEqual({ status: 200, body: 'final' });
  });
});
