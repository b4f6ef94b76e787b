import { FIGURE_NAMES, FIGURES, NOISE, type FigureName } from '../../measure/figures.ts';
import { relativeSpread } from '../../measure/statistics.ts';
import { formatNumber } from '../format-number.ts';
import type { AdapterSummary, Comparison, FigureSummary } from '../results/compare.ts';
import { loadLabel } from '../results/levels.ts';
import { html, type Markup } from './markup.ts';

/** A line for each figure that applies, a column for each adapter: median, spread, and ratio to the first one. */
export function summaryTable(comparison: Comparison): Markup {
  const { adapters, label } = comparison;
  const rows = FIGURE_NAMES.filter((name) =>
    adapters.some((adapter) => !Number.isNaN(figureOf(adapter, name)?.median ?? NaN)),
  );
  const failed = adapters.filter(({ figures }) => figures === null).map(({ name }) => name);
  return html`<div class="card">
    <h3>${loadLabel(comparison)}</h3>
    <div class="scroll">
      <table data-level="${label}">
        <thead>
          <tr>
            <th></th>
            ${adapters.map(({ name }) => html`<th>${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (name) =>
              html`<tr>
                <th title="${FIGURES[name].meaning}">${FIGURES[name].heading}</th>
                ${adapters.map((adapter) => cell(adapter, name))}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    ${failed.length === 0 ? null : html`<p class="worse">Failed: ${failed.join(', ')}</p>`}
  </div>`;
}

function cell(adapter: AdapterSummary, name: FigureName): Markup {
  const figure = figureOf(adapter, name);
  if (figure === null) return html`<td>–</td>`;
  const median = formatNumber(figure.median, FIGURES[name].decimals);
  return html`<td data-adapter="${adapter.name}" data-figure="${name}">
    <span class="median">${median}</span>${notes(figure, adapter.rounds)}
  </td>`;
}

function notes(figure: FigureSummary, rounds: number): Markup | null {
  if (figure.name === NOISE || Number.isNaN(figure.median)) return null;
  const spread = rounds > 1 ? html` <small>±${formatNumber(relativeSpread(figure) * 100, 0)} %</small>` : null;
  return html`${spread}${figure.ratio === null ? null : ratioNote(figure.ratio, figure.verdict)}`;
}

function ratioNote(ratio: number, verdict: FigureSummary['verdict']): Markup {
  const told = verdict === 'better' || verdict === 'worse';
  return html`<small class="ratio ${told ? verdict : ''}"
    >${formatNumber(ratio, 2)}×${told ? ` ${verdict}` : ''}</small
  >`;
}

function figureOf({ figures }: AdapterSummary, name: FigureName): FigureSummary | null {
  return figures?.find((figure) => figure.name === name) ?? null;
}
