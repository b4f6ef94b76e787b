import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { html, type Markup } from './markup.ts';
import { PLOT, px, tickText, withoutOverlap, type Scale } from './plot-frame.ts';
import { seriesStyle } from './series-style.ts';
import { fit } from './text-fit.ts';
import type { Point } from './line-plot.ts';

export interface Bar extends Omit<Point, 'x'> {
  readonly name: string;
  /** Of the adapter, among all of them. */
  readonly index: number;
  /** The median, as tables show it. */
  readonly text: string;
}

interface BarPlot {
  readonly bars: readonly Bar[];
  readonly label: string;
  readonly description: string;
}

const BARS = { left: 122, right: 340, top: 8, row: 34, thickness: 18 } as const;
const NAME_LEFT = 20;

/** A bar for each adapter, for want of a second load to draw a line to. */
export function barPlot({ bars, label, description }: BarPlot): Markup {
  const x = scaleLinear([0, max(bars, (bar) => bar.max) || 1], [BARS.left, BARS.right]).nice(4);
  const bottom = BARS.top + bars.length * BARS.row;
  return html`<svg class="plot" viewBox="0 0 ${PLOT.width} ${bottom + 46}" role="img" aria-label="${description}">
    ${withoutOverlap(x.ticks(4), x).map((tick) => html`<line class="grid" x1="${px(x(tick))}" x2="${px(x(tick))}" y1="${BARS.top}" y2="${bottom}" /><text class="tick" x="${px(x(tick))}" y="${bottom + 17}" text-anchor="middle">${tickText(tick)}</text>`)}
    ${bars.map((bar, row) => barRow(bar, BARS.top + (row + 0.5) * BARS.row, x))}
    <line class="axis" x1="${BARS.left}" x2="${BARS.left}" y1="${BARS.top}" y2="${bottom}" />
    <text class="axis-label" x="${(BARS.left + BARS.right) / 2}" y="${bottom + 38}" text-anchor="middle">${label}</text>
  </svg>`;
}

function barRow({ name, index, median, min, max: most, text, tooltip }: Bar, y: number, x: Scale): Markup {
  const { colour, point } = seriesStyle(index);
  const half = BARS.thickness / 2;
  const [left, right] = [px(x(min)), px(x(most))];
  return html`<g class="point" style="color:${colour}"
    ><title>${tooltip}</title> <path class="marker" d="${point}" transform="translate(9 ${y})" /><text
      class="bar-name"
      x="${NAME_LEFT}"
      y="${y + 4}"
      >${fit(name, BARS.left - NAME_LEFT - 4)}</text
    >
    <rect
      class="bar"
      x="${BARS.left}"
      y="${y - half}"
      width="${px(x(median) - BARS.left)}"
      height="${BARS.thickness}"
    />
    <path class="bar-whisker" d="M${left} ${y}H${right}M${left} ${y - 4}V${y + 4}M${right} ${y - 4}V${y + 4}" />
    <text class="bar-value" x="${px(right + 7)}" y="${y + 4}">${text}</text></g
  >`;
}
