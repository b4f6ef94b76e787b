import type { Comparison } from '../results/compare.ts';
import { LEAST_CHANGE, LEAST_ROUNDS } from '../results/judge.ts';
import type { Results } from '../results/results.ts';
import { limitText } from '../text/limit-text.ts';
import { machineLine } from '../text/machine-lines.ts';
import { noiseWarning } from '../text/noise-warning.ts';
import { problemsOf } from '../text/problems.ts';
import { utc } from '../text/utc.ts';
import { html, type Markup } from './markup.ts';

/** What was measured, where, and how far it can be believed. */
export function headline(results: Results, comparisons: readonly Comparison[]): Markup {
  const { date, machine, commit, command, adapters, options } = results;
  return html`<h1>Lambda adapters, side by side</h1>
    <dl>
      <dt>Measured</dt>
      <dd><time datetime="${date}">${utc(date)}</time></dd>
      <dt>Machine</dt>
      <dd>${machineLine(machine)}</dd>
      ${adapters.map(
        (adapter) =>
          html`<dt>${adapter.name}</dt>
            <dd>${adapter.version} <code>${adapter.path}${variables(adapter.env)}</code></dd>`,
      )}
      <dt>Benchmark</dt>
      <dd>${commit === null ? 'not a checkout' : html`commit <code>${commit}</code>`}</dd>
      <dt>Each turn</dt>
      <dd>
        ${limitText(options.warmUp)} of warm-up, ${limitText(options.measurement)} measured,
        ${counted(options.rounds, 'round')}
      </dd>
      <dt>To repeat</dt>
      <dd>
        <pre><code>${command}</code></pre>
      </dd>
    </dl>
    ${warnings(results, comparisons)}
    <p class="soft">
      Medians over the rounds; ± is half the range. Ratios are to ${adapters[0]?.name ?? ''}, round by round;
      <b>better</b> and <b>worse</b> stand where the medians are ${LEAST_CHANGE * 100} % apart and a rank test calls it
      more than chance, which takes ${LEAST_ROUNDS} rounds. Whiskers span all rounds. The platform is emulated and all
      processes share one machine: compare adapters of one run, do not read the times as Lambda's.
    </p>`;
}

function variables(env: Results['adapters'][number]['env']): string {
  return Object.entries(env)
    .map(([name, value]) => ` ${name}=${value}`)
    .join('');
}

function warnings(results: Results, comparisons: readonly Comparison[]): Markup[] {
  const noise = noiseWarning(comparisons);
  const problems = problemsOf(results.trials);
  const wrong = html`<div class="warning" role="alert">
    Not to be believed:
    <ul>
      ${problems.map((problem) => html`<li>${problem}</li>`)}
    </ul>
  </div>`;
  return [
    ...(noise === null ? [] : [html`<p class="warning" role="alert">${noise}</p>`]),
    ...(problems.length === 0 ? [] : [wrong]),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
