import type { MessagePort } from 'node:worker_threads';
import { BatchWriter } from '../shared/batch/batch-writer.ts';
import { writeFromWorker } from '../shared/batch/from-worker.ts';
import type { FromWorker } from '../shared/protocol.ts';
import { freeOwn } from './own-memory.ts';

/**
 * So many large pieces go at once, before the turn is over: while this thread is at work on the next ones, the coordinator sends
 * these. With pages and binary bodies of 64 KB and more that is 4 to 9 % more throughput; one by one costs more in wakes than it brings.
 */
const ENOUGH_ATTACHED = 8;

/** The way out of a worker thread. All messages of an event-loop turn go as one batch, but for large ones. */
export class Outbox {
  readonly #port: MessagePort;
  readonly #writer = new BatchWriter(freeOwn);
  readonly #endTurn = (): void => {
    this.flush();
    this.#writer.freeCopied();
    this.#isTurnOpen = false;
  };
  #isTurnOpen = false;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  readonly post = (message: FromWorker): void => {
    if (!this.#isTurnOpen) {
      this.#isTurnOpen = true;
      setImmediate(this.#endTurn);
    }
    writeFromWorker(this.#writer, message);
    if (this.#writer.attached >= ENOUGH_ATTACHED) this.flush();
  };

  flush(): void {
    if (this.#writer.isEmpty) return;
    const { batch, transfer } = this.#writer.take();
    this.#port.postMessage(batch, transfer);
  }
}
