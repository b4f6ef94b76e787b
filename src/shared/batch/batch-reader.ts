import { ATTACHED, type Batch } from './batch.ts';

/** Takes messages out of a {@link Batch}, in the order and with the calls by which they were written. */
export class BatchReader {
  readonly #frames: Buffer;
  readonly #attachments: readonly ArrayBuffer[];
  #offset = 0;
  #attached = 0;

  constructor(batch: Batch) {
    const [frames, ...attachments] = batch instanceof ArrayBuffer ? [batch] : batch;
    this.#frames = Buffer.from(frames);
    this.#attachments = attachments;
  }

  get atEnd(): boolean {
    return this.#offset === this.#frames.length;
  }

  byte(): number {
    return this.#frames.readUInt8(this.#offset++);
  }

  integer(): number {
    const value = this.#frames.readUInt32LE(this.#offset);
    this.#offset += 4;
    return value;
  }

  text(): string {
    const end = this.integer() + this.#offset;
    const value = this.#frames.toString('utf8', this.#offset, end);
    this.#offset = end;
    return value;
  }

  /** A view of the batch's memory, or memory of its own when it was large. */
  bytes(): Buffer {
    const length = this.integer();
    if (length === ATTACHED) return Buffer.from(this.#nextAttachment());
    const end = this.#offset + length;
    const value = this.#frames.subarray(this.#offset, end);
    this.#offset = end;
    return value;
  }

  #nextAttachment(): ArrayBuffer {
    const attachment = this.#attachments[this.#attached++];
    if (attachment === undefined) throw new RangeError('a batch has fewer attachments than its frames name');
    return attachment;
  }
}
