import { assertNever, type Failure } from '../../shared/errors.ts';
import type { FromWorker, Invocation, InvocationKey, ToWorker } from '../../shared/protocol.ts';
import type { Handle, Reply } from './invoker.ts';

interface Entry {
  readonly reply: Reply;
  streaming: boolean;
}

/** Keys are 32 bits on their way between threads; whoever had one so long ago has been answered. */
const MAX_KEYS = 2 ** 32;

/** The invocations that one dispatcher has, and the way from its messages to their replies. */
export class InFlight {
  readonly #entries = new Map<InvocationKey, Entry>();
  readonly #send: (message: ToWorker) => void;
  #lastKey: InvocationKey = 0;

  constructor(send: (message: ToWorker) => void) {
    this.#send = send;
  }

  get size(): number {
    return this.#entries.size;
  }

  add(invocation: Invocation, reply: Reply): Handle {
    const id = (this.#lastKey = (this.#lastKey + 1) % MAX_KEYS);
    this.#entries.set(id, { reply, streaming: false });
    this.#send({ kind: 'invoke', id, invocation });
    return {
      credit: (bytes) => this.#send({ kind: 'credit', id, bytes }),
      abandon: () => {
        if (this.#entries.delete(id)) this.#send({ kind: 'abandon', id });
      },
    };
  }

  /** A message about an invocation that has been abandoned is no news and ignored. */
  receive(message: FromWorker): void {
    const entry = this.#entries.get(message.id);
    if (entry === undefined) return;
    switch (message.kind) {
      case 'response':
        this.#entries.delete(message.id);
        return entry.reply.respond(message.body);
      case 'failure':
        this.#entries.delete(message.id);
        return entry.reply.fail(message.failure);
      case 'stream-start':
        entry.streaming = true;
        return entry.reply.startStream(message.contentType, message.chunk);
      case 'stream-chunk':
        return entry.reply.streamChunk(message.chunk);
      case 'stream-end':
        this.#entries.delete(message.id);
        return entry.reply.endStream(message.failure);
      default:
        return assertNever(message);
    }
  }

  /** The dispatcher is gone: each of its invocations fails, in the form that its caller can still read. */
  failAll(failure: Failure): void {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const { reply, streaming } of entries) {
      if (streaming) reply.endStream(failure);
      else reply.fail(failure);
    }
  }
}
