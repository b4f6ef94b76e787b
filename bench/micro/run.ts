import { messageOf } from '../../src/shared/errors.ts';
import { thisMachine } from '../measure/machine.ts';
import { UsageError } from '../options/usage-error.ts';
import { machineLine } from '../report/text/machine-lines.ts';
import { DisagreementError } from './compare.ts';
import { helpText, parseOptions } from './options.ts';
import { timingsTable } from './timings-table.ts';

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    if (options === null) {
      console.log(helpText());
      return 0;
    }
    console.log(machineLine(thisMachine()));
    for (const { name, summary, measure } of options.questions) {
      console.log(`\n## ${name}: ${summary}`);
      for await (const timings of measure(options.budgetMs)) console.log(`\n${timingsTable(timings)}`);
    }
    return 0;
  } catch (error) {
    // Of anything else the place matters.
    if (!(error instanceof UsageError) && !(error instanceof DisagreementError)) throw error;
    console.error(`${messageOf(error)}.`);
    if (error instanceof UsageError) console.error('npm run bench:micro -- --help shows all of it.');
    return error instanceof UsageError ? 2 : 1;
  }
}
