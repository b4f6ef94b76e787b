import type { Logger } from '../../shared/logger.ts';

const QUIET_MS = 1000;

/** Logs failed polls: the first at once, those that follow within a second as a number. Many slots fail for one reason. */
export class PollTrouble {
  readonly #logger: Logger;
  #unreported = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  report(reason: string): void {
    if (this.#timer !== null) {
      this.#unreported++;
      return;
    }
    this.#logger.warn(`the Runtime API gave no invocation (${reason}); polling again`);
    this.#timer = setTimeout(() => this.#reportRest(), QUIET_MS);
    this.#timer.unref();
  }

  #reportRest(): void {
    this.#timer = null;
    if (this.#unreported > 0) this.#logger.warn(`${this.#unreported} more polls failed`);
    this.#unreported = 0;
  }
}
