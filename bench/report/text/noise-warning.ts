import { NOISE } from '../../measure/figures.ts';
import { formatNumber } from '../format-number.ts';
import type { Comparison } from '../results/compare.ts';

/** Below that it is what an idle system does. */
const TOLERATED_PERCENT = 5;

/** A sentence about other programs that worked during the measurement; null when the machine was quiet. */
export function noiseWarning(comparisons: readonly Comparison[]): string | null {
  const noise = comparisons
    .flatMap(({ adapters }) => adapters.flatMap(({ figures }) => figures ?? []))
    .filter(({ name }) => name === NOISE);
  const most = Math.max(0, ...noise.map(({ max }) => max));
  if (most <= TOLERATED_PERCENT) return null;
  return `Other programs used up to ${formatNumber(most, 0)} % of the machine: measure again when it is quiet.`;
}
