import { UsageError } from '../../options/usage-error.ts';
import { readResults } from '../results/read-results.ts';
import type { Results } from '../results/results.ts';
import { differencesOf } from './comparability.ts';

/**
 * Reads earlier results that others are to be compared with.
 *
 * @throws {UsageError} when they cannot be read, or were measured on another machine or in another way.
 */
export function readEarlier(file: string, later: Pick<Results, 'machine' | 'options'>): Results {
  const earlier = readResults(file);
  const differences = differencesOf(earlier, later);
  if (differences.length === 0) return earlier;
  throw new UsageError(
    `${file} was measured on another machine or in another way, and such figures are not compared: ${differences.join(', ')}`,
  );
}
