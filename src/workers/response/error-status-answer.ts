import { AdapterError } from '../../shared/errors.ts';
import type { Answer, Outlet } from './answer.ts';

/**
 * Bytes of the body that are reported. The platform takes 1 MiB, and as JSON inside JSON one byte can grow to seven.
 */
const MAX_REPORTED_BYTES = 128 * 1024;

/** The app's status is configured to fail the invocation. Users match on the JSON text in the message. */
export class ErrorStatusAnswer implements Answer {
  readonly #status: number;
  readonly #outlet: Outlet;
  readonly #chunks: Buffer[] = [];
  #byteLength = 0;

  constructor(status: number, outlet: Outlet) {
    this.#status = status;
    this.#outlet = outlet;
  }

  data(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#byteLength += chunk.byteLength;
    if (this.#byteLength > MAX_REPORTED_BYTES) throw this.#error();
  }

  end(): void {
    this.#outlet.fail(this.#error());
  }

  #error(): AdapterError {
    const body = Buffer.concat(this.#chunks).subarray(0, MAX_REPORTED_BYTES).toString('utf8');
    return new AdapterError('Function.AppErrorStatus', JSON.stringify({ statusCode: this.#status, body }));
  }
}
