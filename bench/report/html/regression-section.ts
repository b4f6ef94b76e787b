import { FIGURES } from '../../measure/figures.ts';
import { formatNumber } from '../format-number.ts';
import type { Change } from '../regression/find-changes.ts';
import { utc } from '../text/utc.ts';
import { html, type Markup } from './markup.ts';

export interface Regression {
  /** Of the earlier results. */
  readonly date: string;
  readonly changes: readonly Change[];
}

/** What has changed since earlier results; what has not is folded away. */
export function regressionSection({ date, changes }: Regression): Markup {
  const told = changes.filter(({ verdict }) => verdict === 'better' || verdict === 'worse');
  const rest = changes.filter((change) => !told.includes(change));
  return html`<section>
    <h2>Since ${utc(date)}</h2>
    ${told.length === 0 ? html`<p>Nothing is better or worse beyond the noise.</p>` : changeTable(told)}
    ${
      rest.length === 0
        ? null
        : html`<details>
            <summary>The same, or not judged: ${rest.length}</summary>
            ${changeTable(rest)}
          </details>`
    }
  </section>`;
}

function changeTable(changes: readonly Change[]): Markup {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th></th>
          <th>then</th>
          <th>now</th>
          <th>ratio</th>
          <th></th>
        </tr>
      </thead>
      <tbody>
        ${changes.map(changeRow)}
      </tbody>
    </table>
  </div>`;
}

function changeRow({ level, adapter, figure, before, after, ratio, verdict }: Change): Markup {
  const { heading, decimals } = FIGURES[figure];
  return html`<tr>
    <td>${level}, ${adapter}: ${heading}</td>
    <td>${formatNumber(before, decimals)}</td>
    <td>${formatNumber(after, decimals)}</td>
    <td>${formatNumber(ratio, 2)}×</td>
    <td class="${verdict}">${verdict}</td>
  </tr> `;
}
