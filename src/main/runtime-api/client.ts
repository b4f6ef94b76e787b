import type { Address } from '../../shared/config.ts';
import type { Failure } from '../../shared/errors.ts';
import { Connection, FREED_BYTES, type Exchange } from '../http-client/connection.ts';
import { free } from '../../shared/free.ts';
import { commonLines, requestHead, requestLine } from '../http-client/request-head.ts';
import { reportBody } from './error-report.ts';
import { RUNTIME_PATH } from './paths.ts';
import { StreamPost } from './stream-post.ts';

/** The trailers are announced because an error in the middle travels in them. */
const STREAM_LINES =
  'lambda-runtime-function-response-mode: streaming\r\n' +
  'transfer-encoding: chunked\r\n' +
  'trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n';

/** What an answer has to name: which invocation, and which attempt at it where the platform tells attempts apart. */
export interface AnswerTarget {
  readonly requestId: string;
  /** `Lambda-Runtime-Invocation-Id` as received; null when there was none. */
  readonly invocationId: string | null;
}

/**
 * The Runtime API as one slot uses it: a connection of its own, one call at a time.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApiClient {
  readonly #connection: Connection;
  /** The stream under way; null when there is none. */
  #stream: StreamPost | null = null;
  readonly #nextHead: string;
  readonly #commonLines: string;
  /** The answer under way; null when there is none. */
  #post: Post | null = null;

  constructor(address: Address) {
    this.#connection = new Connection(address);
    this.#nextHead = requestHead('GET', address, `${RUNTIME_PATH}/invocation/next`);
    this.#commonLines = commonLines(address);
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

  /** Begins a streamed answer. */
  openStream(target: AnswerTarget, contentType: string, exchange: Exchange): void {
    const head = `${this.#answerHead(target, 'response', contentType)}${STREAM_LINES}\r\n`;
    this.#stream = new StreamPost(this.#connection, head, exchange);
  }

  /** False when the socket is full; the exchange's `onDrain` says when it has taken everything. */
  writeChunk(chunk: Uint8Array): boolean {
    if (chunk.byteLength === 0) return true;
    return this.#stream?.write(chunk) ?? true;
  }

  endStream(failure: Failure | null): void {
    this.#stream?.end(failure);
  }

  /** The turn of the stream is over. What has not been sent of it nobody reads any more, so its connection ends with it. */
  closeStream(): void {
    if (this.#stream !== null && (!this.#stream.hasEnded || this.#connection.hasUnsent)) this.#connection.close();
    this.#stream = null;
  }

  close(): void {
    this.#stream = null;
    this.#connection.close();
  }

  /** Without what the answer itself decides. */
  #answerHead(target: AnswerTarget, call: 'response' | 'error', contentType = 'application/json'): string {
    const { invocationId } = target;
    const nonce = invocationId === null ? '' : `lambda-runtime-invocation-id: ${invocationId}\r\n`;
    return `${requestLine('POST', answerPath(target, call))}${this.#commonLines}content-type: ${contentType}\r\n${nonce}`;
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
      if (post.body.byteLength >= FREED_BYTES) free(post.body);
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
