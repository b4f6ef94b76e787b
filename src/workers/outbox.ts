import type { MessagePort } from 'node:worker_threads';
import { BatchWriter } from '../shared/batch/batch-writer.ts';
import { writeFromWorker } from '../shared/batch/from-worker.ts';
import type { FromWorker } from '../shared/protocol.ts';
import { freeOwn } from './own-memory.ts';

/** The way out of a worker thread. All messages of an event-loop turn go as one batch. */
export class Outbox {
  readonly #port: MessagePort;
  readonly #writer = new BatchWriter(freeOwn);
  readonly #flushLater = (): void => this.flush();

  constructor(port: MessagePort) {
    this.#port = port;
  }

  readonly post = (message: FromWorker): void => {
    if (this.#writer.isEmpty) setImmediate(this.#flushLater);
    writeFromWorker(this.#writer, message);
  };

  flush(): void {
    if (this.#writer.isEmpty) return;
    const { batch, transfer } = this.#writer.take();
    this.#port.postMessage(batch, transfer);
  }
}
