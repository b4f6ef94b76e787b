import { styleText } from 'node:util';
import type { Result } from './check.ts';

const HEADINGS = ['method', 'path', 'status', 'ms', 'bytes', 'shows'] as const;
const NUMERIC = new Set<string>(['status', 'ms', 'bytes']);

/** A line per request, and below it what is wrong with its answer. */
export function resultsTable(results: readonly Result[]): string {
  const rows = results.map(cells);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const format = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return NUMERIC.has(HEADINGS[column] ?? '') ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const lines = results.map((result, index) => {
    const line = format(rows[index] ?? []);
    if (result.problem === null) return `  ${styleText('green', 'ok')}     ${line}`;
    return `  ${styleText('red', 'WRONG')}  ${line}\n         ${result.problem}`;
  });
  return [`         ${styleText('dim', format(HEADINGS))}`, ...lines].join('\n');
}

function cells({ check, answer }: Result): string[] {
  const times = check.times === undefined ? '' : ` ×${check.times}`;
  const measured =
    answer === null ? ['-', '-', '-'] : [`${answer.status}`, answer.totalMs.toFixed(0), `${answer.body.length}`];
  return [check.method, `${check.path}${times}`, ...measured, check.shows];
}
