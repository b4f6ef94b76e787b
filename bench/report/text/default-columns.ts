import { FIGURE_NAMES, type FigureName } from '../../measure/figures.ts';
import type { Comparison } from '../results/compare.ts';

/** As many as a terminal of 120 columns has room for beside the names of adapters. */
const IMPORTANT: ReadonlySet<string> = new Set([
  'throughput',
  'answerBytes',
  'cpuUs',
  'p50Ms',
  'p99Ms',
  'waited',
  'refused',
  'residentMb',
  'firstPollMs',
] satisfies FigureName[]);

/** What most look for, but for that which applies to nothing that was measured, such as refusals in a closed loop. */
export function defaultColumns(comparisons: readonly Comparison[]): FigureName[] {
  const figures = comparisons.flatMap(({ adapters }) => adapters.flatMap((adapter) => adapter.figures ?? []));
  const applying = new Set(figures.filter(({ median }) => !Number.isNaN(median)).map(({ name }) => name));
  return FIGURE_NAMES.filter((name) => IMPORTANT.has(name) && applying.has(name));
}
