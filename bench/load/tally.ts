import { Latencies } from './latencies.ts';

/** What a load has met with so far. */
export class Tally {
  /** Of right answers of the measured kind, from the intended start to the end of the answer. */
  readonly latencies = new Latencies();
  /** The same to the first byte of a streamed body. */
  readonly firstBytes = new Latencies();
  /** Open loop: from the intended start to the real one. */
  readonly startLags = new Latencies();
  /** Right answers of all kinds, and their bodies in both directions. */
  answered = 0;
  bodyBytes = 0;
  /** Bytes of the answers of the measured kind as the adapter posted them. */
  answerBytes = 0;
  /** Found no parked poll and waited for one, or were refused, which is no failure. */
  waited = 0;
  refused = 0;
  /** Wrong or lost answers, and what was wrong with the first one. */
  failures = 0;
  firstFailure: string | null = null;

  get begun(): number {
    return this.answered + this.refused + this.failures;
  }

  fail(problem: string): void {
    this.failures++;
    this.firstFailure ??= problem;
  }
}
