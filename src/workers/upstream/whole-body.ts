import { BodyMemory } from '../../shared/http/body-memory.ts';
import { allocateOwnMemory } from '../own-memory.ts';

/**
 * Gathers a body of known length. One that came in a single read stays where it is; for any other memory is taken once, and the
 * socket reads the rest straight into it.
 */
export class WholeBody {
  readonly #byteLength: number;
  #memory: BodyMemory | null = null;

  constructor(byteLength: number) {
    this.#byteLength = byteLength;
  }

  /** Where the rest is to be read to; null before anything has come. */
  get rest(): Buffer | null {
    return this.#memory?.rest ?? null;
  }

  /** @returns the body when this was the last of it */
  add(bytes: Buffer): Buffer | null {
    if (bytes.byteLength === this.#byteLength) return bytes;
    this.#memory ??= new BodyMemory(allocateOwnMemory(this.#byteLength));
    this.#memory.add(bytes);
    return this.#memory.isFull ? this.#memory.bytes : null;
  }
}
