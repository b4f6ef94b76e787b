import { messageOf, toFailure, type Failure } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Invocation } from '../../shared/protocol.ts';
import type { Handle, Invoker, Reply } from '../pool/invoker.ts';
import type { AppGate } from '../readiness/app-gate.ts';
import type { AnswerPosts } from '../runtime-api/answer-posts.ts';
import type { RuntimeApiClient } from '../runtime-api/client.ts';
import type { Exchange } from '../http-client/connection.ts';
import { excerptOf, type HttpResponse } from '../http-client/http-response.ts';
import { refusalOf } from '../runtime-api/refusal.ts';
import { parseInvocation, type ReceivedInvocation } from '../runtime-api/invocation-head.ts';
import { Backoff } from './backoff.ts';
import type { PollTrouble } from './poll-trouble.ts';

export interface SlotServices {
  readonly api: RuntimeApiClient;
  /** Null where one answer has to be taken before the next invocation may be asked for. */
  readonly posts: AnswerPosts | null;
  readonly invoker: Invoker;
  readonly gate: AppGate;
  readonly logger: Logger;
  readonly trouble: PollTrouble;
  /** Told when the slot has something to do and when it polls again. */
  readonly onBusy: () => void;
  readonly onIdle: () => void;
  /** Told why an invocation failed, or its stream broke off. */
  readonly onFailure: (failure: Failure) => void;
}

/** A poll that was open for so long had been parked: its end is no reason to hold back the next one. */
const PARKED_MS = 5000;

/** How far the invocation of a slot is: `answering` from the last word of its answer until the platform has taken it. */
type Stage = 'polling' | 'serving' | 'streaming' | 'answering';

/**
 * One place for an invocation: poll, hand over, post the answer, poll again, for as long as the environment lives. What
 * goes wrong in one turn costs that turn; a slot that is lost would be lost capacity.
 */
export class PollSlot implements Reply {
  readonly #services: SlotServices;
  readonly #backoff = new Backoff();
  #polledAt = 0;
  #stopping = false;
  #stage: Stage = 'polling';
  #current: ReceivedInvocation | null = null;
  #handle: Handle | null = null;
  /** Stream bytes that the socket has not taken yet, for which the worker is still owed credit. */
  #owedCredit = 0;

  constructor(services: SlotServices) {
    this.#services = services;
  }

  poll(): void {
    this.#current = null;
    this.#handle = null;
    if (this.#stage !== 'polling') {
      this.#stage = 'polling';
      this.#services.onIdle();
    }
    if (this.#stopping) return this.#services.api.close();
    this.#polledAt = Date.now();
    this.#services.api.next(this.#polled);
  }

  /** No further invocation is taken. The one under way is finished. */
  stop(): void {
    this.#stopping = true;
    if (this.#stage === 'polling') this.#services.api.close();
  }

  /** Nobody waits any longer for the invocation under way: it fails, and so does the request to the app. */
  giveUp(failure: Failure): void {
    switch (this.#stage) {
      case 'polling':
        return;
      case 'serving':
        this.#handle?.abandon();
        return this.fail(failure);
      case 'streaming':
        this.#handle?.abandon();
        return this.endStream(failure);
      case 'answering':
        return this.#logTurn(`${failure.errorMessage}: the platform has not taken its answer`);
    }
  }

  /** Request id of the invocation under way; null when there is none. */
  get requestId(): string | null {
    return this.#current?.target.requestId ?? null;
  }

  respond(body: Uint8Array): void {
    if (this.#current === null || this.#stage !== 'serving') return;
    if (this.#services.posts?.take(this.#current.target, body) === true) return this.poll();
    this.#stage = 'answering';
    this.#services.api.respond(this.#current.target, body, this.#answered);
  }

  fail(failure: Failure): void {
    if (this.#current === null || this.#stage !== 'serving') return;
    this.#stage = 'answering';
    const { requestId } = this.#current.target;
    this.#services.logger.error({ requestId, errorType: failure.errorType }, logMessageOf(failure));
    this.#appFailed(failure);
    this.#services.api.fail(this.#current.target, failure, this.#answered);
  }

  startStream(contentType: string, chunk: Uint8Array): void {
    if (this.#current === null || this.#stage !== 'serving') return;
    this.#stage = 'streaming';
    this.#owedCredit = 0;
    this.#services.api.openStream(this.#current.target, contentType, this.#streamed);
    this.streamChunk(chunk);
  }

  streamChunk(chunk: Uint8Array): void {
    if (this.#services.api.writeChunk(chunk)) this.#handle?.credit(chunk.byteLength);
    else this.#owedCredit += chunk.byteLength;
  }

  endStream(failure: Failure | null): void {
    if (this.#stage !== 'streaming') return;
    this.#stage = 'answering';
    if (failure !== null) {
      const { errorType, errorMessage } = failure;
      this.#services.logger.error({ requestId: this.requestId, errorType }, `the stream broke off: ${errorMessage}`);
      this.#appFailed(failure);
    }
    this.#services.api.endStream(failure);
  }

  readonly #polled: Exchange = {
    onResponse: (response) => {
      const received = parseInvocation(response);
      if (received === null) {
        this.#retryPoll(`it answered ${response.status} ${excerptOf(response)}`);
        return;
      }
      this.#backoff.reset();
      this.#stage = 'serving';
      this.#current = received;
      this.#services.onBusy();
      this.#serve(received.invocation);
    },
    onError: (error) => this.#retryPoll(messageOf(error)),
  };

  readonly #answered: Exchange = {
    onResponse: (response) => {
      this.#reportRefusal(response);
      this.poll();
    },
    onError: (error) => {
      this.#logTurn(`the answer could not be posted: ${messageOf(error)}`);
      this.poll();
    },
  };

  readonly #streamed: Exchange = {
    onDrain: () => {
      const bytes = this.#owedCredit;
      this.#owedCredit = 0;
      if (bytes > 0) this.#handle?.credit(bytes);
    },
    onResponse: (response) => {
      this.#reportRefusal(response);
      this.#endStreamTurn();
    },
    onError: (error) => {
      this.#logTurn(`the stream could not be posted: ${messageOf(error)}`);
      this.#endStreamTurn();
    },
  };

  /** Also when the platform answered before the end of the stream: then nobody reads the rest. */
  #endStreamTurn(): void {
    this.#handle?.abandon();
    this.#services.api.closeStream();
    this.poll();
  }

  #serve(invocation: Invocation): void {
    const { gate } = this.#services;
    if (gate.isOpen) return this.#invoke(invocation);
    gate.wait(invocation.deadlineMs, (failure) => {
      if (failure !== null) this.fail(failure);
      // Given up in the meantime otherwise.
      else if (this.#stage === 'serving') this.#invoke(invocation);
    });
  }

  #invoke(invocation: Invocation): void {
    try {
      this.#handle = this.#services.invoker.invoke(invocation, this);
    } catch (error) {
      this.fail(toFailure(error));
    }
  }

  /** At the end of the environment the app goes first: that it is gone is no news then. */
  #appFailed(failure: Failure): void {
    if (!this.#stopping) this.#services.onFailure(failure);
  }

  #reportRefusal(response: HttpResponse): void {
    const refusal = refusalOf(response);
    if (refusal !== null) this.#logTurn(refusal);
  }

  #logTurn(message: string): void {
    this.#services.logger.error({ requestId: this.requestId }, message);
  }

  #retryPoll(reason: string): void {
    if (this.#stopping) return;
    this.#services.trouble.report(reason);
    if (Date.now() - this.#polledAt > PARKED_MS) this.#backoff.reset();
    setTimeout(() => this.poll(), this.#backoff.next());
  }
}

/** The message of a failing status holds the app's answer, which is the caller's to read and not the log's. */
function logMessageOf({ errorType, errorMessage }: Failure): string {
  return errorType === 'Function.AppErrorStatus'
    ? 'the app answered with a status that fails the invocation'
    : errorMessage;
}
