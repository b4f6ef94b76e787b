import type { Failure } from '../../shared/errors.ts';
import { delayUntil } from '../timers.ts';

type Waiter = (failure: Failure | null) => void;

/**
 * Holds invocations back until the app is ready. It is closed only after an asynchronous init, when polling began before
 * the app had answered its first probe.
 */
export class AppGate {
  readonly #deadlineMarginMs: number;
  #open = false;
  readonly #waiters = new Set<Waiter>();

  constructor(deadlineMarginMs: number) {
    this.#deadlineMarginMs = deadlineMarginMs;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  open(): void {
    this.#open = true;
    this.#settle(null);
  }

  /** The app will not become ready. */
  fail(failure: Failure): void {
    this.#settle(failure);
  }

  /** Calls back once: with null when the app is ready, with a failure shortly before the deadline (epoch milliseconds). */
  wait(deadlineMs: number, callback: Waiter): void {
    const timer = setTimeout(
      () => settled({ errorType: 'Function.AppNotReady', errorMessage: 'the app was not ready before the deadline' }),
      delayUntil(deadlineMs, this.#deadlineMarginMs),
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
