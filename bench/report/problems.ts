import { FIGURE_NAMES, FIGURES } from '../measure/figures.ts';
import { isSane } from '../measure/is-sane.ts';
import type { TrialRecord } from '../rig/run-comparison.ts';
import { trialLabel } from './trial-label.ts';

/**
 * Why a measurement cannot be believed: wrong or lost answers, or a figure that cannot be. Times are not judged, they are the
 * machine's affair.
 */
export function problemsOf(records: readonly TrialRecord[]): string[] {
  return records.flatMap(({ trial, result }) => {
    const label = trialLabel(trial);
    if (result.figures === null) {
      const cause = result.firstFailure ?? 'nothing was answered';
      if (result.failures === 0) return [`${label}: ${cause}`];
      const share = `${result.failures} of ${result.invocations + result.failures} invocations failed`;
      return [`${label}: ${share}, the first one: ${cause}`];
    }
    const { figures } = result;
    const impossible = FIGURE_NAMES.filter((name) => !isSane(name, figures[name]));
    return impossible.map((name) => `${label}: ${FIGURES[name].heading} cannot be ${figures[name]}`);
  });
}
