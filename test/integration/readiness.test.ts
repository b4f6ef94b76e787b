import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { connect, createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { listeningPorts } from '../../src/main/readiness/listening-ports.ts';
import { probe } from '../../src/main/readiness/probe.ts';
import { waitForApp } from '../../src/main/readiness/wait-for-app.ts';
import type { ReadinessConfig } from '../../src/shared/config.ts';
import { captureLog } from '../helpers/captured-logger.ts';
import { portOf } from '../helpers/raw-server.ts';

const { logger } = captureLog();
const servers: Server[] = [];

beforeAll(() => {
  vi.stubGlobal('__ADAPTER_VERSION__', 'test');
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server, port = 0): Promise<number> {
  servers.push(server);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return portOf(server);
}

/** A port on which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

function app(listener: RequestListener): Promise<number> {
  return listen(createHttpServer(listener));
}

function readiness(port: number, overrides: Partial<ReadinessConfig> = {}): ReadinessConfig {
  const defaults = { path: '/', protocol: 'http', healthyStatuses: [[100, 499]], timeoutMs: 3000 } as const;
  return { host: '127.0.0.1', port, ...defaults, ...overrides };
}

describe('one look at the app finds', () => {
  it('that it is ready, at the path that it was told', async () => {
    let target: string | undefined;
    const port = await app((request, response) => {
      target = request.url;
      response.end('hello');
    });
    expect(await probe(readiness(port, { path: '/health?deep=1' }))).toEqual({ kind: 'ready' });
    expect(target).toBe('/health?deep=1');
  });

  it('that it is ready at a path which a request line cannot hold as it is', async () => {
    let target: string | undefined;
    const port = await app((request, response) => {
      target = request.url;
      response.end();
    });
    expect(await probe(readiness(port, { path: '/a b/é/🎉' }))).toEqual({ kind: 'ready' });
    expect(target).toBe('/a%20b/%C3%A9/%F0%9F%8E%89');
  });

  it('that it is ready with its first header, however long the body takes', async () => {
    const port = await app((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: never ends\n\n');
    });
    expect(await probe(readiness(port))).toEqual({ kind: 'ready' });
  });

  it('that it is ready when it speaks HTTP/1.0', async () => {
    const port = await listen(createServer((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nhello')));
    expect(await probe(readiness(port))).toEqual({ kind: 'ready' });
  });

  it('an unhealthy status, with the start of the body', async () => {
    const port = await app((_, response) => response.writeHead(503).end('warming\nup'));
    expect(await probe(readiness(port))).toEqual({ kind: 'unhealthy', status: 503, excerpt: 'warming up' });
  });

  it('the statuses healthy that it was told', async () => {
    const port = await app((_, response) => response.writeHead(404).end());
    expect(await probe(readiness(port))).toEqual({ kind: 'ready' });
    expect(await probe(readiness(port, { healthyStatuses: [[200, 399]] }))).toMatchObject({
      kind: 'unhealthy',
      status: 404,
    });
  });

  it('nothing there, by address or by name', async () => {
    const port = await freePort();
    expect(await probe(readiness(port))).toEqual({ kind: 'refused' });
    expect(await probe(readiness(port, { host: 'localhost' }))).toEqual({ kind: 'refused' });
  });

  it('something that is not HTTP', async () => {
    const port = await listen(createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n\r\n')));
    expect(await probe(readiness(port))).toEqual({ kind: 'broken', reason: expect.stringContaining('HTTP/1.1') });
  });

  it('something that closes at once', async () => {
    const port = await listen(createServer((socket) => socket.resume().end()));
    expect(await probe(readiness(port))).toMatchObject({ kind: 'broken' });
  });

  it('by TCP only whether it listens, without a request', async () => {
    const received = vi.fn();
    const port = await listen(createServer((socket) => socket.on('data', received)));
    expect(await probe(readiness(port, { protocol: 'tcp' }))).toEqual({ kind: 'ready' });
    expect(received).not.toHaveBeenCalled();
    expect(await probe(readiness(await freePort(), { protocol: 'tcp' }))).toEqual({ kind: 'refused' });
  });
});

describe('waiting for the app', () => {
  it.each(['http', 'tcp'] as const)('ends soon after it listens (%s)', async (protocol) => {
    const port = await freePort();
    const waiting = waitForApp(readiness(port, { protocol }), [], logger);
    await new Promise((resolve) => {
      setTimeout(resolve, 60);
    });
    await listen(
      createHttpServer((_, response) => response.end()),
      port,
    );
    const upAt = performance.now();
    const tookMs = await waiting;
    expect(tookMs).toBeGreaterThanOrEqual(55);
    expect(performance.now() - upAt).toBeLessThan(500);
  });

  it('ends when it has become healthy, with one probe at a time', async () => {
    let probes = 0;
    let atOnce = 0;
    let mostAtOnce = 0;
    const port = await app((_, response) => {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      setTimeout(() => {
        atOnce--;
        response.writeHead(++probes < 4 ? 503 : 200).end();
      }, 15);
    });
    await waitForApp(readiness(port), [], logger);
    expect({ probes, mostAtOnce }).toEqual({ probes: 4, mostAtOnce: 1 });
  });

  it('gives up with the cause: nothing listens there, but elsewhere', async () => {
    const elsewhere = await app(() => {});
    const notOurs = await app(() => {});
    const port = await freePort();
    const waiting = waitForApp(readiness(port, { timeoutMs: 50 }), [notOurs], logger);
    await expect(waiting).rejects.toMatchObject({ errorType: 'Function.AppNotReady' });
    const message: unknown = await waiting.catch((error: unknown) => error instanceof Error && error.message);
    expect(message).toMatch(/not ready within 50 ms/);
    expect(message).toContain(`nothing listens on 127.0.0.1:${port}`);
    expect(message).toMatch(new RegExp(`listens on .*\\b${elsewhere}\\b.*AWS_LWA_PORT`));
    expect(message).not.toContain(String(notOurs));
  });

  it('gives up with the cause: the status and what the app said', async () => {
    const port = await app((_, response) => response.writeHead(500).end('no database'));
    const waiting = waitForApp(readiness(port, { path: '/up', timeoutMs: 50 }), [], logger);
    await expect(waiting).rejects.toThrow(/GET \/up on .* answered 500 \(no database\)/);
  });

  it('gives up in time on an app that accepts and does not answer', async () => {
    const port = await app(() => {});
    const waiting = waitForApp(readiness(port, { timeoutMs: 50 }), [], logger);
    await expect(waiting).rejects.toThrow(/no answer yet to GET \/ on/);
  });

  it('says every two seconds what is wrong', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const log = captureLog();
      const port = await app((_, response) => response.writeHead(500).end('no database'));
      const waiting = waitForApp(readiness(port, { timeoutMs: 100 }), [], log.logger);
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
      vi.advanceTimersByTime(6000);
      expect(log.lines.map(({ msg }) => msg)).toEqual(Array(3).fill(expect.stringContaining('no database')));
      await expect(waiting).rejects.toThrow();
      vi.advanceTimersByTime(6000);
      expect(log.lines).toHaveLength(3);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe.runIf(process.platform === 'linux')('the ports on which something listens', () => {
  it('include that of a server of ours, on IPv4, as long as it listens', async () => {
    const server = createServer();
    const port = await listen(server);
    expect(listeningPorts()).toContain(port);
    server.close();
    await once(server, 'close');
    expect(listeningPorts()).not.toContain(port);
  });

  it('include one on IPv6', async () => {
    const server = createServer();
    servers.push(server);
    server.listen(0, '::');
    await once(server, 'listening');
    expect(listeningPorts()).toContain(portOf(server));
  });

  it('do not include that of a connection', async () => {
    const port = await listen(createServer());
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    expect(listeningPorts()).not.toContain(socket.localPort);
    socket.destroy();
  });
});
