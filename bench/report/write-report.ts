import { writeFileSync } from 'node:fs';
import type { Outputs } from '../options/outputs.ts';
import { UsageError } from '../options/usage-error.ts';
import { formatNumber } from './format-number.ts';
import { htmlReport } from './html/html-report.ts';
import { changeLines, isWorse } from './regression/change-lines.ts';
import { findChanges } from './regression/find-changes.ts';
import { compare } from './results/compare.ts';
import type { Results } from './results/results.ts';
import { toJson } from './results/to-json.ts';
import { defaultColumns } from './text/default-columns.ts';
import { noiseWarning } from './text/noise-warning.ts';
import { problemsOf } from './text/problems.ts';
import { table } from './text/table.ts';
import { utc } from './text/utc.ts';

/**
 * Prints results and writes the files that are wanted.
 *
 * @param earlier what they are compared with; null for nothing
 * @returns the exit code
 * @throws {UsageError} when the two have no figure in common; all else has been written then.
 */
export function writeReport(results: Results, earlier: Results | null, outputs: Outputs): number {
  const comparisons = compare(results.trials);
  const regression =
    earlier === null ? null : { date: earlier.date, changes: findChanges(earlier.trials, results.trials) };
  console.log(`\n${table(comparisons, outputs.columns ?? defaultColumns(comparisons))}\n`);
  if (outputs.json !== null) writeFileSync(outputs.json, toJson(results));
  if (outputs.html !== null) writeFileSync(outputs.html, htmlReport(results, comparisons, regression));
  const noise = noiseWarning(comparisons);
  if (noise !== null) console.log(noise);
  const problems = problemsOf(results.trials);
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`${invocations(results)} invocations measured, every answer right.`);
  if (regression !== null && regression.changes.length > 0) {
    console.log(`\nSince ${utc(regression.date)}:\n${changeLines(regression.changes)}`);
  }
  if (problems.length > 0) return 1;
  if (regression === null) return 0;
  if (regression.changes.length === 0)
    throw new UsageError('Nothing is in both results: no scenario, load and adapter');
  return isWorse(regression.changes) ? 3 : 0;
}

function invocations({ trials }: Results): string {
  return formatNumber(
    trials.reduce((sum, trial) => sum + trial.invocations, 0),
    0,
  );
}
