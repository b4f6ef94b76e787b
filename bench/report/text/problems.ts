import { FIGURE_NAMES, FIGURES, MAY_BE_ZERO, type FigureName } from '../../measure/figures.ts';
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

/** Whatever is sent, these can be measured. Others are NaN where they do not apply. */
const ALWAYS: readonly string[] = [
  'throughput',
  'megabytesPerSecond',
  'cpuUs',
  'systemUs',
  'p50Ms',
  'p99Ms',
  'residentMb',
  'peakMb',
  'grownMb',
  'firstPollMs',
  'loadCpuUs',
  'appCpuUs',
  'othersPercent',
] satisfies FigureName[];

function isSane(name: FigureName, value: number): boolean {
  if (Number.isNaN(value)) return !ALWAYS.includes(name);
  return Number.isFinite(value) && (value > 0 || (value === 0 && MAY_BE_ZERO.includes(name)));
}
