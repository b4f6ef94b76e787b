import type { ResponseHead } from '../../shared/http/response-head.ts';
import type { ResponseSink } from '../../shared/http/response-parser.ts';
import type { HttpResponse } from './http-response.ts';

/** Larger than any event. A peer that announces more gets memory for what it sends and not for what it promises. */
const MAX_RESERVED_BYTES = 8 * 1024 * 1024;

/** Puts responses together. A body of known length gets one piece of memory of its own, into which the socket can read straight. */
export class ResponseCollector implements ResponseSink {
  readonly #onResponse: (response: HttpResponse) => void;
  readonly #onHead: (response: HttpResponse) => void;
  #response: HttpResponse | null = null;
  /** Null where the pieces are kept as they come. */
  #reserved: Buffer | null = null;
  #filled = 0;

  constructor(onResponse: (response: HttpResponse) => void, onHead: (response: HttpResponse) => void = () => {}) {
    this.#onResponse = onResponse;
    this.#onHead = onHead;
  }

  onHead({ status, headers, keepAlive, framing }: ResponseHead): void {
    const isReserved = typeof framing === 'number' && framing > 0 && framing <= MAX_RESERVED_BYTES;
    this.#reserved = isReserved ? Buffer.allocUnsafe(framing) : null;
    this.#filled = 0;
    this.#response = { status, headers, keepAlive, body: this.#reserved === null ? [] : [this.#reserved] };
    this.#onHead(this.#response);
  }

  /** Where the rest of a body that has begun belongs; null when it has no place of its own. */
  get rest(): Buffer | null {
    return this.#reserved?.subarray(this.#filled) ?? null;
  }

  onBody(bytes: Buffer): void {
    if (this.#reserved === null) {
      this.#response?.body.push(Buffer.from(bytes));
      return;
    }
    if (!isInPlace(bytes, this.#reserved, this.#filled)) this.#reserved.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  onEnd(): void {
    const response = this.#response;
    this.#response = null;
    this.#reserved = null;
    if (response !== null) this.#onResponse(response);
  }
}

/** Small memory comes out of a pool, where other bytes are in the same buffer and elsewhere. */
function isInPlace(bytes: Buffer, memory: Buffer, offset: number): boolean {
  return bytes.buffer === memory.buffer && bytes.byteOffset === memory.byteOffset + offset;
}
