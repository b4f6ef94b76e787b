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
  readonly #free: ((bytes: Uint8Array) => void) | null;

  /** @param free frees bytes that have been copied; null where that is left to the garbage collector */
  constructor(free: ((bytes: Uint8Array) => void) | null = null) {
    this.#free = free;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** How many bytes it holds that are large enough to travel beside the frames. */
  get attached(): number {
    return this.#attachments.length;
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
    this.#hasCopied(value);
  }

  /** What has been written, and what of it has to be in the transfer list. The writer is empty afterwards. */
  take(): { readonly batch: Batch; readonly transfer: ArrayBuffer[] } {
    const frames = this.#frames.buffer.slice(0, this.#length);
    const attachments = this.#attachments;
    this.#length = 0;
    this.#attachments = [];
    if (this.#frames.length > KEPT_BYTES) this.#frames = Buffer.allocUnsafeSlow(FIRST_BYTES);
    const batch: Batch = attachments.length === 0 ? frames : [frames, ...attachments];
    return { batch, transfer: [frames, ...attachments] };
  }

  /** Frees what has been copied until now. To be called when nobody can be at work on it any more. */
  freeCopied(): void {
    if (this.#free === null || this.#copied.length === 0) return;
    for (const bytes of this.#copied) this.#free(bytes);
    this.#copied = [];
  }

  #hasCopied(bytes: Uint8Array): void {
    if (this.#free !== null) this.#copied.push(bytes);
  }

  #ownMemoryOf(bytes: Uint8Array): ArrayBuffer {
    const { buffer, byteLength } = bytes;
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) return buffer;
    this.#hasCopied(bytes);
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
