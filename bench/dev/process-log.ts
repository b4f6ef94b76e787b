import { styleText } from 'node:util';
import type { ProcessName } from '../emulator/environment.ts';
import type { PlatformStep } from '../emulator/index.ts';
import type { DevOptions } from './options.ts';

const COLOURS = { adapter: 'magenta', app: 'cyan', lambda: 'yellow' } as const;

/** Whose output is shown as it comes. An own app's always is: its developer looks for it. */
export function isShown(name: ProcessName, { command, verbose }: DevOptions): boolean {
  return name === 'adapter' || command !== null || verbose;
}

/** Goes to stderr: the answers on stdout stay readable, for people and for pipes. */
export function showLine(source: keyof typeof COLOURS, line: string): void {
  const prefix = styleText(COLOURS[source], source.padEnd(7), { stream: process.stderr });
  process.stderr.write(`${prefix} | ${line}\n`);
}

export function showStep({ kind, ...facts }: PlatformStep): void {
  const details = Object.entries(facts).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  showLine('lambda', [kind, ...details].join('  '));
}
