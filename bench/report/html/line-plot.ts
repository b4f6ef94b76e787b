import { max, min } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { html, type Markup } from './markup.ts';
import { LABEL_LEFT, LABEL_WIDTH, PLOT, plotFrame, px, type Scale } from './plot-frame.ts';
import { seriesStyle } from './series-style.ts';
import { fit, FONT_SIZE, spread } from './text-fit.ts';

/** Median, least and most of the rounds at one load. */
export interface Point {
  readonly x: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly tooltip: string;
}

export interface Series {
  readonly name: string;
  /** Of the adapter, among all of them. */
  readonly index: number;
  /** In ascending order of x; none where it failed. */
  readonly points: readonly Point[];
}

interface LinePlot {
  readonly series: readonly Series[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly description: string;
}

/** Between the whiskers of two adapters at one load. */
const WHISKER_GAP = 6;
const LABEL_GAP = FONT_SIZE + 2;

/** A line for each adapter against the load, which is on a logarithmic axis, because loads are chosen by factors. */
export function linePlot({ series, xLabel, yLabel, description }: LinePlot): Markup {
  const points = series.flatMap((each) => each.points);
  const loads = [...new Set(points.map(({ x }) => x))].toSorted((a, b) => a - b);
  const x = scaleLog([min(loads) ?? 1, max(loads) ?? 1], [PLOT.left + 16, PLOT.right - 16]);
  const y = scaleLinear([0, max(points, (point) => point.max) || 1], [PLOT.bottom, PLOT.top]).nice(5);
  const drawn = series.filter((each) => each.points.length > 0);
  return plotFrame(
    { scale: x, label: xLabel, ticks: loads },
    { scale: y, label: yLabel, ticks: y.ticks(5) },
    description,
    [
      ...drawn.map((each) => seriesLine(each, x, y, (each.index - (series.length - 1) / 2) * WHISKER_GAP)),
      ...lineLabels(drawn.map(({ name, index, points: own }) => ({ name, index, y: y(own.at(-1)?.median ?? 0) }))),
    ],
  );
}

function seriesLine({ index, points }: Series, x: Scale, y: Scale, shift: number): Markup {
  const { colour, dashes, point } = seriesStyle(index);
  const path =
    line<Point>(
      (each) => px(x(each.x) + shift),
      (each) => px(y(each.median)),
    )(points) ?? '';
  return html`<g style="color:${colour}"
    ><path class="line" d="${path}" stroke-dasharray="${dashes}" />${points.map(
      (each) =>
        html`<g class="point"
          ><title>${each.tooltip}</title>${whisker(x(each.x) + shift, y(each.min), y(each.max))}<path
            class="marker"
            d="${point}"
            transform="translate(${px(x(each.x) + shift)} ${px(y(each.median))})"
        /></g>`,
    )}</g
  >`;
}

function whisker(x: number, low: number, high: number): Markup {
  const [left, right] = [px(x - 3), px(x + 3)];
  return html`<path
    class="whisker"
    d="M${left} ${px(low)}H${right}M${left} ${px(high)}H${right}M${px(x)} ${px(low)}V${px(high)}"
  />`;
}

/** The names of the lines at their ends. */
export function lineLabels(
  ends: readonly { readonly name: string; readonly index: number; readonly y: number }[],
): Markup[] {
  const places = spread(
    ends.map(({ y }) => y),
    LABEL_GAP,
    PLOT.top,
    PLOT.bottom,
  );
  return ends.map(
    ({ name, index }, at) =>
      html`<text
        class="line-label"
        x="${LABEL_LEFT}"
        y="${px((places[at] ?? 0) + 4)}"
        style="fill:${seriesStyle(index).colour}"
        ><title>${name}</title>${fit(name, LABEL_WIDTH)}</text
      >`,
  );
}
