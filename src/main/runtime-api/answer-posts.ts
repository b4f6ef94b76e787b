import type { Address } from '../../shared/config.ts';
import { messageOf, type Failure } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Exchange } from '../http-client/connection.ts';
import { RuntimeApiClient, type AnswerTarget } from './client.ts';
import { refusalOf } from './refusal.ts';

/** Larger answers keep their slot until the platform has them: else a slow platform could let them pile up. */
const MAX_BYTES = 64 * 1024;

/** Connections that were not needed for so long are closed, after a second look: a burst must not leave its sockets behind. */
const LOOK_EVERY_MS = 2000;

/**
 * Answers on connections of their own, for environments that serve many invocations at once: a slot polls again while its
 * answer is still on the way, and is free for the next invocation that much sooner. At 10 in flight this saves a twelfth of
 * the time of an invocation, as answer and poll are one wake-up for either side.
 */
export class AnswerPosts {
  readonly #address: Address;
  readonly #logger: Logger;
  readonly #most: number;
  readonly #onDone: () => void;
  readonly #idle: AnswerPost[] = [];
  readonly #pending = new Set<AnswerPost>();
  /** Of the idle ones, how many have been there all the time since the last look. */
  #unused = 0;
  #looking: NodeJS.Timeout | null = null;

  /**
   * @param most answers that may be on their way at once
   * @param onDone told when the platform has taken an answer, or never will
   */
  constructor(address: Address, logger: Logger, most: number, onDone: () => void) {
    this.#address = address;
    this.#logger = logger;
    this.#most = most;
    this.#onDone = onDone;
  }

  get pending(): number {
    return this.#pending.size;
  }

  /** Takes an answer over; false when the slot has to post it itself. */
  take(target: AnswerTarget, body: Uint8Array): boolean {
    if (body.byteLength > MAX_BYTES || this.#pending.size >= this.#most) return false;
    const post = this.#idle.pop() ?? new AnswerPost(new RuntimeApiClient(this.#address), this.#ended);
    this.#unused = Math.min(this.#unused, this.#idle.length);
    this.#pending.add(post);
    post.begin(target, body);
    return true;
  }

  giveUp(failure: Failure): void {
    for (const { requestId } of this.#pending) {
      this.#logger.error({ requestId }, `${failure.errorMessage}: the platform has not taken its answer`);
    }
  }

  readonly #ended = (post: AnswerPost, problem: string | null): void => {
    if (problem !== null) this.#logger.error({ requestId: post.requestId }, problem);
    this.#pending.delete(post);
    this.#idle.push(post);
    this.#looking ??= setInterval(this.#closeUnused, LOOK_EVERY_MS).unref();
    this.#onDone();
  };

  /** The last one that became idle is used first, so those that are not needed are the first ones. */
  readonly #closeUnused = (): void => {
    for (const post of this.#idle.splice(0, this.#unused)) post.close();
    this.#unused = this.#idle.length;
    if (this.#unused > 0 || this.#looking === null) return;
    clearInterval(this.#looking);
    this.#looking = null;
  };
}

/** One connection for answers, and the answer on it. */
class AnswerPost {
  readonly #api: RuntimeApiClient;
  readonly #onEnd: (post: AnswerPost, problem: string | null) => void;
  /** Of the last answer. */
  requestId = '';

  constructor(api: RuntimeApiClient, onEnd: (post: AnswerPost, problem: string | null) => void) {
    this.#api = api;
    this.#onEnd = onEnd;
  }

  begin(target: AnswerTarget, body: Uint8Array): void {
    this.requestId = target.requestId;
    this.#api.respond(target, body, this.#exchange);
  }

  close(): void {
    this.#api.close();
  }

  readonly #exchange: Exchange = {
    onResponse: (response) => this.#onEnd(this, refusalOf(response)),
    onError: (error) => this.#onEnd(this, `the answer could not be posted: ${messageOf(error)}`),
  };
}
