import type { IncomingMessage, ServerResponse } from 'node:http';

import { functionErrorType } from './error-types.ts';
import type { InitPhase } from './init-phase.ts';
import type { InvocationRouter } from './invocation-router.ts';
import type { Invocation } from './invocation.ts';
import { MAX_CONTROL_BODY_BYTES } from './limits.ts';
import { readWhole } from './read-body.ts';
import { receiveBuffered, receiveStreamed } from './receive-answer.ts';
import {
  ACCEPTED,
  INTERNAL_ERROR,
  INVALID_REQUEST_ID,
  INVALID_RESPONSE_MODE,
  INVOKE_TIMEOUT,
  invalidTransition,
  send,
  TOO_LARGE,
  type Reply,
} from './replies.ts';
import type { Settings } from './settings.ts';
import type { Snapshot } from './snapshot.ts';
import type { InvokeOutcome } from './types.ts';

/**
 * The calls below `/2018-06-01/runtime`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #settings: Settings;
  readonly #router: InvocationRouter;
  readonly #init: InitPhase;
  readonly #snapshot: Snapshot;

  constructor(settings: Settings, router: InvocationRouter, init: InitPhase, snapshot: Snapshot) {
    this.#settings = settings;
    this.#router = router;
    this.#init = init;
    this.#snapshot = snapshot;
  }

  get hasSnapshot(): boolean {
    return this.#settings.hasSnapshot;
  }

  next(response: ServerResponse): void {
    this.#init.onRuntimeReady();
    this.#router.park(response);
  }

  response(request: IncomingMessage, response: ServerResponse, requestId: string): void {
    const invocation = this.#claim(request, requestId);
    if ('status' in invocation) return this.#refuse(request, response, invocation);
    if (invocation.post !== null) {
      // One answer per invocation: the first one goes on undisturbed.
      const reply = this.#settings.managed ? INVALID_REQUEST_ID : invalidTransition('InvocationResponse', 'Response');
      return this.#refuse(request, response, reply);
    }
    const mode = request.headers['lambda-runtime-function-response-mode'];
    if (mode === undefined || mode === '') return receiveBuffered(request, response, invocation, this.#router);
    if (mode === 'streaming') return receiveStreamed(request, response, invocation, this.#router);
    this.#refuse(request, response, INVALID_RESPONSE_MODE);
    const errorType = 'Runtime.InvalidResponseModeHeader';
    const body = JSON.stringify({ errorType, errorMessage: `response mode ${String(mode)}` });
    this.#router.finish(invocation, { kind: 'error', requestId, errorType, body, headers: {} });
  }

  error(request: IncomingMessage, response: ServerResponse, requestId: string): void {
    readWhole(
      request,
      MAX_CONTROL_BODY_BYTES,
      (body) => {
        const invocation = this.#claim(request, requestId);
        if ('status' in invocation) return this.#refuse(request, response, invocation);
        const { post } = invocation;
        post?.interrupt(INTERNAL_ERROR);
        send(response, ACCEPTED);
        this.#router.finish(invocation, failed(request, invocation, body.toString()));
      },
      // The invocation is still open: the runtime may report a shorter error.
      () => this.#refuse(request, response, TOO_LARGE),
    );
  }

  initError(request: IncomingMessage, response: ServerResponse): void {
    readWhole(
      request,
      MAX_CONTROL_BODY_BYTES,
      (body) => {
        if (!this.#init.takeError()) return this.#refuse(request, response, invalidTransition('Ready', 'InitError'));
        const errorType = functionErrorType(headerOf(request, 'lambda-runtime-function-error-type'));
        const text = body.toString();
        send(response, ACCEPTED);
        this.#settings.onStep({ kind: 'init-error', errorType, body: text });
        this.#init.fail(new Error(`init failed: ${errorType} ${text}`));
      },
      () => this.#refuse(request, response, TOO_LARGE),
    );
  }

  /** The runtime is ready for a snapshot, and wants to know when it was restored from it. */
  restoreNext(response: ServerResponse): void {
    this.#snapshot.take(response);
  }

  /** What was to happen after the restore has failed: nobody is going to serve the invocation. */
  restoreError(request: IncomingMessage, response: ServerResponse): void {
    readWhole(
      request,
      MAX_CONTROL_BODY_BYTES,
      (body) => {
        const errorType = functionErrorType(headerOf(request, 'lambda-runtime-function-error-type'));
        const text = body.toString();
        send(response, ACCEPTED);
        this.#settings.onStep({ kind: 'restore-error', errorType, body: text });
        this.#router.failRestore(errorType, text);
      },
      () => this.#refuse(request, response, TOO_LARGE),
    );
  }

  /** The running invocation that this post may answer, or why it may not. */
  #claim(request: IncomingMessage, requestId: string): Invocation | Reply {
    const invocation = this.#router.running(requestId);
    if (invocation !== undefined) {
      const echoed = request.headers['lambda-runtime-invocation-id'];
      if (invocation.nonce === null || echoed === invocation.nonce) return invocation;
      if (echoed === undefined) {
        this.#settings.onStep({ kind: 'violation', call: request.url ?? '', detail: 'the invocation id is missing' });
        return invocation;
      }
      // The answer to an earlier attempt with the same request id must not become the answer to this one.
      return INVOKE_TIMEOUT;
    }
    if (this.#router.late.consume(requestId)) return INVOKE_TIMEOUT;
    if (this.#router.wasLastAnswered(requestId)) return invalidTransition('ResponseSent', 'InvocationResponse');
    return INVALID_REQUEST_ID;
  }

  #refuse(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
    const call = request.url ?? '';
    this.#settings.onStep({ kind: 'refused-call', call, status: reply.status, errorType: reply.errorType });
    send(response, reply);
  }
}

/** An error after the first byte of a stream cannot replace the answer: the caller sees it as the stream's error trailers. */
function failed(request: IncomingMessage, { requestId, post }: Invocation, body: string): InvokeOutcome {
  const errorType = functionErrorType(headerOf(request, 'lambda-runtime-function-error-type'));
  if (post?.streamed === true) {
    const trailers = { errorType, errorBody: body };
    return {
      kind: 'response',
      requestId,
      streamed: true,
      contentType: post.contentType,
      body: post.body(),
      trailers,
    };
  }
  return { kind: 'error', requestId, errorType, body, headers: joinedHeaders(request) };
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function joinedHeaders(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headersDistinct);
  return Object.fromEntries(entries.map(([name, values]) => [name, (values ?? []).join(', ')]));
}
