import { run, type Result } from './check.ts';
import { exampleChecks } from './example-checks.ts';
import { describeMode } from './describe-mode.ts';
import type { DevOptions } from './options.ts';
import { ownAppChecks } from './own-app-checks.ts';
import { resultsTable } from './results-table.ts';
import type { Session } from './session.ts';

/** Makes the requests, prints what happened, and decides the exit code: 0 if every answer was as it has to be. */
export async function runOnce(session: Session, options: DevOptions, stop: AbortSignal): Promise<number> {
  const checks =
    options.command === null && options.appPort === null ? exampleChecks(options) : ownAppChecks(options.paths);
  const results: Result[] = [];
  for (const check of checks) {
    if (stop.aborted) return 130;
    results.push(await run(check, session.url));
  }
  const wrong = results.filter((result) => result.problem !== null).length;
  console.log(`${describeMode(options)}\n\n${resultsTable(results)}\n`);
  if (wrong > 0) {
    console.log(`${wrong} of ${results.length} went wrong. --verbose shows each step.`);
    return 1;
  }
  const all = results.length === 1 ? 'As expected' : `All ${results.length} as expected`;
  console.log(`${all}. Without --once it keeps serving until Ctrl-C.`);
  return 0;
}
