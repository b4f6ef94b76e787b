import type { Failure } from '../../shared/errors.ts';
import { FREED_BYTES, type Connection, type Exchange } from '../http-client/connection.ts';
import type { HttpResponse } from '../http-client/http-response.ts';
import { reportBody } from './error-report.ts';

/**
 * A stream that has got so far is not sent again: that its connection had been closed was noticed before. What is kept until then must
 * be smaller than what a connection frees when it has been sent.
 */
const REPEATABLE_BYTES = FREED_BYTES;

/**
 * A streamed answer on its way. It goes out on the connection that brought its invocation, which the peer may have closed while the
 * app was working: then what there is of a short stream goes out once more on a new one, as a whole answer does.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming
 */
export class StreamPost implements Exchange {
  readonly #connection: Connection;
  readonly #head: string;
  readonly #exchange: Exchange;
  /** What has been written behind the head; null when it cannot be sent again. */
  #sent: Uint8Array[] | null;
  #sentBytes = 0;
  #hasEnded = false;

  constructor(connection: Connection, head: string, exchange: Exchange) {
    this.#connection = connection;
    this.#head = head;
    this.#exchange = exchange;
    this.#sent = connection.isReused ? [] : null;
    connection.open(head, this);
  }

  /** Whether all of it has been written. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** @returns false when the socket is full */
  write(chunk: Uint8Array): boolean {
    const size = `${chunk.byteLength.toString(16)}\r\n`;
    if (chunk.byteLength < FREED_BYTES) return this.#write(framed(size, chunk));
    this.#sent = null;
    return this.#connection.write(size, chunk, '\r\n');
  }

  /** @param failure what broke it off, for its trailers; null when it is complete */
  end(failure: Failure | null): void {
    this.#hasEnded = true;
    this.#write(failure === null ? END : endWith(failure));
  }

  onResponse(response: HttpResponse): void {
    this.#exchange.onResponse(response);
  }

  onDrain(): void {
    this.#exchange.onDrain?.();
  }

  onError(error: Error): void {
    const sent = this.#sent;
    if (sent === null) return this.#exchange.onError(error);
    this.#sent = null;
    this.#connection.open(this.#head, this);
    this.#connection.write(...sent);
  }

  #write(bytes: Uint8Array): boolean {
    this.#sentBytes += bytes.byteLength;
    if (this.#sentBytes >= REPEATABLE_BYTES) this.#sent = null;
    this.#sent?.push(bytes);
    return this.#connection.write(bytes);
  }
}

const END = Buffer.from('0\r\n\r\n');

function endWith(failure: Failure): Buffer {
  return Buffer.from(
    `0\r\nLambda-Runtime-Function-Error-Type: ${failure.errorType}\r\n` +
      `Lambda-Runtime-Function-Error-Body: ${reportBody(failure).toString('base64')}\r\n\r\n`,
  );
}

/**
 * A copy of a small chunk between its size and its end, which costs less than a write of three pieces.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-7.1
 */
function framed(size: string, chunk: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(size.length + chunk.byteLength + 2);
  bytes.write(size, 0, 'latin1');
  bytes.set(chunk, size.length);
  bytes.write('\r\n', size.length + chunk.byteLength, 'latin1');
  return bytes;
}
