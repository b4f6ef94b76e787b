import type { HeaderLine } from '../events/client-request.ts';

/** Single and multi-value headers in one list: the values add up, and a pair that is in both counts once. */
export function mergedHeaders(single: readonly HeaderLine[], multi: readonly HeaderLine[]): HeaderLine[] {
  const known = new Set(multi.map(keyOf));
  return [...single.filter((line) => !known.has(keyOf(line))), ...multi];
}

function keyOf([name, value]: HeaderLine): string {
  return `${name.toLowerCase()}\n${value}`;
}
