import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

import { TRUNCATED } from './replies.ts';

/** Node's limit of 16 KiB would refuse posts with a large X-Ray cause, which the platform takes up to 1 MiB. */
const MAX_HEADER_BYTES = 2 * 1024 * 1024;

/** An HTTP server that never closes a connection for being idle or slow: parked polls are exactly that. */
export async function listen(onRequest: RequestListener, port: number, host = '127.0.0.1'): Promise<Server> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAlive: true, noDelay: true }, onRequest);
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 0;
  server.on('clientError', refuseMessage);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a TCP port');
  return address.port;
}

export async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

/** What the parser refuses, above all a body that ends too early, is answered as the platform does. */
function refuseMessage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const body = error.code === 'HPE_INVALID_EOF_STATE' ? TRUNCATED.body : '';
  const length = Buffer.byteLength(body);
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`,
  );
}
