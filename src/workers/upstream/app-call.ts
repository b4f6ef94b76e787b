import type { Dispatcher } from 'undici';
import { AdapterError, toFailure, type Failure } from '../../shared/errors.ts';
import type { AppRequest } from '../types.ts';
import { describeFailure } from './describe-failure.ts';
import { isWorthRetry, type Attempt } from './retry.ts';
import type { Upstream } from './upstream.ts';

/** Names in lower case, values with one character per byte. */
export type ReceivedHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Hears of the app's response. What these throw stops the response and comes back as the failure. */
export interface ResponseListener {
  onHead(status: number, headers: ReceivedHeaders): void;
  onData(chunk: Buffer): void;
  onEnd(): void;
  onFailure(failure: Failure): void;
}

/** One request to the app. undici calls the `on…` methods; the listener hears nothing more after {@link abort}. */
export class AppCall implements Dispatcher.DispatchHandler {
  readonly #upstream: Upstream;
  readonly #request: AppRequest;
  readonly #listener: ResponseListener;
  readonly #attempt: Attempt = { stage: 'queued', isReused: false };
  #controller: Dispatcher.DispatchController | null = null;
  #hasRetried = false;
  #isPaused = false;
  #isAborted = false;

  constructor(upstream: Upstream, request: AppRequest, listener: ResponseListener) {
    this.#upstream = upstream;
    this.#request = request;
    this.#listener = listener;
  }

  start(): void {
    this.#upstream.dispatch(this.#request, this);
  }

  /** Closes the connection, by which the app can tell. Without effect on a response that is complete. */
  abort(): void {
    this.#isAborted = true;
    this.#controller?.abort(ABORTED);
  }

  pause(): void {
    this.#isPaused = true;
    this.#controller?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    // Later: the call can come from within one of ours, when undici's parser must not be resumed.
    queueMicrotask(() => {
      if (!this.#isPaused) this.#controller?.resume();
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#attempt.stage = 'sent';
    this.#attempt.isReused = this.#upstream.isReusingConnection;
    // Aborted while it waited for a connection.
    if (this.#isAborted) controller.abort(ABORTED);
  }

  onResponseStarted(): void {
    this.#attempt.stage = 'responding';
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: ReceivedHeaders): void {
    // An interim response cannot be passed on: an answer to Lambda has one status.
    if (status < 200 || this.#isAborted) return;
    this.#attempt.stage = 'body';
    this.#listener.onHead(status, headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#isAborted) this.#listener.onData(chunk);
  }

  onResponseEnd(): void {
    if (!this.#isAborted) this.#listener.onEnd();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#isAborted) return;
    if (!this.#hasRetried && isWorthRetry(this.#request.method, this.#attempt, error)) this.#retry();
    else this.#listener.onFailure(this.#describe(error));
  }

  #retry(): void {
    this.#hasRetried = true;
    this.#attempt.stage = 'queued';
    this.#controller = null;
    // Later, when undici has put away the connection that failed.
    queueMicrotask(() => {
      if (!this.#isAborted) this.start();
    });
  }

  #describe(error: Error): Failure {
    return error instanceof AdapterError
      ? toFailure(error)
      : describeFailure(error, this.#attempt, this.#upstream.address);
  }
}

/** Nobody reads it: an aborted call has no listener. */
const ABORTED = new Error('aborted');
