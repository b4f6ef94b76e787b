import { existsSync } from 'node:fs';
import { messageOf } from '../../src/shared/errors.ts';
import { problemsOf } from './findings.ts';
import { HELP, parseOptions, SoakUsageError, type SoakOptions } from './options.ts';
import { progressLine, table } from './report.ts';
import { soak } from './soak.ts';

// Processes end with this one, whatever ends it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    if (options !== null) return await run(options);
    console.log(HELP);
    return 0;
  } catch (error) {
    console.error(messageOf(error));
    return error instanceof SoakUsageError ? 2 : 1;
  }
}

async function run(options: SoakOptions): Promise<number> {
  if (!existsSync('/proc/self/fd')) throw new SoakUsageError('The soak reads /proc and needs Linux');
  // Progress goes to stderr: what is piped is the result.
  const findings = await soak(options, (seconds, subjects) => console.error(progressLine(seconds, subjects)));
  console.log(`\n${table(findings)}\n`);
  const problems = findings.flatMap(problemsOf);
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'Nothing lost, nothing crossed, nothing left behind.' : 'The soak has FAILED.');
  return problems.length === 0 ? 0 : 1;
}
