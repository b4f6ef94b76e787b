import type { ResponseHead } from '../../shared/http/response-head.ts';
import type { ResponseSink } from '../../shared/http/response-parser.ts';
import type { HttpResponse } from './http-response.ts';

/** Larger than any event. A peer that announces more gets memory for what it sends and not for what it promises. */
const MAX_RESERVED_BYTES = 8 * 1024 * 1024;

/** Puts responses together. A body of known length is copied into one piece of memory of its own. */
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

  onBody(bytes: Buffer): void {
    if (this.#reserved === null) this.#response?.body.push(Buffer.from(bytes));
    else this.#filled += bytes.copy(this.#reserved, this.#filled);
  }

  onEnd(): void {
    const response = this.#response;
    this.#response = null;
    if (response !== null) this.#onResponse(response);
  }
}
