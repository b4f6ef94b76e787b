import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import type { ReadableOptions } from 'node:stream';
import type { Address } from '../../shared/config.ts';
import { copyToOwnMemory } from '../own-memory.ts';

/** An app that listens at all accepts at once; this is for packets that a firewall swallows. */
export const CONNECT_TIMEOUT_MS = 5000;

/** As much as Node reads at once by itself, but for each read anew, however short what comes. */
const READ_BYTES = 64 * 1024;

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
  // Sockets read one after the other: one buffer does for all.
  const buffer = new Uint8Array(READ_BYTES);
  return (_options, onDone) => {
    const options: TcpNetConnectOpts & ReadableOptions = {
      host,
      port,
      noDelay: true,
      highWaterMark: READ_AHEAD_BYTES,
      onread: { buffer, callback: (bytes) => socket.push(copyToOwnMemory(buffer.subarray(0, bytes))) },
    };
    const socket = connect(options);
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
