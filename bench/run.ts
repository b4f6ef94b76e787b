import { existsSync, writeFileSync } from 'node:fs';
import { messageOf } from '../src/shared/errors.ts';
import { thisMachine } from './measure/machine.ts';
import { helpText } from './options/help.ts';
import { parseOptions, type BenchOptions } from './options/parse-options.ts';
import { UsageError } from './options/usage-error.ts';
import { compare } from './report/compare.ts';
import { formatNumber } from './report/format-number.ts';
import { toJson } from './report/json.ts';
import { machineLines } from './report/machine-lines.ts';
import { noiseWarning } from './report/noise-warning.ts';
import { problemsOf } from './report/problems.ts';
import { progressLine } from './report/progress.ts';
import { table } from './report/table.ts';
import { planTrials } from './rig/plan.ts';
import { durationText, expectedMs, remainingMs } from './rig/run-time.ts';
import { runComparison, type TrialRecord } from './rig/run-comparison.ts';

// An end by a signal alone would leave files behind. Processes do not need it: they end with this one, whatever ends it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    if (options !== null) return await bench(options);
    console.log(helpText());
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) {
      console.error(messageOf(error));
      return 1;
    }
    console.error(`${error.message}.\nnpm run bench -- --help shows all options.`);
    return 2;
  }
}

async function bench(options: BenchOptions): Promise<number> {
  if (!existsSync('/proc/self/stat')) throw new UsageError('The benchmark reads /proc and needs Linux');
  const machine = thisMachine();
  console.log(machineLines(machine, options.adapters));
  const trials = planTrials(options);
  const expected = expectedMs(trials.length, options.warmUp, options.measurement);
  console.log(`${trials.length} trials${expected === null ? '' : `, about ${durationText(expected)}`}`);
  const start = performance.now();
  let done = 0;
  // Progress goes to stderr: what is piped is the result.
  const records = await runComparison(trials, options.warmUp, options.measurement, (record) => {
    const left = remainingMs(performance.now() - start, ++done, trials.length);
    console.error(`${progressLine(record, done, trials.length)}; ${durationText(left)} left`);
  });
  const comparisons = compare(records);
  console.log(`\n${table(comparisons)}\n`);
  if (options.json !== null) writeFileSync(options.json, toJson(machine, options, records));
  const noise = noiseWarning(comparisons);
  if (noise !== null) console.log(noise);
  return verdict(records);
}

/** @returns the exit code */
function verdict(records: readonly TrialRecord[]): number {
  const problems = problemsOf(records);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  const invocations = records.reduce((sum, { result }) => sum + result.invocations, 0);
  console.log(`${formatNumber(invocations, 0)} invocations measured, every answer right.`);
  return 0;
}
