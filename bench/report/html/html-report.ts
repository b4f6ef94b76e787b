import { findScenario } from '../../scenarios/index.ts';
import type { Comparison } from '../results/compare.ts';
import { levelsOf, loadLabel, type Level } from '../results/levels.ts';
import type { Results } from '../results/results.ts';
import { figurePlots } from './figure-plots.ts';
import { headline } from './headline.ts';
import { html, Markup } from './markup.ts';
import { memoryPlot } from './memory-plot.ts';
import { panelsOf, type Panel } from './panels.ts';
import { regressionSection, type Regression } from './regression-section.ts';
import { legend } from './series-style.ts';
import { STYLE } from './style.ts';
import { summaryTable } from './summary-table.ts';
import { threadShares } from './thread-shares.ts';

/** Nothing is fetched and no script runs, whatever a name in the results may hold. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The whole report as one file that needs no other. */
export function htmlReport(
  results: Results,
  comparisons: readonly Comparison[],
  regression: Regression | null,
): string {
  const names = results.adapters.map(({ name }) => name);
  const levels = new Map(levelsOf(results.trials).map((level) => [level.label, level]));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <link rel="icon" href="data:," />
        <title>Lambda adapters, side by side: ${names.join(', ')}</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        ${headline(results, comparisons)} ${regression === null ? null : regressionSection(regression)}
        ${panelsOf(comparisons).map((panel) => panelSection(panel, levels, names))}
      </body>
    </html> `;
  return page.text;
}

function panelSection(panel: Panel, levels: ReadonlyMap<string, Level>, names: readonly string[]): Markup {
  const own = panel.levels.flatMap(({ comparison }) => levels.get(comparison.label) ?? []);
  return html`<section>
    <h2>${panel.title}</h2>
    <p class="soft">${findScenario(panel.scenario)?.summary ?? ''}</p>
    <div class="cards">${figurePlots(panel, names)}${own.map((level) => memoryFigure(level, names))}</div>
    <div class="cards" style="--least:${tableWidth(names.length)}px">
      ${panel.levels.map(({ comparison }) => summaryTable(comparison))}
    </div>
    ${threadShares(own)}
  </section> `;
}

/** Of the column of headings, and of those of the adapters, with few of them as wide as the plots. */
function tableWidth(adapters: number): number {
  return Math.max(370, 100 + 105 * adapters);
}

function memoryFigure(level: Level, names: readonly string[]): Markup {
  const plot = memoryPlot(level, names);
  if (plot === null) return html``;
  return html`<figure>
    <figcaption>
      <b>Memory over time</b>, ${loadLabel(level)} <small>a line for each round; lower is better</small>
    </figcaption>
    ${plot}${legend(names)}
  </figure>`;
}
