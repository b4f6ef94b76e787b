import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { BatchReader } from '../../shared/batch/batch-reader.ts';
import { BatchWriter } from '../../shared/batch/batch-writer.ts';
import type { Batch } from '../../shared/batch/batch.ts';
import { readFromWorker } from '../../shared/batch/from-worker.ts';
import { writeToWorker } from '../../shared/batch/to-worker.ts';
import type { Invocation, ToWorker } from '../../shared/protocol.ts';
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
  readonly #writer = new BatchWriter();
  readonly #flush = (): void => this.#sendBatch();

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.remotePort = port2;
    this.inFlight = new InFlight((message) => this.#enqueue(message));
    port1.on('message', (batch: Batch) => {
      const reader = new BatchReader(batch);
      while (!reader.atEnd) this.inFlight.receive(readFromWorker(reader));
    });
  }

  invoke(invocation: Invocation, reply: Reply): Handle {
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
    if (this.#writer.isEmpty) setImmediate(this.#flush);
    writeToWorker(this.#writer, message);
  }

  #sendBatch(): void {
    const { batch, transfer } = this.#writer.take();
    this.#port.postMessage(batch, transfer);
  }
}
