import { FIGURE_NAMES, FIGURES, type FigureName } from '../../measure/figures.ts';
import { formatNumber } from '../format-number.ts';
import type { AdapterSummary, Comparison } from '../results/compare.ts';
import { directionOf } from '../results/direction.ts';
import { barPlot, type Bar } from './bar-plot.ts';
import { linePlot, type Point, type Series } from './line-plot.ts';
import { html, type Markup } from './markup.ts';
import type { Panel } from './panels.ts';
import { legend } from './series-style.ts';

/** What is worth a picture; every figure is in the tables. */
const PLOTTED: ReadonlySet<string> = new Set([
  'p50Ms',
  'p99Ms',
  'throughput',
  'cpuUs',
  'residentMb',
  'firstByteP50Ms',
  'refused',
] satisfies FigureName[]);

/**
 * A plot for each of these figures: lines against the load, or bars when there is one load.
 *
 * @param names of all adapters, which decides how they are drawn
 */
export function figurePlots(panel: Panel, names: readonly string[]): Markup[] {
  return FIGURE_NAMES.filter((name) => PLOTTED.has(name)).flatMap((figure) => {
    const series = names.map((name, index) => ({ name, index, points: pointsOf(panel, name, figure) }));
    return series.every(({ points }) => points.length === 0) ? [] : [figurePlot(panel, figure, series)];
  });
}

function figurePlot({ title, loadLabel, levels }: Panel, name: FigureName, series: readonly Series[]): Markup {
  const { heading, meaning, decimals } = FIGURES[name];
  const description = `${heading}, ${title}`;
  const plot =
    levels.length > 1
      ? html`${linePlot({ series, xLabel: loadLabel, yLabel: heading, description })}${legend(series.map((each) => each.name))}`
      : barPlot({ bars: series.flatMap((each) => barsOf(each, decimals)), label: heading, description });
  return html`<figure>
    <figcaption><b>${heading}</b> <small>${meaning}; ${directionOf(name) ?? 'neither'} is better</small></figcaption>
    ${plot}
  </figure>`;
}

function pointsOf({ levels }: Panel, adapter: string, figure: FigureName): Point[] {
  return levels.flatMap(({ load, comparison }) => {
    const own = comparison.adapters.find(({ name }) => name === adapter);
    const found = own?.figures?.find(({ name }) => name === figure);
    if (own === undefined || found === undefined || Number.isNaN(found.median)) return [];
    const { median, min, max } = found;
    return [{ x: load, median, min, max, tooltip: tooltipOf(comparison, own, figure, found) }];
  });
}

function tooltipOf(
  { label }: Comparison,
  { name, rounds }: AdapterSummary,
  figure: FigureName,
  { median, min, max }: Pick<Point, 'median' | 'min' | 'max'>,
): string {
  const { heading, decimals } = FIGURES[figure];
  const [middle = '', least = '', most = ''] = [median, min, max].map((value) => formatNumber(value, decimals));
  const range = rounds > 1 ? `, ${least} to ${most} in ${rounds} rounds` : '';
  return `${name}, ${label}: ${middle} ${heading}${range}`;
}

function barsOf({ name, index, points }: Series, decimals: number): Bar[] {
  return points.map(({ median, min, max, tooltip }) => {
    return { name, index, median, min, max, tooltip, text: formatNumber(median, decimals) };
  });
}
