import { FIGURE_NAMES, type FigureName } from '../../measure/figures.ts';
import { pairedRatio, summarize, type Summary } from '../../measure/statistics.ts';
import { directionOf } from './direction.ts';
import { judge, type Verdict } from './judge.ts';
import { levelsOf, type Level } from './levels.ts';
import type { MeasuredTrial } from './results.ts';

/** All adapters at one scenario and one load. */
export interface Comparison extends Omit<Level, 'adapters'> {
  /** The first one is what the others are compared with. */
  readonly adapters: readonly AdapterSummary[];
}

export interface AdapterSummary {
  readonly name: string;
  readonly rounds: number;
  /** null when a round failed. */
  readonly figures: readonly FigureSummary[] | null;
}

/** NaN in all of it when the figure does not apply. */
export interface FigureSummary extends Summary {
  readonly name: FigureName;
  /** To the first adapter, round by round; null for that one itself, when it failed and where there is none. */
  readonly ratio: number | null;
  /** Whether that is more than chance; null without a ratio, and where neither more nor less is better. */
  readonly verdict: Verdict | null;
}

export function compare(trials: readonly MeasuredTrial[]): Comparison[] {
  return levelsOf(trials).map(({ label, scenario, inFlight, loop, workers, adapters }) => ({
    label,
    scenario,
    inFlight,
    loop,
    workers,
    adapters: summarizeAdapters(adapters),
  }));
}

function summarizeAdapters(adapters: Level['adapters']): AdapterSummary[] {
  const [baseline = []] = adapters.values();
  return [...adapters].map(([name, own]) => ({
    name,
    rounds: own.length,
    figures: own.some(isFailed) ? null : FIGURE_NAMES.map((figure) => summarizeFigure(figure, own, baseline)),
  }));
}

function summarizeFigure(
  name: FigureName,
  own: readonly MeasuredTrial[],
  baseline: readonly MeasuredTrial[],
): FigureSummary {
  const values = valuesOf(own, name);
  const comparable = own !== baseline && !baseline.some(isFailed);
  const others = comparable ? valuesOf(baseline, name) : [];
  const ratio = comparable ? pairedRatio(values, others) : NaN;
  const direction = directionOf(name);
  return {
    name,
    ...summarize(values),
    ratio: Number.isFinite(ratio) ? ratio : null,
    verdict: Number.isFinite(ratio) && direction !== null ? judge(values, others, direction) : null,
  };
}

export function isFailed({ figures }: MeasuredTrial): boolean {
  return figures === null;
}

/** Round by round. */
export function valuesOf(trials: readonly MeasuredTrial[], figure: FigureName): number[] {
  return trials.map(({ figures }) => figures?.[figure] ?? NaN);
}
