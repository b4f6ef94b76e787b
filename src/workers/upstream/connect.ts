import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import type { ReadableOptions } from 'node:stream';
import type { Address } from '../../shared/config.ts';
import { connectionClosed, connectionOpened } from '../memory-for-speed.ts';
import { ReadMemory } from './read-memory.ts';

/** An app that listens at all accepts at once; this is for packets that a firewall swallows. */
export const CONNECT_TIMEOUT_MS = 5000;

/** A connection that has to wait keeps one read of its response; a second one Node would have to join to the first. */
const READ_AHEAD_BYTES = 16 * 1024;

export class ConnectTimeoutError extends Error {
  override readonly name = 'ConnectTimeoutError';
  readonly code = 'ETIMEDOUT';
}

/** What undici hands its connectors is of no use here: there is one address. */
type Connector = (options: unknown, onDone: (...result: [error: null, socket: Socket] | [Error, null]) => void) => void;

/** Opens the connections of one thread to the app at an address. */
export function createConnector({ host, port }: Address, timeoutMs = CONNECT_TIMEOUT_MS): Connector {
  return (_options, onDone) => {
    const memory = new ReadMemory();
    const options: TcpNetConnectOpts & ReadableOptions = {
      host,
      port,
      noDelay: true,
      highWaterMark: READ_AHEAD_BYTES,
      onread: { buffer: () => memory.next(), callback: (bytes) => socket.push(memory.take(bytes)) },
    };
    const socket = connect(options);
    connectionOpened();
    socket.once('close', connectionClosed);
    const timer = setTimeout(() => socket.destroy(new ConnectTimeoutError('timed out')), timeoutMs);
    const onError = (error: Error): void => {
      clearTimeout(timer);
      onDone(error, null);
    };
    socket.once('error', onError);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', onError);
      onDone(null, socket);
    });
  };
}
