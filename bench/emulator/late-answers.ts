import { MAX_LATE_ANSWERS } from './limits.ts';

/** Request ids that timed out: the first answer after that is told so (410), a further one is as good as unknown (400). */
export class LateAnswers {
  readonly #requestIds = new Set<string>();

  add(requestId: string): void {
    if (this.#requestIds.size >= MAX_LATE_ANSWERS) {
      for (const oldest of this.#requestIds) {
        this.#requestIds.delete(oldest);
        break;
      }
    }
    this.#requestIds.add(requestId);
  }

  consume(requestId: string): boolean {
    return this.#requestIds.delete(requestId);
  }
}
