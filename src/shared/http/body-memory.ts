/** Larger than any event or answer. A peer that announces more gets memory for what it sends and not for what it promises. */
export const MAX_RESERVED_BYTES = 8 * 1024 * 1024;

/** Memory of the size of one body, which is filled from its front: by copies, or by a socket that reads straight into {@link rest}. */
export class BodyMemory {
  readonly bytes: Buffer;
  #filled = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** What is not filled yet. */
  get rest(): Buffer {
    return this.bytes.subarray(this.#filled);
  }

  get isFull(): boolean {
    return this.#filled === this.bytes.length;
  }

  add(part: Buffer): void {
    if (!this.#isInPlace(part)) this.bytes.set(part, this.#filled);
    this.#filled += part.length;
  }

  /** Small memory comes out of a pool, where other bytes are in the same buffer and elsewhere. */
  #isInPlace({ buffer, byteOffset }: Buffer): boolean {
    return buffer === this.bytes.buffer && byteOffset === this.bytes.byteOffset + this.#filled;
  }
}
