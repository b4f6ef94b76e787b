import { FIGURE_NAMES, type FigureName } from '../measure/figures.ts';
import { pairedRatio, summarize, type Summary } from '../measure/statistics.ts';
import type { TrialRecord } from '../rig/run-comparison.ts';
import { conditionsLabel } from './trial-label.ts';

/** All adapters at one scenario and one number in flight. */
export interface Comparison {
  readonly label: string;
  readonly scenario: string;
  readonly inFlight: number;
  /** The first one is what the others are compared with. */
  readonly adapters: readonly AdapterSummary[];
}

export interface AdapterSummary {
  readonly name: string;
  readonly rounds: number;
  /** null when a round failed. */
  readonly figures: readonly FigureSummary[] | null;
}

interface FigureSummary extends Summary {
  readonly name: FigureName;
  /** To the first adapter, round by round; null for that one itself, and when it failed. */
  readonly ratio: number | null;
}

export function compare(records: readonly TrialRecord[]): Comparison[] {
  return [...Map.groupBy(records, ({ trial }) => conditionsLabel(trial))].map(([label, alike]) => ({
    label,
    scenario: alike[0]?.trial.scenario.name ?? '',
    inFlight: alike[0]?.trial.inFlight ?? NaN,
    adapters: summarizeAdapters(alike),
  }));
}

function summarizeAdapters(records: readonly TrialRecord[]): AdapterSummary[] {
  const byAdapter = [...Map.groupBy(records, ({ trial }) => trial.adapter.name)];
  const baseline = byAdapter[0]?.[1] ?? [];
  return byAdapter.map(([name, own]) => ({
    name,
    rounds: own.length,
    figures: own.some(isFailed) ? null : FIGURE_NAMES.map((figure) => summarizeFigure(figure, own, baseline)),
  }));
}

function summarizeFigure(
  name: FigureName,
  own: readonly TrialRecord[],
  baseline: readonly TrialRecord[],
): FigureSummary {
  const values = valuesOf(own, name);
  const comparable = own !== baseline && !baseline.some(isFailed);
  return { name, ...summarize(values), ratio: comparable ? pairedRatio(values, valuesOf(baseline, name)) : null };
}

function isFailed({ result }: TrialRecord): boolean {
  return result.figures === null;
}

function valuesOf(records: readonly TrialRecord[], figure: FigureName): number[] {
  return records.map(({ result }) => result.figures?.[figure] ?? NaN);
}
