import type { Limit } from '../load/limit.ts';
import type { OptionName } from './option-table.ts';
import { unacceptable } from './usage-error.ts';

const MAX_SECONDS = 3600;

export function list(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

/** @throws {UsageError} */
export function integer(name: OptionName, text: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (!(number >= least && number <= most)) throw unacceptable(name, text);
  return number;
}

/** @throws {UsageError} */
export function integers(name: OptionName, text: string, least: number, most: number): number[] {
  return list(text).map((part) => integer(name, part, least, most));
}

/**
 * @param least seconds
 * @throws {UsageError}
 */
export function duration(name: OptionName, text: string, least: number): Limit {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(seconds >= least && seconds <= MAX_SECONDS)) throw unacceptable(name, text);
  return { kind: 'duration', ms: seconds * 1000 };
}
