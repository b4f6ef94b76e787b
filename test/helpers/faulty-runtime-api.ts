import { Agent, createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { portOf } from './port-of.ts';

/** A call that the adapter makes. */
interface RuntimeCall {
  readonly method: string;
  readonly path: string;
}

/** What happens to a call instead of its way to the platform. */
export type Fault =
  | { readonly kind: 'reset' }
  /** No answer, ever. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  /** The platform gets the call, but its answer never comes back. */
  | { readonly kind: 'reset-after' }
  /** Bytes in place of an HTTP response. */
  | { readonly kind: 'bytes'; readonly bytes: string };

export interface FaultyRuntimeApi {
  /** `host:port` in place of the platform's. */
  readonly address: string;
  readonly calls: readonly RuntimeCall[];
  /** That the adapter has open. */
  readonly connections: number;
  /** Asked about each call; null lets it pass. */
  fault: (call: RuntimeCall) => Fault | null;
  /** Breaks the connections of the open calls whose path ends like this; returns how many there were. */
  resetOpen(pathEnd: string): number;
  close(): Promise<void>;
}

/** A Runtime API that passes calls on to the platform's, except those that a test wants to fail. */
export async function startFaultyRuntimeApi(platform: string): Promise<FaultyRuntimeApi> {
  const calls: RuntimeCall[] = [];
  const open = new Map<IncomingMessage, () => void>();
  const sockets = new Set<Socket>();
  const agent = new Agent({ keepAlive: true });
  const server = createServer({ keepAlive: true, noDelay: true }, serve);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const api: FaultyRuntimeApi = {
    address: `127.0.0.1:${portOf(server)}`,
    calls,
    get connections() {
      return sockets.size;
    },
    fault: () => null,
    resetOpen(pathEnd) {
      const resets = [...open].filter(([request]) => request.url?.endsWith(pathEnd) === true);
      for (const [, reset] of resets) reset();
      return resets.length;
    },
    async close() {
      agent.destroy();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  return api;

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const call = { method: request.method ?? '', path: request.url ?? '' };
    calls.push(call);
    const fault = api.fault(call);
    switch (fault?.kind) {
      case undefined:
        return pass(request, response, () => {});
      case 'silence':
        return;
      case 'reset':
        request.socket.resetAndDestroy();
        return;
      case 'reset-after':
        return pass(request, response, () => request.socket.resetAndDestroy());
      case 'bytes':
        request.socket.end(fault.bytes, 'latin1');
        return;
      case 'answer':
        request.resume();
        request.on('end', () => {
          response.writeHead(fault.status, { 'content-length': Buffer.byteLength(fault.body) });
          response.end(fault.body);
        });
    }
  }

  function pass(request: IncomingMessage, response: ServerResponse, beforeAnswer: () => void): void {
    const [host, upstreamPort] = platform.split(':');
    const upstream = sendRequest({
      host,
      port: upstreamPort,
      agent,
      method: request.method,
      path: request.url,
      headers: request.headers,
    });
    open.set(request, () => {
      open.delete(request);
      upstream.destroy();
      request.socket.resetAndDestroy();
    });
    upstream.on('error', () => response.destroy());
    upstream.on('response', (answer) => {
      open.delete(request);
      beforeAnswer();
      response.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      answer.pipe(response);
    });
    response.on('close', () => {
      open.delete(request);
      upstream.destroy();
    });
    request.pipe(upstream);
  }
}
