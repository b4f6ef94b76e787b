import { parseArgs } from 'node:util';
import { PROGRAM } from '../../options/invoked-as.ts';
import { OPTIONS } from '../../options/option-table.ts';
import { OUTPUT_OPTIONS } from '../../options/outputs.ts';

/** What to type for the same measurement again, whatever becomes of its results. */
export function commandLine(args: readonly string[]): string {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, tokens: true });
  const repeated = tokens.flatMap((token) => {
    if (token.kind !== 'option' || OUTPUT_OPTIONS.some((name) => name === token.name)) return [];
    return token.value === undefined ? [`--${token.name}`] : [`--${token.name}`, quoted(token.value)];
  });
  return [PROGRAM, ...repeated].join(' ');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
