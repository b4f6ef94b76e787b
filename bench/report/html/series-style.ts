import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3-shape';
import { html, type Markup } from './markup.ts';

/** How one adapter is drawn, in every plot: told apart by the shape of its points and the dashes of its lines too. */
export interface SeriesStyle {
  readonly colour: string;
  readonly dashes: string;
  /** Path of a point around 0,0. */
  readonly point: string;
}

const SHAPES = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolCross, symbolStar, symbolWye];
const DASHES = ['none', '7 3', '2 3', '10 3 2 3', '4 2'];
/** In the style sheet, for light and for dark. */
const COLOURS = 7;
const POINT_AREA = 52;

export function seriesStyle(index: number): SeriesStyle {
  const shape = SHAPES[index % SHAPES.length] ?? symbolCircle;
  return {
    colour: `var(--series-${index % COLOURS})`,
    dashes: DASHES[index % DASHES.length] ?? 'none',
    point: symbol(shape, POINT_AREA)() ?? '',
  };
}

/** The names beside the way they are drawn. */
export function legend(names: readonly string[]): Markup {
  return html`<ul class="legend">
    ${names.map((name, index) => html`<li>${swatch(seriesStyle(index))}${name}</li>`)}
  </ul>`;
}

function swatch({ colour, dashes, point }: SeriesStyle): Markup {
  return html`<svg class="swatch" viewBox="0 0 34 14" width="34" height="14" aria-hidden="true" style="color:${colour}">
    <line x1="1" x2="33" y1="7" y2="7" stroke="currentColor" stroke-width="2" stroke-dasharray="${dashes}" />
    <path d="${point}" transform="translate(17 7)" fill="currentColor" />
  </svg>`;
}
