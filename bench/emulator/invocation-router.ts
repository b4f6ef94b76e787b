import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

import { checkHeaders, deliverEvent } from './deliver-event.ts';
import type { Extensions } from './extensions.ts';
import type { Invocation } from './invocation.ts';
import { LateAnswers } from './late-answers.ts';
import { MAX_TIMER_MS } from './limits.ts';
import { failedWith, refused, reported, type Ending } from './endings.ts';
import { ParkedPolls } from './parked-polls.ts';
import { INTERNAL_ERROR, INVOKE_TIMEOUT, invalidTransition, send } from './replies.ts';
import type { Settings } from './settings.ts';
import type { InvokeOptions, InvokeOutcome } from './types.ts';

const NO_OPTIONS: InvokeOptions = {};

/** Brings events and parked polls together, both first in first out, and keeps account of what is running. */
export class InvocationRouter {
  readonly late = new LateAnswers();
  readonly polls: ParkedPolls;
  readonly #settings: Settings;
  readonly #extensions: Extensions;
  readonly #waiting = new Set<Invocation>();
  readonly #running = new Map<string, Invocation>();
  /** What every further invocation ends with. */
  #ending: Ending | null = null;
  /** Standard mode: answered, and the runtime has not polled since. */
  #lastAnswered: string | null = null;

  constructor(settings: Settings, extensions: Extensions) {
    this.#settings = settings;
    this.#extensions = extensions;
    this.polls = new ParkedPolls(settings);
  }

  running(requestId: string): Invocation | undefined {
    return this.#running.get(requestId);
  }

  wasLastAnswered(requestId: string): boolean {
    return this.#lastAnswered === requestId;
  }

  /** @throws TypeError when an option cannot be sent as a header, or its request id is in use. */
  invoke(event: Uint8Array | string, options: InvokeOptions = NO_OPTIONS): Promise<InvokeOutcome> {
    if (options !== NO_OPTIONS) this.#check(options);
    const requestId = options.requestId ?? randomUUID();
    if (this.#ending !== null) return Promise.resolve(this.#ending(requestId));
    return new Promise((settle) => {
      const nonce = this.#settings.invocationIds ? randomUUID() : null;
      const invocation = { requestId, event, options, nonce, settle, deadlineMs: 0, timer: null, post: null };
      if (this.#waiting.size > 0 || !this.#startOne(invocation)) this.#wait(invocation);
    });
  }

  /** A `/next` has arrived. */
  park(poll: ServerResponse): void {
    if (!this.#settings.managed && this.#isMisplaced(poll)) return;
    this.#lastAnswered = null;
    this.polls.add(poll);
    this.startWaiting();
  }

  /** Ends a running invocation; the caller has answered the runtime's post, if there was one. */
  finish(invocation: Invocation, outcome: InvokeOutcome): void {
    if (invocation.timer !== null) clearTimeout(invocation.timer);
    invocation.post = null;
    const ran = this.#running.delete(invocation.requestId);
    if (ran && !this.#settings.managed && outcome.kind !== 'timeout') this.#lastAnswered = invocation.requestId;
    this.#settings.onStep({ kind: 'answered', requestId: invocation.requestId, outcome: outcome.kind });
    invocation.settle(outcome);
    this.startWaiting();
  }

  /** Hands out what waits, as far as polls and concurrency allow. */
  startWaiting(): void {
    for (const invocation of this.#waiting) {
      const { timer } = invocation;
      if (!this.#startOne(invocation)) return;
      if (timer !== null) clearTimeout(timer);
      this.#waiting.delete(invocation);
    }
  }

  /** The environment shuts down: what runs is lost, and what comes later finds nobody. */
  abortAll(): void {
    this.#endAll(failedWith('Runtime.ExitError', 'the execution environment was shut down'), refused);
  }

  /** The environment could not be restored: invocations fail with what its runtime reported, now and later. */
  failRestore(errorType: string, body: string): void {
    const failed = reported(errorType, body);
    this.#endAll(failed, failed);
  }

  /** A process ended: invocations fail with it, now and later. */
  crash(errorType: string, error: Error): void {
    const failed = failedWith(errorType, error.message);
    this.#endAll(failed, failed);
    this.polls.fail(error);
  }

  refuseAll(): void {
    this.#endAll(refused, refused);
    this.polls.fail(new Error('the emulator was closed'));
  }

  #endAll(now: Ending, later: Ending): void {
    this.#ending ??= later;
    this.polls.end();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const invocation of this.#running.values()) {
      invocation.post?.interrupt(INTERNAL_ERROR);
      this.finish(invocation, now(invocation.requestId));
    }
    for (const invocation of waiting) this.finish(invocation, now(invocation.requestId));
  }

  #wait(invocation: Invocation): void {
    const waitMs = invocation.options.waitForPollMs ?? (this.#settings.managed ? 0 : MAX_TIMER_MS);
    if (waitMs === 0) {
      this.finish(invocation, refused(invocation.requestId));
      return;
    }
    this.#waiting.add(invocation);
    if (waitMs >= MAX_TIMER_MS) return;
    invocation.timer = setTimeout(() => {
      this.#waiting.delete(invocation);
      this.finish(invocation, refused(invocation.requestId));
    }, waitMs);
  }

  #startOne(invocation: Invocation): boolean {
    if (!this.#hasRoom()) return false;
    const poll = this.polls.take();
    if (poll === undefined) return false;
    this.#running.set(invocation.requestId, invocation);
    const timeoutMs = Math.min(invocation.options.timeoutMs ?? this.#settings.timeoutMs, MAX_TIMER_MS);
    invocation.deadlineMs = Date.now() + timeoutMs;
    invocation.timer = setTimeout(() => this.#timeOut(invocation), timeoutMs);
    deliverEvent(poll, invocation, this.#settings);
    if (!this.#settings.managed) this.#extensions.invoke(invocation, this.#settings.functionArn);
    this.#settings.onStep({ kind: 'invoked', requestId: invocation.requestId });
    return true;
  }

  #hasRoom(): boolean {
    if (this.#settings.managed) return this.#running.size < this.#settings.maxConcurrency;
    // The invoke phase of standard mode lasts until every extension that takes part in it asks for its next event.
    return this.#running.size === 0 && this.#extensions.idle;
  }

  #timeOut(invocation: Invocation): void {
    if (invocation.post !== null) invocation.post.interrupt(INVOKE_TIMEOUT);
    // Without invocation ids standard mode does not tell a late answer from one to an unknown invocation.
    else if (this.#settings.managed || invocation.nonce !== null) this.late.add(invocation.requestId);
    this.finish(invocation, { kind: 'timeout', requestId: invocation.requestId });
  }

  /**
   * A runtime of standard mode must not poll while it has a poll open or an event unanswered. The platform does not refuse:
   * it parks the poll, or hands out the same event again, which is then processed twice.
   */
  #isMisplaced(poll: ServerResponse): boolean {
    const call = '/runtime/invocation/next';
    if (this.polls.size > 0) this.#settings.onStep({ kind: 'violation', call, detail: 'another poll is parked' });
    const [invocation] = this.#running.values();
    if (invocation === undefined) return false;
    if (invocation.post === null) {
      const detail = `the event of ${invocation.requestId} is not answered; it was handed out again`;
      this.#settings.onStep({ kind: 'violation', call, detail });
      deliverEvent(poll, invocation, this.#settings);
    } else {
      const reply = invalidTransition('InvocationResponse', 'Ready');
      this.#settings.onStep({ kind: 'refused-call', call, status: reply.status, errorType: reply.errorType });
      send(poll, reply);
    }
    return true;
  }

  #check(options: InvokeOptions): void {
    checkHeaders(options);
    const { requestId } = options;
    if (requestId === undefined) return;
    const waits = [...this.#waiting].some((invocation) => invocation.requestId === requestId);
    if (waits || this.#running.has(requestId)) throw new TypeError(`request id ${requestId} is in use`);
  }
}
