import { summarize } from '../../measure/statistics.ts';
import type { Direction } from './direction.ts';
import { isShifted } from './rank-test.ts';

/** `unjudged`: too few rounds to tell a difference from chance. */
export type Verdict = 'better' | 'same' | 'worse' | 'unjudged';

/** A smaller change is none that anybody acts on, and what another minute of the same machine does. */
export const LEAST_CHANGE = 0.05;
/** With two rounds on a side, values in any order are no surprise. */
export const LEAST_ROUNDS = 3;

/**
 * Whether a figure differs from that of the baseline by more than rounds of the same thing differ: the medians have to lie 5 %
 * apart, and the ranks of the rounds have to be such as chance hardly makes them.
 */
export function judge(values: readonly number[], baseline: readonly number[], better: Direction): Verdict {
  if (Math.min(values.length, baseline.length) < LEAST_ROUNDS) return 'unjudged';
  const ratio = summarize(values).median / summarize(baseline).median;
  if (ratio >= 1 + LEAST_CHANGE && isShifted(values, baseline)) return better === 'higher' ? 'better' : 'worse';
  if (ratio <= 1 / (1 + LEAST_CHANGE) && isShifted(baseline, values)) return better === 'higher' ? 'worse' : 'better';
  return 'same';
}
