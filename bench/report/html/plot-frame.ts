import { formatNumber } from '../format-number.ts';
import { html, type Markup } from './markup.ts';
import { widthOf } from './text-fit.ts';

/** Units of an SVG, which a wide page shows about one to a pixel. */
export const PLOT = { width: 430, height: 290, left: 58, right: 312, top: 34, bottom: 240 } as const;
/** Right of the plot: the names of the lines. */
export const LABEL_LEFT = PLOT.right + 13;
export const LABEL_WIDTH = PLOT.width - LABEL_LEFT;

export type Scale = (value: number) => number;

interface Axis {
  readonly scale: Scale;
  readonly label: string;
  readonly ticks: readonly number[];
}

/** @param description what it shows, for those who do not see it */
export function plotFrame(x: Axis, y: Axis, description: string, content: readonly Markup[]): Markup {
  return html`<svg class="plot" viewBox="0 0 ${PLOT.width} ${PLOT.height}" role="img" aria-label="${description}">
    <text class="axis-label" x="2" y="14">${y.label}</text>
    ${y.ticks.map((tick) => yTick(tick, y.scale(tick)))}
    ${withoutOverlap(x.ticks, x.scale).map((tick) => xTick(tick, x.scale(tick)))}
    <line class="axis" x1="${PLOT.left}" x2="${PLOT.right}" y1="${PLOT.bottom}" y2="${PLOT.bottom}" />
    <text class="axis-label" x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.height - 8}" text-anchor="middle">
      ${x.label}
    </text>
    ${content}
  </svg>`;
}

/** As many decimals as it has; from 100,000 on `100K`, which fits. */
export function tickText(value: number): string {
  if (value >= 100_000) return value.toLocaleString('en-US', { notation: 'compact' });
  return formatNumber(value, Math.min(4, String(value).split('.')[1]?.length ?? 0));
}

/** Rounded, so that a page is not mostly digits. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}

function yTick(value: number, at: number): Markup {
  return html`<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${px(at)}" y2="${px(at)}" /><text
      class="tick"
      x="${PLOT.left - 7}"
      y="${px(at + 4)}"
      text-anchor="end"
      >${tickText(value)}</text
    >`;
}

function xTick(value: number, at: number): Markup {
  return html`<line class="axis" x1="${px(at)}" x2="${px(at)}" y1="${PLOT.bottom}" y2="${PLOT.bottom + 5}" /><text
      class="tick"
      x="${px(at)}"
      y="${PLOT.bottom + 20}"
      text-anchor="middle"
      >${tickText(value)}</text
    >`;
}

/** The last tick always, each other one where it leaves room. */
export function withoutOverlap(ticks: readonly number[], scale: Scale): number[] {
  const kept: number[] = [];
  let room = Infinity;
  for (const tick of ticks.toReversed()) {
    const half = widthOf(tickText(tick)) / 2;
    if (scale(tick) + half > room) continue;
    kept.push(tick);
    room = scale(tick) - half - 6;
  }
  return kept;
}
