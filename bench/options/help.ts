import { SCENARIOS } from '../scenarios/index.ts';
import { FIGURES } from '../measure/figures.ts';
import { PROGRAM } from './invoked-as.ts';
import { OPTIONS } from './option-table.ts';

export function helpText(): string {
  const options = Object.entries(OPTIONS).map(
    ([name, { value, help }]) => [`--${name}${value === null ? '' : ` ${value}`}`, help] as const,
  );
  const scenarios = SCENARIOS.map(({ name, summary }) => [name, summary] as const);
  const figures = Object.entries(FIGURES).map(
    ([name, { heading, meaning }]) => [name, `${heading}: ${meaning}`] as const,
  );
  return `Measures Lambda web adapters side by side: throughput, CPU, latency, memory, start.

  ${PROGRAM}                                                   the adapter of this package
  ${PROGRAM} --adapter other=/path/to/lambda-adapter --adapter ours=dist/lambda-adapter
  ${PROGRAM} --json before.json                                and after a change:  --against before.json
  ${PROGRAM} --report before.json --html before.html           a report with plots

${columns(options)}

Scenarios:

${columns(scenarios)}

Figures:

${columns(figures)}

Exit codes: 0 all is well, 1 a wrong answer or an impossible figure, 2 a command line or file that cannot be obeyed,
3 worse than the results of --against.
`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`).join('\n');
}
