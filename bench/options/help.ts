import { SCENARIOS } from '../scenarios/index.ts';
import { OPTIONS } from './option-table.ts';

export function helpText(): string {
  const options = Object.entries(OPTIONS).map(
    ([name, { value, help }]) => [`--${name}${value === null ? '' : ` ${value}`}`, help] as const,
  );
  const scenarios = SCENARIOS.map(({ name, summary }) => [name, summary] as const);
  return `Measures Lambda web adapters side by side: throughput, CPU, latency, memory, start.

  npm run bench                                                       the adapter built here
  npm run bench -- --adapter other=/path/to/lambda-adapter --adapter ours=dist/lambda-adapter

${columns(options)}

Scenarios:

${columns(scenarios)}
`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`).join('\n');
}
