import { BodyMemory, MAX_RESERVED_BYTES } from '../../shared/http/body-memory.ts';
import type { ResponseHead } from '../../shared/http/response-head.ts';
import type { ResponseSink } from '../../shared/http/response-parser.ts';
import type { HttpResponse } from './http-response.ts';

/** Puts responses together. A body of known length gets one piece of memory of its own, into which the socket can read straight. */
export class ResponseCollector implements ResponseSink {
  readonly #onResponse: (response: HttpResponse) => void;
  readonly #onHead: (response: HttpResponse) => void;
  #response: HttpResponse | null = null;
  /** Null where the pieces are kept as they come. */
  #reserved: BodyMemory | null = null;

  constructor(onResponse: (response: HttpResponse) => void, onHead: (response: HttpResponse) => void = () => {}) {
    this.#onResponse = onResponse;
    this.#onHead = onHead;
  }

  onHead({ status, headers, keepAlive, framing }: ResponseHead): void {
    const isReserved = typeof framing === 'number' && framing > 0 && framing <= MAX_RESERVED_BYTES;
    this.#reserved = isReserved ? new BodyMemory(Buffer.allocUnsafe(framing)) : null;
    this.#response = { status, headers, keepAlive, body: this.#reserved === null ? [] : [this.#reserved.bytes] };
    this.#onHead(this.#response);
  }

  /** Where the rest of a body that has begun belongs; null when it has no place of its own. */
  get rest(): Buffer | null {
    return this.#reserved?.rest ?? null;
  }

  onBody(bytes: Buffer): void {
    if (this.#reserved === null) this.#response?.body.push(Buffer.from(bytes));
    else this.#reserved.add(bytes);
  }

  onEnd(): void {
    const response = this.#response;
    this.#response = null;
    this.#reserved = null;
    if (response !== null) this.#onResponse(response);
  }
}
