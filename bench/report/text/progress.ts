import { FIGURES, type FigureName } from '../../measure/figures.ts';
import { formatNumber } from '../format-number.ts';
import type { MeasuredTrial } from '../results/results.ts';
import { trialLabel } from './trial-label.ts';

const SHOWN = ['throughput', 'cpuUs', 'p50Ms', 'p99Ms'] as const satisfies readonly FigureName[];

/** One line per finished trial. */
export function progressLine(trial: MeasuredTrial, done: number, total: number): string {
  const count = `[${String(done).padStart(String(total).length)}/${total}]`;
  return `${count} ${trialLabel(trial)}: ${outcomeOf(trial)}`;
}

function outcomeOf({ figures, firstFailure }: MeasuredTrial): string {
  if (figures === null) return `FAILED: ${firstFailure ?? 'nothing was answered'}`;
  return SHOWN.map((name) => `${formatNumber(figures[name], FIGURES[name].decimals)} ${FIGURES[name].heading}`).join(
    ', ',
  );
}
