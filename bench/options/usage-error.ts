import { OPTIONS, type OptionName } from './option-table.ts';

/** A command line that cannot be obeyed. The message names the option and what it accepts. */
export class UsageError extends Error {}

export function unacceptable(name: OptionName, text: string): UsageError {
  return new UsageError(`--${name} ${text}: accepted is ${OPTIONS[name].accepts}`);
}
