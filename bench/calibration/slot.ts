import type { Socket } from 'node:net';
import type { PreparedReply, Reply } from './prepared-reply.ts';
import { ReplyReader } from './reply-reader.ts';

const INVOCATION = '/2018-06-01/runtime/invocation';

/** One connection to the Runtime API: poll, answer, poll again. */
export class Slot {
  readonly #socket: Socket;
  readonly #replies: readonly PreparedReply[];
  readonly #next: Buffer;
  /** Ends the line that begins a post. */
  readonly #version: string;
  #isEventAwaited = false;

  constructor(socket: Socket, host: string, replies: readonly PreparedReply[]) {
    this.#socket = socket;
    this.#replies = replies;
    this.#next = Buffer.from(`GET ${INVOCATION}/next HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    this.#version = `/response HTTP/1.1\r\nhost: ${host}\r\n`;
    const reader = new ReplyReader((head, body) => (this.#isEventAwaited ? this.#answer(head, body) : this.poll()));
    socket.on('data', (chunk) => reader.push(chunk));
    // The platform has gone: so does its extension.
    socket.on('close', () => process.exit());
    socket.on('error', () => {});
  }

  poll(): void {
    this.#isEventAwaited = true;
    this.#socket.write(this.#next);
  }

  #answer(head: string, event: Buffer): void {
    const requestId = /\r\nlambda-runtime-aws-request-id: *(\S+)/i.exec(head)?.[1] ?? '';
    const prepared = this.#replies.find(({ mark }) => event.includes(mark)) ?? this.#replies[0];
    if (prepared === undefined) throw new Error('a scenario has an exchange');
    const reply = prepared.next();
    this.#isEventAwaited = false;
    const start = Buffer.concat([Buffer.from(`POST ${INVOCATION}/${requestId}${this.#version}`), reply.head]);
    this.#write(reply, 0, start);
  }

  /** Continues when the pause before a piece is over, and the socket has taken the one before it. */
  #write(reply: Reply, index: number, before: Buffer | null): void {
    const pauseMs = reply.pauseBefore(index);
    if (pauseMs > 0) setTimeout(() => this.#writeNow(reply, index, before), pauseMs);
    else this.#writeNow(reply, index, before);
  }

  #writeNow(reply: Reply, index: number, before: Buffer | null): void {
    const piece = reply.piece(index);
    const hasRoom = this.#socket.write(before === null ? piece : Buffer.concat([before, piece]));
    if (index + 1 === reply.pieces) return;
    if (hasRoom) this.#write(reply, index + 1, null);
    else this.#socket.once('drain', () => this.#write(reply, index + 1, null));
  }
}
