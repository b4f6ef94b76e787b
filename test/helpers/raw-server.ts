import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Address } from '../../src/shared/config.ts';

/** The server's end of one connection. */
export class Peer {
  readonly socket: Socket;
  #received = '';
  #onChange: () => void = () => {};

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#received += text;
      this.#onChange();
    });
    // A test that resets connections must not fall over the answer to it.
    socket.on('error', () => {});
  }

  /** Everything that has come up to and including `mark`, which is then gone; waits for it. */
  async readTo(mark: string): Promise<string> {
    for (;;) {
      const at = this.#received.indexOf(mark);
      if (at >= 0) {
        const end = at + mark.length;
        const text = this.#received.slice(0, end);
        this.#received = this.#received.slice(end);
        return text;
      }
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
  }

  /** What has come and was not read. */
  get unread(): string {
    return this.#received;
  }

  write(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Resolves when the other side has closed. */
  async closed(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, 'close');
  }
}

export interface RawServer {
  readonly address: Address;
  /** The next connection that was not asked for yet; waits for it. */
  nextPeer(): Promise<Peer>;
  /** Connections so far. */
  readonly accepted: number;
  close(): void;
}

/** The port on which a server listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}

/** A TCP server that answers nothing by itself: the test decides about every byte. */
export async function startRawServer(): Promise<RawServer> {
  const peers: Peer[] = [];
  let taken = 0;
  let onPeer: (() => void) | null = null;
  const server = createServer((socket) => {
    peers.push(new Peer(socket));
    onPeer?.();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  return {
    address: { host: '127.0.0.1', port },
    async nextPeer() {
      for (;;) {
        const peer = peers[taken];
        if (peer !== undefined) {
          taken++;
          return peer;
        }
        await new Promise<void>((resolve) => {
          onPeer = resolve;
        });
      }
    },
    get accepted() {
      return peers.length;
    },
    close() {
      server.close();
      for (const { socket } of peers) socket.destroy();
    },
  };
}
