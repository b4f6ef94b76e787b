import type { MessagePort } from 'node:worker_threads';
import type { FromWorker } from '../shared/protocol.ts';

/**
 * The way out of a worker thread. All messages of an event-loop turn go as one batch, and their bytes are moved, not
 * cloned: a clone of a view would copy the whole memory that it is a view of.
 */
export class Outbox {
  readonly #port: MessagePort;
  #batch: FromWorker[] = [];
  readonly #flushLater = (): void => this.flush();

  constructor(port: MessagePort) {
    this.#port = port;
  }

  readonly post = (message: FromWorker): void => {
    if (this.#batch.length === 0) setImmediate(this.#flushLater);
    this.#batch.push(message);
  };

  flush(): void {
    if (this.#batch.length === 0) return;
    const { batch, transfer } = makeMovable(this.#batch);
    this.#batch = [];
    this.#port.postMessage(batch, transfer);
  }
}

interface Movable {
  readonly batch: readonly FromWorker[];
  readonly transfer: ArrayBuffer[];
}

/** From here on a copy gets memory of its own: in shared memory, one slow stream would keep what the others are done with. */
const LARGE_BYTES = 8 * 1024;

/**
 * Bytes that fill their memory are moved as they are: a large chunk of a body is all that one read from the socket
 * returned. Other large ones are copied, and what is left of a batch is gathered in a single piece of memory, which costs
 * less than a piece for each.
 */
export function makeMovable(messages: readonly FromWorker[]): Movable {
  const transfer: ArrayBuffer[] = [];
  let hasViews = false;
  let gatheredBytes = 0;
  for (const message of messages) {
    const bytes = bytesOf(message);
    if (bytes === null) continue;
    if (fillsItsMemory(bytes)) {
      transfer.push(bytes.buffer);
    } else {
      hasViews = true;
      if (bytes.byteLength < LARGE_BYTES) gatheredBytes += bytes.byteLength;
    }
  }
  if (!hasViews) return { batch: messages, transfer };

  const gathered = new Uint8Array(gatheredBytes);
  transfer.push(gathered.buffer);
  let offset = 0;
  const batch = messages.map((message) => {
    const bytes = bytesOf(message);
    if (bytes === null || fillsItsMemory(bytes)) return message;
    if (bytes.byteLength >= LARGE_BYTES) {
      const own = new Uint8Array(bytes);
      transfer.push(own.buffer);
      return withBytes(message, own);
    }
    gathered.set(bytes, offset);
    const copy = gathered.subarray(offset, offset + bytes.byteLength);
    offset += bytes.byteLength;
    return withBytes(message, copy);
  });
  return { batch, transfer };
}

function bytesOf(message: FromWorker): Uint8Array | null {
  switch (message.kind) {
    case 'response':
      return message.body;
    case 'stream-start':
    case 'stream-chunk':
      return message.chunk;
    case 'failure':
    case 'stream-end':
      return null;
  }
}

function withBytes(message: FromWorker, bytes: Uint8Array): FromWorker {
  switch (message.kind) {
    case 'response':
      return { ...message, body: bytes };
    case 'stream-start':
    case 'stream-chunk':
      return { ...message, chunk: bytes };
    case 'failure':
    case 'stream-end':
      return message;
  }
}

function fillsItsMemory(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength && bytes.byteLength > 0;
}
