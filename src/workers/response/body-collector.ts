import { responseTooLarge } from './limits.ts';

const EMPTY = Buffer.alloc(0);

/** Holds the chunks of a body until it is complete, without copying them. */
export class BodyCollector {
  #chunks: Buffer[] = [];
  readonly #limit: number;
  readonly #kind: string;
  #byteLength = 0;

  /**
   * @param limit bytes from which on the answer is certain to be too large
   * @param kind what it holds, for the message that says so
   */
  constructor(limit: number, kind = 'body') {
    this.#limit = limit;
    this.#kind = kind;
  }

  /** Of everything that was added, also after {@link forget}. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /**
   * @param bytes announced length of the body; null when it is not known
   * @throws AdapterError `Function.ResponseTooLarge`
   */
  expect(bytes: number | null): void {
    if (bytes !== null && bytes > this.#limit) throw responseTooLarge(`its ${this.#kind} has ${bytes} bytes`);
  }

  /** @throws AdapterError `Function.ResponseTooLarge` */
  add(chunk: Buffer): void {
    this.#byteLength += chunk.byteLength;
    if (this.#byteLength > this.#limit) {
      throw responseTooLarge(`its ${this.#kind} has more than ${this.#limit} bytes`);
    }
    this.#chunks.push(chunk);
  }

  /** Lets go of the bytes, which are not going to be joined, and counts on. */
  forget(): void {
    this.#chunks = [];
  }

  join(): Buffer {
    const [first] = this.#chunks;
    if (first === undefined) return EMPTY;
    return this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
  }
}
