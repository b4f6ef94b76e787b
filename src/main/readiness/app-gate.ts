import type { Failure } from '../../shared/errors.ts';
import { delayUntil } from '../timers.ts';

type Waiter = (failure: Failure | null) => void;

/** Why invocations are held back, and for how long. */
export interface Hold {
  /** Epoch milliseconds after which nobody waits any more; 0 when only the deadlines of the invocations count. */
  readonly untilMs: number;
  /** What an invocation fails with when its wait is over. */
  readonly explain: () => Failure;
}

const NOT_READY: Hold = {
  untilMs: 0,
  explain: () => ({ errorType: 'Function.AppNotReady', errorMessage: 'the app was not ready before the deadline' }),
};

/**
 * Holds invocations back while there is no app to serve them: after an asynchronous init, when polling began before the app
 * had answered its first probe, and while an app that has ended is started again.
 */
export class AppGate {
  readonly #deadlineMarginMs: number;
  #hold: Hold | null = NOT_READY;
  readonly #waiters = new Set<Waiter>();

  constructor(deadlineMarginMs: number) {
    this.#deadlineMarginMs = deadlineMarginMs;
  }

  get isOpen(): boolean {
    return this.#hold === null;
  }

  open(): void {
    this.#hold = null;
    this.#settle(null);
  }

  close(hold: Hold): void {
    this.#hold = hold;
  }

  /** The app will not become ready. */
  fail(failure: Failure): void {
    this.#settle(failure);
  }

  /**
   * Calls back once: with null when the app is ready, with a failure when the hold is over or shortly before the deadline
   * (epoch milliseconds), whichever comes first.
   */
  wait(deadlineMs: number, callback: Waiter): void {
    const hold = this.#hold ?? NOT_READY;
    const timer = setTimeout(
      () => settled(hold.explain()),
      Math.min(delayUntil(deadlineMs, this.#deadlineMarginMs), delayUntil(hold.untilMs, 0)),
    );
    const settled: Waiter = (failure) => {
      clearTimeout(timer);
      this.#waiters.delete(settled);
      callback(failure);
    };
    this.#waiters.add(settled);
  }

  #settle(failure: Failure | null): void {
    for (const waiter of this.#waiters) waiter(failure);
  }
}
