const FIRST_MS = 20;
const LONGEST_MS = 5000;

/** Pauses between attempts: doubling, with jitter so that many slots do not come back at the same moment. */
export class Backoff {
  #ceilingMs = FIRST_MS;

  reset(): void {
    this.#ceilingMs = FIRST_MS;
  }

  /** The next pause, in milliseconds. */
  next(): number {
    const ceiling = this.#ceilingMs;
    this.#ceilingMs = Math.min(ceiling * 2, LONGEST_MS);
    return Math.round(ceiling / 2 + (Math.random() * ceiling) / 2);
  }
}
