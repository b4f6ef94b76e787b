import { existsSync } from 'node:fs';
import { messageOf } from '../src/shared/errors.ts';
import { thisMachine } from './measure/machine.ts';
import { helpText } from './options/help.ts';
import { PROGRAM } from './options/invoked-as.ts';
import type { Outputs } from './options/outputs.ts';
import { parseCommand } from './options/parse-command.ts';
import type { BenchOptions } from './options/parse-options.ts';
import { UsageError } from './options/usage-error.ts';
import { readEarlier } from './report/regression/read-earlier.ts';
import { commandLine } from './report/results/command-line.ts';
import { measuredTrial } from './report/results/measured-trial.ts';
import { readResults } from './report/results/read-results.ts';
import { headOf } from './report/results/results-head.ts';
import type { Results } from './report/results/results.ts';
import { machineLines } from './report/text/machine-lines.ts';
import { progressLine } from './report/text/progress.ts';
import { writeReport } from './report/write-report.ts';
import { planTrials } from './rig/plan.ts';
import { durationText, remainingMs, expectedMs } from './rig/run-time.ts';
import { runComparison } from './rig/run-comparison.ts';

// An end by a signal alone would leave files behind. Processes do not need it: they end with this one, whatever ends it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    if (!(error instanceof UsageError)) {
      console.error(messageOf(error));
      return 1;
    }
    console.error(`${error.message}.\n${PROGRAM} --help shows all options.`);
    return 2;
  }
}

async function run(args: readonly string[]): Promise<number> {
  const command = parseCommand(args);
  switch (command.kind) {
    case 'help':
      console.log(helpText());
      return 0;
    case 'measure':
      return measure(command.options, command.outputs, commandLine(args));
    case 'report':
      return report(readResults(command.file), command.outputs);
  }
}

async function measure(options: BenchOptions, outputs: Outputs, command: string): Promise<number> {
  if (!existsSync('/proc/self/stat')) throw new UsageError('The benchmark reads /proc and needs Linux');
  const head = headOf(thisMachine(), options, command);
  // Before an hour of measuring, not after it.
  const earlier = outputs.against === null ? null : readEarlier(outputs.against, head);
  console.log(machineLines(head));
  const trials = planTrials(options);
  const expected = expectedMs(trials.length, options.warmUp, options.measurement);
  console.log(`${trials.length} trials${expected === null ? '' : `, about ${durationText(expected)}`}`);
  const start = performance.now();
  let done = 0;
  // Progress goes to stderr: what is piped is the result.
  const records = await runComparison(trials, options.warmUp, options.measurement, (record) => {
    const left = remainingMs(performance.now() - start, ++done, trials.length);
    console.error(`${progressLine(measuredTrial(record), done, trials.length)}; ${durationText(left)} left`);
  });
  const results = { ...head, trials: records.map(measuredTrial) };
  return writeReport(results, earlier, outputs);
}

function report(results: Results, outputs: Outputs): number {
  const earlier = outputs.against === null ? null : readEarlier(outputs.against, results);
  console.log(machineLines(results));
  return writeReport(results, earlier, outputs);
}
