import { FIGURE_NAMES, FIGURES } from '../../measure/figures.ts';
import { isSane } from '../../measure/is-sane.ts';
import type { MeasuredTrial } from '../results/results.ts';
import { trialLabel } from './trial-label.ts';

/**
 * Why a measurement cannot be believed: wrong or lost answers, or a figure that cannot be. Times are not judged, they are the
 * machine's affair.
 */
export function problemsOf(trials: readonly MeasuredTrial[]): string[] {
  return trials.flatMap((trial) => {
    const label = trialLabel(trial);
    const { figures, failures, invocations, firstFailure } = trial;
    if (figures === null) {
      const cause = firstFailure ?? 'nothing was answered';
      if (failures === 0) return [`${label}: ${cause}`];
      const share = `${failures} of ${invocations + failures} invocations failed`;
      return [`${label}: ${share}, the first one: ${cause}`];
    }
    const impossible = FIGURE_NAMES.filter((name) => !isSane(name, figures[name]));
    return impossible.map((name) => `${label}: ${FIGURES[name].heading} cannot be ${figures[name]}`);
  });
}
