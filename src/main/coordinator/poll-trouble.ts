import type { Logger } from '../../shared/logger.ts';

const GATHER_MS = 500;

/**
 * Logs failed polls, those of half a second as one: many slots fail for one reason. Nothing is logged at once, because
 * Managed Instances answer every parked poll with an error just before they shut the environment down.
 */
export class PollTrouble {
  readonly #logger: Logger;
  #failed = 0;
  #lastReason = '';

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  report(reason: string): void {
    this.#lastReason = reason;
    if (this.#failed++ === 0) setTimeout(() => this.#log(), GATHER_MS).unref();
  }

  #log(): void {
    const polls = this.#failed === 1 ? 'a poll' : `${this.#failed} polls`;
    this.#failed = 0;
    this.#logger.warn(`the Runtime API gave no invocation to ${polls} (${this.#lastReason}); polling goes on`);
  }
}
