import { FIGURES, NOISE, type FigureName } from '../../measure/figures.ts';
import { relativeSpread } from '../../measure/statistics.ts';
import { align } from '../align.ts';
import { formatNumber } from '../format-number.ts';
import type { AdapterSummary, Comparison, FigureSummary } from '../results/compare.ts';

/**
 * A block per scenario and load: for each adapter its medians, their spread, and the ratios to the first one.
 *
 * @param columns the figures that are shown, in this order
 */
export function table(comparisons: readonly Comparison[], columns: readonly FigureName[]): string {
  const headings = ['', ...columns.map((name) => FIGURES[name].heading)];
  return align([headings, ...comparisons.flatMap((comparison) => blockOf(comparison, columns))]).join('\n');
}

function blockOf({ label, adapters }: Comparison, columns: readonly FigureName[]): string[][] {
  const baseline = adapters[0]?.name ?? '';
  return [[label], ...adapters.flatMap((adapter) => rowsOf(adapter, baseline, columns))];
}

function rowsOf(
  { name, rounds, figures }: AdapterSummary,
  baseline: string,
  columns: readonly FigureName[],
): string[][] {
  if (figures === null) return [[`  ${name}`, 'failed']];
  const shown = columns.flatMap((column) => figures.filter((figure) => figure.name === column));
  const rows = [[`  ${name}`, ...shown.map((figure) => formatNumber(figure.median, FIGURES[figure.name].decimals))]];
  if (rounds > 1) rows.push(['    spread', ...shown.map(spreadOf)]);
  if (shown.some(({ ratio }) => ratio !== null)) rows.push([`    to ${baseline}`, ...shown.map(ratioOf)]);
  return rows;
}

function spreadOf(figure: FigureSummary): string {
  const spread = relativeSpread(figure);
  return figure.name === NOISE || Number.isNaN(spread) ? '' : `±${formatNumber(spread * 100, 0)} %`;
}

function ratioOf({ name, ratio }: FigureSummary): string {
  return name === NOISE || ratio === null ? '' : `${formatNumber(ratio, 2)}×`;
}
