import type { Address } from '../../shared/config.ts';
import type { Failure } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Invoker } from '../pool/invoker.ts';
import type { AppGate } from '../readiness/app-gate.ts';
import { AnswerPosts } from '../runtime-api/answer-posts.ts';
import { RuntimeApiClient } from '../runtime-api/client.ts';
import type { Concurrency } from './concurrency.ts';
import { PollSlot } from './poll-slot.ts';
import { PollTrouble } from './poll-trouble.ts';

/** Add slots when fewer than this share of them is idle. */
const SPARE_SHARE = 0.25;

/** Keeps the polls parked, and knows how many invocations are under way. */
export class Coordinator {
  readonly #runtimeApi: Address;
  readonly #invoker: Invoker;
  readonly #gate: AppGate;
  readonly #logger: Logger;
  readonly #onFailure: (failure: Failure) => void;
  readonly #trouble: PollTrouble;
  readonly #slots: PollSlot[] = [];
  #posts: AnswerPosts | null = null;
  #busy = 0;
  #most = 0;
  #onIdle: (() => void) | null = null;

  /** @param onFailure Told why an invocation failed, or its stream broke off. */
  constructor(
    runtimeApi: Address,
    invoker: Invoker,
    gate: AppGate,
    logger: Logger,
    onFailure: (failure: Failure) => void,
  ) {
    this.#runtimeApi = runtimeApi;
    this.#invoker = invoker;
    this.#gate = gate;
    this.#logger = logger;
    this.#onFailure = onFailure;
    this.#trouble = new PollTrouble(logger);
  }

  start(concurrency: Concurrency): void {
    this.#most = concurrency.kind === 'growing' ? concurrency.most : concurrency.polls;
    // Standard Lambda hands out the same invocation again to whoever polls before its answer has arrived.
    if (this.#most > 1) {
      this.#posts = new AnswerPosts(this.#runtimeApi, this.#logger, this.#most, () => this.#reportIdle());
    }
    this.#add(concurrency.polls);
  }

  /** Takes no further invocation; resolves when those under way have been answered. */
  drain(): Promise<void> {
    this.#most = 0;
    for (const slot of this.#slots) slot.stop();
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#reportIdle();
    });
  }

  /** Whatever is under way fails with this. */
  giveUp(failure: Failure): void {
    for (const slot of this.#slots) slot.giveUp(failure);
    this.#posts?.giveUp(failure);
  }

  #add(count: number): void {
    for (let added = 0; added < count; added++) {
      const slot = new PollSlot({
        api: new RuntimeApiClient(this.#runtimeApi),
        posts: this.#posts,
        invoker: this.#invoker,
        gate: this.#gate,
        logger: this.#logger,
        trouble: this.#trouble,
        onBusy: this.#slotBusy,
        onIdle: this.#slotIdle,
        onFailure: this.#onFailure,
      });
      this.#slots.push(slot);
      slot.poll();
    }
  }

  readonly #slotBusy = (): void => {
    this.#busy++;
    const slots = this.#slots.length;
    if (slots < this.#most && slots - this.#busy < slots * SPARE_SHARE) {
      this.#add(Math.min(Math.ceil(slots * SPARE_SHARE), this.#most - slots));
    }
  };

  readonly #slotIdle = (): void => {
    this.#busy--;
    this.#reportIdle();
  };

  #reportIdle(): void {
    if (this.#busy === 0 && (this.#posts?.pending ?? 0) === 0) this.#onIdle?.();
  }
}
