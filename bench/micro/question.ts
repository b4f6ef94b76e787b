import type { Timings } from './compare.ts';

/** What one file of `questions/` finds out. */
export interface Question {
  /** By which the command line asks it. */
  readonly name: string;
  readonly summary: string;
  /**
   * @param budgetMs time to measure each variant for
   * @throws {DisagreementError} before anything is timed
   */
  readonly measure: (budgetMs: number) => AsyncIterable<Timings>;
}
