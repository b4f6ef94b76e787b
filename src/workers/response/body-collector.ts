import { responseTooLarge } from './limits.ts';

const EMPTY = Buffer.alloc(0);

/** Holds the chunks of a body until it is complete, without copying them. */
export class BodyCollector {
  readonly #chunks: Buffer[] = [];
  readonly #limit: number;
  #byteLength = 0;

  /** @param limit bytes from which on the answer is certain to be too large */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * @param bytes announced length of the body; null when it is not known
   * @throws AdapterError `Function.ResponseTooLarge`
   */
  expect(bytes: number | null): void {
    if (bytes !== null && bytes > this.#limit) throw responseTooLarge(`its body has ${bytes} bytes`);
  }

  /** @throws AdapterError `Function.ResponseTooLarge` */
  add(chunk: Buffer): void {
    this.#byteLength += chunk.byteLength;
    if (this.#byteLength > this.#limit) throw responseTooLarge(`its body has more than ${this.#limit} bytes`);
    this.#chunks.push(chunk);
  }

  join(): Buffer {
    const [first] = this.#chunks;
    if (first === undefined) return EMPTY;
    return this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#byteLength);
  }
}
