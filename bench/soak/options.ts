import { parseArgs } from 'node:util';
import { messageOf } from '../../src/shared/errors.ts';

export interface SoakOptions {
  readonly durationMs: number;
  /** Invocations at once, of each adapter. */
  readonly concurrency: number;
  /** The same seed draws the same requests. */
  readonly seed: number;
}

/** A command line that cannot be obeyed. */
export class SoakUsageError extends Error {}

export const HELP = `Runs two adapters for minutes under mixed traffic with 5 % faults: nothing may get lost, mixed up or left behind.

  npm run soak
  npm run soak -- --minutes 2

  --minutes N      length of the load, from 0.05 to 1440 (default 10)
  --concurrency N  invocations at once for each adapter, from 2 to 1600 (default 32)
  --seed N         draws other requests (default 1)
  --help           show this text
`;

const OPTIONS = {
  minutes: { type: 'string', default: '10' },
  concurrency: { type: 'string', default: '32' },
  seed: { type: 'string', default: '1' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * @returns null when help is wanted
 * @throws {SoakUsageError}
 */
export function parseOptions(args: readonly string[]): SoakOptions | null {
  const given = valuesOf(args);
  if (given.help) return null;
  return {
    durationMs: number('minutes', given.minutes, /^\d+(\.\d+)?$/, 0.05, 1440) * 60_000,
    concurrency: number('concurrency', given.concurrency, /^\d+$/, 2, 1600),
    seed: number('seed', given.seed, /^\d+$/, 0, 2 ** 31),
  };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new SoakUsageError(messageOf(error), { cause: error });
  }
}

function number(name: string, text: string, pattern: RegExp, least: number, most: number): number {
  const value = pattern.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new SoakUsageError(`--${name} ${text}: accepted is a number from ${least} to ${most}`);
}
