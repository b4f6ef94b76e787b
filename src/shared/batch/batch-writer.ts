import { ATTACHED, ATTACHED_BYTES, type Batch } from './batch.ts';

const FIRST_BYTES = 16 * 1024;
/** After a larger batch the memory is given back. */
const KEPT_BYTES = 256 * 1024;

/** Puts messages into a {@link Batch}. All bytes are given up, small ones too, although they are copied at once. */
export class BatchWriter {
  #frames = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #length = 0;
  #attachments: ArrayBuffer[] = [];
  #copied: Uint8Array[] = [];
  readonly #free: (bytes: Uint8Array) => void;

  /** @param free Told of bytes that have been copied, when nobody can be at work on them any more. */
  constructor(free: (bytes: Uint8Array) => void = () => {}) {
    this.#free = free;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#length = this.#frames.writeUInt8(value, this.#length);
  }

  /** A whole number from 0 to 2^32 - 2. */
  integer(value: number): void {
    this.#reserve(4);
    this.#length = this.#frames.writeUInt32LE(value, this.#length);
  }

  text(value: string): void {
    const start = this.#length + 4;
    // No character takes more bytes than three for each of its UTF-16 units.
    this.#reserve(4 + value.length * 3);
    const byteLength = this.#frames.write(value, start, 'utf8');
    this.#frames.writeUInt32LE(byteLength, this.#length);
    this.#length = start + byteLength;
  }

  /** Large bytes that fill their memory are moved, others copied. */
  bytes(value: Uint8Array): void {
    if (value.byteLength >= ATTACHED_BYTES) {
      this.integer(ATTACHED);
      this.#attachments.push(this.#ownMemoryOf(value));
      return;
    }
    this.#reserve(4 + value.byteLength);
    this.#frames.writeUInt32LE(value.byteLength, this.#length);
    this.#frames.set(value, this.#length + 4);
    this.#length += 4 + value.byteLength;
    this.#copied.push(value);
  }

  /** What has been written, and what of it has to be in the transfer list. The writer is empty afterwards. */
  take(): { readonly batch: Batch; readonly transfer: ArrayBuffer[] } {
    const frames = this.#frames.buffer.slice(0, this.#length);
    const attachments = this.#attachments;
    for (const bytes of this.#copied) this.#free(bytes);
    this.#length = 0;
    this.#attachments = [];
    this.#copied = [];
    if (this.#frames.length > KEPT_BYTES) this.#frames = Buffer.allocUnsafeSlow(FIRST_BYTES);
    const batch: Batch = attachments.length === 0 ? frames : [frames, ...attachments];
    return { batch, transfer: [frames, ...attachments] };
  }

  #ownMemoryOf(bytes: Uint8Array): ArrayBuffer {
    const { buffer, byteLength } = bytes;
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) return buffer;
    this.#copied.push(bytes);
    return new Uint8Array(bytes).buffer;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#frames.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#frames.length * 2));
    this.#frames.copy(larger, 0, 0, this.#length);
    this.#frames = larger;
  }
}
