import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { portOf } from '../helpers/port-of.ts';
import { messageEnd } from './message-end.ts';

export interface SentInvocation {
  readonly event: string;
  /** Header lines beside the request id, which is `r-1`, and a deadline that is far away. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RecordingPlatform {
  /** `host:port`, as the adapter has it and sends it. */
  readonly address: string;
  /** Gives the adapter an invocation. @returns every byte of the request by which it is answered */
  answerTo(invocation: SentInvocation): Promise<Buffer>;
  /** The next request that reports something, as {@link answerTo} does for an invocation. */
  nextReport(): Promise<Buffer>;
  /** Resolves when these bytes have come as part of an answer that is not complete yet. */
  receivedPart(text: string): Promise<void>;
  close(): void;
}

const NEXT = 'GET /2018-06-01/runtime/invocation/next ';
const REGISTER = 'POST /2020-01-01/extension/register ';
const EVENT = 'GET /2020-01-01/extension/event/next ';
const RESTORE = 'GET /2018-06-01/runtime/restore/next ';
const FAR_AWAY_MS = '9999999999999';

/** The platform's side of the wire as a raw socket, without an HTTP library that would hide how a request was written. */
export async function startRecordingPlatform(): Promise<RecordingPlatform> {
  const sockets = new Set<Socket>();
  const polls: Socket[] = [];
  const invocations: string[] = [];
  const reports: Buffer[] = [];
  const partial = new Map<Socket, Buffer>();
  const waiters = new Set<() => void>();

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      let held = Buffer.concat([partial.get(socket) ?? Buffer.alloc(0), chunk]);
      for (let end = messageEnd(held); end !== null; end = messageEnd(held)) {
        serve(Buffer.from(held.subarray(0, end)), socket);
        held = held.subarray(end);
      }
      partial.set(socket, held);
      const waiting = [...waiters];
      waiters.clear();
      for (const look of waiting) look();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    address: `127.0.0.1:${portOf(server)}`,
    answerTo({ event, headers = {} }) {
      const all = {
        'Lambda-Runtime-Aws-Request-Id': 'r-1',
        'Lambda-Runtime-Deadline-Ms': FAR_AWAY_MS,
        'Content-Length': String(Buffer.byteLength(event)),
        ...headers,
      };
      const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
      invocations.push(`HTTP/1.1 200 OK\r\n${lines.join('')}\r\n${Buffer.from(event).toString('latin1')}`);
      hand();
      return nextReport();
    },
    nextReport,
    receivedPart: (text) =>
      until(() => [...partial.values()].some((held) => held.includes(text)) || null).then(() => {}),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };

  function serve(message: Buffer, socket: Socket): void {
    const line = message.toString('latin1', 0, message.indexOf('\r\n'));
    if (line.startsWith(REGISTER)) {
      socket.write('HTTP/1.1 200 OK\r\nLambda-Extension-Identifier: e-1\r\nContent-Length: 2\r\n\r\n{}');
    } else if (line.startsWith(RESTORE)) {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    } else if (line.startsWith(NEXT)) {
      polls.push(socket);
      hand();
    } else if (!line.startsWith(EVENT)) {
      reports.push(message);
      socket.write('HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n');
    }
  }

  function hand(): void {
    while (polls.length > 0 && invocations.length > 0) polls.shift()?.write(invocations.shift() ?? '', 'latin1');
  }

  function nextReport(): Promise<Buffer> {
    return until(() => reports.shift() ?? null);
  }

  async function until<T>(look: () => T | null): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== null) return found;
      await new Promise<void>((resolve) => waiters.add(resolve));
    }
  }
}
