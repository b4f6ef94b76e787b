import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import type { Address } from '../../shared/config.ts';

/** An app that listens at all accepts at once; this is for packets that a firewall swallows. */
export const CONNECT_TIMEOUT_MS = 5000;

export class ConnectTimeoutError extends Error {
  override readonly name = 'ConnectTimeoutError';
  readonly code = 'ETIMEDOUT';
}

/** A socket to the app, which is destroyed with a {@link ConnectTimeoutError} when it takes too long to connect. */
export function connectToApp(
  { host, port }: Address,
  onread: NonNullable<TcpNetConnectOpts['onread']>,
  timeoutMs = CONNECT_TIMEOUT_MS,
): Socket {
  const socket = connect({ host, port, noDelay: true, onread });
  const timer = setTimeout(() => socket.destroy(new ConnectTimeoutError('timed out')), timeoutMs);
  const done = (): void => clearTimeout(timer);
  return socket.once('connect', done).once('close', done);
}
