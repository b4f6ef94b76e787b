import { AdapterError, toFailure, type Failure } from '../../shared/errors.ts';
import type { ResponseHead } from '../../shared/http/response-head.ts';
import type { AppRequest } from '../types.ts';
import type { AppConnection } from './connection.ts';
import { describeFailure } from './describe-failure.ts';
import type { BodyDelivery, Exchange } from './exchange.ts';
import { isRepeatable, isWorthRetry, type Attempt } from './retry.ts';
import type { Upstream } from './upstream.ts';

/** Hears of the app's response. What these throw stops the response and comes back as the failure. */
export interface ResponseListener {
  onHead(head: ResponseHead): BodyDelivery;
  onData(chunk: Buffer): void;
  onEnd(): void;
  onFailure(failure: Failure): void;
}

/** One request to the app. The listener hears nothing more after {@link abort}. */
export class AppCall implements Exchange {
  readonly attempt: Attempt = { stage: 'queued', isReused: false };
  readonly #upstream: Upstream;
  readonly #request: AppRequest;
  readonly #listener: ResponseListener;
  /** Null when the exchange is over: the connection may be another one's by now. */
  #connection: AppConnection | null = null;
  #hasRetried = false;
  #isAborted = false;

  constructor(upstream: Upstream, request: AppRequest, listener: ResponseListener) {
    this.#upstream = upstream;
    this.#request = request;
    this.#listener = listener;
  }

  /**
   * What cannot be repeated waits until this turn of the event loop has read all there is to read: the app may have closed an idle
   * connection long ago, which after a pause of the execution environment nobody has seen yet.
   */
  start(): void {
    if (this.#upstream.hasIdleConnection && !isRepeatable(this.#request.method)) setImmediate(send, this);
    else this.send();
  }

  send(): void {
    if (this.#isAborted) return;
    this.#connection = this.#upstream.send(this.#request, this, this.#hasRetried);
  }

  /** Closes the connection, by which the app can tell. Without effect on a response that is complete. */
  abort(): void {
    this.#isAborted = true;
    this.#connection?.close();
    this.#connection = null;
  }

  pause(): void {
    this.#connection?.pause();
  }

  resume(): void {
    this.#connection?.resume();
  }

  onHead(head: ResponseHead): BodyDelivery {
    return this.#listener.onHead(head);
  }

  onData(chunk: Buffer): void {
    this.#listener.onData(chunk);
  }

  onEnd(): void {
    this.#connection = null;
    this.#listener.onEnd();
  }

  onError(error: Error): void {
    this.#connection = null;
    if (!this.#hasRetried && isWorthRetry(this.#request.method, this.attempt, error)) {
      this.#hasRetried = true;
      this.send();
    } else {
      this.#listener.onFailure(this.#describe(error));
    }
  }

  #describe(error: Error): Failure {
    return error instanceof AdapterError
      ? toFailure(error)
      : describeFailure(error, this.attempt, this.#upstream.address);
  }
}

function send(call: AppCall): void {
  call.send();
}
