import { FIGURE_NAMES, FIGURES, NOISE } from '../measure/figures.ts';
import { relativeSpread } from '../measure/statistics.ts';
import { align } from './align.ts';
import type { AdapterSummary, Comparison } from './compare.ts';
import { formatNumber } from './format-number.ts';

/** A block per scenario and number in flight: for each adapter its medians, their spread, and the ratios to the first one. */
export function table(comparisons: readonly Comparison[]): string {
  const headings = ['', ...FIGURE_NAMES.map((name) => FIGURES[name].heading)];
  return align([headings, ...comparisons.flatMap(blockOf)]).join('\n');
}

function blockOf({ label, adapters }: Comparison): string[][] {
  const baseline = adapters[0]?.name ?? '';
  return [[label], ...adapters.flatMap((adapter) => rowsOf(adapter, baseline))];
}

function rowsOf({ name, rounds, figures }: AdapterSummary, baseline: string): string[][] {
  if (figures === null) return [[`  ${name}`, 'failed']];
  const rows = [[`  ${name}`, ...figures.map((figure) => formatNumber(figure.median, FIGURES[figure.name].decimals))]];
  const compared = figures.filter((figure) => figure.name !== NOISE);
  if (rounds > 1) {
    rows.push(['    spread', ...compared.map((figure) => `±${formatNumber(relativeSpread(figure) * 100, 0)} %`)]);
  }
  const ratios = compared.flatMap(({ ratio }) => (ratio === null ? [] : [`${formatNumber(ratio, 2)}×`]));
  if (ratios.length > 0) rows.push([`    to ${baseline}`, ...ratios]);
  return rows;
}
