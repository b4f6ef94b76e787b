import { OPTIONS } from './option-table.ts';
import { outputsFrom, OUTPUT_OPTIONS, type Outputs } from './outputs.ts';
import { parseOptions, valuesOf, type BenchOptions } from './parse-options.ts';
import { UsageError } from './usage-error.ts';

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'measure'; readonly options: BenchOptions; readonly outputs: Outputs }
  /** Of results that are there already. */
  | { readonly kind: 'report'; readonly file: string; readonly outputs: Outputs };

const WITH_REPORT: ReadonlySet<string> = new Set(['report', ...OUTPUT_OPTIONS]);

/** @throws {UsageError} */
export function parseCommand(args: readonly string[]): Command {
  const options = valuesOf(args);
  if (options.help === true) return { kind: 'help' };
  const outputs = outputsFrom(options);
  if (options.report === undefined) return { kind: 'measure', options: parseOptions(args), outputs };
  const other = Object.keys(OPTIONS).find((name) => name in options && !WITH_REPORT.has(name));
  if (other !== undefined) throw new UsageError(`--report and --${other} exclude each other: nothing is measured`);
  return { kind: 'report', file: options.report, outputs };
}
