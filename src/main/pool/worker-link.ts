import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { FromWorker, Invocation, ToWorker } from '../../shared/protocol.ts';
import { InFlight } from './in-flight.ts';
import type { Handle, Reply } from './invoker.ts';

/**
 * The coordinator's end of the channel to one worker thread. All messages of an event-loop turn go as one batch: a
 * `postMessage` costs more than what it carries.
 */
export class WorkerLink {
  /** The worker's end; goes to the thread with its task. */
  readonly remotePort: MessagePort;
  readonly inFlight: InFlight;
  readonly #port: MessagePort;
  #batch: ToWorker[] = [];
  #transfer: ArrayBuffer[] = [];
  readonly #flush = (): void => this.#sendBatch();

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.remotePort = port2;
    this.inFlight = new InFlight((message) => this.#enqueue(message));
    port1.on('message', (batch: readonly FromWorker[]) => {
      for (const message of batch) this.inFlight.receive(message);
    });
  }

  invoke(invocation: Invocation, reply: Reply): Handle {
    // A piece of an event is (part of) what one read from the socket returned, in memory of its own; parts of one read
    // follow each other.
    for (const { buffer } of invocation.event) {
      if (buffer instanceof ArrayBuffer && buffer !== this.#transfer.at(-1)) this.#transfer.push(buffer);
    }
    return this.inFlight.add(invocation, reply);
  }

  /** Asks the thread to end when it has nothing left to do. */
  finish(): void {
    this.#enqueue({ kind: 'close' });
  }

  /** Frees the channel; what is still queued is lost. */
  close(): void {
    this.#port.close();
  }

  #enqueue(message: ToWorker): void {
    if (this.#batch.length === 0) setImmediate(this.#flush);
    this.#batch.push(message);
  }

  #sendBatch(): void {
    const batch = this.#batch;
    const transfer = this.#transfer;
    this.#batch = [];
    this.#transfer = [];
    this.#port.postMessage(batch, transfer);
  }
}
