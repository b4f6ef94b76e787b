import { freeOwnSoon, inOwnMemory, joinInOwnMemory } from '../own-memory.ts';
import { responseTooLarge } from './limits.ts';

const EMPTY = Buffer.alloc(0);

/** Holds the chunks of a body until it is complete, without copying them. They are given up with {@link add}. */
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

  /** Of everything that was added, also after {@link leave} and {@link forget}. */
  get byteLength(): number {
    return this.#byteLength;
  }

  get chunks(): readonly Buffer[] {
    return this.#chunks;
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

  /** Lets go of bytes that somebody else still works on, and counts on. */
  leave(): void {
    this.#chunks = [];
  }

  /** Frees the bytes, which nobody needs any more, and counts on. */
  forget(): void {
    for (const chunk of this.#chunks) freeOwnSoon(chunk);
    this.#chunks = [];
  }

  /** All of it in one piece, which it also holds from now on. */
  join(): Buffer {
    const [first] = this.#chunks;
    if (first === undefined) return EMPTY;
    if (this.#chunks.length === 1) return first;
    const body = joinInOwnMemory(this.#chunks, this.#byteLength);
    this.forget();
    this.#chunks = [body];
    return body;
  }

  /** The same for a body that was delivered whole and has to outlive its delivery. */
  joinToKeep(): Buffer {
    const body = inOwnMemory(this.join());
    this.#chunks = [body];
    return body;
  }
}
