import { allocateOwnMemory } from '../own-memory.ts';

/** Longer than any answer. An app that announces more gets memory for what it sends and not for what it promises. */
export const MAX_WHOLE_BYTES = 8 * 1024 * 1024;

/**
 * Gathers a body of known length. One that came in a single read stays where it is; for any other memory is taken once, and the
 * socket reads the rest straight into it.
 */
export class WholeBody {
  readonly #byteLength: number;
  #memory: Buffer | null = null;
  #filled = 0;

  constructor(byteLength: number) {
    this.#byteLength = byteLength;
  }

  /** Where the rest is to be read to; null before anything has come. */
  get rest(): Buffer | null {
    return this.#memory?.subarray(this.#filled) ?? null;
  }

  /** @returns the body when this was the last of it */
  add(bytes: Buffer): Buffer | null {
    if (bytes.byteLength === this.#byteLength) return bytes;
    this.#memory ??= allocateOwnMemory(this.#byteLength);
    if (bytes.buffer !== this.#memory.buffer) this.#memory.set(bytes, this.#filled);
    this.#filled += bytes.byteLength;
    return this.#filled === this.#byteLength ? this.#memory : null;
  }
}
