import type { Address } from '../../shared/config.ts';
import type { Failure } from '../../shared/errors.ts';
import { Connection, type Exchange } from '../http-client/connection.ts';
import { free } from '../../shared/free.ts';
import { commonLines, requestHead, requestLine } from '../http-client/request-head.ts';
import { reportBody } from './error-report.ts';
import { RUNTIME_PATH } from './paths.ts';

/** Freeing less costs more than it saves. */
const LARGE_BYTES = 16 * 1024;

/** What an answer has to name: which invocation, and which attempt at it where the platform tells attempts apart. */
export interface AnswerTarget {
  readonly requestId: string;
  /** `Lambda-Runtime-Invocation-Id` as received; null when there was none. */
  readonly invocationId: string | null;
}

/**
 * The Runtime API as one slot uses it: a connection of its own, one call at a time, and another one for each stream.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApiClient {
  readonly #address: Address;
  readonly #connection: Connection;
  #stream: Connection | null = null;
  readonly #nextHead: string;
  readonly #answerLines: string;
  /** The answer under way; null when there is none. */
  #post: Post | null = null;

  constructor(address: Address) {
    this.#address = address;
    this.#connection = new Connection(address);
    this.#nextHead = requestHead('GET', address, `${RUNTIME_PATH}/invocation/next`);
    this.#answerLines = `${commonLines(address)}content-type: application/json\r\n`;
  }

  next(exchange: Exchange): void {
    this.#connection.send(this.#nextHead, null, exchange);
  }

  /** @param body is given up */
  respond(target: AnswerTarget, body: Uint8Array, exchange: Exchange): void {
    this.#send(`${this.#answerHead(target, 'response')}content-length: ${body.byteLength}\r\n\r\n`, body, exchange);
  }

  fail(target: AnswerTarget, failure: Failure, exchange: Exchange): void {
    const body = reportBody(failure);
    const errorType = `lambda-runtime-function-error-type: ${failure.errorType}\r\n`;
    const length = `content-length: ${body.byteLength}\r\n\r\n`;
    this.#send(`${this.#answerHead(target, 'error')}${errorType}${length}`, body, exchange);
  }

  /**
   * Begins a streamed answer. The trailers are announced because an error in the middle travels in them. The connection
   * ends with the stream, as the platform asks, so it begins with it too: one that had waited may just have been closed,
   * and a stream cannot be sent again.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming
   */
  openStream(target: AnswerTarget, contentType: string, exchange: Exchange): void {
    const head = requestHead('POST', this.#address, answerPath(target, 'response'), {
      'content-type': contentType,
      'lambda-runtime-function-response-mode': 'streaming',
      'lambda-runtime-invocation-id': target.invocationId,
      'transfer-encoding': 'chunked',
      trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
      connection: 'close',
    });
    this.#stream = new Connection(this.#address);
    this.#stream.open(head, exchange);
  }

  /** False when the socket is full; the exchange's `onDrain` says when it has taken everything. */
  writeChunk(chunk: Uint8Array): boolean {
    if (chunk.byteLength === 0) return true;
    return this.#stream?.write(`${chunk.byteLength.toString(16)}\r\n`, chunk, '\r\n') ?? true;
  }

  endStream(failure: Failure | null): void {
    const trailers =
      failure === null
        ? ''
        : `Lambda-Runtime-Function-Error-Type: ${failure.errorType}\r\n` +
          `Lambda-Runtime-Function-Error-Body: ${reportBody(failure).toString('base64')}\r\n`;
    this.#stream?.write(`0\r\n${trailers}\r\n`);
  }

  /** Also where the stream has not ended. */
  closeStream(): void {
    this.#stream?.close();
    this.#stream = null;
  }

  close(): void {
    this.closeStream();
    this.#connection.close();
  }

  /** Without what the answer itself decides. */
  #answerHead(target: AnswerTarget, call: 'response' | 'error'): string {
    const { invocationId } = target;
    const nonce = invocationId === null ? '' : `lambda-runtime-invocation-id: ${invocationId}\r\n`;
    return `${requestLine('POST', answerPath(target, call))}${this.#answerLines}${nonce}`;
  }

  #send(head: string, body: Uint8Array, exchange: Exchange): void {
    this.#post = { head, body, exchange, canRepeat: this.#connection.isReused };
    this.#connection.send(head, body, this.#posted);
  }

  /**
   * The peer may have closed a connection while the app was working. Then the answer goes out once more on a new one: the
   * platform refuses a second answer to the same invocation, so nothing can happen twice.
   */
  readonly #posted: Exchange = {
    onResponse: (response) => {
      const post = this.#takePost();
      if (post === null) return;
      if (post.body.byteLength >= LARGE_BYTES) free(post.body);
      post.exchange.onResponse(response);
    },
    onError: (error) => {
      const post = this.#takePost();
      if (post?.canRepeat === true) this.#connection.send(post.head, post.body, post.exchange);
      else post?.exchange.onError(error);
    },
  };

  #takePost(): Post | null {
    const post = this.#post;
    this.#post = null;
    return post;
  }
}

interface Post {
  readonly head: string;
  readonly body: Uint8Array;
  readonly exchange: Exchange;
  readonly canRepeat: boolean;
}

function answerPath(target: AnswerTarget, call: 'response' | 'error'): string {
  return `${RUNTIME_PATH}/invocation/${encodeURIComponent(target.requestId)}/${call}`;
}
