import { rollups, sum } from 'd3-array';
import { formatNumber } from '../format-number.ts';
import type { Level } from '../results/levels.ts';
import { html, type Markup } from './markup.ts';

/** Which threads of each adapter did the work, over all rounds; null when that was not recorded. */
export function threadShares(levels: readonly Level[]): Markup | null {
  const rows = levels.flatMap(({ label, adapters }) =>
    [...adapters].flatMap(([name, trials]) => {
      const threads = trials.flatMap((trial) => trial.threads);
      return threads.length === 0
        ? []
        : [
            html`<tr>
              <td>${label}, ${name}</td>
              <td>${sharesOf(threads)}</td>
            </tr>`,
          ];
    }),
  );
  if (rows.length === 0) return null;
  return html`<details>
    <summary>Processor time by thread</summary>
    <div class="scroll">
      <table>
        ${rows}
      </table>
    </div>
  </details>`;
}

/** Threads of one name are one. */
function sharesOf(threads: readonly { readonly name: string; readonly cpuUs: number }[]): string {
  const total = sum(threads, ({ cpuUs }) => cpuUs);
  const byName = rollups(
    threads,
    (own) => sum(own, ({ cpuUs }) => cpuUs),
    ({ name }) => name,
  );
  return byName
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, cpuUs]) => `${name} ${formatNumber(total === 0 ? 0 : (cpuUs / total) * 100, 0)} %`)
    .join(', ');
}
