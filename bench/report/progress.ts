import { FIGURES, type FigureName } from '../measure/figures.ts';
import type { TrialRecord } from '../rig/run-comparison.ts';
import { formatNumber } from './format-number.ts';
import { trialLabel } from './trial-label.ts';

const SHOWN = ['throughput', 'cpuUs', 'p50Ms', 'p99Ms'] as const satisfies readonly FigureName[];

/** One line per finished trial. */
export function progressLine({ trial, result }: TrialRecord, done: number, total: number): string {
  const count = `[${String(done).padStart(String(total).length)}/${total}]`;
  const { figures } = result;
  const outcome =
    figures === null
      ? `FAILED: ${result.firstFailure ?? 'nothing was answered'}`
      : SHOWN.map((name) => `${formatNumber(figures[name], FIGURES[name].decimals)} ${FIGURES[name].heading}`).join(
          ', ',
        );
  return `${count} ${trialLabel(trial)}: ${outcome}`;
}
