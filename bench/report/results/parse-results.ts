import * as v from 'valibot';
import { messageOf } from '../../../src/shared/errors.ts';
import { UsageError } from '../../options/usage-error.ts';
import { FORMAT, RESULTS, type Results } from './results.ts';

/** So many faults of a file are told; the rest is more of the same. */
const MOST_FAULTS = 5;

/**
 * Reads what `--json` wrote. The file may be of anybody and of any age.
 *
 * @param file its name, for the message
 * @throws {UsageError} that names what is wrong with it, and where.
 */
export function parseResults(text: string, file: string): Results {
  const data = parseJson(text, file);
  const format = v.safeParse(v.object({ format: v.number() }), data);
  if (!format.success) throw new UsageError(`${file} is not a result of this benchmark: it has no number "format"`);
  if (format.output.format !== FORMAT) {
    throw new UsageError(`${file} has format ${format.output.format}; this version reads format ${FORMAT}`);
  }
  const parsed = v.safeParse(RESULTS, data);
  if (!parsed.success) throw new UsageError(`${file} cannot be read: ${faultsOf(parsed.issues).join('; ')}`);
  checkReferences(parsed.output, file);
  return parsed.output;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${messageOf(error)}`, { cause: error });
  }
}

function faultsOf(issues: readonly v.BaseIssue<unknown>[]): string[] {
  const faults = issues
    .slice(0, MOST_FAULTS)
    .map(
      (issue) => `${v.getDotPath(issue) ?? 'the whole'}: expected ${issue.expected ?? 'else'}, found ${issue.received}`,
    );
  const rest = issues.length - faults.length;
  return rest === 0 ? faults : [...faults, `and ${rest} more`];
}

/** What a schema cannot see: names that refer to others, and trials that are there twice. */
function checkReferences({ adapters, trials }: Results, file: string): void {
  const names = adapters.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`${file} cannot be read: adapters: ${twice} is there twice`);
  const stray = trials.findIndex(({ adapter }) => !names.includes(adapter));
  if (stray !== -1) {
    throw new UsageError(
      `${file} cannot be read: trials.${stray}.adapter: ${trials[stray]?.adapter} is not in adapters`,
    );
  }
}
